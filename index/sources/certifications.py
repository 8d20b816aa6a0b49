"""Age ratings as catalogues write them, and the US ones that limits are made of."""

import re
from collections.abc import Mapping

from persona_configs.vocabulary import CERTIFICATIONS, NOT_RATED

US_CERTIFICATIONS = (*CERTIFICATIONS, NOT_RATED)
#: How the same US rating is spelled elsewhere. Those of before 1968 (Approved, Passed) say nothing of an age: unknown.
_SPELLINGS: Mapping[str, str] = {
    **{name.replace("-", ""): name for name in US_CERTIFICATIONS},
    "NOTRATED": NOT_RATED,
    "UNRATED": NOT_RATED,
}


def us_certification(said: str) -> str | None:
    """The US certification that is written here, or None where it is none: never the nearest one."""
    word = re.sub(r"^(?:US|MPAA?)\s*[:/ ]\s*|^RATED\s+", "", said.strip().upper())
    return _SPELLINGS.get(re.sub(r"[\s_-]", "", word))

"""The YAML files beside this package, read and checked for shape."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from nlu.sense import LexiconError


@cache
def lexicon_file(name: str) -> dict[str, Any]:
    """The mapping that `lexicons/NAME.yaml` holds. Raises `LexiconError` where it is not a mapping with text keys.

    The caller must not change it: it is read once.
    """
    text = files(__package__).joinpath("lexicons", f"{name}.yaml").read_text(encoding="utf-8")
    rows = yaml.safe_load(text)
    if not isinstance(rows, dict) or not all(isinstance(key, str) for key in rows):
        raise LexiconError(f"lexicons/{name}.yaml: not a mapping with text keys; quote words like no, on and yes")
    if faults := list(_not_text(rows, name)):
        raise LexiconError("\n".join(faults))
    return rows


def _not_text(part: Any, place: str) -> list[str]:
    if isinstance(part, dict):
        return [fault for key, below in part.items() for fault in _not_text(below, f"{place}/{key}")]
    if isinstance(part, list):
        return [fault for at, below in enumerate(part) for fault in _not_text(below, f"{place}[{at}]")]
    return [f"lexicons/{place}: {part!r} was read as a truth value; quote it"] if isinstance(part, bool) else []

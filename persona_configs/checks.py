"""What a persona must hold beyond the types of its fields: placeholders that exist, colours that can be read.

The checks look at raw mappings and pass over what has the wrong type, so that they find their faults in a file that
has others as well; the schema runs them too, so that no `Persona` exists which they would refuse.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from persona_configs.contrast import TEXT_CONTRAST_MIN, contrast
from persona_configs.keys import USAGE, Phrase

#: Where in the mapping, and what is wrong there.
Flaw = tuple[tuple[int | str, ...], str]

_BRACES = re.compile(r"\{([^{}]*)\}")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
#: Every pair of text and ground that the widget draws.
_INK_AND_GROUND = (
    ("text", "background"),
    ("text", "surface"),
    ("muted", "background"),
    ("muted", "surface"),
    ("on_primary", "primary"),
)


def placeholders(words: str) -> frozenset[str]:
    """The names between braces in a variant of a phrase."""
    return frozenset(_BRACES.findall(words))


def phrase_flaws(phrases: Mapping[Any, object]) -> Iterator[Flaw]:
    """Placeholders that a phrase cannot fill, or must not lack. Unknown keys are the schema's business."""
    for key, ways in phrases.items():
        if key not in set(Phrase) or not isinstance(ways, list | tuple):
            continue
        for at, words in enumerate(ways):
            if isinstance(words, str):
                for message in _variant_flaws(Phrase(str(key)), words):
                    yield (str(key), at), message


def contrast_flaws(palette: Mapping[Any, object]) -> Iterator[Flaw]:
    """Text that cannot be read on its ground (WCAG 2.2 AA)."""
    for ink, ground in _INK_AND_GROUND:
        one, other = palette.get(ink), palette.get(ground)
        if not (isinstance(one, str) and isinstance(other, str) and _HEX.fullmatch(one) and _HEX.fullmatch(other)):
            continue
        if (ratio := contrast(one, other)) < TEXT_CONTRAST_MIN:
            # Cut, not rounded: 4.498 must not read as the 4.5 that it misses.
            yield (ink,), f"contrast on {ground} is {int(ratio * 100) / 100} to 1, below {TEXT_CONTRAST_MIN} to 1"


def _variant_flaws(phrase: Phrase, words: str) -> Iterator[str]:
    usage, used = USAGE[phrase], placeholders(words)
    may = ", ".join(f"{{{name}}}" for name in sorted(usage.may)) or "none"
    for name in sorted(used - usage.may):
        yield f"{{{name}}} is not a placeholder of {phrase}; it may use: {may}"
    for name in sorted(usage.must - used):
        yield f"{phrase} says nothing without {{{name}}}"
    if {"{", "}"} & set(_BRACES.sub("", words)):
        yield "a brace without its partner"

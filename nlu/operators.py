"""Words that bear on others: negations, degrees, contrasts, links of a list."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from nlu.files import lexicon_file
from nlu.phrases import Phrases
from nlu.words import Word


class Role(StrEnum):
    """What an operator does."""

    NOUN_NEGATOR = "noun negator"
    QUALITY_NEGATOR = "quality negator"
    TRANSPARENT = "transparent"
    CONTRAST = "contrast"
    OR = "or"
    AND = "and"
    FILLER = "filler"
    STEP = "step"
    STRONG = "strong"
    MORE = "more"
    LESS = "less"
    TOO = "too"
    SOFT = "soft"


NEGATORS = frozenset({Role.NOUN_NEGATOR, Role.QUALITY_NEGATOR})
DEGREES = frozenset({Role.STEP, Role.STRONG, Role.MORE, Role.LESS, Role.TOO, Role.SOFT})


@dataclass(frozen=True, slots=True)
class Part:
    """One role of an operator phrase; `strength` is 0-1 for degrees."""

    role: Role
    strength: float = 0.5


@dataclass(frozen=True, slots=True)
class Operator:
    """Words [first, last) that bear on others, with all their roles."""

    first: int
    last: int
    parts: tuple[Part, ...]

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(part.role for part in self.parts)

    def strength(self) -> float | None:
        """How much the operator says, 0-1; None where it says no measure."""
        return next((part.strength for part in self.parts if part.role in {Role.STEP, Role.STRONG}), None)


@cache
def _table() -> Phrases[Part]:
    rows = lexicon_file("operators")
    entries: list[tuple[str, Part]] = []
    lists = (
        (Role.NOUN_NEGATOR, rows["negators"]["noun"]),
        (Role.QUALITY_NEGATOR, rows["negators"]["quality"]),
        (Role.TRANSPARENT, rows["transparent"]),
        (Role.CONTRAST, rows["contrast"]),
        (Role.OR, rows["links_or"]),
        (Role.AND, rows["links_and"]),
        (Role.FILLER, rows["fillers"]),
        (Role.MORE, rows["more"]),
        (Role.LESS, rows["less"]),
        (Role.TOO, rows["too"]),
        (Role.SOFT, rows["soft"]),
    )
    for role, phrases in lists:
        entries += [(phrase, Part(role)) for phrase in phrases]
    for role, part in ((Role.STEP, "steps"), (Role.STRONG, "strong")):
        entries += [(phrase, Part(role, float(strength))) for phrase, strength in rows["degrees"][part].items()]
    return Phrases(entries)


def operators(words: tuple[Word, ...], covered: list[bool]) -> dict[int, Operator]:
    """The operators by their first word, longest from the left, outside the words that mentions cover."""
    shielded = [
        Word(word.start, word.end, word.text, "", "", mark=True) if hidden else word
        for word, hidden in zip(words, covered, strict=True)
    ]
    return {hit.first: Operator(hit.first, hit.last, hit.payload) for hit in _table().cover(shielded)}

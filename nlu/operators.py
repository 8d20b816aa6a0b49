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
    REFUSING_VERB = "refusing verb"
    ALLOWING = "allowing"
    TRANSPARENT = "transparent"
    LIKEWISE = "likewise"
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
    SOME = "some"


NEGATORS = frozenset({Role.NOUN_NEGATOR, Role.QUALITY_NEGATOR, Role.ALLOWING})
#: "w/o" is one word.
_SLASH = frozenset("/")
DEGREES = frozenset({Role.STEP, Role.STRONG, Role.MORE, Role.LESS, Role.TOO, Role.SOFT, Role.SOME})


@dataclass(frozen=True, slots=True)
class Part:
    """One role of an operator phrase; `strength` is 0-1 for degrees that say a measure, else None."""

    role: Role
    strength: float | None = None


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
        return next((part.strength for part in self.parts if part.strength is not None), None)


@cache
def _table() -> Phrases[Part]:
    rows, refusals = lexicon_file("operators"), lexicon_file("refusals")
    entries: list[tuple[str, Part]] = []
    lists = (
        (Role.NOUN_NEGATOR, rows["negators"]["noun"]),
        (Role.NOUN_NEGATOR, refusals["verbs"]),
        (Role.REFUSING_VERB, refusals["verbs"]),
        (Role.NOUN_NEGATOR, refusals["absences"]),
        (Role.ALLOWING, refusals["allowing"]),
        (Role.QUALITY_NEGATOR, rows["negators"]["quality"]),
        (Role.TRANSPARENT, rows["transparent"]),
        (Role.TRANSPARENT, refusals["asking"]),
        (Role.LIKEWISE, refusals["likewise"]),
        (Role.CONTRAST, rows["contrast"]),
        (Role.OR, rows["links_or"]),
        (Role.AND, rows["links_and"]),
        (Role.FILLER, rows["fillers"]),
        (Role.LESS, rows["less"]),
        (Role.SOFT, rows["soft"]),
        (Role.SOME, refusals["some"]),
    )
    composed = [
        f"{before} {behind}"
        for befores, behinds in (("not_being", "fond"), ("not_doing", "doing"))
        for before in refusals[befores]
        for behind in refusals[behinds]
    ]
    for role in (Role.NOUN_NEGATOR, Role.REFUSING_VERB):
        entries += [(phrase, Part(role)) for phrase in composed]
    for role, phrases in lists:
        entries += [(phrase, Part(role)) for phrase in phrases]
    measured = (
        (Role.MORE, rows["more"]),
        (Role.TOO, rows["too"]),
        (Role.STEP, rows["degrees"]["steps"]),
        (Role.STRONG, rows["degrees"]["strong"]),
    )
    for role, strengths in measured:
        entries += [(phrase, Part(role, strength)) for phrase, strength in strengths.items()]
    return Phrases(entries)


def operators(words: tuple[Word, ...], covered: list[bool]) -> dict[int, Operator]:
    """The operators by their first word, longest from the left, outside the words that mentions cover. A phrase that
    begins before a mention and ends behind it is an operator all the same: "bored to death of" speaks of no death."""
    found: dict[int, Operator] = {}
    at = 0
    while at < len(words):
        inside = covered[at] and at > 0 and covered[at - 1]
        hit = None if inside else _table().at(words, at, over=_SLASH if words[at].fold == "w" else frozenset())
        if hit and not covered[hit.last - 1]:
            found[at] = Operator(hit.first, hit.last, hit.payload)
            at = hit.last
        elif hit and not covered[at]:
            free = next(place for place in range(hit.first, hit.last) if covered[place])
            if shorter := _table().at(words[:free], at):
                found[at] = Operator(shorter.first, shorter.last, shorter.payload)
            at = shorter.last if shorter else at + 1
        else:
            at += 1
    return found

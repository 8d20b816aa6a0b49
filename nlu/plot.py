"""Plots that are told: "about a man who has no memory" wants a memory lost, and refuses none."""

from collections.abc import Mapping
from functools import cache

from nlu.files import lexicon_file
from nlu.operators import NEGATORS, Operator
from nlu.words import Reading

#: A plot is opened within so many words before a negation that belongs to it.
_REACH_WORDS = 10
_ENDS = frozenset(",.;!?:–—…")


def without_told(reading: Reading, found: Mapping[int, Operator]) -> dict[int, Operator]:
    """The operators without the negations that belong to a plot: what its people lack ("a man with no legs"), do not do
    ("who never sleeps") or think of each other. What a film may not hold is still refused: "about love with no
    violence", "for my mum who hates horror"."""
    return {
        at: operator
        for at, operator in found.items()
        if not (operator.roles & NEGATORS and _is_told(reading, operator))
    }


def _is_told(reading: Reading, operator: Operator) -> bool:
    words = reading.words
    behind = " ".join(word.fold for word in words[operator.last : operator.last + 2])
    if behind in _words("each_other"):
        return True
    before = [word.fold for word in words[max(0, operator.first - _REACH_WORDS) : operator.first]]
    for at in reversed(range(len(before))):
        if before[at] in _ENDS or before[at] in _words("no_plot"):
            return False
        inside = before[at + 1 :]
        if before[at] in _words("opens"):
            return _lacks(inside) or not _words("relative").isdisjoint(inside)
        if before[at] in _words("people") and inside[:1] and inside[0] in _words("relative"):
            return _words("no_plot").isdisjoint(before[max(0, at - 2) : at])
    return False


def _lacks(inside: list[str]) -> bool:
    """Whether what stands between the opening and the negation ends in "has", or in somebody "with"."""
    has = inside[-1:] and inside[-1] in _words("has")
    return bool(has) or (inside[-1:] == ["with"] and inside[-2:-1] != [] and inside[-2] in _words("people"))


@cache
def _words(part: str) -> frozenset[str]:
    return frozenset(lexicon_file("operators")["plots"][part])

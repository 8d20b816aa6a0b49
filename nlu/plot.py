"""Negations that bear on no wish: those of a plot that is told ("a man who has no memory") and of a question
("isn't there anything funny?")."""

from collections.abc import Mapping
from functools import cache

from nlu.files import lexicon_file
from nlu.operators import NEGATORS, Operator
from nlu.words import Reading

#: A plot is opened within so many words before a negation that belongs to it.
_REACH_WORDS = 10
_NOBODY = frozenset({"nobody", "no", "none", "nothing"})
_ARTICLES = frozenset({"a", "an", "the", "two", "three", "one"})
_ENDS = frozenset(",.;!?:–—…")
_ASKED_BEFORE = frozenset({"why", "but", "and", "so", "then", "well", "please", "ok", "okay", "hey", "hm", "hmm"})
_ASKED = frozenset({"you", "we", "there", "it", "they", "i", "anyone", "a", "an", "the", "this", "that", "he", "she"})


def without_asked(reading: Reading, found: Mapping[int, Operator]) -> dict[int, Operator]:
    """The operators without the negations of questions: a negated verb that opens a clause and has its subject behind
    it ("don't you have comedies?"), and the surprise of "no comedies at all?"."""
    return {
        at: operator
        for at, operator in found.items()
        if not (operator.roles & NEGATORS and _is_asked(reading, operator))
    }


def _is_asked(reading: Reading, operator: Operator) -> bool:
    words = reading.words
    first, last = operator.first, operator.last
    opens = first == 0 or words[first - 1].mark or words[first - 1].fold in _ASKED_BEFORE
    behind = [word.fold for word in words[last : last + 2]]
    if opens and last - first == 1 and words[first].fold.endswith("nt") and behind[:1] and behind[0] in _ASKED:
        return behind[1:] != ["dare"]
    ends = [word.fold for word in words[-3:]]
    return first == 0 and words[first].fold == "no" and ends == ["at", "all", "?"]


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
    behind = [word.fold for word in words[operator.last : operator.last + 2]]
    mutual = " ".join(behind) in _words("each_other")
    if mutual or not _contents().isdisjoint(behind[:1]):
        return mutual
    before = [word.fold for word in words[max(0, operator.first - _REACH_WORDS) : operator.first]]
    for at in reversed(range(len(before))):
        relative = before[at] == "that" and at > 0 and before[at - 1] in people()
        if before[at] in _ENDS or (before[at] in _words("no_plot") and not relative):
            return False
        inside = before[at + 1 :]
        if before[at] in _words("opens"):
            told = before[at] == "where" and "and" not in inside and not people().isdisjoint(inside)
            told = told or (before[at] == "where" and not inside and words[operator.first].fold in _NOBODY)
            return told or _lacks(inside) or not _words("relative").isdisjoint(inside)
        if before[at] in people() and inside[:1] and (inside[0] in _words("relative") or inside[0] == "that"):
            return _words("no_plot").isdisjoint(before[max(0, at - 2) : at])
    if before[1:2] and before[0] in _ARTICLES and before[1] in people() and _words("no_plot").isdisjoint(before):
        return True  # "a man wakes up with no memory and no name"
    return _lacks(before) and before[-1] not in _words("has") and _words("no_plot").isdisjoint(before)


def _lacks(inside: list[str]) -> bool:
    """Whether what stands between the opening and the negation ends in "has", or in somebody "with"."""
    if not inside:
        return False
    if inside[-1] in _words("has") or inside[-1] in people():
        return True
    return inside[-1] == "with" and len(inside) > 1 and inside[-2] in people()


def lacks_someone(reading: Reading, operator: Operator, folds: list[str]) -> bool:
    """Whether a story is said to lack somebody: "a story with no hero". `folds` are the words behind the negation."""
    before = [word.fold for word in reading.words[max(0, operator.first - 2) : operator.first]]
    told = any(word in lexicon_file("refusals")["stories"] for word in before)
    return told and len(folds) > 0 and all(fold in people() for fold in folds)


@cache
def _contents() -> frozenset[str]:
    return frozenset(lexicon_file("refusals")["contents"])


@cache
def people() -> frozenset[str]:
    """Words of people, and of what else a plot is about."""
    return _words("people") | frozenset(lexicon_file("refusals")["people"])


@cache
def _words(part: str) -> frozenset[str]:
    return frozenset(lexicon_file("operators")["plots"][part])

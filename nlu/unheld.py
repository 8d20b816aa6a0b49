"""Titles that no catalogue needs to hold: what a message marks as one by quotes, a year in brackets, or capitals."""

from collections.abc import Iterator

from nlu.lexicon import Lexicon
from nlu.naming import bracketed
from nlu.near import cue_before
from nlu.words import Reading, Word

#: Words that a title may join its capitals with, and the longest title in words.
_JOINS = frozenset({"of", "the", "a", "in", "to", "for", "with", "on", "at", "from", "&", "v", "vs"})
_TITLE_MAX_WORDS = 7
_OPENING = frozenset('"“«')
_CLOSING = {'"': '"', "“": "”", "«": "»"}


def unknown_titles(reading: Reading, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The stretches that are marked as titles, as words [first, last); without overlaps of one kind."""
    yield from _before_years(reading)
    yield from _quoted(reading)
    for first, last in _joined_runs(reading, lexicon):
        if cue_before(reading, first, "film_before") and _weighty(reading.words[first:last], lexicon):
            yield first, last


def _before_years(reading: Reading) -> Iterator[tuple[int, int]]:
    """ "Girls Trip (2017)": back from the bracket over capitals and what joins them."""
    words = reading.words
    for last in range(1, len(words)):
        if words[last].mark and words[last].fold == "(" and not words[last - 1].mark and bracketed(reading, last):
            first = last
            while first > 0 and last - first < _TITLE_MAX_WORDS and _belongs(words, first - 1):
                first -= 1
            while first < last and (words[first].mark or not _capital(words[first])):
                first += 1
            if first < last:
                yield first, last


def _belongs(words: tuple[Word, ...], at: int) -> bool:
    word = words[at]
    if word.mark:
        return word.fold in {":", "-", "'", "’"} and at > 0
    return _capital(word) or word.fold in _JOINS or word.fold == "and"


def _quoted(reading: Reading) -> Iterator[tuple[int, int]]:
    """What stands in quotation marks with a capital or behind a word for film, as long as a title can be."""
    opened: int | None = None
    for at, word in enumerate(reading.words):
        if opened is not None and word.mark and word.fold == _CLOSING[reading.words[opened].fold]:
            first, last = opened + 1, at
            if 0 < last - first <= _TITLE_MAX_WORDS and (
                _capital(reading.words[first]) or cue_before(reading, opened, "film_before")
            ):
                yield first, last
            opened = None
        elif word.mark and word.fold in _OPENING:
            opened = at


def _joined_runs(reading: Reading, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Runs of capitals in mid sentence with the small words and colons that join them: "Birds of Prey"."""
    runs = list(capital_runs(reading, lexicon))
    at = 0
    while at < len(runs):
        first, last = runs[at]
        while at + 1 < len(runs) and all(
            word.fold in _JOINS or word.fold in {":", "-", "–"} for word in reading.words[last : runs[at + 1][0]]
        ):
            at += 1
            last = runs[at][1]
        while last < len(reading.words) and reading.words[last].text.isdigit() and len(reading.words[last].text) < 3:
            last += 1
        yield first, last
        at += 1


def capital_runs(reading: Reading, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words in mid sentence."""
    if not reading.cased:
        return
    first = None
    for at, word in enumerate((*reading.words, None)):
        named = (
            word is not None
            and not word.mark
            and word.capital
            and word.text.replace("'", "").replace("’", "").isalpha()
            and word.fold not in lexicon.pronouns
        )
        if named and first is None:
            first = at
        elif not named and first is not None:
            if first > 0 or at - first > 1:
                yield first, at
            first = None


def _weighty(words: tuple[Word, ...], lexicon: Lexicon) -> bool:
    """Whether a word of the stretch is neither small nor one that the lists give a sense ("Horror", "Christmas")."""
    folds = tuple(word.fold for word in words if not word.mark)
    return folds not in lexicon.terms and any(
        fold not in lexicon.smallwords and (fold,) not in lexicon.terms and not fold.isdigit() for fold in folds
    )


def _capital(word: Word) -> bool:
    return not word.mark and word.capital

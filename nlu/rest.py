"""The words that no slot took and that still say something: they steer the search by meaning."""

from collections.abc import Iterable, Set

from nlu.lexicon import Lexicon
from nlu.listed import face_name
from nlu.numbers import number
from nlu.pointing import Pointed
from nlu.sense import Mention
from nlu.words import Reading, Word

#: Shorter numbers say nothing without what they counted.
_YEAR_DIGITS = 4


def rest_of(
    reading: Reading,
    lexicon: Lexicon,
    *,
    taken: Iterable[Mention],
    spent: Set[int],
    points: Iterable[Pointed],
    count: tuple[int, int, int] | None,
) -> str:
    """What is left of the message as folded words, "" where that is only small talk."""
    gone = set(spent)
    for mention in taken:
        gone.update(range(*reading.words_in(mention.start, mention.end)))
    for point in points:
        gone.update(range(point.first, point.last))
    if count:
        gone.update(range(count[1], count[2]))
    for hit in lexicon.smalltalk.cover(reading.words):
        gone.update(range(hit.first, hit.last))
    left = [word for at, word in enumerate(reading.words) if at not in gone and not word.mark]
    return " ".join(said for word in left if (said := _said(word, lexicon)))


def _said(word: Word, lexicon: Lexicon) -> str:
    if word.fold in lexicon.smallwords or word.fold in lexicon.silent:
        return ""
    if number(word.fold) is not None and len(word.fold) < _YEAR_DIGITS:
        return ""
    if word.fold[0].isalnum():
        return word.text.lower() if len(word.fold) > 1 else ""
    return face_name(word.text)

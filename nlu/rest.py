"""The words that no slot took and that still say something: they steer the search by meaning."""

from collections.abc import Iterable, Mapping, Set

from nlu.faces import face_name
from nlu.lexicon import Lexicon
from nlu.numbers import number
from nlu.pointing import Pointed
from nlu.sense import Mention
from nlu.words import Reading

#: Shorter numbers say nothing without what they counted.
_YEAR_DIGITS = 4
_LEADS = frozenset({"something", "with", "about", "a", "some", "and", "for", "like"})


def rest_of(
    reading: Reading,
    lexicon: Lexicon,
    *,
    taken: Iterable[Mention],
    spent: Set[int],
    points: Iterable[Pointed],
    count: tuple[int, int, int] | None,
    told: Mapping[int, str],
) -> str:
    """What is left of the message as folded words, "" where that is only small talk. `told` are the words that stand
    for word n though it was taken."""
    gone = set(spent)
    for mention in taken:
        gone.update(range(*reading.words_in(mention.start, mention.end)))
    for point in points:
        gone.update(range(point.first, point.last))
    if count:
        gone.update(range(count[1], count[2]))
    for hit in lexicon.smalltalk.cover(reading.words):
        gone.update(range(hit.first, hit.last))
    left = [at for at, word in enumerate(reading.words) if at in told or (at not in gone and not word.mark)]
    return " ".join(said for at in left if (said := told.get(at) or _said(reading, at, lexicon)))


def _said(reading: Reading, at: int, lexicon: Lexicon) -> str:
    word = reading.words[at]
    if word.fold in lexicon.smallwords or word.fold in lexicon.silent:
        return ""
    if number(word.fold) is not None and len(word.fold) < _YEAR_DIGITS:
        return ""
    if not word.picture and word.fold[0].isalnum():
        return word.text.lower() if len(word.fold) > 1 else ""
    before = next((other.fold for other in reversed(reading.words[:at]) if other.fold[0].isalnum()), "")
    # Behind anything else an emoji is decoration: "surprise me 🎲" asks for no dice.
    return face_name(word.text) if not before or before in _LEADS else ""

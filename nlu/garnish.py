"""Emoji that only colour a sentence, as in "less scary 🫣", "why the first one? 🤔" or "a western please 🙏"."""

from collections.abc import Sequence
from functools import cache

from nlu.bearing import Bearing
from nlu.files import lexicon_file
from nlu.pointing import Pointed
from nlu.sense import Mention
from nlu.words import Reading, fold

#: Behind these an emoji is what is asked for: "something ❤️", "I feel 😊".
_LEADS = frozenset(
    """a about all an and anything but extra feel feeling for full give is kinda less like lots make me mood more most
    my need no not of or pure sad so some something super the too very vibe vibes want with without""".split()  # noqa: SIM905
)


def garnishes(
    reading: Reading, mentions: Sequence[Mention], bearings: Sequence[Bearing], *, points: Sequence[Pointed]
) -> tuple[Mention, ...]:
    """The mentions by emoji that end a message whose words compare or point, and those that end any words with a smile
    or a nod: they ask for nothing of their own."""
    points_back = any(point.reference.kind != "film" for point in points)
    compares = any(
        bearing.change or any(sense.compares for sense in mention.senses)
        for mention, bearing in zip(mentions, bearings, strict=True)
        if mention.by != "emoji"
    )
    said = [word for word in reading.words if not (word.picture or word.mark)]
    if not said:
        return ()
    behind = [mention for mention in mentions if mention.by == "emoji" and mention.start >= said[-1].end]
    if points_back or compares:
        return tuple(behind)
    smiles = said[-1].fold not in _LEADS and all(_polite(reading, mention) for mention in behind)
    return tuple(behind) if smiles else ()


def _polite(reading: Reading, mention: Mention) -> bool:
    first, last = reading.words_in(mention.start, mention.end)
    return all(word.fold in _smiles() for word in reading.words[first:last])


@cache
def _smiles() -> frozenset[str]:
    return frozenset(fold(face) for face in lexicon_file("emoji")["polite"].split())

"""Emoji that only colour a sentence, as in "less scary 🫣" or "why the first one? 🤔"."""

from collections.abc import Sequence

from nlu.pointing import Pointed
from nlu.scope import Bearing
from nlu.sense import Mention
from nlu.words import Reading


def garnishes(
    reading: Reading, mentions: Sequence[Mention], bearings: Sequence[Bearing], *, points: Sequence[Pointed]
) -> tuple[Mention, ...]:
    """The mentions by emoji that end a message whose words compare or point: they ask for nothing of their own."""
    points_back = any(point.reference.kind != "film" for point in points)
    compares = any(
        bearing.change or any(sense.compares for sense in mention.senses)
        for mention, bearing in zip(mentions, bearings, strict=True)
        if mention.by != "emoji"
    )
    if not (points_back or compares):
        return ()
    last_word = max((word.end for word in reading.words if word.fold[0].isalnum()), default=0)
    return tuple(mention for mention in mentions if mention.by == "emoji" and mention.start >= last_word)

"""The one place where sources that disagree about the same words are decided between."""

from bisect import bisect_right
from collections.abc import Iterable

from nlu.sense import Mention

#: Who wins at equal length, first to last: names that the sentence marks, then what was measured out of the wording,
#: then the closed vocabularies, then what the trained component guessed.
PRIORITY = (
    "title",
    "people",
    "certification",
    "age",
    "runtime",
    "year",
    "era",
    "audience",
    "lexicon",
    "emoji",
    "likeness",
    "ner",
)


def decide(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions that stand, in the order of the text and without overlaps: the longest first, at equal length by
    `PRIORITY`. What the trained component takes for a plot phrase only fills what is left."""
    rank = {by: at for at, by in enumerate(PRIORITY)}
    ordered = sorted(
        mentions,
        key=lambda mention: (mention.by == "ner", mention.start - mention.end, rank[mention.by], mention.start),
    )
    starts: list[int] = []
    standing: list[Mention] = []
    for mention in ordered:
        at = bisect_right(starts, mention.start)
        clear_before = at == 0 or standing[at - 1].end <= mention.start
        if clear_before and (at == len(starts) or mention.end <= starts[at]):
            starts.insert(at, mention.start)
            standing.insert(at, mention)
    return tuple(standing)

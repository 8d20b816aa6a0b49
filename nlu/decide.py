"""The one place where sources that disagree about the same words are decided between."""

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
    standing: list[Mention] = []
    for mention in ordered:
        if all(mention.end <= other.start or other.end <= mention.start for other in standing):
            standing.append(mention)
    return tuple(sorted(standing, key=lambda mention: mention.start))

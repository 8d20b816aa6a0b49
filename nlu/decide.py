"""The one place where sources that disagree about the same words are decided between.

Three questions, in this order:

1. Is it more than a guess of the trained component? What the component takes for a plot, or for a person that no
   catalogue holds, only fills what is left: it marks loosely, and a known word inside such a stretch says something
   certain. A title that no catalogue holds is none of these: it comes here only where quotes, or capitals behind a cue,
   mark it, so that its own words ("The Purple Ghost") are no wishes.
2. Which is longer? Who names a film or turns a phrase says more than the words do one by one: "in the mood for love"
   asks for no love, "not for kids" is no audience. Trust first would take names apart that likeness or an unsure year
   found, word by word.
3. At equal length, who is trusted more: `PRIORITY`.

What ties in all of these falls by place, then by what is meant, so that the order of finding changes nothing.
"""

from bisect import bisect_right
from collections.abc import Iterable

from nlu.sense import Kind, Mention

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
_RANK = {by: at for at, by in enumerate(PRIORITY)}


def decide(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions that stand, in the order of the text and without overlaps. The order in which they are given changes
    nothing, and a mention gives way only to one that comes before it by the three questions above."""
    starts: list[int] = []
    standing: list[Mention] = []
    for mention in sorted(mentions, key=standing_order):
        at = bisect_right(starts, mention.start)
        clear_before = at == 0 or standing[at - 1].end <= mention.start
        if clear_before and (at == len(starts) or mention.end <= starts[at]):
            starts.insert(at, mention.start)
            standing.insert(at, mention)
    return tuple(standing)


def standing_order(mention: Mention) -> tuple[bool, int, int, int, str]:
    """The key by which mentions are let in: the least comes first."""
    loose = mention.by == "ner" and not mention.has(Kind.FILM)
    return loose, mention.start - mention.end, _RANK[mention.by], mention.start, repr(mention.senses)

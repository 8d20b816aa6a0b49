"""The window rule that `bench scope` compares with: a negation within a few words before refuses, until a mark.

NegEx (Chapman et al. 2001) in its plainest form, over the mentions that our parser found.
"""

from nlu.bearing import Bearing
from nlu.scope import Scope
from nlu.sense import Mention
from nlu.words import Reading

WINDOW_WORDS = 4
_NEGATORS = frozenset(
    {
        "no", "not", "without", "never", "neither", "nor", "nothing", "none", "non", "dont", "doesnt", "didnt", "isnt",
        "arent", "wasnt", "wont", "cant", "cannot", "shouldnt", "except", "avoid", "skip", "hate", "hates",
    }
)  # fmt: skip


def window_scope(reading: Reading, mentions: tuple[Mention, ...], *, plain: frozenset[str]) -> Scope:  # noqa: ARG001 — the shape of a scoping
    """The bearings by the rule alone: refused or not."""
    return Scope(tuple(Bearing(negated=_negated(reading, mention)) for mention in mentions), (), frozenset())


def _negated(reading: Reading, mention: Mention) -> bool:
    first, _ = reading.words_in(mention.start, mention.end)
    for word in reversed(reading.words[max(0, first - WINDOW_WORDS) : first]):
        if word.mark:
            return False
        if word.fold in _NEGATORS:
            return True
    return False

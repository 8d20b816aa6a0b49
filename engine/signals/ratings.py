"""Ratings: how well known a film is, and once a person has opinions, what viewers who share them think of it."""

from typing import Protocol

import numpy as np

from engine.reasons import ReasonCode
from engine.signals.signal import Scores, Signal
from engine.signals.taste import opinions
from engine.store import Taste
from index import Catalogue, RowSet
from index.ratings import ItemVectors
from index.rows import Rows
from persona_configs.phrases import Phrase

#: A score from which viewers with a person's likes may be said to like a film: one like of a film that speaks for it a
#: third as loud as the usual neighbour does.
_SAID_FROM = 0.65


class Opinions(Protocol):
    """What ratings say to likes and dislikes (`engine.viewers.Viewers`)."""

    items: ItemVectors

    def scores(self, liked: Rows, disliked: Rows) -> Scores | None: ...


def popularity_signal(catalogue: Catalogue, *, weight: float) -> Signal | None:
    """How well known a film is; a film without a figure stands at the median. None when no film has one."""
    scores = _popularity(catalogue)
    if scores is None:
        return None
    return Signal("ratings", weight, scores, lambda _row: [], known=~np.isnan(catalogue.figures("popularity")))


def viewers_signal(
    catalogue: Catalogue, viewers: Opinions, taste: Taste, *, may: RowSet, weight: float, known_weight: float
) -> Signal | None:
    """What viewers who share the person's opinions think of each film, with how well known it is beside it
    (`known_weight`); None when ratings say nothing of anything the person liked or disliked.

    The reason names the liked film that spoke loudest. Films outside of `may`, which the persona shows no more, neither
    count nor are named.
    """
    liked, disliked = opinions(catalogue, taste, may=may)
    scores = viewers.scores(liked, disliked)
    if scores is None:
        return None
    popularity = _popularity(catalogue)
    total = weight + known_weight
    both = scores if popularity is None or total <= 0 else (weight * scores + known_weight * popularity) / total

    def codes(row: int) -> list[ReasonCode]:
        if not viewers.items.known[row] or scores[row] < _SAID_FROM:
            return []
        loudest = viewers.items.strongest(liked, row)
        if loudest is None:
            return []
        return [ReasonCode(Phrase.REASON_RATINGS, "ratings", 0.0, {"title": catalogue.films[loudest].title})]

    known = viewers.items.known | ~np.isnan(catalogue.figures("popularity"))
    return Signal("ratings", total, np.asarray(both, dtype=np.float32), codes, known=known)


def _popularity(catalogue: Catalogue) -> Scores | None:
    figures = catalogue.figures("popularity")
    known = ~np.isnan(figures)
    if not known.any():
        return None
    return np.where(known, figures, np.median(figures[known])).astype(np.float32)

"""What the person liked and disliked before."""

import numpy as np

from engine.reasons import ReasonCode
from engine.signals.meaning import FILM_COSINE_RANGE
from engine.signals.signal import CLEARLY, Scores, Signal, cosines, scaled
from engine.store import Taste
from index import Catalogue, RowSet, VectorStore
from index.rows import Rows
from persona_configs.phrases import Phrase

#: Likes and dislikes that are looked at, the latest ones.
MOST_OPINIONS = 30


def opinions(catalogue: Catalogue, taste: Taste, *, may: RowSet) -> tuple[Rows, Rows]:
    """The rows that the person liked and those that they did not, the latest ones of each. Of the films outside of
    `may`, which the persona shows no more, likes do not count."""
    liked = catalogue.rows_of((*taste.liked, *taste.saved)[-MOST_OPINIONS:]) & may
    return liked.rows, catalogue.rows_of((*taste.disliked, *taste.rejected)[-MOST_OPINIONS:]).rows


def _nearest(store: VectorStore, rows: Rows, among: RowSet) -> Scores:
    """Cosines to each of the rows, (max(rows, 1), n); -1 throughout when there are none."""
    if not len(rows):
        return np.full((1, store.n), -1.0, dtype=np.float32)
    return np.stack([cosines(store, vector, among) for vector in store.vectors(rows)])


def taste_signal(
    catalogue: Catalogue, store: VectorStore, taste: Taste, among: RowSet, *, may: RowSet, weight: float
) -> Signal | None:
    """Nearness to the films that the person liked, less nearness to those they did not; None without either. Liked
    films outside of `may`, which the persona shows no more, neither count nor are named."""
    liked, disliked = opinions(catalogue, taste, may=may)
    if not len(liked) and not len(disliked):
        return None
    near = _nearest(store, liked, among)
    pull = scaled(near.max(axis=0), FILM_COSINE_RANGE)
    push = scaled(_nearest(store, disliked, among).max(axis=0), FILM_COSINE_RANGE)
    scores = np.clip(0.5 + 0.5 * pull - 0.5 * push, 0.0, 1.0).astype(np.float32)

    def codes(row: int) -> list[ReasonCode]:
        if not len(liked) or pull[row] < CLEARLY:
            return []
        nearest = catalogue.films[int(liked[int(near[:, row].argmax())])]
        if nearest is catalogue.films[row]:
            return []  # a film is no reason for itself
        return [ReasonCode(Phrase.REASON_TASTE, "taste", 0.0, {"title": nearest.title})]

    return Signal("taste", weight, scores, codes)

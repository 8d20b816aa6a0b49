"""The contract of a collaborative model: people's histories in, a score for every film out."""

from typing import Protocol

import numpy as np

from index.ratings.histories import Histories
from index.ratings.table import Chosen, Figures, Ids


class ItemModel(Protocol):
    """A fitted model over n films. What `tests/ratings/item_model_contract.py` demands of every one."""

    @property
    def known(self) -> Chosen:
        """The films that training saw at least once, (n,) bool."""
        ...

    def scores(self, histories: Histories) -> Figures:
        """A score of every film for each of m people, (m, n) float32, finite; only their order within a row means
        something. People need not have been in training: they are folded in by their histories.

        Raises ValueError when the histories are over another number of films.
        """
        ...


class LikenessModel(ItemModel, Protocol):
    """A model whose scores are sums of likenesses between films, so that item vectors can stand for it."""

    def likeness(self, rows: Ids) -> Figures:
        """Likeness of each of the films (a,) to each, (a, a) float32, symmetric and positive semidefinite; the
        diagonal means nothing."""
        ...


def score_of(model: ItemModel, opinions: dict[int, float], film: int) -> float | None:
    """One film's score for one person; None for a film that training never saw or that is not among the n."""
    if not 0 <= film < len(model.known) or not model.known[film]:
        return None
    return float(model.scores(Histories.one(opinions, n=len(model.known)))[0, film])


def demand_same_films(histories: Histories, known: Chosen) -> None:
    """Raises ValueError when the histories are not over the model's films."""
    if histories.n != len(known):
        raise ValueError(f"the histories are over {histories.n} films, the model over {len(known)}")


def spread(scores: Figures) -> Figures:
    """Each row (m, n) at mean 0 and standard deviation 1; a row of equal figures becomes 0."""
    centred: Figures = scores - scores.mean(axis=1, keepdims=True)
    deviation = centred.std(axis=1, keepdims=True)
    np.divide(centred, deviation, out=centred, where=deviation > 0)
    return centred

"""EASE: how much each film speaks for each other, in closed form (Steck 2019, "Embarrassingly Shallow Autoencoders for
Sparse Data"), with the weights that help where people are few.

With P = (XᵀX + Λ)⁻¹ the weight from film i to film j is -P[i, j] / P[j, j]. Where there are fewer people than films,
the same P comes out of the smaller people-by-people system (Woodbury): Λ^½ P Λ^½ = I - WᵀW, with one column of W a
film. So EASE is exactly a model of item vectors, of as many dimensions as there are people.
"""

from dataclasses import dataclass

import numpy as np

from index.ratings.histories import Histories
from index.ratings.item_model import demand_same_films
from index.ratings.table import Chosen, Figures, Ids, RatingsError

#: More of both people and films than this need a system of more than 2 GB; ELSA is for them.
MOST_ROWS = 20_000
#: A MovieLens user's usual rating: a history's weights are taken relative to it.
_USUAL_STARS = 3.5


@dataclass(frozen=True, slots=True, kw_only=True)
class EaseConfig:
    """How `Ease` is fitted. The defaults are the published model."""

    l2: float = 200.0
    """λ, what is added to the diagonal; larger for smaller data."""
    dropout: float = 0.0
    """Share of a film's count that is added to its λ, as training with random gaps would (Steck 2020, EDLAE)."""
    activity_power: float = 0.0
    """How much less a busy person's history teaches: its weight is (films rated) to the minus this."""
    stars_share: float = 0.0
    """How much of an opinion's weight hangs on its stars, from 0 (that it was rated counts) to 1 (stars alone)."""
    diagonal_power: float = 1.0
    """Power of P[j, j] that a score is divided by: 1 is EASE, 0 makes the weights symmetric, one vector a film."""
    count_power: float = 0.0
    """Power of a film's count that its scores are multiplied by; below 0 it damps the well known."""


class Ease:
    """A fitted EASE, over the films of its histories. An `ItemModel` and a `LikenessModel`."""

    def __init__(self, *, config: EaseConfig, known: Chosen, sent: Figures, heard: Figures, own: Figures) -> None:
        self.config, self._known = config, known
        self._sent, self._heard, self._own = sent, heard, own

    @classmethod
    def fit(cls, histories: Histories, config: EaseConfig | None = None) -> "Ease":
        """The model of these histories. Raises `RatingsError` when both people and films exceed `MOST_ROWS`."""
        config = config or EaseConfig()
        if min(len(histories), histories.n) > MOST_ROWS:
            raise RatingsError(
                f"EASE needs fewer than {MOST_ROWS} people or films, not {len(histories)} and {histories.n}; use ELSA"
            )
        rows = _weighted(histories, config)
        active = np.maximum(np.diff(histories.starts), 1).astype(np.float32) ** -config.activity_power
        rows *= np.sqrt(active / active.mean())[:, None]
        squares = np.einsum("un,un->n", rows, rows)
        ridge = config.l2 + config.dropout * squares
        vectors = _vectors(rows / np.sqrt(ridge))
        left = np.maximum(1.0 - np.einsum("dn,dn->n", vectors, vectors), 1e-6)
        out = np.sqrt(ridge) / left**config.diagonal_power
        out *= np.maximum(histories.counts(), 1) ** config.count_power
        sent = (vectors / np.sqrt(ridge)).astype(np.float32)
        heard = (vectors * out).astype(np.float32)
        return cls(
            config=config,
            known=histories.counts() > 0,
            sent=sent,
            heard=heard,
            own=np.einsum("dn,dn->n", sent, heard),
        )

    @property
    def known(self) -> Chosen:
        return self._known

    @property
    def sent(self) -> Figures:
        """What each film says of taste, one column a film, (d, n) float32: products of columns are likenesses."""
        return self._sent

    def scores(self, histories: Histories) -> Figures:
        demand_same_films(histories, self._known)
        rows = _weighted(histories, self.config)
        found: Figures = (rows @ self._sent.T) @ self._heard - rows * self._own
        return found

    def with_cold_films(self, features: Figures, *, l2: float, trust: float) -> "Ease":
        """The same model, in which films that training never saw are heard as their features (n, f) foretell: a ridge
        regression of the known films' vectors on their features, `l2` on its diagonal, times `trust` in [0, 1]. Known
        films stay as they are.
        """
        known = features[self._known]
        system = known.T @ known + l2 * np.eye(features.shape[1], dtype=np.float32)
        map_of_features = np.linalg.solve(system, known.T @ self._heard[:, self._known].T)
        heard = np.where(self._known, self._heard, trust * (features @ map_of_features).T).astype(np.float32)
        return Ease(config=self.config, known=self._known, sent=self._sent, heard=heard, own=self._own)

    def likeness(self, rows: Ids) -> Figures:
        sent = self._sent[:, rows]
        found: Figures = sent.T @ sent
        return found


def _weighted(histories: Histories, config: EaseConfig) -> Figures:
    """Opinions spread out with their weights, (m, n); a dislike (below 0) keeps its sign."""
    rows = histories.dense()
    share = config.stars_share
    weights = np.sign(rows) * (1.0 - share) + rows * np.float32(share / _USUAL_STARS)
    return np.asarray(weights, dtype=np.float32)


def _vectors(scaled: Figures) -> Figures:
    """W with WᵀW = I - (I + ZᵀZ)⁻¹ for Z = `scaled` (m, n); (min(m, n), n), by the smaller of the two systems."""
    m, n = scaled.shape
    if m <= n:
        lower = np.linalg.cholesky(np.eye(m, dtype=np.float32) + scaled @ scaled.T)
        solved: Figures = np.linalg.solve(lower, scaled)
        return solved
    values, vectors = np.linalg.eigh(scaled.T @ scaled)
    values = np.maximum(values, 0.0)
    rooted: Figures = np.sqrt(values / (1.0 + values))[:, None] * vectors.T
    return rooted

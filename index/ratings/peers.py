"""The models that ours is measured against: popularity, item neighbours, content profiles and, from the library
`implicit`, iALS."""

from dataclasses import dataclass

import numpy as np

from index.ratings.histories import Histories
from index.ratings.item_model import demand_same_films
from index.ratings.table import Chosen, Figures


class Popularity:
    """The same for everyone: the logarithm of how many people rated a film. An `ItemModel`."""

    def __init__(self, histories: Histories) -> None:
        self._counts = histories.counts()

    @property
    def known(self) -> Chosen:
        return self._counts > 0

    def scores(self, histories: Histories) -> Figures:
        demand_same_films(histories, self.known)
        logs = np.log1p(self._counts).astype(np.float32)
        return np.broadcast_to(logs, (len(histories), len(logs))).copy()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemKnnConfig:
    """How `ItemKnn` is fitted."""

    neighbours: int = 50
    """Most alike films that speak for a film."""
    shrinkage: float = 0.0
    """Added to the cosine's denominator, so that few common people say little."""


class ItemKnn:
    """Item neighbours by cosine over who rated them (Sarwar et al. 2001). An `ItemModel`."""

    def __init__(self, histories: Histories, config: ItemKnnConfig | None = None) -> None:
        config = config or ItemKnnConfig()
        rated = np.zeros((histories.n, histories.n), dtype=np.float32)
        for block in histories.blocks():
            rows = np.abs(np.sign(block.dense()))
            rated += rows.T @ rows
        counts = rated.diagonal().copy()
        lengths = np.sqrt(counts)
        cosines = rated / (np.outer(lengths, lengths) + max(config.shrinkage, 1e-9))
        np.fill_diagonal(cosines, 0.0)
        place = min(config.neighbours, histories.n - 1)
        least = -np.partition(-cosines, place, axis=0)[place]
        self._weights = np.where(cosines > least, cosines, 0.0).astype(np.float32)
        self._known = counts > 0

    @property
    def known(self) -> Chosen:
        return np.asarray(self._known)

    def scores(self, histories: Histories) -> Figures:
        demand_same_films(histories, self.known)
        found: Figures = np.sign(histories.dense()) @ self._weights
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class IAlsConfig:
    """How `IAls` is fitted."""

    factors: int = 128
    """Numbers a film."""
    l2: float = 10.0
    """The library's `regularization`."""
    confidence: float = 1.0
    """The library's `alpha`: how much more an opinion weighs than none."""
    iterations: int = 15
    """Alternations between people and films."""
    seed: int = 0
    """Decides the first factors."""


class IAls:
    """Implicit matrix factorisation (Hu, Koren and Volinsky 2008) by the library `implicit`. An `ItemModel`.

    People are folded in by solving for their factors, as the library does for `recalculate_user`.
    """

    def __init__(self, histories: Histories, config: IAlsConfig | None = None) -> None:
        from implicit.cpu.als import AlternatingLeastSquares
        from scipy.sparse import csr_matrix
        from threadpoolctl import threadpool_limits

        self._config = config or IAlsConfig()
        rated = (np.ones(len(histories.films), dtype=np.float32), histories.films, histories.starts)
        with threadpool_limits(1, "blas"):  # the library starts threads of its own and warns of others
            model = AlternatingLeastSquares(
                factors=self._config.factors,
                regularization=self._config.l2,
                alpha=self._config.confidence,
                iterations=self._config.iterations,
                random_state=self._config.seed,
            )
            model.fit(csr_matrix(rated, shape=(len(histories), histories.n)), show_progress=False)
        self._known = histories.counts() > 0
        self._items = np.where(self._known[:, None], model.item_factors, 0.0).astype(np.float32)
        self._gram = self._items.T @ self._items

    @property
    def known(self) -> Chosen:
        return self._known

    def scores(self, histories: Histories) -> Figures:
        demand_same_films(histories, self._known)
        people = [self._person(rated) for rated in np.sign(histories.dense())]
        found: Figures = np.stack(people) @ self._items.T
        return found

    def _person(self, rated: Figures) -> Figures:
        config, chosen = self._config, self._items[rated != 0]
        system = self._gram + config.l2 * np.eye(config.factors, dtype=np.float32)
        extra = (config.confidence - 1.0) * (chosen.T @ chosen)
        solved = np.linalg.solve(system + extra, config.confidence * chosen.T @ rated[rated != 0])
        return np.asarray(solved, dtype=np.float32)


class ContentProfile:
    """Nearness of a film's features (n, f) to the mean of those in the history (Rocchio). An `ItemModel` that knows
    every film that has features."""

    def __init__(self, features: Figures) -> None:
        self._features = features

    @property
    def known(self) -> Chosen:
        return np.asarray(self._features.any(axis=1))

    def scores(self, histories: Histories) -> Figures:
        demand_same_films(histories, self.known)
        found: Figures = (np.sign(histories.dense()) @ self._features) @ self._features.T
        return found

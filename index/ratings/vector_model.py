"""Item vectors as a model: what the served form of EASE or ELSA foresees."""

import numpy as np

from index.ratings.ease import Ease
from index.ratings.histories import Histories
from index.ratings.item_model import demand_same_films
from index.ratings.table import Chosen, Figures, Ids


class VectorModel:
    """Scores are sums of products of item vectors (n, d), a film's own left out. An `ItemModel` and a
    `LikenessModel`."""

    def __init__(self, *, vectors: Figures, known: Chosen) -> None:
        if not np.isfinite(vectors).all():
            raise ValueError("item vectors hold NaN or infinity")
        self.vectors, self._known = vectors, known

    @classmethod
    def of(cls, ease: Ease, *, dimension: int) -> "VectorModel":
        """The nearest model of at most `dimension` numbers a film to the symmetric form of an EASE."""
        sent = ease.sent
        values, directions = np.linalg.eigh(sent @ sent.T)
        kept = directions[:, np.argsort(-values)[:dimension]]
        return cls(vectors=np.ascontiguousarray(sent.T @ kept, dtype=np.float32), known=ease.known)

    @property
    def known(self) -> Chosen:
        return self._known

    def scores(self, histories: Histories) -> Figures:
        demand_same_films(histories, self._known)
        rows = np.sign(histories.dense())
        own = np.einsum("nd,nd->n", self.vectors, self.vectors)
        found: Figures = (rows @ self.vectors) @ self.vectors.T - rows * own
        return found

    def likeness(self, rows: Ids) -> Figures:
        found: Figures = self.vectors[rows] @ self.vectors[rows].T
        return found

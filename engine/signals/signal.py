"""What every signal is made of: scores over all rows, and the reasons behind one row's score."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.reasons import ReasonCode
from engine.wire import Source
from index import RowSet, VectorStore
from index.encoder import Vectors
from index.rows import Mask

Scores = npt.NDArray[np.float32]

#: The visual word that no poster answers: films carry it as a keyword.
BLACK_AND_WHITE = "black-and-white"
#: A figure counts as said of a film from here on.
CLEARLY = 0.5


@dataclass(frozen=True, slots=True)
class Signal:
    """One source's view of all films: `scores` (n,) float32 in [0, 1] without NaN, the `weight` of the source in
    this request, and `codes`, which gives the reasons for one row (their weights are filled in by the fusion).
    `known` (n,) are the rows that the source knows anything of, all without it; no other is evidence."""

    source: Source
    weight: float
    scores: Scores
    codes: Callable[[int], Sequence[ReasonCode]]
    known: Mask | None = None

    def knows(self, row: int) -> bool:
        """Whether the source knows anything of the row's film, or only gives it the score of the middle."""
        return self.known is None or bool(self.known[row])


@dataclass(frozen=True, slots=True)
class Part:
    """One asked word: its scores (n,) in [0, 1], and the reason to give for a film that meets it: one that scores
    clearly, and that `true_of` (n,) holds for where it is given."""

    scores: Scores
    reason: ReasonCode | None
    true_of: Mask | None = None

    def speaks_for(self, row: int) -> bool:
        """Whether the reason may be given for the row."""
        true = self.true_of is None or bool(self.true_of[row])
        return self.reason is not None and self.scores[row] >= CLEARLY and true


def scaled(values: Scores, bounds: tuple[float, float]) -> Scores:
    """The values with the bounds brought to 0 and 1, and what is outside cut off."""
    low, high = bounds
    scaled: Scores = np.clip((values - low) / (high - low), 0.0, 1.0).astype(np.float32)
    return scaled


def mean_of(source: Source, weight: float, parts: Sequence[Part]) -> Signal:
    """The mean of the parts; each part that speaks for a row gives its reason."""
    scores = np.mean([part.scores for part in parts], axis=0).astype(np.float32)

    def codes(row: int) -> list[ReasonCode]:
        return [part.reason for part in parts if part.reason is not None and part.speaks_for(row)]

    return Signal(source, weight, scores, codes)


def cosines(store: VectorStore, query: Vectors, among: RowSet) -> Scores:
    """Cosine of each row to the query (d,), (n,) float32; -1 for the rows outside `among`."""
    hits = store.search(query, k=len(among), among=among)
    found = np.full(store.n, -1.0, dtype=np.float32)
    found[hits.rows] = hits.scores
    return found

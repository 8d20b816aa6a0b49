"""Learning what each source of evidence weighs: coordinate ascent on the ranks of what people liked.

The fused score is a weighted mean of the sources' scores, so that within one ask only the proportions of the weights
rank. One weight after the other is moved to where the liked films stand highest, until none moves any more (Metzler
and Croft 2007, "Linear feature-based models for information retrieval").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

Figures = npt.NDArray[np.float64]

#: Asks tell little of some sources (few people ask for a look): a weight stays within this factor of where it began.
FARTHEST = 3.0
#: The factors that a weight is tried with, and how often all weights are gone through at most.
_STEPS, _SWEEPS_MAX = (0.4, 0.65, 0.85, 1.2, 1.5, 2.5), 6
#: A weight moves for no less than this: smaller gains are chance.
_GAIN_LEAST = 2e-4
#: Scores that agree in as many decimals are equal.
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """One ask: the scores of each source (sources, n) float32, silent ones all 0; which films may be shown (n,), and
    the rows that were liked, at least one, all of which may be shown."""

    scores: npt.NDArray[np.float32]
    may: npt.NDArray[np.bool_]
    liked: npt.NDArray[np.int64]


def learn(choices: Sequence[Choice], start: Figures) -> Figures:
    """The weights (sources,) within `FARTHEST` of the start under which the liked films stand highest. start (sources,)
    is where the ascent begins; a source about which the asks say nothing keeps its weight. Raises ValueError without
    asks."""
    asks = _Asks(choices)
    best = start.astype(np.float64)
    quality = asks.quality(best)
    for _ in range(_SWEEPS_MAX):
        before = quality
        for source in range(len(best)):
            for step in _STEPS:
                tried = best.copy()
                tried[source] = np.clip(best[source] * step, start[source] / FARTHEST, start[source] * FARTHEST)
                if (found := asks.quality(tried)) > quality + _GAIN_LEAST:
                    best, quality = tried, found
        if quality - before <= _GAIN_LEAST:
            break
    return best


def ranks(choice: Choice, weights: Figures) -> npt.NDArray[np.int64]:
    """The place of each liked film among those that may be shown, (liked,) from 1; equals share the middle place."""
    return _Asks([choice]).ranks(weights)


class _Asks:
    """All asks as one block, so that trying a weight is a few products."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        if not choices:
            raise ValueError("no asks to learn from")
        self._scores = np.stack([choice.scores for choice in choices])
        self._speaks = self._scores.any(axis=2).astype(np.float64)
        self._shut = ~np.stack([choice.may for choice in choices])
        self._ask = np.repeat(np.arange(len(choices)), [len(choice.liked) for choice in choices])
        self._row = np.fromiter(chain.from_iterable(choice.liked for choice in choices), dtype=np.int64)
        #: Each ask counts once, however many films were liked.
        self._share = 1.0 / np.bincount(self._ask)[self._ask] / len(choices)

    def ranks(self, weights: Figures) -> npt.NDArray[np.int64]:
        """The place of every liked film, (liked of all asks,) from 1."""
        whole = np.maximum(self._speaks @ weights, 1e-9)
        fused = np.einsum("s,asn->an", weights.astype(np.float32), self._scores) / whole[:, None]
        fused = np.where(self._shut, -np.inf, fused.round(_DIGITS))
        own = fused[self._ask, self._row][:, None]
        others = fused[self._ask]
        equal = (others == own).sum(axis=1) - 1
        return np.asarray(1 + (others > own).sum(axis=1) + equal // 2, dtype=np.int64)

    def quality(self, weights: Figures) -> float:
        """Mean discounted gain of the liked films, in (0, 1]: 1 / log2(1 + rank)."""
        return float((self._share / np.log2(1 + self.ranks(weights))).sum())

"""Fusion: one score from all sources, with each source's share of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from engine.reasons import ReasonCode
from engine.signals import Scores, Signal
from engine.wire import Evidence
from persona_configs.schema import Leaning

#: A source with a smaller share of a score is not worth telling as evidence.
_TOLD_FROM = 0.03


@dataclass(frozen=True, slots=True)
class Fused:
    """The fused scores of all rows, (n,) float32 in [0, 1], and the weighted signals they are made of."""

    scores: Scores
    signals: tuple[Signal, ...]

    def shares(self, row: int) -> npt.NDArray[np.float32]:
        """Each signal's share of the row's score, (signals,), summing to 1 (all 0 when nothing spoke for it)."""
        parts = np.array([signal.weight * signal.scores[row] for signal in self.signals], dtype=np.float32)
        total = parts.sum()
        return parts / total if total > 0 else parts

    def codes(self, row: int) -> tuple[ReasonCode, ...]:
        """The reasons for the row, heaviest first; a signal's share is divided among its reasons."""
        found = []
        for signal, share in zip(self.signals, self.shares(row), strict=True):
            codes = signal.codes(row)
            found += [replace(code, weight=float(share) / len(codes)) for code in codes]
        return tuple(sorted(found, key=lambda code: -code.weight))

    def evidence(self, row: int) -> tuple[Evidence, ...]:
        """The share of each source in the row's score, heaviest first, with the words or the figure behind it."""
        told = []
        for signal, share in zip(self.signals, self.shares(row), strict=True):
            if share < _TOLD_FROM or not signal.knows(row):
                continue
            said = ", ".join(code.detail for code in signal.codes(row) if code.detail)
            figure = f"{signal.scores[row]:.2f}"
            told.append(
                Evidence(
                    source=signal.source, detail=f"{said} ({figure})" if said else figure, weight=round(float(share), 3)
                )
            )
        return tuple(sorted(told, key=lambda part: -part.weight))


def fuse(signals: Sequence[Signal], leaning: Leaning, *, n: int) -> Fused:
    """The weighted mean of the signals' scores over n rows. The persona's factors move the weights within bounds."""
    weighted = tuple(
        replace(signal, weight=signal.weight * leaning.sources.get(signal.source, 1.0)) for signal in signals
    )
    total = sum(signal.weight for signal in weighted)
    if total <= 0:
        return Fused(np.full(n, 0.5, dtype=np.float32), ())
    scores = sum((signal.weight * signal.scores for signal in weighted), np.zeros(n, dtype=np.float32)) / total
    return Fused(np.asarray(scores, dtype=np.float32), weighted)

"""What a model of topics is, whichever way it was learned, and how coherent its topics are."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

Figures = npt.NDArray[np.float64]

#: Words of a topic that coherence is measured over, as is usual (Lau, Newman & Baldwin 2014).
TOP_WORDS = 10


@dataclass(frozen=True, slots=True)
class Counts:
    """Plots as counted words: `matrix` (plots, words), sparse, and the words of its columns."""

    matrix: Any
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicModel:
    """Topics as weights over words, `topics` (topics, words) with rows that sum to 1, and `shares` (plots, topics) with
    rows that sum to 1, or to 0 where a plot holds no word of any topic."""

    kind: str
    topics: Figures
    shares: Figures
    words: tuple[str, ...]


def coherence(model: TopicModel, counts: Counts) -> float:
    """How well the top words of the topics go together in plots, from -1 to 1: the mean normalised pointwise mutual
    information (Bouma 2009) of all pairs among the ten heaviest words of each topic. Words that never meet count -1."""
    held = (counts.matrix > 0).astype(np.float64).tocsc()
    plots = held.shape[0]
    per_topic = [
        _topic_coherence(held[:, np.argsort(-weights, kind="stable")[:TOP_WORDS]], plots)
        for weights in model.topics
        if weights.any()
    ]
    return float(np.mean(per_topic)) if per_topic else -1.0


def _topic_coherence(held: Any, plots: int) -> float:
    together = np.asarray((held.T @ held).todense()) / plots
    alone = np.diag(together)
    pairs = [_npmi(together[a, b], alone[a], alone[b]) for a, b in combinations(range(len(alone)), 2)]
    return float(np.mean(pairs)) if pairs else -1.0


def _npmi(both: float, one: float, other: float) -> float:
    if both <= 0.0:
        return -1.0
    return 1.0 if both >= 1.0 else float(np.log(both / (one * other)) / -np.log(both))

"""The best sequence of tags that means something: an I only after a B or an I of its label (Viterbi 1967)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from nlu.tagging.bio import OUTSIDE

Scores = npt.NDArray[np.float32]


def tags_for(labels: Sequence[str]) -> tuple[str, ...]:
    """All tags of these labels; the place of a tag is its column among scores."""
    return (OUTSIDE, *(f"{mark}-{label}" for label in labels for mark in "BI"))


class Decoder:
    """Reads scores as tags. The tags are fixed when it is made."""

    def __init__(self, tags: Sequence[str]) -> None:
        self._tags = tuple(tags)
        self._step = np.array([[_cost(before, tag) for tag in self._tags] for before in self._tags], dtype=np.float32)
        self._start = np.array([_cost(OUTSIDE, tag) for tag in self._tags], dtype=np.float32)

    def tags(self, scores: Scores) -> tuple[str, ...]:
        """The tags of the best allowed path. scores (words, tags) float32: sums of them compare paths."""
        if not len(scores):
            return ()
        best = scores[0] + self._start
        came_from = []
        for row in scores[1:]:
            paths = best[:, None] + self._step
            came_from.append(paths.argmax(axis=0))
            best = paths.max(axis=0) + row
        path = [int(best.argmax())]
        for before in reversed(came_from):
            path.append(int(before[path[-1]]))
        return tuple(self._tags[at] for at in reversed(path))


def _cost(before: str, tag: str) -> float:
    goes_on = tag.startswith("I-")
    return -np.inf if goes_on and (before == OUTSIDE or before[2:] != tag[2:]) else 0.0

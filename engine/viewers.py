"""What viewers' ratings say to a person with likes: of rated films by their item vectors, of others by their kin."""

import numpy as np
import numpy.typing as npt

from engine.signals import Scores
from index import VectorStore
from index.ratings import ItemVectors
from index.rows import Rows

#: Rated films that an unrated one is held to be like: those nearest in meaning.
_NEIGHBOURS = 10
#: How much of an unrated film's score its neighbours decide; the rest is the middle of all films.
_TRUST = 0.5
#: Cosine from which a neighbour counts at all.
_NEAR_FROM = 0.15
#: Pairs of an unrated and a rated film that are compared when a catalogue is loaded, at most (about a second); above,
#: unrated films stand in the middle.
_MOST_PAIRS = 100_000_000
_BLOCK = 1024


class Viewers:
    """An artefact's item vectors, ready to be asked. `items` are in the rows of `store`, whose vectors say which films
    are alike in meaning. Immutable after it is made."""

    def __init__(self, items: ItemVectors, store: VectorStore) -> None:
        self.items = items
        self._unrated = np.flatnonzero(~items.known)
        self._kin, self._shares = _kin(store, rated=np.flatnonzero(items.known), unrated=self._unrated)

    def scores(self, liked: Rows, disliked: Rows) -> Scores | None:
        """What viewers with these opinions think of each film, (n,) float32 in [0, 1]; None where ratings say nothing
        of any of the liked (a,) and disliked (b,) rows.

        A film without ratings stands between its nearest rated films in meaning and the middle of all rated ones.
        """
        told = np.concatenate([liked, disliked]).astype(np.int64)
        if not self.items.known[told].any():
            return None
        scores = self.items.scores(liked, disliked)
        middle = np.float32(np.median(scores[self.items.known]))
        of_kin = (scores[self._kin] * self._shares).sum(axis=1)
        known_kin = self._shares.sum(axis=1)
        scores[self._unrated] = middle + np.float32(_TRUST) * (of_kin - known_kin * middle)
        return np.clip(scores, 0.0, 1.0)


def _kin(store: VectorStore, *, rated: Rows, unrated: Rows) -> tuple[Rows, npt.NDArray[np.float32]]:
    """For each unrated film (u,) the rows of its nearest rated ones (u, k), and their shares (u, k), which sum up to 1,
    or to 0 where none is near."""
    count = min(_NEIGHBOURS, len(rated))
    kin = np.zeros((len(unrated), count), dtype=np.int64)
    shares = np.zeros((len(unrated), count), dtype=np.float32)
    if not count or not len(unrated) or len(rated) * len(unrated) > _MOST_PAIRS:
        return kin, shares
    known = store.vectors(rated)
    for start in range(0, len(unrated), _BLOCK):
        rows = unrated[start : start + _BLOCK]
        cosines = store.vectors(rows) @ known.T
        nearest = np.argsort(-cosines, axis=1, kind="stable")[:, :count]
        weights = np.clip(np.take_along_axis(cosines, nearest, axis=1) - _NEAR_FROM, 0.0, None)
        total = weights.sum(axis=1, keepdims=True)
        kin[start : start + len(rows)] = rated[nearest]
        shares[start : start + len(rows)] = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    return kin, shares

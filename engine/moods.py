"""How near moods are to each other, learned from which moods the catalogue's films carry together."""

from functools import cached_property

import numpy as np
import numpy.typing as npt

from index import Catalogue
from persona_configs.vocabulary import moods

#: The most that a film can score for a mood it does not carry.
NEAR_MOST = 0.6
#: Films that a pair of moods is thought to share before any is counted, against chance pairs of rare moods.
PRIOR_FILMS = 3.0


class MoodAffinity:
    """Scores of films for a mood: 1 where a film carries it, less where it carries moods that go with it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._columns = {mood: column for column, mood in enumerate(moods())}
        self._carries = np.zeros((len(catalogue), len(self._columns)), dtype=np.float32)
        for row, film in enumerate(catalogue.films):
            for mood in film.moods:
                self._carries[row, self._columns[mood]] = 1.0

    @cached_property
    def _given(self) -> npt.NDArray[np.float32]:
        """P(column | row) over moods, (m, m), shrunk towards 0 by `PRIOR_FILMS`."""
        together = self._carries.T @ self._carries
        return np.asarray(together / (np.diag(together)[:, None] + PRIOR_FILMS), dtype=np.float32)

    def scores(self, mood: str) -> npt.NDArray[np.float32]:
        """Each film's score for the mood, (n,) float32 in [0, 1]; 0 throughout for a word that is no mood."""
        column = self._columns.get(mood)
        if column is None:
            return np.zeros(len(self._carries), dtype=np.float32)
        near = NEAR_MOST * (self._carries * self._given[:, column]).max(axis=1)
        return np.where(self._carries[:, column] > 0, 1.0, near).astype(np.float32)

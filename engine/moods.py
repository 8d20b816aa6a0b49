"""How near a film is to a mood it does not carry, learned from the catalogue's own labels."""

from functools import cached_property

import numpy as np
import numpy.typing as npt

from index import Catalogue
from persona_configs.vocabulary import moods

#: The most that a film can score for a mood it does not carry.
NEAR_MOST = 0.75
#: Films that a pair of moods is thought to share before any is counted, against chance pairs of rare moods.
PRIOR_FILMS = 3.0
#: Films that must carry a mood before its tone is thought to be known.
LEAST_CARRIERS = 5
#: The least spread of a tone axis, so that one on which all films agree decides nothing.
LEAST_SPREAD = 0.05

Figures = npt.NDArray[np.float32]


class MoodAffinity:
    """Scores of films for a mood: 1 where a film carries it, less where its other moods go with it or its tone is
    that of the films which carry it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._columns = {mood: column for column, mood in enumerate(moods())}
        self._tone = catalogue.tone
        self._carries = np.zeros((len(catalogue), len(self._columns)), dtype=np.float32)
        for row, film in enumerate(catalogue.films):
            for mood in film.moods:
                self._carries[row, self._columns[mood]] = 1.0

    def scores(self, mood: str) -> Figures:
        """Each film's score for the mood, (n,) float32 in [0, 1]; 0 throughout for a word that is no mood."""
        column = self._columns.get(mood)
        if column is None:
            return np.zeros(len(self._carries), dtype=np.float32)
        by_moods = (self._carries * self._given[:, column]).max(axis=1)
        near = NEAR_MOST * np.maximum(by_moods, self._by_tone[column])
        return np.where(self._carries[:, column] > 0, 1.0, near).astype(np.float32)

    @cached_property
    def _given(self) -> Figures:
        """P(column | row) over moods, (m, m), shrunk towards 0 by `PRIOR_FILMS`."""
        together = self._carries.T @ self._carries
        return np.asarray(together / (np.diag(together)[:, None] + PRIOR_FILMS), dtype=np.float32)

    @cached_property
    def _by_tone(self) -> Figures:
        """Each film's likeness in tone to the carriers of each mood, (m, n) in [0, 1]."""
        return np.stack([self._tone_of(column) for column in range(len(self._columns))])

    def _tone_of(self, column: int) -> Figures:
        """A linear discriminant with a diagonal covariance (Hastie et al., ESL 4.3), scaled so that the mean of the
        films without the mood stands at 0 and that of its carriers at 1."""
        known, carriers = ~np.isnan(self._tone).any(axis=1), self._carries[:, column] > 0
        likeness = np.zeros(len(self._tone), dtype=np.float32)
        inside, outside = self._tone[known & carriers], self._tone[known & ~carriers]
        if len(inside) < LEAST_CARRIERS or not len(outside):
            return likeness
        spread = np.maximum(outside.std(axis=0), LEAST_SPREAD)
        direction = (inside.mean(axis=0) - outside.mean(axis=0)) / spread**2
        low, high = float(outside.mean(axis=0) @ direction), float(inside.mean(axis=0) @ direction)
        if high - low > 1e-6:
            likeness[known] = np.clip((self._tone[known] @ direction - low) / (high - low), 0.0, 1.0)
        return likeness

"""Histories: what each of several people rated, as sparse rows over the films."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index.ratings.table import Figures, Ids, Ratings

#: People whose rows are spread out at a time; 256 rows of 60,000 films are 60 MB.
BLOCK = 256


@dataclass(frozen=True, slots=True)
class Histories:
    """m people's opinions of n films. Person p's films are `films[starts[p]:starts[p + 1]]`, int64 in [0, n), with
    `stars` float32 beside them, above 0 for a like. Raises ValueError for NaN and for films outside."""

    n: int
    starts: Ids
    films: Ids
    stars: Figures

    def __post_init__(self) -> None:
        if not np.isfinite(self.stars).all():
            raise ValueError("histories hold NaN or infinity")
        if len(self.films) and (self.films.min() < 0 or self.films.max() >= self.n):
            raise ValueError(f"histories name films outside 0 … {self.n - 1}")

    @classmethod
    def of(cls, ratings: Ratings) -> "Histories":
        """The histories of all users in `ratings.users`, over all films in `ratings.films`."""
        order = np.lexsort((ratings.film, ratings.user))
        counts = np.bincount(ratings.user, minlength=len(ratings.users))
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return cls(len(ratings.films), starts, ratings.film[order], ratings.stars[order])

    @classmethod
    def one(cls, opinions: dict[int, float], *, n: int) -> "Histories":
        """One person's opinions, weight by film."""
        films = np.array(sorted(opinions), dtype=np.int64)
        stars = np.array([opinions[int(film)] for film in films], dtype=np.float32)
        return cls(n, np.array([0, len(films)], dtype=np.int64), films, stars)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def between(self, start: int, stop: int) -> "Histories":
        """The histories of persons start … stop-1."""
        low, high = self.starts[start], self.starts[stop]
        return Histories(self.n, self.starts[start : stop + 1] - low, self.films[low:high], self.stars[low:high])

    def blocks(self, *, size: int = BLOCK) -> Iterator["Histories"]:
        """All of them, `size` people at a time."""
        for start in range(0, len(self), size):
            yield self.between(start, min(start + size, len(self)))

    def dense(self) -> Figures:
        """The rows spread out, (m, n) float32, 0 where nothing was said."""
        spread = np.zeros((len(self), self.n), dtype=np.float32)
        spread[np.repeat(np.arange(len(self)), np.diff(self.starts)), self.films] = self.stars
        return spread

    def counts(self) -> Ids:
        """How many people said something of each film, (n,) int64."""
        return np.bincount(self.films, minlength=self.n).astype(np.int64)

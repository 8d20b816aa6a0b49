"""Who rated what: a ratings CSV read once into a frozen table of numbers."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from index.errors import IndexingError

Ids = npt.NDArray[np.int64]
Figures = npt.NDArray[np.float32]
Chosen = npt.NDArray[np.bool_]

_NEEDED = ("userId", "movieId", "rating")
_TIME = "timestamp"
#: The file that a MovieLens folder keeps its ratings in.
MOVIELENS_RATINGS = "ratings.csv"
#: Faults that are listed before reading stops: by then the file is of another form.
_MOST_FAULTS = 20


class RatingsError(IndexingError, ValueError):
    """A ratings file is missing or holds what a rating cannot be; the message lists each fault with its line."""


@dataclass(frozen=True, slots=True)
class Ratings:
    """Ratings in the order of their file, r of them. `user` and `film` (r,) int64 are positions in `users` and
    `films`, which hold the file's own ids; `stars` (r,) float32; `at_s` (r,) int64 seconds since 1970, all 0 when the
    file does not say."""

    users: tuple[str, ...]
    films: tuple[str, ...]
    user: Ids
    film: Ids
    stars: Figures
    at_s: Ids

    def __len__(self) -> int:
        return len(self.stars)

    def only(self, chosen: Chosen) -> "Ratings":
        """The ratings that the mask (r,) keeps; users and films stay in their positions."""
        return Ratings(
            self.users, self.films, self.user[chosen], self.film[chosen], self.stars[chosen], self.at_s[chosen]
        )

    def counts(self) -> Ids:
        """The number of ratings of each film, (films,) int64."""
        return np.bincount(self.film, minlength=len(self.films)).astype(np.int64)


def read_ratings(path: Path) -> Ratings:
    """The ratings of a CSV file with the columns userId, movieId, rating and perhaps timestamp, or of a MovieLens
    folder. Of several ratings of one film by one user the last line counts.

    Raises `RatingsError` for a missing file, a missing column, and every faulty line (up to 20) with its number.
    """
    file_path = path / MOVIELENS_RATINGS if path.is_dir() else path
    try:
        with file_path.open(encoding="utf-8-sig", newline="") as file:
            return _table(file, name=file_path.name)
    except FileNotFoundError as error:
        raise RatingsError(f"{file_path}: no such file") from error
    except UnicodeDecodeError as error:
        raise RatingsError(f"{file_path.name}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except csv.Error as error:
        raise RatingsError(f"{file_path.name}: not a CSV file: {error}") from error


def _table(file: IO[str], *, name: str) -> Ratings:
    last: dict[tuple[str, str], tuple[float, int]] = {}
    for user_id, film_id, stars, at_s in _rows(file, name=name):
        last[user_id, film_id] = (stars, at_s)
    if not last:
        raise RatingsError(f"{name}: holds no rating")
    users = {user: place for place, user in enumerate(dict.fromkeys(user for user, _ in last))}
    films = {film: place for place, film in enumerate(dict.fromkeys(film for _, film in last))}
    return Ratings(
        users=tuple(users),
        films=tuple(films),
        user=np.array([users[user] for user, _ in last], dtype=np.int64),
        film=np.array([films[film] for _, film in last], dtype=np.int64),
        stars=np.array([stars for stars, _ in last.values()], dtype=np.float32),
        at_s=np.array([at_s for _, at_s in last.values()], dtype=np.int64),
    )


def _rows(file: IO[str], *, name: str) -> Iterator[tuple[str, str, float, int]]:
    rows = csv.reader(file, strict=True)
    header = next(rows, [])
    if missing := [column for column in _NEEDED if column not in header]:
        raise RatingsError(f"{name}:1: columns are missing: {', '.join(missing)}; found: {', '.join(header) or 'none'}")
    user, film, stars = (header.index(column) for column in _NEEDED)
    time = header.index(_TIME) if _TIME in header else None
    faults: list[str] = []
    for row in rows:
        if not row:
            continue
        try:
            _demand_cells(row, header)
            yield _id(row[user]), _id(row[film]), _stars(row[stars]), int(float(row[time])) if time is not None else 0
        except (ValueError, OverflowError) as error:
            faults.append(f"{name}:{rows.line_num}: {error}")
            if len(faults) == _MOST_FAULTS:
                break
    if faults:
        raise RatingsError("\n".join(faults))


def _demand_cells(row: list[str], header: list[str]) -> None:
    if len(row) != len(header):
        raise ValueError(f"{len(row)} cells, but the header has {len(header)}")


def _id(cell: str) -> str:
    if not (text := cell.strip()):
        raise ValueError("an id is empty")
    return text


def _stars(cell: str) -> float:
    stars = float(cell)
    if not np.isfinite(stars) or stars <= 0:
        raise ValueError(f"rating: {cell.strip()!r} is not a figure above 0")
    return stars

"""A file of reviews as an enrichment: each film's sentiment and how many reviews it rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.enrich import Tell
from index.film import Film
from index.reviews.rows import ReviewRow, ReviewsError, review_rows
from index.reviews.sentiment import review_score
from index.reviews.shrinking import Tally, shrunk

#: Texts that repeats are looked for among; beyond them the oldest are forgotten, so that memory stays bounded.
_REMEMBERED = 1_000_000
#: Bytes read between two reports of progress.
_STEP_BYTES = 1 << 20
_IMDB_DIGITS = 7


@dataclass(slots=True)
class Reading:
    """What a file held: a tally by row of the catalogue, and what was left out, by why."""

    tallies: dict[int, Tally] = field(default_factory=dict)
    reviews: int = 0
    empty: int = 0
    repeated: int = 0
    unread: int = 0
    strangers: int = 0

    def summary(self) -> str:
        """The figures in words: "1,204 reviews of 291 films read; left out: 12 of other films, 3 repeated"."""
        left = {
            "of other films": self.strangers,
            "repeated": self.repeated,
            "empty": self.empty,
            "not in English": self.unread,
        }
        out = ", ".join(f"{count:,} {why}" for why, count in left.items() if count)
        return f"{self.reviews:,} reviews of {len(self.tallies):,} films read" + (f"; left out: {out}" if out else "")


class ReviewsFile:
    """Reviews of one file (CSV or JSON lines, perhaps .gz) by movie_id, imdb_id or tmdb_id; an enrichment.

    Films that the file says nothing of keep what they had. Raises `ReviewsError` with every fault of the file, and
    where all its reviews are of other films.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, path.name

    def enrich(self, films: Sequence[Film], *, tell: Tell) -> list[Film]:
        reading = read_reviews(self.path, films, tell=tell)
        rows = sorted(reading.tallies)
        figures = shrunk([reading.tallies[row] for row in rows])
        enriched = list(films)
        for row, figure in zip(rows, figures, strict=True):
            sentiment = round(float(min(max(figure, -1.0), 1.0)), 4)
            enriched[row] = replace(films[row], sentiment=sentiment, reviews=reading.tallies[row].reviews)
        return enriched


def read_reviews(path: Path, films: Sequence[Film], *, tell: Tell) -> Reading:
    """Every review of the file that is of one of the films, scored and tallied. Raises `ReviewsError`."""
    known = _Ids(films)
    reading = Reading()
    seen: dict[tuple[int, int], None] = {}
    heard = 0

    def at(done: int, of: int) -> None:
        nonlocal heard
        if done - heard >= _STEP_BYTES or heard < done == of:
            heard = done
            tell("reading reviews", done, of)

    for review in review_rows(path, at=at):
        if not review.text:
            reading.empty += 1
            continue
        row = known.row_of(review)
        if row is None:
            reading.strangers += 1
            continue
        key = (row, hash(" ".join(review.text.lower().split())))
        if key in seen:
            reading.repeated += 1
            continue
        seen[key] = None
        if len(seen) > _REMEMBERED:
            del seen[next(iter(seen))]
        score = review_score(review.text)
        if score is None:
            reading.unread += 1
            continue
        reading.reviews += 1
        reading.tallies.setdefault(row, Tally()).add(score)
    if reading.strangers and not (reading.reviews or reading.repeated or reading.unread):
        raise ReviewsError(f"{path.name}: no review of a film of this catalogue ({reading.summary()}); check the ids")
    tell(reading.summary(), 1, 1)
    return reading


class _Ids:
    """The films' rows by each of their ids. What stands under an id that two films share is found by none."""

    def __init__(self, films: Sequence[Film]) -> None:
        self._films = films
        self._own = _unique((film.movie_id, row) for row, film in enumerate(films))
        self._imdb = _unique((_imdb(film.imdb_id), row) for row, film in enumerate(films) if film.imdb_id)
        self._tmdb = _unique((str(film.tmdb_id), row) for row, film in enumerate(films) if film.tmdb_id)

    def row_of(self, review: ReviewRow) -> int | None:
        """The row of the film a review is of. Ids that the world shares go before the file's own numbers, which may
        count other films; and a film found by its movie_id must not have another imdb_id or tmdb_id."""
        if review.imdb_id and (row := self._imdb.get(_imdb(review.imdb_id))) is not None:
            return row
        tmdb_id = review.tmdb_id.removesuffix(".0")
        if tmdb_id and (row := self._tmdb.get(tmdb_id)) is not None:
            return row
        row = self._own.get(review.movie_id) if review.movie_id else None
        if row is None:
            return None
        film = self._films[row]
        other = (review.imdb_id and film.imdb_id) or (tmdb_id and film.tmdb_id)
        return None if other else row


def _unique(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    twice: set[str] = set()
    for key, row in pairs:
        if found.setdefault(key, row) != row:
            twice.add(key)
    return {key: row for key, row in found.items() if key not in twice}


def _imdb(written: str) -> str:
    """The number of an IMDb id, however it was written: "tt0111161", "0111161" and "111161" are one."""
    digits = written.strip().lower().removeprefix("tt").removesuffix(".0")
    return digits.zfill(_IMDB_DIGITS)

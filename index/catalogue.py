"""The catalogue: films by row and by id, with the bitmaps that limits and wishes are made of."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from index.film import Film
from index.rows import Rows, RowSet
from persona_configs.vocabulary import CERTIFICATIONS, axes

#: Position of each tone axis in `Catalogue.tone`.
AXIS_COLUMN = {name: column for column, name in enumerate(axes())}

#: A topic with this share of a plot is what the film is mostly about.
_STANDS_OUT = 0.4


class Catalogue:
    """Films in their rows. `films[row]` and `row_of(movie_id)` go both ways; everything else is a view on them."""

    def __init__(self, films: Sequence[Film]) -> None:
        self.films = tuple(films)
        self._rows = {film.movie_id: row for row, film in enumerate(self.films)}
        self._figures: dict[str, npt.NDArray[np.float32]] = {}
        if len(self._rows) != len(self.films):
            raise ValueError("a movie_id stands twice")

    def __len__(self) -> int:
        return len(self.films)

    def row_of(self, movie_id: str) -> int | None:
        """The film's row, or None when the catalogue does not hold it."""
        return self._rows.get(movie_id)  # type: ignore[call-overload,no-any-return]

    def rows_of(self, movie_ids: Iterable[str]) -> RowSet:
        """The rows of those films that the catalogue holds."""
        known = [row for movie_id in movie_ids if (row := self.row_of(movie_id)) is not None]
        return RowSet.of(known, n=len(self))

    def where(self, holds: Callable[[Film], bool]) -> RowSet:
        """The rows whose film the predicate holds for."""
        return RowSet(np.fromiter((holds(film) for film in self.films), dtype=np.bool_, count=len(self)))

    @cached_property
    def _words(self) -> dict[str, dict[str, RowSet]]:
        """Bitmaps by field and lower-case word."""
        found: dict[str, dict[str, list[int]]] = {}
        for row, film in enumerate(self.films):
            fields = {
                "genres": film.genres,
                "moods": film.moods,
                "themes": film.themes,
                "countries": film.countries,
                "languages": film.languages,
                "main_language": film.languages[:1],
                "people": (*film.directors, *film.cast),
                "directors": film.directors,
                "cast": film.cast,
                "keywords": (*film.keywords, *film.lead),
            }
            for name, words in fields.items():
                for word in {word.lower() for word in words}:
                    found.setdefault(name, {}).setdefault(word, []).append(row)
        return {
            name: {word: RowSet.of(rows, n=len(self)) for word, rows in words.items()} for name, words in found.items()
        }

    def having(self, field: str, word: str) -> RowSet:
        """The rows whose field holds the word, without regard to case. Fields: genres, moods, themes, countries,
        languages, main_language (the first), directors, cast, people (both), keywords (and lead facts), awards (the
        word within an award; "any" for every film that has one)."""
        if field == "awards":
            asked = "" if word == "any" else word.lower()
            return self.where(lambda film: any(asked in award.lower() for award in film.awards))
        rows = self._words.get(field, {}).get(word.lower())
        return rows if rows is not None else RowSet.nothing(len(self))

    @cached_property
    def tone(self) -> npt.NDArray[np.float32]:
        """Tone by row and axis, (n, 13) float32 in [0, 1]; NaN where a film has no figure."""
        figures = np.full((len(self), len(AXIS_COLUMN)), np.nan, dtype=np.float32)
        for row, film in enumerate(self.films):
            for axis, value in film.tone.items():
                figures[row, AXIS_COLUMN[axis]] = value
        return figures

    @cached_property
    def years(self) -> npt.NDArray[np.float32]:
        """Year of release by row, (n,) float32; NaN where unknown."""
        return np.array([film.year if film.year else np.nan for film in self.films], dtype=np.float32)

    @cached_property
    def runtimes_min(self) -> npt.NDArray[np.float32]:
        """Running time by row in minutes, (n,) float32; NaN where unknown."""
        return np.array([film.runtime_min if film.runtime_min else np.nan for film in self.films], dtype=np.float32)

    def certified_up_to(self, certification: str) -> RowSet:
        """The rows with a known US certification no stricter than the given one; unrated and unknown are out."""
        return self._certified[certification]

    @cached_property
    def _certified(self) -> dict[str, RowSet]:
        found: dict[str, RowSet] = {}
        rows = RowSet.nothing(len(self))
        for certification in CERTIFICATIONS:
            rows = rows | self._rated(certification)
            found[certification] = rows
        return found

    def _rated(self, certification: str) -> RowSet:
        return self.where(lambda film: film.certification == certification)

    @cached_property
    def topics(self) -> dict[str, tuple[Rows, npt.NDArray[np.float32]]]:
        """Each topic's films and how much of their plots it is, by its name: rows (m,) and shares (m,) in [0, 1]."""
        found: dict[str, list[tuple[int, float]]] = {}
        for row, film in enumerate(self.films):
            for name, share in film.topics.items():
                found.setdefault(name, []).append((row, share))
        return {
            name: (np.array([row for row, _ in held], dtype=np.int64), np.array([s for _, s in held], dtype=np.float32))
            for name, held in found.items()
        }

    @cached_property
    def main_topics(self) -> tuple[str | None, ...]:
        """The topic that stands out in each film's plot, by row; None where none does."""
        return tuple(
            max((name for name, share in film.topics.items() if share >= _STANDS_OUT), key=film.topics.__getitem__)
            if any(share >= _STANDS_OUT for share in film.topics.values())
            else None
            for film in self.films
        )

    def figures(self, name: str) -> npt.NDArray[np.float32]:
        """A measured figure by row, (n,) float32, NaN where unknown: lightness, colourfulness, warmth, vintage,
        sentiment or popularity."""
        if (known := self._figures.get(name)) is None:
            values = (getattr(film, name) for film in self.films)
            known = np.array([np.nan if value is None else value for value in values], dtype=np.float32)
            known.flags.writeable = False  # every request reads the same array
            self._figures[name] = known
        return known

    def shared_labels(self, row: int) -> npt.NDArray[np.float32]:
        """How much of its genres, moods and themes each film shares with the film of that row, (n,) float32 in [0, 1]:
        those of both over those of either (Jaccard), 0 where neither has any."""
        own, counts = self._labels
        both = np.zeros(len(self), dtype=np.float32)
        for rows in own.values():
            if row in rows:
                both += rows.mask
        either = counts + counts[row] - both
        return np.asarray(np.divide(both, either, out=np.zeros_like(both), where=either > 0), dtype=np.float32)

    @cached_property
    def _labels(self) -> tuple[dict[str, RowSet], npt.NDArray[np.float32]]:
        """The rows of each genre, mood and theme, and how many of them each film has, (n,)."""
        words = [frozenset((*film.genres, *film.moods, *film.themes)) for film in self.films]
        rows: dict[str, list[int]] = {}
        for row, own in enumerate(words):
            for word in own:
                rows.setdefault(word, []).append(row)
        counts = np.array([len(own) for own in words], dtype=np.float32)
        return {word: RowSet.of(found, n=len(self)) for word, found in rows.items()}, counts

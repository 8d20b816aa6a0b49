"""The films of a MovieLens folder: movies.csv, with links.csv and tags.csv where they are."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from index.errors import CatalogueError
from index.film import Film, parse_film
from index.sources.closed_words import UnknownWordError, known_words
from index.sources.faults import RowFaults
from index.sources.mapping.cells import imdb_id_of
from index.sources.movielens.tags import keywords
from index.sources.movielens.titles import read_title

MOVIES, LINKS, TAGS, RATINGS = "movies.csv", "links.csv", "tags.csv", "ratings.csv"
_HEADERS: Mapping[str, tuple[str, ...]] = {
    MOVIES: ("movieId", "title", "genres"),
    LINKS: ("movieId", "imdbId", "tmdbId"),
    TAGS: ("userId", "movieId", "tag"),
}
#: What MovieLens lists among its genres and is none.
_NO_GENRES = frozenset({"(no genres listed)", "IMAX"})
_SEPARATOR = "|"


def is_movielens(folder: Path) -> bool:
    """Whether the folder holds a movies.csv as MovieLens writes it."""
    try:
        with (folder / MOVIES).open(encoding="utf-8-sig", newline="") as file:
            return set(_HEADERS[MOVIES]) <= set(next(csv.reader(file), []))
    except (OSError, UnicodeDecodeError, csv.Error):
        return False


class MovieLensFolder:
    """The films of a MovieLens folder. A film's movie_id is its movieId, so that ratings.csv speaks of the same films.

    Raises `CatalogueError` with every faulty line of every file.
    """

    notes: tuple[str, ...] = ()

    def __init__(self, folder: Path) -> None:
        self.folder, self.name = folder, folder.absolute().name

    @property
    def ratings_file(self) -> Path | None:
        """The folder's ratings, if it has any."""
        path = self.folder / RATINGS
        return path if path.is_file() else None

    def films(self) -> Iterator[Film]:
        """The films in the order of movies.csv."""
        faults: list[str] = []
        links = self._links(faults)
        tags = self._tags(faults)
        try:
            yield from self._films(links, tags)
        except CatalogueError as error:
            faults.append(str(error))
        if faults:
            raise CatalogueError("\n".join(faults))

    def _films(
        self, links: Mapping[str, tuple[str | None, int | None]], tags: Mapping[str, tuple[str, ...]]
    ) -> Iterator[Film]:
        faults = RowFaults(MOVIES)
        for line, row in _rows(self.folder / MOVIES, faults):
            movie_id = row["movieId"].strip()
            imdb_id, tmdb_id = links.get(movie_id, (None, None))
            titled = read_title(row["title"])
            try:
                genres = _genres(row["genres"])
            except UnknownWordError as error:
                faults.add(line, f"genres: {error}")
                continue
            film = {
                "movie_id": movie_id,
                "title": titled.title,
                "alternative_titles": titled.others,
                "year": titled.year,
                "genres": genres,
                "imdb_id": imdb_id,
                "tmdb_id": tmdb_id,
                "keywords": tags.get(movie_id, ()),
            }
            try:
                parsed = parse_film(film)
            except ValidationError as error:
                faults.add_invalid(line, error)
                continue
            yield parsed
        faults.demand_none()

    def _links(self, told: list[str]) -> dict[str, tuple[str | None, int | None]]:
        path, faults = self.folder / LINKS, RowFaults(LINKS)
        found: dict[str, tuple[str | None, int | None]] = {}
        if path.is_file():
            try:
                for line, row in _rows(path, faults):
                    try:
                        imdb, tmdb = row["imdbId"].strip(), row["tmdbId"].strip()
                        found[row["movieId"].strip()] = (
                            imdb_id_of(imdb) if imdb else None,
                            int(tmdb) if tmdb else None,
                        )
                    except ValueError as error:
                        faults.add(line, str(error))
                faults.demand_none()
            except CatalogueError as error:
                told.append(str(error))
        return found

    def _tags(self, told: list[str]) -> Mapping[str, tuple[str, ...]]:
        path, faults = self.folder / TAGS, RowFaults(TAGS)
        if not path.is_file():
            return {}
        try:
            rows = _rows(path, faults)
            found = keywords((row["userId"].strip(), row["movieId"].strip(), row["tag"]) for _, row in rows)
            faults.demand_none()
        except CatalogueError as error:
            told.append(str(error))
            return {}
        return found


def _genres(cell: str) -> tuple[str, ...]:
    said = [word for part in cell.split(_SEPARATOR) if (word := part.strip()) and word not in _NO_GENRES]
    return tuple(dict.fromkeys(genre for word in said for genre in known_words("genres", word)))


def _rows(path: Path, faults: RowFaults) -> Iterator[tuple[int, dict[str, str]]]:
    """The whole rows with their lines; others are noted as faults. Raises `CatalogueError` for another kind of file."""
    needed = _HEADERS[path.name]
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            if missing := [name for name in needed if name not in (rows.fieldnames or ())]:
                raise CatalogueError(f"{path.name}:1: columns are missing: {', '.join(missing)}")
            for row in rows:
                if None in row or None in row.values():
                    faults.add(rows.line_num, "the row has another number of cells than the header")
                else:
                    yield rows.line_num, row
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path.name}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except csv.Error as error:
        raise CatalogueError(f"{path.name}: not a CSV file: {error}") from error
    except OSError as error:
        raise CatalogueError(f"{path}: cannot be read ({error.strerror})") from error

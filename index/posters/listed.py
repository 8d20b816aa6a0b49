"""Posters' paths from a list of films that names TMDB's addresses."""

import gzip
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from index.errors import CatalogueError
from index.film import Film

_ADDRESS = re.compile(r"^https://image\.tmdb\.org/t/p/\w+(?P<path>/[A-Za-z0-9_-]+\.(?:jpg|png|webp))$")
#: Faults that are listed before reading stops: by then the file is of another form.
_MOST_FAULTS = 20


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True)
    imdb_id: str | None = None
    tmdb_id: int | None = None
    poster_url: str | None = None


def listed_posters(file: Path, films: Iterable[Film]) -> dict[str, str]:
    """The path of each film's poster by movie_id, from JSON lines (.gz too) of imdb_id, tmdb_id and poster_url.

    A film is found by its imdb_id, else by its tmdb_id. Where both are known and do not name the same film, one of the
    ids is wrong and the film is left out, as are posters that are not at TMDB. Raises `CatalogueError` for another
    form.
    """
    by_imdb: dict[str, _Row] = {}
    by_tmdb: dict[int, _Row] = {}
    for row in _rows(file):
        if row.imdb_id:
            by_imdb.setdefault(row.imdb_id, row)
        if row.tmdb_id:
            by_tmdb.setdefault(row.tmdb_id, row)
    found: dict[str, str] = {}
    for film in films:
        listed = by_imdb.get(film.imdb_id or "") or by_tmdb.get(film.tmdb_id or 0)
        if listed and _same(film, listed) and (address := _ADDRESS.match(listed.poster_url or "")):
            found[film.movie_id] = address["path"]
    return found


def _same(film: Film, row: _Row) -> bool:
    pairs = ((film.imdb_id, row.imdb_id), (film.tmdb_id, row.tmdb_id))
    return all(not ours or not theirs or ours == theirs for ours, theirs in pairs)


def _rows(file: Path) -> Iterator[_Row]:
    faults: list[str] = []
    try:
        with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    yield _Row.model_validate_json(line)
                except ValidationError as error:
                    first = error.errors(include_url=False)[0]
                    faults.append(f"{file.name}:{number}: {'.'.join(map(str, first['loc'])) or 'line'}: {first['msg']}")
                    if len(faults) == _MOST_FAULTS:
                        break
    except (OSError, UnicodeDecodeError, EOFError) as error:
        raise CatalogueError(f"{file}: cannot be read as JSON lines: {error}") from error
    if faults:
        raise CatalogueError("\n".join(faults))

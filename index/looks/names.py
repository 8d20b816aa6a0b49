"""Which file is which film's poster, where files are not named by movie_id: a CSV file that says so."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from index.errors import CatalogueError
from index.film import Film

#: Columns of a film's id as they may be called, in lower case without underscores.
_OWN, _IMDB, _TMDB = "movieid", "imdbid", "tmdbid"
_IMDB_DIGITS = 7


def named_files(path: Path, films: Iterable[Film]) -> Mapping[str, str]:
    """The file of each film that the CSV names, by movie_id.

    Either lines `movie_id,file` without a header, or columns `file` and any of imdb_id, tmdb_id and movie_id; ids that
    the world shares go before movie_id, which may count other films. Raises `CatalogueError` for another form.
    """
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    header = [cell.strip().lower().replace("_", "") for cell in lines[0].split(",")] if lines else []
    if "file" not in header or not {_OWN, _IMDB, _TMDB} & set(header) or header == [_OWN, "file"]:
        return _pairs(path, lines[1:] if header == [_OWN, "file"] else lines)
    found: dict[str, dict[str, str]] = {_OWN: {}, _IMDB: {}, _TMDB: {}}
    for row in csv.reader(lines[1:]):
        cells = dict(zip(header, row, strict=False))
        for column, files in found.items():
            if cells.get(column) and cells.get("file"):
                files[_plain(column, cells[column])] = cells["file"]
    shared = bool(found[_IMDB] or found[_TMDB])
    files_by_id = {}
    for film in films:
        file = found[_IMDB].get(_plain(_IMDB, film.imdb_id or "")) or found[_TMDB].get(str(film.tmdb_id))
        if file is None and not shared:
            file = found[_OWN].get(film.movie_id)
        if file is not None:
            files_by_id[str(film.movie_id)] = file
    return files_by_id


def _pairs(path: Path, lines: list[str]) -> Mapping[str, str]:
    if faults := [number for number, line in enumerate(lines, start=1) if "," not in line]:
        where = ", ".join(map(str, faults))
        raise CatalogueError(f"{path.name}: no comma in line {where}; each is movie_id,file, or columns file,imdb_id")
    return dict(line.split(",", 1) for line in lines)


def _plain(column: str, written: str) -> str:
    return written.strip().lower().removeprefix("tt").zfill(_IMDB_DIGITS) if column == _IMDB else written.strip()

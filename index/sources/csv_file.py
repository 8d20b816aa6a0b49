"""A CSV file with a header of `Film` field names; lists are separated by "|", maps written as "key=figure|…"."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from index.errors import CatalogueError
from index.film import Film, parse_film

_LISTS = frozenset(
    {"directors", "cast", "genres", "countries", "languages", "awards", "keywords", "moods", "themes", "lead"}
)
_MAPS = frozenset({"tone", "content", "topics"})
_COLUMNS = tuple(part.name for part in fields(Film))
_SEPARATOR = "|"
#: An id made of a title stays within this, so that it travels in a button.
_SLUG_CHARS = 56


class CsvFile:
    """The films of one CSV file, UTF-8. Only `title` is required; without `movie_id` one is made of title and year.

    Raises `CatalogueError` for a column that no film has, and for every faulty row with its line and field.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, path.name

    def films(self) -> Iterator[Film]:
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                yield from self._read(csv.DictReader(file, strict=True))
        except FileNotFoundError as error:
            raise CatalogueError(f"{self.path}: no such file") from error
        except UnicodeDecodeError as error:
            raise CatalogueError(f"{self.name}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
        except csv.Error as error:
            raise CatalogueError(f"{self.name}: not a CSV file: {error}") from error

    def _read(self, rows: "csv.DictReader[str]") -> Iterator[Film]:
        header = rows.fieldnames or []
        if unknown := [column for column in header if column not in _COLUMNS]:
            raise CatalogueError(
                f"{self.name}:1: unknown columns {', '.join(unknown)}; a film has: {', '.join(_COLUMNS)}"
            )
        if "title" not in header:
            raise CatalogueError(f"{self.name}:1: a column `title` is needed")
        faults: list[str] = []
        for row in rows:
            try:
                yield parse_film(_typed(row))
            except ValidationError as error:
                faults += [
                    f"{self.name}:{rows.line_num}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}"
                    for fault in error.errors()
                ]
            except ValueError as error:
                faults.append(f"{self.name}:{rows.line_num}: {error}")
        if faults:
            raise CatalogueError("\n".join(faults))


def _typed(row: dict[str | Any, str | Any]) -> dict[str, Any]:
    if None in row or None in row.values():
        raise ValueError("the row has another number of cells than the header")
    film: dict[str, Any] = {}
    for column, cell in row.items():
        text = cell.strip()
        if not text:
            continue
        if column in _LISTS:
            film[column] = tuple(part.strip() for part in text.split(_SEPARATOR) if part.strip())
        elif column in _MAPS:
            film[column] = dict(_figure(column, part) for part in text.split(_SEPARATOR) if part.strip())
        else:
            film[column] = text
    film.setdefault("movie_id", movie_id_of(film.get("title", ""), film.get("year")))
    return film


def _figure(column: str, part: str) -> tuple[str, str]:
    key, equals, figure = part.partition("=")
    if not equals:
        raise ValueError(f"{column}: {part.strip()!r} is not of the form key=figure")
    return key.strip(), figure.strip()


def movie_id_of(title: str, year: str | None) -> str:
    """A readable id made of title and year: "Amélie", "2001" becomes "amelie-2001"."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG_CHARS].strip("-") or "film"
    return f"{slug}-{year}" if year else slug

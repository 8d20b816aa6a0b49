"""A CSV file of films: with columns named like a film's fields, or with a mapping that says what they are."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from index.errors import CatalogueError
from index.film import Film, parse_film
from index.sources.faults import RowFaults, counted
from index.sources.mapping import PLAIN, checked_header, film_of, read_mapping
from index.sources.mapping.reading import told
from index.sources.mapping.rows import movie_id_of
from index.sources.mapping.schema import FIELDS

__all__ = ["CsvFile", "movie_id_of"]

#: Cells of a synopsis may be longer than Python's csv takes by itself.
_CELL_CHARS = 4_000_000
_OTHER_DELIMITERS = (";", "\t", "|")
_LEFT_OUT = {"certification": "not among the mapped certifications, so unknown"}


class CsvFile:
    """The films of one CSV file. Without a mapping it is UTF-8, its columns are named like fields, lists are separated
    by "|" and maps written as "key=figure|…". Only a title is required; without `movie_id` one is made of title and
    year.

    `films` raises `CatalogueError` for every fault of the mapping, for columns that are neither known nor ignored,
    and for every faulty row with its line and field.
    """

    #: Which ratings belong to these films: a CSV file brings none.
    ratings_file: Path | None = None

    def __init__(self, path: Path, mapping: Path | None = None) -> None:
        self.path, self.name, self.mapping_file = path, path.name, mapping
        self._left_out: Counter[tuple[str, str]] = Counter()

    @property
    def notes(self) -> tuple[str, ...]:
        """Which mapping was used, and what the last reading left out, a line a field."""
        fields = dict.fromkeys(field for field, _ in self._left_out)
        used = (f"{self.name}: read with {self.mapping_file}",) if self.mapping_file else ()
        return used + tuple(
            f"{self.name}: {field}: {_LEFT_OUT.get(field, 'unknown, so left out')}: "
            + counted((repr(word), count) for (of, word), count in self._left_out.items() if of == field)
            for field in fields
        )

    def films(self) -> Iterator[Film]:
        """The films in the order of the rows."""
        self._left_out.clear()
        mapping, document = read_mapping(self.mapping_file) if self.mapping_file else (PLAIN, None)
        csv.field_size_limit(_CELL_CHARS)
        encoding = "utf-8-sig" if mapping.encoding == "utf-8" else mapping.encoding
        try:
            with self.path.open(encoding=encoding, newline="") as file:
                rows = csv.DictReader(file, strict=True, delimiter=mapping.delimiter)
                header = rows.fieldnames or []
                self._demand_header(header)
                if document is not None and self.mapping_file and (found := checked_header(mapping, header)):
                    raise CatalogueError("\n".join(told(found, document, self.mapping_file.name)))
                faults = RowFaults(self.name)
                for row in rows:
                    if None in row or None in row.values():
                        faults.add(rows.line_num, "the row has another number of cells than the header")
                        continue
                    made = film_of(row, mapping)
                    film = self._film(made.film, made.faults, rows.line_num, faults)
                    if film is not None:
                        self._left_out.update(made.left_out)
                        yield film
                faults.demand_none()
        except FileNotFoundError as error:
            raise CatalogueError(f"{self.path}: no such file") from error
        except OSError as error:
            raise CatalogueError(f"{self.path}: cannot be read ({error.strerror})") from error
        except UnicodeError as error:
            remedy = "or say `encoding:` in its mapping" if self.mapping_file else "or give a mapping with `encoding:`"
            said = f"{self.name}: not {mapping.encoding.upper()} ({error}); save it as such, {remedy}"
            raise CatalogueError(said) from error
        except csv.Error as error:
            raise CatalogueError(f"{self.name}: not a CSV file: {error}") from error

    def _film(self, film: dict[str, object], problems: list[str], line: int, faults: RowFaults) -> Film | None:
        parsed = None
        try:
            parsed = parse_film(film)
        except ValidationError as error:
            faults.add_invalid(line, error)
        for problem in problems:
            faults.add(line, problem)
        return None if problems else parsed

    def _demand_header(self, header: object) -> None:
        names = list(header) if isinstance(header, list | tuple) else []
        if doubled := sorted(name for name, count in Counter(names).items() if count > 1):
            raise CatalogueError(f"{self.name}:1: columns that stand twice: {', '.join(doubled)}")
        if self.mapping_file is not None:
            return
        if len(names) == 1 and (found := [mark for mark in _OTHER_DELIMITERS if mark in names[0]]):
            remedy = f"say `delimiter: {json.dumps(found[0])}` in a mapping (docs/catalogues.md)"
            raise CatalogueError(f"{self.name}:1: columns seem to stand apart by {found[0]!r}, not by ','; {remedy}")
        if unknown := [column for column in names if column not in FIELDS]:
            raise CatalogueError(
                f"{self.name}:1: unknown columns {', '.join(unknown)}; a film has: {', '.join(FIELDS)}. Rename them, "
                f"or give a mapping (docs/catalogues.md): --mapping, or {self.path.stem}.mapping.yaml beside the file"
            )
        if "title" not in names:
            raise CatalogueError(f"{self.name}:1: a column `title` is needed")

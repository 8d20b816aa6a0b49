"""The rows of a reviews file: CSV or JSON lines, perhaps packed, whichever of the usual names its columns have."""

import csv
import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast

from index.errors import CatalogueError

#: Column names that are understood, by what they hold, in lower case without spaces and marks. The first found counts.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "movie_id": ("movieid", "filmid", "itemid", "movie", "film"),
    "imdb_id": ("imdbid", "imdb", "tconst", "imdbtitleid"),
    "tmdb_id": ("tmdbid", "tmdb"),
    "stars": ("stars", "rating"),
    "label": ("label", "polarity"),
    "text": ("text", "review", "reviewtext", "reviewbody", "reviewcontent", "content", "body", "comment"),
}
_IDS = ("movie_id", "imdb_id", "tmdb_id")
_JSON, _CSV, _TSV = (".jsonl", ".ndjson", ".json"), (".csv", ".txt"), (".tsv",)
#: Faults that are listed before reading stops: by then the file is of another form.
MOST_FAULTS = 20
#: A longer cell is no text but the rest of a file whose quote was left open (csv's own limit, which others may move).
CELL_MOST_CHARS = 131_072


class ReviewsError(CatalogueError):
    """A reviews file is missing or not of a form that can be read; the message lists each fault with its line."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One row, as written: whose review it is, by the ids that the file has, its text, and the reviewer's own verdict
    (stars, "pos" or "neg"), which only benches read. "" where the file has none."""

    line: int
    movie_id: str
    imdb_id: str
    tmdb_id: str
    text: str
    stars: str
    label: str


def review_rows(path: Path, *, at: Callable[[int, int], None] = lambda _done, _of: None) -> Iterator[ReviewRow]:
    """The rows of a reviews file one by one, so that a file may be larger than memory. `at` hears (bytes read, bytes
    of the file) before each row.

    CSV with a header, tab separated, or JSON lines, each perhaps as .gz; UTF-8. Raises `ReviewsError` for a missing
    file, another form, missing columns, and after the last row for every faulty row (up to 20) with its line.
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = bool(suffixes) and suffixes[-1] == ".gz"
    form = suffixes[-2] if packed and len(suffixes) > 1 else suffixes[-1] if suffixes else ""
    if form not in (*_JSON, *_CSV, *_TSV):
        raise ReviewsError(f"{path.name}: reviews are read from .csv, .tsv and .jsonl, each perhaps with .gz behind")
    try:
        with path.open("rb") as raw:
            size = path.stat().st_size
            opened = gzip.GzipFile(fileobj=raw) if packed else raw
            lines = _decoded(cast("IO[bytes]", opened), path.name)
            found = _json_rows(lines, path.name) if form in _JSON else _csv_rows(lines, path.name, tabs=form in _TSV)
            for row in found:
                at(raw.tell(), size)
                yield row
            at(size, size)
    except FileNotFoundError as error:
        raise ReviewsError(f"{path}: no such file") from error
    except (gzip.BadGzipFile, EOFError) as error:
        raise ReviewsError(f"{path.name}: not a whole gzip file ({error}); fetch or pack it anew") from error
    except OSError as error:
        raise ReviewsError(f"{path}: cannot be read: {error.strerror or error}") from error


def _decoded(lines: IO[bytes], name: str) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise ReviewsError(f"{name}:{number}: not UTF-8 (byte {error.start}); save it as UTF-8") from error


def _csv_rows(lines: Iterator[str], name: str, *, tabs: bool) -> Iterator[ReviewRow]:
    first = next(lines, "")
    delimiter = "\t" if tabs else max(",;\t", key=first.count)
    header = next(csv.reader([first], delimiter=delimiter), [])
    places = _places(header, name)
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    faults: list[str] = []
    try:
        for row in rows:
            line = rows.line_num + 1  # the header went before
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                faults.append(f"{name}:{line}: {len(row)} cells, but the header has {len(header)}; quote the texts")
            elif (longest := max(map(len, row))) > CELL_MOST_CHARS:
                faults.append(f"{name}:{line}: a cell of {longest:,} characters; is a quote left open above?")
            elif fault := _fault(found := _row(line, {key: row[place] for key, place in places.items()})):
                faults.append(f"{name}:{line}: {fault}")
            else:
                yield found
            if len(faults) == MOST_FAULTS:
                break
    except csv.Error as error:
        faults.append(f"{name}:{rows.line_num + 1}: not a CSV row: {error}; is a quote left open above?")
    if faults:
        raise ReviewsError("\n".join(faults))


def _json_rows(lines: Iterator[str], name: str) -> Iterator[ReviewRow]:
    faults: list[str] = []
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    for number, line in numbered:
        try:
            values: Any = json.loads(line)
        except ValueError as error:
            faults.append(f"{name}:{number}: not JSON: {error}")
        else:
            if not isinstance(values, dict):
                faults.append(f"{name}:{number}: not an object")
            elif fault := _object_fault(values):
                faults.append(f"{name}:{number}: {fault}")
            else:
                yield _row(number, {key: values[column] for key, column in _columns(list(values)).items()})
        if len(faults) == MOST_FAULTS:
            break
    if faults:
        raise ReviewsError("\n".join(faults))


def _columns(header: list[str]) -> dict[str, str]:
    """The columns of a header by what they hold; ids first under their very name."""
    plain = {re.sub(r"[^a-z0-9]", "", column.lower()): column for column in reversed(header)}
    return {key: plain[name] for key, names in COLUMNS.items() for name in islice((n for n in names if n in plain), 1)}


def _places(header: list[str], name: str) -> dict[str, int]:
    columns = _columns(header)
    if lacking := _lacking(columns):
        raise ReviewsError(f"{name}:1: {lacking}; found: {', '.join(header) or 'none'}")
    return {key: header.index(column) for key, column in columns.items()}


def _lacking(columns: Mapping[str, str]) -> str:
    needs = []
    if not any(key in columns for key in _IDS):
        needs.append(f"a column {', '.join(_IDS[:-1])} or {_IDS[-1]}")
    if "text" not in columns:
        needs.append("a column text")
    return f"{' and '.join(needs)} is needed" if needs else ""


def _object_fault(values: Mapping[str, Any]) -> str:
    columns = _columns(list(values))
    if lacking := _lacking(columns):
        return lacking
    if not isinstance(values[columns["text"]] or "", str):
        return "the text is not a string"
    return _fault(_row(0, {key: values[column] for key, column in columns.items()}))


def _row(line: int, values: Mapping[str, Any]) -> ReviewRow:
    cells = {key: str(values[key]).strip() if values.get(key) is not None else "" for key in COLUMNS}
    return ReviewRow(line, **cells)


def _fault(row: ReviewRow) -> str:
    return "a text without the id of a film" if row.text and not (row.movie_id or row.imdb_id or row.tmdb_id) else ""

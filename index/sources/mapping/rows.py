"""One row of a CSV file as the plain mapping that a film is parsed from."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from index.sources.certifications import US_CERTIFICATIONS, us_certification
from index.sources.closed_words import CLOSED, UnknownWordError, known_words
from index.sources.mapping.cells import (
    article_first,
    imdb_id_of,
    runtime_min,
    title_and_year,
    words_of_json,
    year_of,
)
from index.sources.mapping.schema import FIGURES, LISTS, SEPARATOR, From, Mapping
from index.sources.places import country_code, language_code

#: An id made of a title stays within this, so that it travels in a button.
_SLUG_CHARS = 56
#: What stands between words in the files of others.
_SEPARATORS = (",", ";", "/", "|", " - ")
_PLACES = {"countries": country_code, "languages": language_code}


@dataclass(slots=True)
class MappedRow:
    """What one row gives: the film's plain mapping, its faults as "field: problem", and the words that were left out
    as (field, word)."""

    film: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)


def film_of(row: dict[str, str], mapping: Mapping) -> MappedRow:
    """The row as the mapping reads it. Empty cells give nothing; without an id, one is made of title and year."""
    made = MappedRow()
    for name, source in mapping.fields.items():
        try:
            found = _Field(name, source, row, mapping, made).read()
        except ValueError as error:
            made.faults.append(f"{name}: {error}")
            continue
        if found not in (None, "", (), {}):
            made.film[name] = found
    if title := mapping.fields.get("title"):
        _read_title(made.film, title)
    made.film.setdefault("movie_id", movie_id_of(made.film.get("title", ""), made.film.get("year")))
    return made


def movie_id_of(title: str, year: int | str | None) -> str:
    """A readable id made of title and year: "Amélie", "2001" becomes "amelie-2001"."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG_CHARS].strip("-") or "film"
    return f"{slug}-{year}" if year else slug


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    source: From
    row: dict[str, str]
    mapping: Mapping
    made: MappedRow

    def read(self) -> Any:
        if self.name in FIGURES:
            return dict(_figure(part) for part in self._parts())
        if self.name in LISTS:
            return tuple(dict.fromkeys(word for part in self._parts() for word in self._words(part)))
        if self.name == "certification":
            return self._certification()
        text = next(self._parts(), None)
        return None if text is None else self._single(text)

    def _cells(self) -> Iterator[str]:
        constant = self.source.value
        if constant is not None:
            yield from (str(part) for part in (constant if isinstance(constant, tuple) else (constant,)))
            return
        for column in self.source.named:
            if text := (self.row.get(column) or "").strip():
                yield text

    def _parts(self) -> Iterator[str]:
        meanings = {key.casefold().strip(): meaning for key, meaning in self.source.values.items()}
        for cell in self._cells():
            for part in self._cut(cell):
                meaning = meanings.get(part.casefold(), part)
                yield from (
                    str(one) for one in (meaning if isinstance(meaning, tuple) else (meaning,)) if one is not None
                )

    def _cut(self, cell: str) -> list[str]:
        if self.source.json_key:
            return [word for word in words_of_json(cell, self.source.json_key) if word]
        if self.name not in LISTS | FIGURES or self.source.value is not None:
            return [cell]
        return [part for piece in cell.split(self.source.separator or SEPARATOR) if (part := piece.strip())]

    def _words(self, part: str) -> tuple[str, ...]:
        try:
            if self.name in CLOSED:
                return known_words(self.name, part)
            return (_PLACES[self.name](part),) if self.name in _PLACES else (part,)
        except UnknownWordError as error:
            if not self.mapping.drops(self.name):
                if separator := self._separator_within(part):
                    said = (
                        f"the words seem to stand apart by {separator!r}, not by {self.source.separator or SEPARATOR!r}"
                    )
                    raise ValueError(f"{said}; say `separator: {separator!r}` in a mapping") from error
                remedy = f"give it a meaning in `values`, or say `unknown_{self.name}: drop`"
                raise ValueError(f"{error}; {remedy}") from error
            self.made.left_out.append((self.name, part))
            return ()

    def _separator_within(self, part: str) -> str | None:
        """What would cut the part into words that are all known."""
        for separator in _SEPARATORS:
            words = [word.strip() for word in part.split(separator)]
            if len(words) > 1 and all(self._is_known(word) for word in words):
                return separator
        return None

    def _is_known(self, word: str) -> bool:
        try:
            known_words(self.name, word) if self.name in CLOSED else _PLACES[self.name](word)
        except UnknownWordError:
            return False
        return True

    def _certification(self) -> str | None:
        """The US certification, the cell's own text kept beside it. Where the mapping translates, only what it lists
        is known: the same letters mean different ages in different countries."""
        original = next(self._cells(), None)
        if original is None:
            return None
        if "certification_original" not in self.mapping.fields:
            self.made.film["certification_original"] = original
        meanings = {key.casefold().strip(): meaning for key, meaning in self.source.values.items()}
        if meanings and self.source.value is None:
            meaning = meanings.get(original.casefold())
            certification = None if meaning is None else us_certification(str(meaning))
            if meaning is not None and certification is None:
                raise ValueError(f"{meaning!r} in `values` is no US certification: {', '.join(US_CERTIFICATIONS)}")
        else:
            certification = us_certification(original)
        if certification is None:
            if not self.mapping.drops(self.name):
                raise ValueError(f"{original!r} is no US certification: {', '.join(US_CERTIFICATIONS)}")
            self.made.left_out.append((self.name, original))
        return certification

    def _single(self, text: str) -> Any:
        prefixed = (self.source.prefix or "") + text
        match self.name:
            case "year":
                return year_of(text)
            case "runtime_min":
                return runtime_min(text, unit=self.source.unit or "minutes")
            case "imdb_id":
                return imdb_id_of(prefixed)
            case "original_title" if self.source.article:
                return article_first(text)
        return prefixed


def _figure(part: str) -> tuple[str, str]:
    key, equals, figure = part.partition("=")
    if not equals:
        raise ValueError(f"{part!r} is not of the form key=figure")
    return key.strip(), figure.strip()


def _read_title(film: dict[str, Any], source: From) -> None:
    title = film.get("title", "")
    if source.form:
        title, year = title_and_year(title)
        if year is not None:
            film.setdefault("year", year)
    if source.article:
        title = article_first(title)
    if title:
        film["title"] = title

"""The form of a mapping file, and what of it must agree with the header of the CSV file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from dataclasses import fields as parts_of
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictFloat, StrictInt, field_validator, model_validator

from index.film import Film
from index.sources.closed_words import closest

#: Fields that hold several words.
LISTS = frozenset(
    {"directors", "cast", "genres", "countries", "languages", "awards", "keywords", "moods", "themes", "lead",
     "alternative_titles"}
)  # fmt: skip
#: Fields that hold named figures, "key=figure" each.
FIGURES = frozenset({"tone", "content", "topics"})
FIELDS = tuple(part.name for part in parts_of(Film))
#: Fields that a list must be cut for, where a mapping does not say with what.
SEPARATOR = "|"
#: `ignore: "*"`: every column that is not mapped.
REST = "*"

Text = Annotated[str, Field(min_length=1)]
#: What one cell may stand for in `values`: other text, several words, or nothing.
Word = str | StrictInt | StrictFloat
Meaning = Word | tuple[Word, ...] | None
WhatIfUnknown = Literal["error", "drop"]


class From(BaseModel):
    """Where one field of a film comes from: one of `column`, `columns` and `value`, and how its text is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    column: Text | None = None
    """The column."""
    columns: tuple[Text, ...] = ()
    """Several columns: their words together where the field is a list, else the first that is not empty."""
    value: Word | tuple[Word, ...] | None = None
    """The same for every film."""
    separator: Text | None = None
    """What stands between the words of a list; "|" if not said."""
    values: dict[str, Meaning] = Field(default_factory=dict)
    """What words of the column stand for; null for nothing. Case does not matter."""
    prefix: Text | None = None
    """Text to put before."""
    unit: Literal["minutes", "hours"] | None = None
    """Of `runtime_min`, where the cell is a bare number; minutes if not said."""
    form: Literal["title (year)"] | None = None
    """Of `title`, where the year stands behind it in brackets."""
    article: Literal["behind"] | None = None
    """Of `title`, where it reads "Godfather, The"."""
    json_key: Text | None = None
    """Where a cell is a JSON list of objects: the key of the word in each."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, written: Any) -> Any:
        if isinstance(written, str):
            return {"column": written}
        return {"columns": written} if isinstance(written, list) else written

    @model_validator(mode="after")
    def _one_origin(self) -> "From":
        if (self.column is not None) + bool(self.columns) + (self.value is not None) != 1:
            raise ValueError("needs one of `column`, `columns` and `value`")
        return self

    @property
    def named(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return (self.column,) if self.column is not None else self.columns


class Mapping(BaseModel):
    """A mapping file. Every column of the CSV file is read by a field or listed in `ignore`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fields: dict[str, From]
    ignore: tuple[Text, ...] = ()
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    encoding: Literal["utf-8", "utf-16", "latin-1", "cp1252"] = "utf-8"
    unknown_genres: WhatIfUnknown = "error"
    unknown_moods: WhatIfUnknown = "error"
    unknown_themes: WhatIfUnknown = "error"
    unknown_countries: WhatIfUnknown = "error"
    unknown_languages: WhatIfUnknown = "error"
    unknown_certifications: WhatIfUnknown = "drop"

    @field_validator("ignore", mode="before")
    @classmethod
    def _one_or_more(cls, written: Any) -> Any:
        return [written] if isinstance(written, str) else written

    def drops(self, field: str) -> bool:
        """Whether words of the field that are not known are left out."""
        plural = field if field.endswith("s") else f"{field}s"
        return bool(getattr(self, f"unknown_{plural}") == "drop")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What a mapping says that cannot be, where (keys from the root), and the remedy."""

    place: tuple[str, ...]
    problem: str
    remedy: str


#: Which field each option is for.
_OPTIONS: MappingProxyType[str, frozenset[str]] = MappingProxyType(
    {
        "separator": LISTS | FIGURES,
        "json_key": LISTS,
        "unit": frozenset({"runtime_min"}),
        "form": frozenset({"title"}),
        "article": frozenset({"title", "original_title"}),
        "prefix": frozenset({"movie_id", "poster_url", "trailer_url", "imdb_id"}),
    }
)
#: A plain file: columns are named like fields, and every column is one.
PLAIN = Mapping(fields={name: From(column=name) for name in FIELDS}, unknown_certifications="error")


def contradictions(mapping: Mapping) -> list[Contradiction]:
    """What is wrong with a mapping of the right form."""
    found = unknown_fields(mapping.fields)
    for name, source in mapping.fields.items():
        for option, meant_for in _OPTIONS.items():
            if name in FIELDS and getattr(source, option) is not None and name not in meant_for:
                said = f"`{option}` is only for {', '.join(sorted(meant_for))}"
                found.append(Contradiction(("fields", name, option), said, "Leave it out."))
        if source.json_key and source.separator:
            said = "a JSON list is not cut by a separator"
            found.append(Contradiction(("fields", name, "separator"), said, "Leave one of both out."))
    if "title" not in mapping.fields:
        found.append(Contradiction(("fields",), "no column gives the title", "Add `title: COLUMN`."))
    return found


def unknown_fields(names: Iterable[str]) -> list[Contradiction]:
    """The names that are no field of a film."""
    found = []
    for name in names:
        if name not in FIELDS:
            near = closest(name, FIELDS)
            remedy = f"Write {near}." if near else f"A film has: {', '.join(FIELDS)}."
            found.append(Contradiction(("fields", name), "a film has no such field", remedy))
    return found


def checked_header(mapping: Mapping, header: Sequence[str]) -> list[Contradiction]:
    """What a mapping says of columns that a file's header does not, and the other way round."""
    found = []
    for name, source in mapping.fields.items():
        found += [
            Contradiction(("fields", name), f"the file has no column {column!r}", _near(column, header))
            for column in source.named
            if column not in header
        ]
    found += [
        Contradiction(("ignore",), f"the file has no column {column!r}", _near(column, header))
        for column in mapping.ignore
        if column not in (*header, REST)
    ]
    used = {column for source in mapping.fields.values() for column in source.named}
    if REST not in mapping.ignore and (left := [name for name in header if name not in used | set(mapping.ignore)]):
        said = f"columns that are neither mapped nor ignored: {', '.join(left)}"
        remedy = "Give them to fields, or list them in `ignore` (`ignore: '*'` for all the rest)."
        found.append(Contradiction(("ignore",), said, remedy))
    return found


def _near(column: str, header: Iterable[str]) -> str:
    near = closest(column, header)
    return f"Write {near}." if near else f"It has: {', '.join(header)}."

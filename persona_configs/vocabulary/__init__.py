"""The closed vocabularies that films are labelled with, people ask for and personas limit.

They live in the lowest layer because all three need the same words: `index` labels films, `nlu` finds the words in
a sentence, a persona bans a theme. One YAML file each beside this module; a term carries the ways people say it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a closed vocabulary: its `name` as stored, what it means, and how people say it."""

    name: str
    means: str
    also: tuple[str, ...]
    content: bool = False

    @property
    def spoken(self) -> tuple[str, ...]:
        """Every way to say it, the name (without hyphens too) first, lower case, no repeats."""
        name = self.name.lower()
        return tuple(dict.fromkeys((name, name.replace("-", " "), *(word.lower() for word in self.also))))


@dataclass(frozen=True, slots=True)
class Axis:
    """One tone axis from 0 (`low`) to 1 (`high`), with the words that ask for more or less of it."""

    name: str
    low: str
    high: str
    more: tuple[str, ...]
    less: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmKind:
    """A kind of film beyond genre, mood and theme, as a wanted or avoided keyword of its `name`.

    A film is one when it has any of `keywords`, where `defines` all of `genres` and `themes`, or a strong note of
    `content`. Who wants the kind wants its genres and themes.
    """

    name: str
    also: tuple[str, ...]
    keywords: tuple[str, ...]
    genres: tuple[str, ...]
    themes: tuple[str, ...]
    defines: bool
    content: str | None

    @property
    def spoken(self) -> tuple[str, ...]:
        """Every way to say it, the name first, each with its plural, lower case, no repeats."""
        ways = (self.name, *self.also)
        return tuple(dict.fromkeys(form for way in ways for form in (way, *_plural(way))))


def _plural(way: str) -> tuple[str, ...]:
    return () if way.endswith(("s", "y")) or not way[-1].isalpha() else (f"{way}s",)


def _read(name: str) -> dict[str, dict[str, Any]]:
    text = files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def _terms(name: str) -> Mapping[str, Term]:
    return MappingProxyType(
        {
            key: Term(key, row.get("means", ""), tuple(row.get("also", ())), content=row.get("content", False))
            for key, row in _read(name).items()
        }
    )


@cache
def moods() -> Mapping[str, Term]:
    """The moods by name."""
    return _terms("moods")


@cache
def themes() -> Mapping[str, Term]:
    """The themes by name."""
    return _terms("themes")


@cache
def genres() -> Mapping[str, Term]:
    """The genres by the name a card shows."""
    return _terms("genres")


@cache
def film_kinds() -> Mapping[str, FilmKind]:
    """The kinds of film by name."""
    return MappingProxyType(
        {
            key: FilmKind(
                name=key,
                also=tuple(row.get("also", ())),
                keywords=tuple(row.get("keywords", ())),
                genres=tuple(row.get("genres", ())),
                themes=tuple(row.get("themes", ())),
                defines=row.get("defines", False),
                content=row.get("content"),
            )
            for key, row in _read("kinds").items()
        }
    )


@cache
def axes() -> Mapping[str, Axis]:
    """The thirteen tone axes by name, in their fixed order."""
    return MappingProxyType(
        {
            key: Axis(key, row["low"], row["high"], tuple(row["more"]), tuple(row["less"]))
            for key, row in _read("axes").items()
        }
    )


#: US certification from least to most restricted; NR (not rated) stands outside the order.
CERTIFICATIONS = ("G", "PG", "PG-13", "R", "NC-17")
NOT_RATED = "NR"
#: What content notes are kept about, each 0 (none) to 3 (strong).
CONTENT_NOTES = ("violence", "fear", "sex", "language")
#: Visual wishes a frame can hold; each is answered from a poster's measured figures, the last one from how near it
#: looks to the posters of the films that the frame is like.
VISUAL = ("bright", "dark", "colourful", "muted", "warm", "cool", "vintage", "black-and-white", "looks-like")

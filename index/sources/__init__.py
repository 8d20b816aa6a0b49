"""Where films come from. A source is anything with a name and films; each kind has its module."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from index.film import Film


class FilmSource(Protocol):
    """A named origin of films. `films` raises `index.errors.CatalogueError` with every fault, after the last film."""

    @property
    def name(self) -> str: ...

    def films(self) -> Iterator[Film]: ...


class ToldSource(FilmSource, Protocol):
    """A source that knows which ratings belong to its films, and tells what it left out."""

    @property
    def ratings_file(self) -> Path | None:
        """A ratings CSV whose movieId is the films' movie_id, if the source brings one."""

    @property
    def notes(self) -> Sequence[str]:
        """What the last reading left out, and files that were found without being named; a line each."""

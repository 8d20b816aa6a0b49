"""Where films come from. A source is anything with a name and films; each kind has its module."""

from collections.abc import Iterator
from typing import Protocol

from index.film import Film


class FilmSource(Protocol):
    """A named origin of films. `films` raises `index.errors.CatalogueError` with every fault, after the last film."""

    @property
    def name(self) -> str: ...

    def films(self) -> Iterator[Film]: ...

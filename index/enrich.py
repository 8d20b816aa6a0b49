"""Enriching: what is measured or learned of a source's films before they are built into an artefact."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from index.errors import CatalogueError
from index.film import Film
from index.looks.kept import KeptVectors
from index.ratings.vectors import ItemVectors

Tell = Callable[[str, int, int], None]
"""Called with (what is being done, done, of how many)."""


@runtime_checkable
class Enrichment(Protocol):
    """Puts figures into films: looks, reviews, topics. What it knows nothing of stays None.

    `enrich` returns the same films in the same order. Raises `IndexingError` with every fault of its input.
    """

    @property
    def name(self) -> str: ...

    def enrich(self, films: Sequence[Film], *, tell: Tell) -> list[Film]: ...


@dataclass(frozen=True, slots=True)
class Enriched:
    """Films with what is known of them beside their facts: how their posters look, and what ratings tell of them.
    Vectors stand by movie_id; films that they do not name have none."""

    films: Sequence[Film]
    looks: KeptVectors | None = None
    items: ItemVectors | None = None


@runtime_checkable
class Measurement(Protocol):
    """An enrichment that brings vectors as well as figures: posters, ratings.

    `measure` returns the same films in the same order, with their figures, and the vectors that it learned. Raises
    `IndexingError` with every fault of its input.
    """

    @property
    def name(self) -> str: ...

    def measure(self, films: Sequence[Film], *, tell: Tell) -> Enriched: ...


def enriched(known: Enriched, steps: Iterable[Enrichment | Measurement], *, tell: Tell) -> Enriched:
    """What is known after every step, in their order. Looks of a later step join those of an earlier one, item vectors
    replace them: vectors that were learned apart cannot be compared.

    Raises `CatalogueError` when a step returns other films than it was given.
    """
    for step in steps:
        told = (
            step.measure(known.films, tell=tell)
            if isinstance(step, Measurement)
            else Enriched(step.enrich(known.films, tell=tell))
        )
        if [film.movie_id for film in told.films] != [film.movie_id for film in known.films]:
            raise CatalogueError(f"{step.name}: returned other films than it was given")
        known = replace(
            known, films=tuple(told.films), looks=joined_looks(known.looks, told.looks), items=told.items or known.items
        )
    return known


def joined_looks(earlier: KeptVectors | None, later: KeptVectors | None) -> KeptVectors | None:
    """The looks of both, of a film that both name the later ones. Vectors of another length replace the earlier."""
    if earlier is None or later is None or earlier.vectors.shape[1] != later.vectors.shape[1]:
        return later or earlier
    return earlier.joined(later)

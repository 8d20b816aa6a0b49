"""Enriching: what is measured or learned of a source's films before they are built into an artefact."""

from collections.abc import Callable, Sequence
from typing import Protocol

from index.film import Film

Tell = Callable[[str, int, int], None]
"""Called with (what is being done, done, of how many)."""


class Enrichment(Protocol):
    """Puts figures into films: looks, reviews, topics. What it knows nothing of stays None.

    `enrich` returns the same films in the same order. Raises `IndexingError` with every fault of its input.
    """

    name: str

    def enrich(self, films: Sequence[Film], *, tell: Tell) -> list[Film]: ...

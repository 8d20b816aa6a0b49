"""What is known of films beside their facts, made for tests: looks and item vectors by movie_id."""

import hashlib
from collections.abc import Sequence

import numpy as np

from index import Film
from index.enrich import Enriched
from index.looks.kept import KeptVectors
from index.looks.network import unit
from index.ratings import ItemVectors
from index.ratings.vectors import usual_score


def drawn(movie_id: str, *, dimension: int, kind: str) -> np.ndarray:
    """Numbers that hang on the film and the kind alone, not on its place in a catalogue."""
    seed = int.from_bytes(hashlib.blake2b(f"{kind}:{movie_id}".encode(), digest_size=4).digest(), "big")
    return np.random.default_rng(seed).normal(size=dimension).astype(np.float32)


def looks_of(movie_ids: Sequence[str]) -> KeptVectors:
    return KeptVectors(tuple(movie_ids), unit(np.stack([drawn(each, dimension=6, kind="looks") for each in movie_ids])))


def items_of(movie_ids: Sequence[str]) -> ItemVectors:
    # Halves and quarters, so that nothing is lost where they are kept in fewer bits.
    vectors = np.stack([np.round(drawn(each, dimension=5, kind="items") * 4) / 4 for each in movie_ids])
    known = np.ones(len(vectors), dtype=np.bool_)
    return ItemVectors(tuple(movie_ids), vectors, known, usual_score(vectors), model="drawn", source="test", ratings=9)


def known_of(films: Sequence[Film]) -> Enriched:
    """The films with looks and item vectors for three in four of them, not the same ones."""
    ids = [film.movie_id for film in films]
    seen = [each for each in ids if drawn(each, dimension=1, kind="seen")[0] < 0.67] or ids[:1]
    rated = [each for each in ids if drawn(each, dimension=1, kind="rated")[0] < 0.67] or ids[:1]
    return Enriched(films, looks=looks_of(seen), items=items_of(rated))

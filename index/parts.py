"""The optional parts of an artefact, in the rows of its films: how posters look, and what ratings tell.

looks.faiss     poster vectors, a row a film, of unit length; a row of zeros where no poster was seen
items/          item vectors of the films that were rated, by movie_id (`index.ratings.vectors`)
"""

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

from index.encoder import Vectors
from index.enrich import Enriched
from index.errors import ArtefactError
from index.looks.kept import KeptVectors
from index.ratings.vectors import ItemVectors, load_item_vectors, write_item_vectors
from index.rows import RowSet
from index.vectors import FaissStore, VectorStore

LOOKS = "looks.faiss"
_ITEMS = "items"
_ITEM_FILES = (f"{_ITEMS}/manifest.json", f"{_ITEMS}/vectors.npy")
#: Names of the files that make each part; a manifest names all of a part's files or none.
FILES = (LOOKS, *_ITEM_FILES)


def write_parts(folder: Path, known: Enriched) -> tuple[str, ...]:
    """Writes the parts that the films have into the folder of an artefact and returns the names of their files."""
    movie_ids = [film.movie_id for film in known.films]
    names: list[str] = []
    if known.looks is not None:
        rows = looks_rows(known.looks, movie_ids)
        if rows.any():
            FaissStore.of(rows, gaps=True).write(folder / LOOKS)
            names.append(LOOKS)
    if known.items is not None:
        items = known.items.aligned(movie_ids)
        if items.known.any():
            write_item_vectors(
                folder / _ITEMS,
                movie_ids=[movie_ids[row] for row in np.flatnonzero(items.known)],
                vectors=items.vectors[items.known],
                model=items.model,
                source=items.source,
                ratings=items.ratings,
            )
            names += _ITEM_FILES
    return tuple(names)


def read_looks(folder: Path, named: Collection[str], *, films: int) -> FaissStore | None:
    """The looks of an artefact whose manifest names these files; None where it has none. Raises `ArtefactError` when
    they are not one row a film, of unit length or zero."""
    if LOOKS not in named:
        return None
    store = FaissStore.read(folder / LOOKS)
    if store.n != films:
        raise ArtefactError(f"{folder.name}: {LOOKS} holds {store.n} vectors for {films} films; run `make index`")
    lengths = np.linalg.norm(store.vectors(np.arange(store.n, dtype=np.int64)), axis=1)
    if not ((lengths == 0) | (np.abs(lengths - 1.0) < 1e-2)).all():
        raise ArtefactError(f"{folder.name}: {LOOKS} holds vectors that are not of unit length; run `make index`")
    return store


def read_items(folder: Path, named: Collection[str], *, movie_ids: Sequence[str]) -> ItemVectors | None:
    """The item vectors of an artefact in the rows of its films; None where its manifest names none. Raises
    `ArtefactError` when they are of films that it does not hold."""
    if not set(_ITEM_FILES) & set(named):
        return None
    items = load_item_vectors(folder / _ITEMS)
    if items is None or (strangers := len(set(items.movie_ids) - set(movie_ids))):
        what = "are missing" if items is None else f"name {strangers} films that the catalogue does not hold"
        raise ArtefactError(f"{folder.name}: the item vectors {what}; run `make index`")
    return items.aligned(movie_ids)


def looks_rows(looks: KeptVectors, movie_ids: Sequence[str]) -> Vectors:
    """The looks in the rows of a catalogue, (n, k) float32; zeros for a film that they do not name."""
    row_of = {movie_id: row for row, movie_id in enumerate(looks.movie_ids)}
    rows = np.zeros((len(movie_ids), looks.vectors.shape[1]), dtype=np.float32)
    for row, movie_id in enumerate(movie_ids):
        if (own := row_of.get(movie_id)) is not None:
            rows[row] = looks.vectors[own]
    return rows


def kept_looks(store: VectorStore | None, movie_ids: Sequence[str]) -> KeptVectors | None:
    """The looks of an artefact by movie_id, without the films that have none."""
    if store is None:
        return None
    seen = seen_rows(store).rows
    return KeptVectors(tuple(movie_ids[int(row)] for row in seen), store.vectors(seen))


def seen_rows(looks: VectorStore) -> RowSet:
    """The rows whose poster was seen: those whose vector is not all zeros. Reads every vector: once an artefact."""
    return RowSet(np.asarray(looks.vectors(np.arange(looks.n, dtype=np.int64)).any(axis=1)))

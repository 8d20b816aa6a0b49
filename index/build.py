"""Building: from sources to an artefact, encoding only the films whose words have changed."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from index.artefact import Artefact, current_folder, read_artefact, write_artefact
from index.encoder import TextEncoder, Vectors
from index.enrich import Enriched, joined_looks
from index.errors import ArtefactError, CatalogueError
from index.film import Film
from index.looks.kept import KeptVectors
from index.parts import kept_looks
from index.ratings.vectors import ItemVectors
from index.sources import FilmSource
from index.sources.derived import FIGURES

#: Films that are encoded between two reports of progress.
_STEP = 16

Progress = Callable[[int, int], None]
"""Called with (films encoded, films to encode)."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `encoded` films went through the encoder, `reused` kept their vector from before; `looks` of
    them have a poster's vector, `rated` of them an item vector."""

    folder: Path
    films: int
    encoded: int
    reused: int
    seconds: float
    looks: int = 0
    rated: int = 0


def gather(sources: Iterable[FilmSource]) -> list[Film]:
    """The films of all sources, in order. Raises `CatalogueError` with all faults of all sources at once."""
    films: dict[str, Film] = {}
    faults: list[str] = []
    for source in sources:
        try:
            for film in source.films():
                if film.movie_id in films:
                    faults.append(f"{source.name}: {film.movie_id} ({film.title}) stands twice")
                films[film.movie_id] = film
        except CatalogueError as error:
            faults.append(str(error))
    if faults:
        raise CatalogueError("\n".join(faults))
    if not films:
        raise CatalogueError("the sources hold no film")
    return list(films.values())


def build(
    films: Sequence[Film] | Enriched,
    *,
    root: Path,
    catalogue: str,
    encoder: TextEncoder,
    sources: Sequence[str],
    recipe: str = "",
    progress: Progress = lambda _done, _of: None,
) -> BuildReport:
    """Builds the catalogue's artefact, of films alone or with what enriching brought, and makes it the current one.

    Films whose text an intact earlier artefact of the same encoder has already encoded keep their vector: a build in
    which only looks, ratings or reviews changed encodes nothing. Raises `ArtefactError` when the disk refuses.
    """
    started = time.monotonic()
    brought = films if isinstance(films, Enriched) else Enriched(films)
    films = brought.films
    known = _known_vectors(root, catalogue, encoder)
    vectors = np.zeros((len(films), encoder.dimension), dtype=np.float32)
    missing: list[int] = []
    for row, film in enumerate(films):
        vector = known.get(film.text())
        if vector is None:
            missing.append(row)
        else:
            vectors[row] = vector
    progress(0, len(missing))
    for start in range(0, len(missing), _STEP):
        rows = missing[start : start + _STEP]
        vectors[rows] = encoder.encode([films[row].text() for row in rows])
        progress(min(start + _STEP, len(missing)), len(missing))
    folder = write_artefact(
        root,
        catalogue=catalogue,
        known=brought,
        text=vectors,
        encoder=encoder.name,
        sources=sources,
        recipe=recipe,
    )
    return BuildReport(
        folder=folder,
        films=len(films),
        encoded=len(missing),
        reused=len(films) - len(missing),
        seconds=time.monotonic() - started,
        looks=_named(films, brought.looks),
        rated=_named(films, brought.items),
    )


def add(new: Enriched, *, to: Artefact) -> Enriched:
    """What the artefact knows, with these films added, or replaced where the movie_id is known; the order is kept. A
    film that is replaced keeps the figures that were measured of it, unless the new one has its own."""
    merged = {film.movie_id: film for film in to.catalogue.films}
    for film in new.films:
        older = merged.get(film.movie_id)
        merged[film.movie_id] = film if older is None else _with_figures_of(older, film)
    looks = kept_looks(to.looks, [film.movie_id for film in to.catalogue.films])
    return Enriched(tuple(merged.values()), looks=joined_looks(looks, new.looks), items=to.items or new.items)


def _with_figures_of(older: Film, film: Film) -> Film:
    kept = {name: getattr(older, name) for name in FIGURES if getattr(film, name) in (None, {})}
    return replace(film, **kept)


def _named(films: Sequence[Film], vectors: KeptVectors | ItemVectors | None) -> int:
    named = frozenset(vectors.movie_ids) if vectors is not None else frozenset()
    return sum(film.movie_id in named for film in films)


def _known_vectors(root: Path, catalogue: str, encoder: TextEncoder) -> dict[str, Vectors]:
    try:
        artefact = read_artefact(current_folder(root, catalogue))
    except ArtefactError:
        return {}  # nothing to reuse: a first build, or a damaged artefact that this build replaces
    if artefact.manifest.encoder != encoder.name:
        return {}
    vectors = artefact.text.vectors(np.arange(artefact.text.n, dtype=np.int64))
    return {film.text(): vectors[row] for row, film in enumerate(artefact.catalogue.films)}

"""Building: from sources to an artefact, encoding only the films whose words have changed."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.artefact import Artefact, current_folder, read_artefact, write_artefact
from index.encoder import TextEncoder, Vectors
from index.errors import ArtefactError, CatalogueError
from index.film import Film
from index.sources import FilmSource

#: Films that are encoded between two reports of progress.
_STEP = 16

Progress = Callable[[int, int], None]
"""Called with (films encoded, films to encode)."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `encoded` films went through the encoder, `reused` kept their vector from before."""

    folder: Path
    films: int
    encoded: int
    reused: int
    seconds: float


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
    films: Sequence[Film],
    *,
    root: Path,
    catalogue: str,
    encoder: TextEncoder,
    sources: Sequence[str],
    progress: Progress = lambda _done, _of: None,
) -> BuildReport:
    """Builds the catalogue's artefact and makes it the current one. Films whose text an intact earlier artefact of
    the same encoder has already encoded keep their vector. Raises `ArtefactError` when the disk refuses."""
    started = time.monotonic()
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
    folder = write_artefact(root, catalogue=catalogue, films=films, text=vectors, encoder=encoder.name, sources=sources)
    return BuildReport(
        folder=folder,
        films=len(films),
        encoded=len(missing),
        reused=len(films) - len(missing),
        seconds=time.monotonic() - started,
    )


def add(films: Sequence[Film], *, to: Artefact) -> list[Film]:
    """The artefact's films with these added, or replaced where the movie_id is known; the order is kept."""
    merged = {film.movie_id: film for film in to.catalogue.films}
    merged.update({film.movie_id: film for film in films})
    return list(merged.values())


def _known_vectors(root: Path, catalogue: str, encoder: TextEncoder) -> dict[str, Vectors]:
    try:
        artefact = read_artefact(current_folder(root, catalogue))
    except ArtefactError:
        return {}  # nothing to reuse: a first build, or a damaged artefact that this build replaces
    if artefact.manifest.encoder != encoder.name:
        return {}
    vectors = artefact.text.vectors(np.arange(artefact.text.n, dtype=np.int64))
    return {film.text(): vectors[row] for row, film in enumerate(artefact.catalogue.films)}

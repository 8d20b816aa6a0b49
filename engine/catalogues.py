"""The catalogues in force: each loaded once, and switched between two turns when a new artefact appears."""

import threading
from dataclasses import dataclass, replace
from pathlib import Path

import structlog

from engine.errors import NotReadyError
from engine.recommend import Recommender
from index import ArtefactError, Film, TextEncoder, VectorStoreError, current_folder, read_artefact
from index.stores import StoreOf, in_memory
from nlu import Gazetteer

_log = structlog.get_logger("engine.catalogues")


@dataclass(frozen=True, slots=True)
class Loaded:
    """One artefact ready to answer from, and the names that the parser knows by it."""

    recommender: Recommender
    gazetteer: Gazetteer

    def film(self, movie_id: str) -> Film | None:
        catalogue = self.recommender.catalogue
        row = catalogue.row_of(movie_id)
        return None if row is None else catalogue.films[row]


class Catalogues:
    """Loaded catalogues by name. `get` is what every turn starts with; `refresh` looks for new artefacts."""

    def __init__(self, root: Path, encoder: TextEncoder, *, store_of: StoreOf = in_memory) -> None:
        self._root, self._encoder, self._store_of = root, encoder, store_of
        self._loaded: dict[str, Loaded] = {}
        self._lock = threading.Lock()

    def get(self, name: str) -> Loaded:
        """The catalogue in force. Raises `NotReadyError` when it was never built."""
        loaded = self._loaded.get(name)
        if loaded is None:
            with self._lock:
                loaded = self._loaded.get(name) or self._load(name)
        return loaded

    @property
    def encoder(self) -> TextEncoder:
        """What turns words into vectors."""
        return self._encoder

    @property
    def in_force(self) -> dict[str, Loaded]:
        """What is loaded now, by name; asking loads nothing."""
        return dict(self._loaded)

    def refresh(self) -> None:
        """Switches to artefacts that were built since; one that cannot be read is logged and the old one stays."""
        for name, loaded in list(self._loaded.items()):
            try:
                if current_folder(self._root, name).name == loaded.recommender.artefact.path.name:
                    continue
                self._load(name)
            except (ArtefactError, NotReadyError) as error:
                _log.error("new artefact refused", catalogue=name, reason=str(error))

    def _load(self, name: str) -> Loaded:
        try:
            artefact = read_artefact(current_folder(self._root, name))
        except (ArtefactError, OSError) as error:  # a build may tidy the folder away while it is read
            raise NotReadyError(str(error)) from error
        if artefact.manifest.encoder != self._encoder.name:
            raise NotReadyError(
                f"the catalogue {name!r} was built with {artefact.manifest.encoder}, but the engine encodes with "
                f"{self._encoder.name}; run `matinee index build --encoder {self._encoder.name}`"
            )
        try:
            artefact = replace(artefact, text=self._store_of(artefact))
        except VectorStoreError as error:
            raise NotReadyError(str(error)) from error
        loaded = Loaded(Recommender(artefact, self._encoder), gazetteer_of(artefact.catalogue.films))
        self._loaded[name] = loaded
        _log.info("catalogue loaded", catalogue=name, films=len(artefact.catalogue), artefact=artefact.path.name)
        return loaded


def gazetteer_of(films: tuple[Film, ...]) -> Gazetteer:
    """The titles and people by which a request may name films."""
    titles = [(film.movie_id, film.title, _other_titles(film), film.year) for film in films]
    # A name stands once for each of its films: the counts decide whom a surname means.
    people = [name for film in films for name in dict.fromkeys((*film.directors, *film.cast))]
    return Gazetteer.of(titles=titles, people=people)


def _other_titles(film: Film) -> tuple[str, ...]:
    return (*((film.original_title,) if film.original_title else ()), *film.alternative_titles)

"""The artefact: what a catalogue becomes when it is built. A folder that never changes, named by its content.

    ROOT/CATALOGUE/CURRENT                 the content id in force
    ROOT/CATALOGUE/CONTENT_ID/manifest.json, films.jsonl, text.faiss and the parts of `index.parts`

A writer fills a hidden folder beside it, renames it into place and then switches CURRENT, each atomically: whoever
reads sees the old artefact or the new one, whole.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from annotated_types import Ge
from pydantic import BaseModel, ConfigDict, ValidationError

from index.catalogue import Catalogue
from index.encoder import Vectors
from index.enrich import Enriched
from index.errors import ArtefactError, CatalogueError
from index.film import Film, film_row, read_films
from index.parts import read_items, read_looks, write_parts
from index.ratings.vectors import ItemVectors
from index.vectors import FaissStore, VectorStore

FORMAT = 2
_FILMS, _TEXT, _MANIFEST, _CURRENT = "films.jsonl", "text.faiss", "manifest.json", "CURRENT"
#: Characters of the SHA-256 that name an artefact's folder.
_ID_CHARS = 16
#: Artefacts kept beside the current one, for engines that still read them.
_KEPT = 2
#: A half-written folder that nothing was added to for so long belongs to a build that died.
_ABANDONED_S = 3600
_BUILDING = ".building-"
_FREE_SPACE = "free space or set MATINEE_STATE_DIR"
_REBUILD = "run `make index` (or `matinee index build`) to build it anew"


class FileSum(BaseModel):
    """What a file of the artefact must be."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    sha256: str
    bytes: Annotated[int, Ge(0)]


class Manifest(BaseModel):
    """What an artefact is made of. `recipe` names what went into it, where its builder wants to know that again."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal[2]
    catalogue: str
    encoder: str
    dimension: Annotated[int, Ge(1)]
    films: Annotated[int, Ge(1)]
    sources: tuple[str, ...]
    files: dict[str, FileSum]
    recipe: str = ""

    @property
    def content_id(self) -> str:
        """The artefact's name: a hash of everything that answers depend on."""
        text = json.dumps([self.encoder, {name: part.sha256 for name, part in sorted(self.files.items())}])
        return hashlib.sha256(text.encode()).hexdigest()[:_ID_CHARS]


@dataclass(frozen=True, slots=True)
class Artefact:
    """A read artefact. `text` has one row a film, in the catalogue's order; so have `looks`, with rows of zeros for
    films whose poster was not seen, and `items`. Both are None where the catalogue was built without."""

    path: Path
    manifest: Manifest
    catalogue: Catalogue
    text: VectorStore
    looks: VectorStore | None = None
    items: ItemVectors | None = None


def write_artefact(
    root: Path,
    *,
    catalogue: str,
    known: Enriched,
    text: Vectors,
    encoder: str,
    sources: Sequence[str],
    recipe: str = "",
) -> Path:
    """Writes an artefact of the films, their text vectors (n, d) and what else is known of them, makes it the current
    one and returns its folder.

    Raises `ArtefactError` when the disk refuses; nothing half-written is ever in force.
    """
    home = root / catalogue
    try:
        home.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=home))
    except OSError as error:
        raise ArtefactError(f"cannot write below {root}: {error.strerror}; {_FREE_SPACE}") from error
    try:
        _write_films(folder / _FILMS, known.films)
        FaissStore.of(text).write(folder / _TEXT)
        names = (_FILMS, _TEXT, *write_parts(folder, known))
        for name in names:
            _sync(folder / name)
        manifest = Manifest(
            format=FORMAT,
            catalogue=catalogue,
            encoder=encoder,
            dimension=text.shape[1],
            films=len(known.films),
            sources=tuple(sources),
            files={name: _sum(folder / name) for name in names},
            recipe=recipe,
        )
        _write_synced(folder / _MANIFEST, manifest.model_dump_json(indent=2) + "\n")
        target = home / manifest.content_id
        if target.exists():
            shutil.rmtree(target)  # the same content; a damaged copy must not survive a rebuild
        folder.chmod(0o755)
        folder.rename(target)
        _switch(home, manifest.content_id)
    except (OSError, RuntimeError) as error:
        raise ArtefactError(f"cannot write the artefact ({error}); {_FREE_SPACE}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    _drop_old(home, manifest.content_id)
    return target


def current_folder(root: Path, catalogue: str) -> Path:
    """The folder of the artefact in force. Raises `ArtefactError` when there is none."""
    try:
        content_id = (root / catalogue / _CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ArtefactError(f"the catalogue {catalogue!r} has not been built; {_REBUILD}") from error
    folder = root / catalogue / content_id
    if not content_id.isalnum() or not folder.is_dir():
        raise ArtefactError(f"the catalogue {catalogue!r} points at an artefact that is gone; {_REBUILD}")
    return folder


def read_artefact(folder: Path) -> Artefact:
    """The artefact in a folder, checked against its manifest. Raises `ArtefactError` for anything amiss."""
    manifest = verify_artefact(folder)
    try:
        films = tuple(read_films(folder / _FILMS))
    except CatalogueError as error:
        raise ArtefactError(f"{folder.name}: the films are of another version ({error}); {_REBUILD}") from error
    text = FaissStore.read(folder / _TEXT)
    if not (len(films) == text.n == manifest.films) or text.dimension != manifest.dimension:
        raise ArtefactError(
            f"{folder.name}: {len(films)} films and {text.n} vectors of {text.dimension}, but the manifest says "
            f"{manifest.films} of {manifest.dimension}; {_REBUILD}"
        )
    return Artefact(
        path=folder,
        manifest=manifest,
        catalogue=Catalogue(films),
        text=text,
        looks=read_looks(folder, manifest.files, films=len(films)),
        items=read_items(folder, manifest.files, movie_ids=[film.movie_id for film in films]),
    )


def verify_artefact(folder: Path) -> Manifest:
    """The manifest, when every file is what it says. Raises `ArtefactError` naming the file that is not."""
    try:
        stored = (folder / _MANIFEST).read_bytes()
        manifest = Manifest.model_validate_json(stored)
    except OSError as error:
        raise ArtefactError(f"{folder.name} has no manifest; {_REBUILD}") from error
    except ValidationError as error:
        raise ArtefactError(f"{folder.name}: {_why_unreadable(stored)}; {_REBUILD}") from error
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise ArtefactError(f"{folder.name}: {name} is missing; {_REBUILD}")
        if (found := _sum(path)) != expected:
            state = "truncated" if found.bytes < expected.bytes else "changed"
            size = f"{found.bytes} of {expected.bytes} bytes"
            raise ArtefactError(f"{folder.name}: {name} is {state} ({size}); {_REBUILD}")
    return manifest


def _why_unreadable(stored: bytes) -> str:
    with suppress(ValueError, AttributeError):
        if isinstance(found := json.loads(stored).get("format"), int) and found != FORMAT:
            return f"the artefact is of format {found}, this version reads format {FORMAT}"
    return "the manifest is damaged or of another version"


def _write_films(path: Path, films: Sequence[Film]) -> None:
    _write_synced(path, "".join(json.dumps(film_row(film), ensure_ascii=False) + "\n" for film in films))


def _write_synced(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sum(path: Path) -> FileSum:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return FileSum(sha256=digest.hexdigest(), bytes=path.stat().st_size)


def _switch(home: Path, content_id: str) -> None:
    pointer = home / f".{_CURRENT}-{os.getpid()}"
    _write_synced(pointer, content_id + "\n")
    pointer.replace(home / _CURRENT)


def _drop_old(home: Path, current: str) -> None:
    folders = (path for path in home.iterdir() if path.is_dir() and path.name != current and path.name.isalnum())
    with suppress(OSError):  # another writer may tidy at the same time
        for path in sorted(folders, key=lambda path: path.stat().st_mtime, reverse=True)[_KEPT:]:
            shutil.rmtree(path, ignore_errors=True)
        for path in home.glob(f"{_BUILDING}*"):
            if time.time() - path.stat().st_mtime > _ABANDONED_S:
                shutil.rmtree(path, ignore_errors=True)

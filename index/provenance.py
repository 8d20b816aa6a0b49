"""Where a catalogue's derived figures come from: one form of manifest for each part.

derived/looks.provenance.json      of derived/looks.jsonl, looks_vectors.npz and looks.json
derived/reviews.provenance.json    of derived/reviews.jsonl
ratings/provenance.json            of ratings/vectors.npy, manifest.json and derived/popularity.jsonl
posters/provenance.json            of posters/addresses.json
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal

import yaml
from annotated_types import Ge
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from index.errors import CatalogueError

#: Beside a catalogue's films: the sources of its derived figures, by part.
SOURCES = "sources.yaml"


class Part(StrEnum):
    """What is derived of a catalogue's films."""

    LOOKS = "looks"
    RATINGS = "ratings"
    REVIEWS = "reviews"
    POSTERS = "posters"

    @property
    def manifest(self) -> str:
        """Its manifest, as a path from the catalogue's folder."""
        if self in {Part.RATINGS, Part.POSTERS}:
            return f"{self}/provenance.json"
        return f"derived/{self}.provenance.json"


class Source(BaseModel):
    """What figures were derived from, as its owner calls it; "" is unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    owner: str = ""
    date: str = ""
    address: str = ""
    terms: str = ""


class Provenance(BaseModel):
    """The manifest of one part. `films` of the catalogue's `of` were reached; `files` are SHA-256 by path from the
    catalogue's folder; `made_by` names the model with its settings, `version` the Matinee that ran it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal[1] = 1
    part: Part
    source: Source
    films: Annotated[int, Ge(0)]
    of: Annotated[int, Ge(1)]
    made_by: str
    version: str
    files: dict[str, str]


_SOURCES: TypeAdapter[dict[Part, Source]] = TypeAdapter(dict[Part, Source])


def read_sources(folder: Path) -> Mapping[Part, Source]:
    """The sources that a catalogue's folder names; none without the file. Raises `CatalogueError` for another form."""
    path = folder / SOURCES
    if not path.is_file():
        return {}
    try:
        return _SOURCES.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (ValidationError, yaml.YAMLError, OSError) as error:
        raise CatalogueError(f"{path}: not sources by part: {error}") from error


def write_provenance(
    folder: Path, part: Part, *, source: Source, films: int, of: int, made_by: str, files: Sequence[str]
) -> Provenance:
    """Writes the manifest of a part whose files lie in the catalogue's folder, and returns it."""
    found = Provenance(
        part=part,
        source=source,
        films=films,
        of=of,
        made_by=made_by,
        version=version("matinee"),
        files={name: _sum(folder / name) for name in files},
    )
    (folder / part.manifest).write_text(found.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return found


def read_provenance(folder: Path, part: Part) -> Provenance | None:
    """The manifest of a part, None where the folder has none. Raises `CatalogueError` for another form."""
    path = folder / part.manifest
    try:
        return Provenance.model_validate_json(path.read_text(encoding="utf-8")) if path.is_file() else None
    except ValidationError as error:
        raise CatalogueError(f"{path}: not a manifest of this form; run `matinee index derive` again") from error


def changed_files(folder: Path, found: Provenance) -> Iterator[str]:
    """The files of a part that are missing or not those that its manifest names."""
    for name, expected in found.files.items():
        if not (folder / name).is_file() or _sum(folder / name) != expected:
            yield name


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

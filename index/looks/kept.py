"""The looks of a catalogue's posters as they are kept beside its films: figures, vectors and what they come from.

    looks.jsonl          a line a film: lightness, colourfulness, warmth and the styles
    looks_vectors.npz    movie_ids (n,) and vectors (n, k) float16 of unit length; near ones look alike
    looks.json           what both were made by and of, with their checksums

The posters themselves are not kept: a catalogue ships with what was measured of them.
"""

import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, ValidationError

from index.looks.errors import LooksError
from index.looks.measuring import Measured
from index.looks.network import Vectors, unit
from index.looks.pixels import DETAILS
from index.looks.styles import Style, Styles
from index.sources.derived import write_figures

FIGURES_FILE, VECTORS_FILE, PROVENANCE_FILE = "looks.jsonl", "looks_vectors.npz", "looks.json"
#: The pixels' figures that a film keeps; the styles come with them.
_OF_PIXELS = ("lightness", "colourfulness", "warmth")
_OF_STYLES = (Style.DARK_MOODY, Style.BRIGHT_COLOURFUL, Style.VINTAGE)


class LooksProvenance(BaseModel):
    """What kept looks were made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    network: str
    styles_sha256: str
    posters: int
    dimension: int
    posters_sha256: dict[str, str]
    """Of each film's poster, by movie_id: whoever has the posters can repeat every figure."""
    files: dict[str, str]
    """SHA-256 of the files beside it."""


@dataclass(frozen=True, slots=True)
class KeptVectors:
    """How films look: `movie_ids` (n), `vectors` (n, k) float32 of unit length."""

    movie_ids: tuple[str, ...]
    vectors: Vectors

    def joined(self, later: "KeptVectors") -> "KeptVectors":
        """These and later ones of the same length; of a film that both name, the later."""
        newer = frozenset(later.movie_ids)
        older = [row for row, movie_id in enumerate(self.movie_ids) if movie_id not in newer]
        return KeptVectors(
            (*(self.movie_ids[row] for row in older), *later.movie_ids), np.vstack([self.vectors[older], later.vectors])
        )


def figures_of(measured: Measured, styles: Styles) -> dict[str, dict[str, float]]:
    """The figures of each poster by its id, 0-1, by the names that a film has for them."""
    reduced = styles.reduce(measured.vectors)
    columns: dict[str, npt.NDArray[np.float32]] = {
        name: measured.details[:, DETAILS.index(name)] for name in _OF_PIXELS
    } | {str(style): styles.probability(style, reduced, measured.details) for style in _OF_STYLES}
    return {
        name: {figure: round(float(column[row]), 4) for figure, column in columns.items()}
        for row, name in enumerate(measured.ids)
    }


def write_looks(folder: Path, measured: Measured, styles: Styles) -> None:
    """Writes the three files into the folder. Raises `LooksError` when the disk refuses."""
    order = np.argsort(np.array(measured.ids, dtype=np.str_), kind="stable")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_figures(folder / FIGURES_FILE, figures_of(measured, styles))
        with (folder / VECTORS_FILE).open("wb") as file:
            np.savez(
                file,
                movie_ids=np.array(measured.ids, dtype=np.str_)[order],
                vectors=styles.reduce(measured.vectors)[order].astype(np.float16),
            )
        provenance = LooksProvenance(
            network=styles.provenance.network,
            styles_sha256=styles.provenance.sha256,
            posters=len(measured.ids),
            dimension=styles.provenance.dimension,
            posters_sha256={measured.ids[row]: measured.digests[row].hex() for row in order},
            files={name: _sum(folder / name) for name in (FIGURES_FILE, VECTORS_FILE)},
        )
        text = json.dumps(provenance.model_dump(mode="json"), indent=1) + "\n"
        (folder / PROVENANCE_FILE).write_text(text, encoding="utf-8")
    except OSError as error:
        raise LooksError(f"cannot write the looks into {folder} ({error.strerror})") from error


def read_vectors(folder: Path) -> KeptVectors | None:
    """The vectors kept in a folder; None when it holds none. Needs numpy only.

    Raises `LooksError` when they are damaged or not those that the provenance beside them names.
    """
    path = folder / VECTORS_FILE
    if not path.is_file():
        return None
    try:
        provenance = LooksProvenance.model_validate_json((folder / PROVENANCE_FILE).read_text(encoding="utf-8"))
        if provenance.files.get(VECTORS_FILE) != _sum(path):
            raise LooksError(f"{path} is damaged or was changed; run `matinee index looks` to measure anew")
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            movie_ids, vectors = arrays["movie_ids"], arrays["vectors"].astype(np.float32)
    except (OSError, EOFError, ValidationError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise LooksError(f"{path} cannot be read ({error}); run `matinee index looks` to measure anew") from error
    if vectors.ndim != 2 or len(movie_ids) != len(vectors) or not np.isfinite(vectors).all():
        raise LooksError(f"{path} is not of this form; run `matinee index looks` to measure anew")
    return KeptVectors(tuple(map(str, movie_ids)), unit(vectors))


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

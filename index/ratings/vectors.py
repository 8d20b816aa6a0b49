"""Item vectors as they are served: a small folder, read with numpy alone.

FOLDER/vectors.npy      (n, d) float16, a row a film; the sum of the liked films' rows times a film's row is its score
FOLDER/manifest.json    the films' movie_ids in the order of the rows, the usual size of a score, checksum, source
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from annotated_types import Ge, Gt
from pydantic import BaseModel, ConfigDict, ValidationError

from index.errors import ArtefactError
from index.ratings.table import Chosen, Figures, Ids

_VECTORS, _MANIFEST = "vectors.npy", "manifest.json"
_AGAIN = "run `matinee index ratings` again, or remove the folder"
#: Score of a film about which likes and dislikes say nothing.
NEUTRAL = 0.5
#: What a dislike weighs beside a like: people avoid films for more reasons than taste.
DISLIKE_WEIGHT = 0.5
#: Pairs of films that the usual size of a score is taken from, at most.
_MOST_PAIRS = 20_000_000


class VectorsManifest(BaseModel):
    """What a folder of item vectors holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal[1] = 1
    model: str
    """The model that the vectors stand for, with its settings."""
    source: str
    """The ratings that it learned from."""
    ratings: Annotated[int, Ge(1)]
    usual: Annotated[float, Gt(0)]
    """Size of a score that one like gives to its nearest films: the 99th percentile over the films."""
    movie_ids: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class ItemVectors:
    """Collaborative vectors of n films: `vectors` (n, d) float32, all 0 where there is none, and `known` (n,) bool.

    `usual` is the size of a score that counts as clear; `model` and `source` say what the vectors stand for, learned
    from so many `ratings`.
    """

    movie_ids: tuple[str, ...]
    vectors: Figures
    known: Chosen
    usual: float
    model: str = "unnamed"
    source: str = "unnamed"
    ratings: int = 1

    def aligned(self, movie_ids: Sequence[str]) -> "ItemVectors":
        """The same vectors in the rows of a catalogue; a film of it that is not among them has none."""
        row_of = {movie_id: row for row, movie_id in enumerate(self.movie_ids)}
        vectors = np.zeros((len(movie_ids), self.vectors.shape[1]), dtype=np.float32)
        known = np.zeros(len(movie_ids), dtype=np.bool_)
        for row, movie_id in enumerate(movie_ids):
            if (own := row_of.get(movie_id)) is not None:
                vectors[row], known[row] = self.vectors[own], self.known[own]
        return replace(self, movie_ids=tuple(movie_ids), vectors=vectors, known=known)

    def scores(self, liked_rows: Ids, disliked_rows: Ids) -> Figures:
        """What viewers with these likes and dislikes think of each film, (n,) float32 in [0, 1], never NaN.

        liked_rows (a,), disliked_rows (b,) int64 rows; 0.5 says nothing, and is what films without a vector get, and
        all films when none of the rows has one. Raises IndexError for a row outside.
        """
        weights = np.concatenate([np.ones(len(liked_rows)), np.full(len(disliked_rows), -DISLIKE_WEIGHT)])
        rows = np.concatenate([liked_rows, disliked_rows]).astype(np.int64)
        told = self.known[rows]
        if not told.any():
            return np.full(len(self.known), NEUTRAL, dtype=np.float32)
        person = (weights[told, None] * self.vectors[rows[told]]).sum(axis=0).astype(np.float32)
        # Several opinions add up, but not to certainty: their sum grows with their number, its size with the root.
        raw = (self.vectors @ person) / (self.usual * np.sqrt(told.sum()))
        squeezed = NEUTRAL + NEUTRAL * np.tanh(raw)
        return np.where(self.known, squeezed, NEUTRAL).astype(np.float32)

    def strongest(self, liked_rows: Ids, row: int) -> int | None:
        """The liked row that speaks loudest for the film, None when none of them speaks for it. A film does not speak
        for itself."""
        liked_rows = liked_rows[liked_rows != row]
        if not len(liked_rows):
            return None
        voices = self.vectors[liked_rows] @ self.vectors[row]
        best = int(voices.argmax())
        return int(liked_rows[best]) if voices[best] > 0 else None


def load_item_vectors(folder: Path) -> ItemVectors | None:
    """The vectors of a folder; None when there is no such folder or it holds none.

    Raises `ArtefactError` when the folder holds something else than it says.
    """
    if not (folder / _MANIFEST).is_file():
        return None
    try:
        manifest = VectorsManifest.model_validate_json((folder / _MANIFEST).read_bytes())
        stored = (folder / _VECTORS).read_bytes()
        if hashlib.sha256(stored).hexdigest() != manifest.sha256:
            raise ArtefactError(f"{folder.name}: {_VECTORS} is not the one that the manifest names; {_AGAIN}")
        vectors = np.load(folder / _VECTORS, allow_pickle=False).astype(np.float32)
    except ValidationError as error:
        raise ArtefactError(f"{folder.name}: the manifest is damaged or of another version; {_AGAIN}") from error
    except (OSError, ValueError, TypeError) as error:
        raise ArtefactError(f"{folder.name}: {_VECTORS} cannot be read ({error}); {_AGAIN}") from error
    if vectors.ndim != 2 or len(vectors) != len(manifest.movie_ids) or not np.isfinite(vectors).all():
        raise ArtefactError(
            f"{folder.name}: {_VECTORS} is not one finite row for each of {len(manifest.movie_ids)} films; {_AGAIN}"
        )
    return ItemVectors(
        movie_ids=manifest.movie_ids,
        vectors=vectors,
        known=np.ones(len(vectors), dtype=np.bool_),
        usual=manifest.usual,
        model=manifest.model,
        source=manifest.source,
        ratings=manifest.ratings,
    )


def write_item_vectors(
    folder: Path, *, movie_ids: Sequence[str], vectors: Figures, model: str, source: str, ratings: int
) -> VectorsManifest:
    """Writes the vectors (n, d) of the films as float16 and returns their manifest. The manifest comes last, so that a
    half-written folder is none. Raises `ArtefactError` when the disk refuses, ValueError for NaN."""
    if not np.isfinite(vectors).all() or len(vectors) != len(movie_ids) or not len(vectors):
        raise ValueError("one finite vector for each film is needed")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _MANIFEST).unlink(missing_ok=True)
        np.save(folder / _VECTORS, vectors.astype(np.float16), allow_pickle=False)
        manifest = VectorsManifest(
            model=model,
            source=source,
            ratings=ratings,
            usual=usual_score(vectors),
            movie_ids=tuple(movie_ids),
            sha256=hashlib.sha256((folder / _VECTORS).read_bytes()).hexdigest(),
        )
        text = json.dumps(manifest.model_dump(mode="json"), indent=1) + "\n"
        (folder / _MANIFEST).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ArtefactError(f"cannot write the item vectors to {folder}: {error.strerror}") from error
    return manifest


def usual_score(vectors: Figures) -> float:
    """The 99th percentile of the films' scores for each other, above 0; of a part of the films where they are many."""
    count = len(vectors)
    asked = np.linspace(0, count - 1, min(count, max(_MOST_PAIRS // count, 1)), dtype=np.int64)
    scores = vectors[asked] @ vectors.T
    others = scores[asked[:, None] != np.arange(count)]
    return max(float(np.percentile(others, 99)), 1e-6) if len(others) else 1e-6

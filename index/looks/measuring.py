"""Measuring posters: each file once, by the hash of what it holds, in batches."""

import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.looks.errors import LooksError, PictureError
from index.looks.network import ImageNetwork, Vectors
from index.looks.pixels import DETAILS, Details, details, read_picture, small_pixels

#: Posters that go through the network at once; more bring no speed on a processor, only memory.
BATCH = 32

Progress = Callable[[int, int], None]
"""Called with (posters measured, posters to measure)."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Posters as they were measured, a row each: `ids` (n), `digests` (n) SHA-256 of the files, `vectors` (n, d)
    float32 unit length, `details` (n, 10) float32. `faults` says why others were left out; `reused` rows were known."""

    ids: tuple[str, ...]
    digests: tuple[bytes, ...]
    vectors: Vectors
    details: Details
    faults: tuple[str, ...]
    reused: int


@dataclass(slots=True)
class KnownPosters:
    """What earlier runs measured with one network, by the SHA-256 of the poster's file, in a file of its own."""

    path: Path
    network: str
    rows: dict[bytes, tuple[npt.NDArray[np.float16], Details]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path, network: str) -> "KnownPosters":
        """The known posters of a network; none when there is no file, or it is damaged and must be measured anew."""
        known = cls(folder / f"{network}.npz", network)
        try:
            with known.path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                if tuple(arrays["names"]) != DETAILS:
                    return known
                digests, vectors, figures = arrays["digests"], arrays["vectors"], arrays["details"]
        except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile):
            return known
        known.rows = {digest.tobytes(): (vectors[row], figures[row]) for row, digest in enumerate(digests)}
        return known

    def write(self) -> None:
        """Keeps what is known now. Raises `LooksError` when the disk refuses."""
        if not self.rows:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.path.parent, suffix=".npz", delete=False) as file:
                np.savez(
                    file,
                    names=np.array(DETAILS),
                    digests=np.stack([np.frombuffer(digest, dtype=np.uint8) for digest in self.rows]),
                    vectors=np.stack([vector for vector, _ in self.rows.values()]),
                    details=np.stack([figures for _, figures in self.rows.values()]),
                )
            Path(file.name).replace(self.path)
        except OSError as error:
            raise LooksError(f"cannot write {self.path} ({error.strerror}); free space on the disk") from error


def measure_posters(
    posters: Mapping[str, Path],
    *,
    network: ImageNetwork,
    known: KnownPosters | None = None,
    progress: Progress = lambda _done, _of: None,
) -> Measured:
    """Measures posters by their id, in the order given. Files that are known are not opened as pictures; those that
    cannot be read are left out and named in `faults`. Vectors are rounded to float16, as they are kept."""
    rows = {} if known is None else known.rows
    digests, faults = _digests(posters)
    reused = sum(1 for digest in digests.values() if digest in rows)
    missing = {digest: (name, posters[name]) for name, digest in digests.items() if digest not in rows}
    pending = list(missing.items())
    progress(0, len(pending))
    for start in range(0, len(pending), BATCH):
        found, unreadable = _batch(pending[start : start + BATCH], network)
        rows.update(found)
        faults += unreadable
        progress(min(start + BATCH, len(pending)), len(pending))
    ids = tuple(name for name, digest in digests.items() if digest in rows)
    taken = [rows[digests[name]] for name in ids]
    vectors = [vector.astype(np.float32) for vector, _ in taken]
    return Measured(
        ids=ids,
        digests=tuple(digests[name] for name in ids),
        vectors=np.stack(vectors) if taken else np.zeros((0, network.dimension), dtype=np.float32),
        details=np.stack([figures for _, figures in taken]) if taken else np.zeros((0, len(DETAILS)), dtype=np.float32),
        faults=tuple(faults),
        reused=reused,
    )


def _digests(posters: Mapping[str, Path]) -> tuple[dict[str, bytes], list[str]]:
    digests: dict[str, bytes] = {}
    faults: list[str] = []
    for name, path in posters.items():
        try:
            digests[name] = hashlib.sha256(path.read_bytes()).digest()
        except OSError as error:
            faults.append(f"{name}: {path.name} cannot be read: {error.strerror}")
    return digests, faults


def _batch(
    posters: Sequence[tuple[bytes, tuple[str, Path]]], network: ImageNetwork
) -> tuple[dict[bytes, tuple[npt.NDArray[np.float16], Details]], list[str]]:
    pictures, faults = {}, []
    for digest, (name, path) in posters:
        try:
            pictures[digest] = read_picture(path)
        except PictureError as error:
            faults.append(f"{name}: {error}")
    vectors = network.vectors(list(pictures.values())).astype(np.float16)
    figures = [details(small_pixels(picture)) for picture in pictures.values()]
    return {digest: (vectors[row], figures[row]) for row, digest in enumerate(pictures)}, faults

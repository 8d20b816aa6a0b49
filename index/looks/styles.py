"""Styles of posters: how surely one is dark and moody, bright and colourful, or vintage.

A style is a logistic head over two things: the network's vector, reduced to its main directions, and the pixels'
figures. The heads were trained beforehand (`index.looks.training`) and are read here with plain numpy.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
from annotated_types import Ge
from pydantic import BaseModel, ConfigDict, ValidationError

from index.looks.errors import StylesError
from index.looks.network import Vectors, unit
from index.looks.pixels import DETAILS, Details

#: The styles that ship with the project, for EfficientNet-Lite0.
SHIPPED = Path(__file__).parent
_ARRAYS, _PROVENANCE = "styles.npz", "styles.json"
#: Bytes of a poster's SHA-256 that tell it from others in the list of posters trained on.
_MARK_BYTES = 8

Marks = npt.NDArray[np.uint64]
Probabilities = npt.NDArray[np.float32]


class Style(StrEnum):
    """What a head tells. `BRIGHT` and `COLOURFUL` lie between two poles (dark, muted), the others are there or not."""

    BRIGHT = "bright"
    COLOURFUL = "colourful"
    DARK_MOODY = "dark_moody"
    BRIGHT_COLOURFUL = "bright_colourful"
    VINTAGE = "vintage"


class Provenance(BaseModel):
    """What trained styles are made of; kept beside them as `styles.json`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    network: str
    """The image network whose vectors the heads read."""
    network_dimension: Annotated[int, Ge(1)]
    dimension: Annotated[int, Ge(1)]
    """Length of a reduced vector."""
    details: tuple[str, ...]
    """The pixels' figures that the heads read, in order."""
    posters: Annotated[int, Ge(0)]
    """Posters whose vectors and release years were trained on."""
    labelled: dict[str, dict[str, int]]
    """For each style, how many posters stood for it and against it."""
    held_out: Annotated[int, Ge(0)]
    """Posters that were kept out of everything, because benches are scored on them."""
    sha256: str
    """Of `styles.npz`."""


@dataclass(frozen=True, slots=True)
class Head:
    """One style's logistic head. `on_vector` (k,), `on_details` (p,), both float32."""

    on_vector: npt.NDArray[np.float32]
    on_details: npt.NDArray[np.float32]
    bias: float


@dataclass(frozen=True, slots=True)
class Styles:
    """The trained styles of one network: `mean` (d,) and `basis` (d, k) reduce its vectors, `heads` read them.

    `labelled` and `dated` mark the posters that took part in training by a label and by their release year.
    """

    provenance: Provenance
    mean: npt.NDArray[np.float32]
    basis: npt.NDArray[np.float32]
    heads: Mapping[Style, Head]
    labelled: Marks
    dated: Marks

    def reduce(self, vectors: Vectors) -> Vectors:
        """Vectors of the network (n, d) in their main directions: (n, k) float32, unit length; near ones look alike."""
        return unit((vectors - self.mean) @ self.basis)

    def probability(self, style: Style, reduced: Vectors, details: Details) -> Probabilities:
        """How surely each poster is of the style: (n,) float32, 0-1. reduced (n, k), details (n, p)."""
        head = self.heads[style]
        evidence = reduced @ head.on_vector + details @ head.on_details + head.bias
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(evidence, -30, 30))), dtype=np.float32)


def mark(digest: bytes) -> np.uint64:
    """A short mark of a poster by the SHA-256 of its file."""
    return np.uint64(int.from_bytes(digest[:_MARK_BYTES], "big"))


def read_styles(folder: Path = SHIPPED, *, network: str | None = None) -> Styles:
    """The styles in a folder. Raises `StylesError` when they are missing, damaged or not for that network."""
    try:
        provenance = Provenance.model_validate_json((folder / _PROVENANCE).read_text(encoding="utf-8"))
        content = (folder / _ARRAYS).read_bytes()
    except (OSError, ValidationError, UnicodeDecodeError) as error:
        raise StylesError(f"{folder} holds no trained styles that can be read ({error})") from error
    if hashlib.sha256(content).hexdigest() != provenance.sha256:
        raise StylesError(f"{folder / _ARRAYS} is damaged; take it anew from the project or train it anew")
    if network is not None and network != provenance.network:
        raise StylesError(
            f"the styles in {folder} read vectors of {provenance.network}, not of {network}; "
            "train styles for it with `matinee index looks-train`"
        )
    if provenance.details != DETAILS:
        raise StylesError(f"the styles in {folder} read other figures of the pixels; train them anew")
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return _of(provenance, {name: arrays[name] for name in arrays.files})
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise StylesError(f"{folder / _ARRAYS} is not of this form ({error}); train the styles anew") from error


def write_styles(styles: Styles, folder: Path) -> None:
    """Writes `styles.npz` and `styles.json`. The provenance's checksum is set to what was written."""
    arrays: dict[str, npt.NDArray[Any]] = {
        "mean": styles.mean,
        "basis": styles.basis.astype(np.float16),
        "labelled": styles.labelled,
        "dated": styles.dated,
    }
    for style, head in styles.heads.items():
        arrays[f"{style}.vector"], arrays[f"{style}.details"] = head.on_vector, head.on_details
        arrays[f"{style}.bias"] = np.array([head.bias], dtype=np.float32)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _ARRAYS).open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
    digest = hashlib.sha256((folder / _ARRAYS).read_bytes()).hexdigest()
    provenance = styles.provenance.model_copy(update={"sha256": digest}).model_dump(mode="json")
    (folder / _PROVENANCE).write_text(json.dumps(provenance, indent=2) + "\n", encoding="utf-8")


def _of(provenance: Provenance, arrays: Mapping[str, npt.NDArray[Any]]) -> Styles:
    def head(style: Style) -> Head:
        on_vector, on_details = arrays[f"{style}.vector"], arrays[f"{style}.details"]
        if on_vector.shape != (provenance.dimension,) or on_details.shape != (len(DETAILS),):
            raise ValueError(f"the head of {style} has another shape than styles.json says")
        return Head(on_vector.astype(np.float32), on_details.astype(np.float32), float(arrays[f"{style}.bias"][0]))

    basis = arrays["basis"].astype(np.float32)
    if basis.shape != (provenance.network_dimension, provenance.dimension):
        raise ValueError("the basis has another shape than styles.json says")
    return Styles(
        provenance=provenance,
        mean=arrays["mean"].astype(np.float32),
        basis=basis,
        heads={style: head(style) for style in Style},
        labelled=arrays["labelled"].astype(np.uint64),
        dated=arrays["dated"].astype(np.uint64),
    )

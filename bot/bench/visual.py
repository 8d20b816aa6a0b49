"""`matinee bench visual`: how well looks are told, against statistics of the pixels alone on the same posters.

The labels are given by eye. Posters that the styles were trained on by a label are left out; those whose release year
alone took part are counted in the figures as `dated_in_training`.
"""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.bench.figures import Figures, Row
from index.errors import CatalogueError
from index.looks.labels import Label, read_labels
from index.looks.measuring import Measured, measure_posters
from index.looks.network import LITE0, ImageNetwork, load_network
from index.looks.pixels import DETAILS
from index.looks.styles import SHIPPED, Style, Styles, mark, read_styles

Scores = npt.NDArray[np.floating]

#: What is asked of each label, as its rows are named, and the style that answers.
_ASKED: Mapping[str, tuple[Callable[[Label], bool | None], Style]] = {
    "bright/dark": (lambda label: label.bright, Style.BRIGHT),
    "colourful/muted": (lambda label: label.colourful, Style.COLOURFUL),
    "vintage": (lambda label: label.vintage, Style.VINTAGE),
}
#: The peers: figures of the pixels alone.
_PEERS = ("lightness", "colourfulness", "warmth")


def measure(posters: Path, labels_file: Path, *, network_name: str = LITE0, styles_folder: Path = SHIPPED) -> Figures:
    """Measures the labelled posters `movieId.jpg` of a folder and scores them. Raises `index.errors.IndexingError`
    when the labels, the styles or the network cannot be read, and `CatalogueError` when no labelled poster is there."""
    labels = read_labels(labels_file)
    styles = read_styles(styles_folder, network=network_name)
    files = {name: path for name in labels if (path := posters / f"{name}.jpg").is_file()}
    if not files:
        raise CatalogueError(f"{posters} holds no movieId.jpg of the {len(labels)} posters that {labels_file} labels")
    measured, per_s = _timed(files, load_network(network_name))
    fresh = [row for row, digest in enumerate(measured.digests) if mark(digest) not in styles.labelled]
    data: dict[str, str | float] = {
        "network": network_name,
        "labelled": len(labels),
        "scored": len(fresh),
        "left_out_unreadable": len(measured.faults),
        "left_out_trained_on": len(measured.ids) - len(fresh),
        "dated_in_training": sum(1 for row in fresh if mark(measured.digests[row]) in styles.dated),
    }
    speed: Row = {"model": "matinee", "label": "all", "per_s": per_s}
    return Figures("visual", data, [*_rows(measured, fresh, labels, styles), speed])


def auc(scores: Scores, truth: npt.NDArray[np.bool_]) -> float | None:
    """Area under the ROC curve: how often one that is scores above one that is not, ties counting half. None when
    there are none of either. scores (n,), truth (n,) bool. Mann & Whitney 1947."""
    is_so, is_not = scores[truth], scores[~truth]
    if not is_so.size or not is_not.size:
        return None
    difference = is_so[:, None] - is_not[None, :]
    return float((difference > 0).mean() + (difference == 0).mean() / 2)


def _timed(files: Mapping[str, Path], network: ImageNetwork) -> tuple[Measured, float]:
    first = next(iter(files.items()))
    measure_posters(dict([first]), network=network)  # the network's first batch sets itself up
    started = time.perf_counter()
    measured = measure_posters(files, network=network)
    return measured, len(files) / (time.perf_counter() - started)


def _rows(measured: Measured, fresh: list[int], labels: Mapping[str, Label], styles: Styles) -> list[Row]:
    reduced, rows = styles.reduce(measured.vectors), list[Row]()
    for label, (says, style) in _ASKED.items():
        among = [row for row in fresh if says(labels[measured.ids[row]]) is not None]
        truth = np.array([bool(says(labels[measured.ids[row]])) for row in among], dtype=np.bool_)
        details = measured.details[among]
        models: dict[str, Scores] = {"matinee": styles.probability(style, reduced[among], details)}
        models |= {f"pixels: {name}": details[:, DETAILS.index(name)] for name in _PEERS}
        counts = {"for": int(truth.sum()), "against": int((~truth).sum())}
        rows += [{"model": name, "label": label, "auc": auc(found, truth), **counts} for name, found in models.items()]
    return rows

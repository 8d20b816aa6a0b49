"""Labels of posters, given by eye by the rules of LABELLING.md."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import CatalogueError

_FOLDER = Path(__file__).parent
#: Labels that benches score on; no poster in it takes part in training.
SCORED = _FOLDER / "labels.csv"
#: Labels that the styles are trained on.
TRAINING = _FOLDER / "labels_training.csv"

_CELLS: Mapping[str, Mapping[str, bool | None]] = {
    "brightness": {"bright": True, "dark": False, "": None},
    "palette": {"colourful": True, "muted": False, "": None},
    "vintage": {"yes": True, "no": False, "": None},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What one poster looks like to the eye: bright (not dark), colourful (not muted), vintage; None where unsure."""

    bright: bool | None
    colourful: bool | None
    vintage: bool | None


def read_labels(path: Path) -> dict[str, Label]:
    """The labels of a file `movieId,brightness,palette,vintage` by movieId. Raises `CatalogueError` with all faults."""
    labels: dict[str, Label] = {}
    faults: list[str] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if missing := {"movieId", *_CELLS} - set(rows.fieldnames or ()):
                raise CatalogueError(f"{path.name}:1: no column {', '.join(sorted(missing))}")
            for row in rows:
                place, movie_id = f"{path.name}:{rows.line_num}", (row["movieId"] or "").strip()
                cells = {column: (row[column] or "").strip().lower() for column in _CELLS}
                if not movie_id or movie_id in labels:
                    faults.append(f"{place}: movieId is {'twice in the file' if movie_id else 'empty'}")
                faults += [
                    f"{place}: {column} is {cell!r}, not one of {', '.join(filter(None, _CELLS[column]))} or empty"
                    for column, cell in cells.items()
                    if cell not in _CELLS[column]
                ]
                bright, colourful, vintage = (_CELLS[column].get(cell) for column, cell in cells.items())
                labels[movie_id] = Label(bright=bright, colourful=colourful, vintage=vintage)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CatalogueError(f"{path} cannot be read as labels: {error}") from error
    if faults:
        raise CatalogueError("\n".join(faults))
    return labels

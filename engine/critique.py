"""Critiquing: "like X but less scary" must move along the asked axis, from where X stands."""

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from engine.wishes import Wish
from index import Catalogue, RowSet
from index.catalogue import AXIS_COLUMN
from index.rows import Rows
from nlu.frame import Shift

#: The least movement that a person notices, on an axis of 0 to 1.
NOTICEABLE = 0.1


def reference_tone(catalogue: Catalogue, anchors: Rows) -> npt.NDArray[np.float32] | None:
    """The mean tone of the anchor films, (13,) float32; None without anchors or where one of the axes is unknown."""
    if not len(anchors):
        return None
    tone = catalogue.tone[anchors]
    known = tone[~np.isnan(tone).any(axis=1)]
    return np.asarray(known.mean(axis=0), dtype=np.float32) if len(known) else None


def movement(catalogue: Catalogue, moving: Mapping[str, Shift], base: npt.NDArray[np.float32] | None) -> Iterable[Wish]:
    """One wish a moving axis: to lie noticeably beyond the base (13,) in the asked direction.

    From a base that already stands near the end of the axis, half of what is left counts as noticeable.
    """
    if base is None:
        return
    for axis, shift in moving.items():
        if axis not in AXIS_COLUMN:
            continue
        start = float(base[AXIS_COLUMN[axis]])
        room = 1.0 - start if shift.direction > 0 else start
        least = min(NOTICEABLE, room / 2)
        way = (catalogue.tone[:, AXIS_COLUMN[axis]] - start) * shift.direction
        words = f"{'more' if shift.direction > 0 else 'less'} {axis}"
        yield Wish("movement", words, RowSet(np.nan_to_num(way, nan=-1.0) >= least))

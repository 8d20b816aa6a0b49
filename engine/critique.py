"""Critiquing: "like X but less scary" must move along the asked axis, from where X stands."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from engine.wishes import Wish
from index import Catalogue, Film, RowSet
from index.catalogue import AXIS_COLUMN
from index.rows import Rows
from nlu.frame import Frame, Shift

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


def against_shown(frame: Frame, compares: Sequence[str], shown: Sequence[Film]) -> Frame:
    """The frame with the ranges that are comparisons ("older", "shorter") counted from the films shown: an older one
    came out before their mean year. Ranges stay as they are where the films' figures are unknown."""
    years = [film.year for film in shown if film.year]
    if "year" in compares and years:
        mean = sum(years) / len(years)
        older = frame.year[0] is None
        frame = replace(frame, year=(None, math.ceil(mean) - 1) if older else (math.floor(mean) + 1, None))
    runtimes_min = [film.runtime_min for film in shown if film.runtime_min]
    if "runtime_min" in compares and runtimes_min:
        mean = sum(runtimes_min) / len(runtimes_min)
        shorter = frame.runtime_min[0] is None
        bounds = (None, math.ceil(mean) - 1) if shorter else (math.floor(mean) + 1, None)
        frame = replace(frame, runtime_min=bounds)
    return frame

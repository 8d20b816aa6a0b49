"""Tone: how a film answers wishes and comparisons along the tone axes."""

from collections.abc import Mapping

import numpy as np

from engine.reasons import ReasonCode
from engine.signals.signal import CLEARLY, Part, Scores, Signal, mean_of
from index import Catalogue
from index.catalogue import AXIS_COLUMN
from nlu.frame import Shift
from persona_configs.phrases import Phrase

#: How far along an axis a wish of full strength wants to go.
FULL_MOVEMENT = 0.6


def tone_signal(
    catalogue: Catalogue,
    shifts: Mapping[str, Shift],
    base: Scores | None,
    *,
    moving: Mapping[str, Shift],
    weight: float,
) -> Signal | None:
    """How well a film's tone answers the asked shifts; None when nothing is asked.

    "A scary film" wants much of the axis, whatever came before. The `moving` axes are comparisons with the films that
    stand at `base` (13,): they want a film that has gone from there in the asked direction and stays near on the axes
    that nobody spoke of. A film without tone figures gets the mean of the films that have them.
    """
    asked = {axis: shift for axis, shift in shifts.items() if axis in AXIS_COLUMN}
    if not asked and base is None:
        return None
    parts = []
    for axis, shift in asked.items():
        values = catalogue.tone[:, AXIS_COLUMN[axis]]
        if base is not None and axis in moving:
            way = (values - base[AXIS_COLUMN[axis]]) * shift.direction
            reached = np.clip(way / (FULL_MOVEMENT * max(shift.strength, 0.2)), 0.0, 1.0)
            phrase = Phrase.REASON_TONE_MORE if shift.direction > 0 else Phrase.REASON_TONE_LESS
        else:
            reached = values if shift.direction > 0 else 1.0 - values
            phrase = Phrase.REASON_TONE_HIGH if shift.direction > 0 else Phrase.REASON_TONE_LOW
        parts.append(Part(_filled(reached), ReasonCode(phrase, "tone", 0.0, {"axis": axis})))
    still = [column for axis, column in AXIS_COLUMN.items() if axis not in asked]
    if base is not None and still:
        drift = np.abs(catalogue.tone[:, still] - base[still]).mean(axis=1)
        parts.append(Part(_filled(np.clip(1.0 - 2.0 * drift, 0.0, 1.0)), None))
    return mean_of("tone", weight, parts)


def _filled(values: Scores) -> Scores:
    known = ~np.isnan(values)
    return np.where(known, values, values[known].mean() if known.any() else CLEARLY).astype(np.float32)

"""How well known a film is."""

import numpy as np

from engine.signals.signal import Signal
from index import Catalogue


def popularity_signal(catalogue: Catalogue, *, weight: float) -> Signal | None:
    """How well known a film is; a film without a figure stands at the median. None when no film has one."""
    figures = catalogue.figures("popularity")
    known = ~np.isnan(figures)
    if not known.any():
        return None
    scores = np.where(known, figures, np.median(figures[known])).astype(np.float32)
    return Signal("ratings", weight, scores, lambda _row: [])

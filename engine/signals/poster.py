"""Looks: how a film's poster answers the visual words."""

from dataclasses import dataclass

import numpy as np

from engine.reasons import ReasonCode
from engine.signals.signal import CLEARLY, Part, Scores, Signal, mean_of
from index import Catalogue
from nlu.frame import Frame
from persona_configs.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Look:
    """How a visual word is read of a poster: the figure, whether much of it is meant, and the figure from which the
    word may be said of the film. Films are ranked by the figure; only the rank decides, the bound keeps words true."""

    figure: str
    much: bool
    said_from: float


_LOOKS: dict[str, Look] = {
    "bright": Look("lightness", much=True, said_from=0.5),
    "dark": Look("lightness", much=False, said_from=0.4),
    "colourful": Look("colourfulness", much=True, said_from=0.45),
    "muted": Look("colourfulness", much=False, said_from=0.3),
    "warm": Look("warmth", much=True, said_from=0.5),
    "cool": Look("warmth", much=False, said_from=0.35),
    "vintage": Look("vintage", much=True, said_from=0.8),
}


def poster_signal(catalogue: Catalogue, frame: Frame, *, weight: float) -> Signal | None:
    """How well the posters' measured figures answer the visual words, by rank among the films that have figures.

    A film without a poster stands in the middle. Returns None when no visual word is asked, or nothing is measured.
    """
    asked = [(word, True) for word in frame.wants.visual] + [(word, False) for word in frame.avoids.visual]
    parts = []
    for word, wanted in (each for each in asked if each[0] in _LOOKS):
        look = _LOOKS[word]
        figures = catalogue.figures(look.figure)
        known = ~np.isnan(figures)
        if not known.any():
            continue
        ranks = np.full(len(catalogue), CLEARLY - 1e-3, dtype=np.float32)
        ranks[known] = _ranks(figures[known])
        scores = ranks if look.much == wanted else 1.0 - ranks
        reason = ReasonCode(Phrase.REASON_VISUAL, "poster", 0.0, {"words": word}) if wanted else None
        true_of = (figures >= look.said_from) if look.much else (figures <= look.said_from)
        parts.append(Part(scores, reason, true_of))
    return mean_of("poster", weight, parts) if parts else None


def _ranks(figures: Scores) -> Scores:
    """The rank of each figure among all, (n,) in [0, 1]; equal figures share the middle of their ranks."""
    ordered = np.sort(figures)
    below, up_to = (np.searchsorted(ordered, figures, side=side) for side in ("left", "right"))
    return np.asarray((below + up_to - 1) / 2 / max(len(figures) - 1, 1), dtype=np.float32)

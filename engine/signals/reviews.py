"""What viewers thought of a film, by their reviews."""

import numpy as np
from scipy.special import ndtr

from engine.reasons import ReasonCode
from engine.signals.signal import CLEARLY, Scores, Signal
from index import Catalogue
from nlu.frame import WELL_REVIEWED, Frame
from persona_configs.phrases import Phrase

#: From here on a film's reviews are called warm: of 229 films whose shrunk sentiment lay above and rested on three
#: labelled reviews or more, 98 % had a mean above the middle of the stars (Large Movie Review Dataset).
WARM_FROM, WARM_REVIEWS_LEAST = 0.2, 3


def reviews_signal(catalogue: Catalogue, frame: Frame, *, weight: float) -> Signal | None:
    """How warmly viewers wrote about each film, among the films of its catalogue; a film without reviews stands in the
    middle.

    Where no film has reviews and praise is asked for, awards answer: juries are the only viewers known. None where
    nothing is known either way, or where the person does not care for praise.
    """
    if WELL_REVIEWED in frame.avoids.keywords:
        return None
    asked = asks_for_praise(frame)
    sentiment = catalogue.figures("sentiment")
    if np.isnan(sentiment).all():
        return _awards_signal(catalogue, weight=weight) if asked else None
    scores = _standing(sentiment)
    phrase = Phrase.REASON_ACCLAIM if asked else Phrase.REASON_REVIEWS

    def codes(row: int) -> list[ReasonCode]:
        reviews = catalogue.films[row].reviews or 0
        warm = sentiment[row] >= WARM_FROM and reviews >= WARM_REVIEWS_LEAST and scores[row] >= CLEARLY
        return [ReasonCode(phrase, "reviews", 0.0, {"count": f"{reviews:,}"})] if warm else []

    return Signal("reviews", weight, scores, codes, known=~np.isnan(sentiment))


def asks_for_praise(frame: Frame) -> bool:
    """Whether the person wants a film that others thought well of ("critically acclaimed")."""
    return WELL_REVIEWED in frame.wants.keywords


def _standing(sentiment: Scores) -> Scores:
    """The share of films that a normal spread would leave below each figure, (n,) in [0, 1]; 0.5 where unknown."""
    known = ~np.isnan(sentiment)
    found = np.full(len(sentiment), CLEARLY, dtype=np.float32)
    spread = float(sentiment[known].std())
    if spread > 0:
        found[known] = ndtr((sentiment[known] - sentiment[known].mean()) / spread)
    return found


def _awards_signal(catalogue: Catalogue, *, weight: float) -> Signal | None:
    films = catalogue.films
    scores = np.array([1.0 if film.awards else 0.5 for film in films], dtype=np.float32)
    if not (scores > CLEARLY).any():
        return None

    def codes(row: int) -> list[ReasonCode]:
        return [ReasonCode(Phrase.REASON_AWARD, "reviews", 0.0, {"award": award}) for award in films[row].awards[:1]]

    return Signal("reviews", weight, scores, codes, known=scores > CLEARLY)

"""Order: what a person wants to see first, where a figure tells."""

from collections.abc import Callable

import numpy as np

from engine.reasons import ReasonCode
from engine.signals.signal import CLEARLY, Scores, Signal
from engine.wire import Source
from index import Catalogue
from nlu.frame import Sort
from persona_configs.phrases import Phrase

#: An order that was asked for outweighs what was learned of the sources, and leaves the wishes their say.
ORDER_WEIGHT = 3.0


#: More awards than this make a film no better known for its worth.
_AWARDS_MOST = 4


def order_signal(catalogue: Catalogue, sort: Sort | None) -> Signal | None:
    """How far ahead each film comes in the asked order: the share of films not before it, (n,) in [0, 1]; films without
    the figure come last. None where no order is asked, or no film has the figure."""
    if sort is None:
        return None
    figures, source, code = _FIGURES[sort](catalogue)
    known = ~np.isnan(figures)
    if not known.any():
        return None
    scores = np.zeros(len(catalogue), dtype=np.float32)
    scores[known] = ranks(figures[known])

    def codes(row: int) -> list[ReasonCode]:
        return [told] if known[row] and scores[row] >= CLEARLY and (told := code(row)) is not None else []

    return Signal(source, ORDER_WEIGHT, scores, codes, known=known)


def ranks(figures: Scores) -> Scores:
    """The share of figures that are no larger than each one, (m,) above 0 and up to 1; equal figures share a rank."""
    reached = np.searchsorted(np.sort(figures), figures, side="right")
    return np.asarray(reached / len(figures), dtype=np.float32)


Told = Callable[[int], ReasonCode | None]


def _years(catalogue: Catalogue, sign: float) -> tuple[Scores, Source, Told]:
    def code(row: int) -> ReasonCode:
        return ReasonCode(Phrase.REASON_ERA, "facts", 0.0, {"year": str(catalogue.films[row].year)})

    return np.asarray(sign * catalogue.years, dtype=np.float32), "facts", code


def _runtimes(catalogue: Catalogue, sign: float) -> tuple[Scores, Source, Told]:
    def code(row: int) -> ReasonCode:
        return ReasonCode(Phrase.REASON_RUNTIME, "facts", 0.0, {"minutes": str(catalogue.films[row].runtime_min)})

    return np.asarray(sign * catalogue.runtimes_min, dtype=np.float32), "facts", code


def _known(catalogue: Catalogue, sign: float) -> tuple[Scores, Source, Told]:
    return np.asarray(sign * catalogue.figures("popularity"), dtype=np.float32), "ratings", lambda _row: None


def _praise(catalogue: Catalogue) -> tuple[Scores, Source, Told]:
    """What viewers and juries thought: the reviews' sentiment on 0-1 and as much for awards; NaN without either."""
    sentiment = catalogue.figures("sentiment")
    awards = np.array([min(len(film.awards), _AWARDS_MOST) / _AWARDS_MOST for film in catalogue.films])
    said = np.where(np.isnan(sentiment), 0.5, (sentiment + 1.0) / 2.0)
    figures = np.where(np.isnan(sentiment) & (awards == 0), np.nan, said + awards)

    def code(row: int) -> ReasonCode | None:
        named = catalogue.films[row].awards[:1]
        return ReasonCode(Phrase.REASON_AWARD, "reviews", 0.0, {"award": named[0]}) if named else None

    return figures.astype(np.float32), "reviews", code


_FIGURES: dict[Sort, Callable[[Catalogue], tuple[Scores, Source, Told]]] = {
    Sort.POPULAR: lambda catalogue: _known(catalogue, 1.0),
    Sort.OBSCURE: lambda catalogue: _known(catalogue, -1.0),
    Sort.BEST: _praise,
    Sort.NEWEST: lambda catalogue: _years(catalogue, 1.0),
    Sort.OLDEST: lambda catalogue: _years(catalogue, -1.0),
    Sort.SHORTEST: lambda catalogue: _runtimes(catalogue, -1.0),
    Sort.LONGEST: lambda catalogue: _runtimes(catalogue, 1.0),
}

"""The persona's own leaning."""

import numpy as np

from engine.reasons import ReasonCode
from engine.signals.signal import Signal
from index import Catalogue
from persona_configs.phrases import Phrase
from persona_configs.schema import Leaning


def persona_signal(catalogue: Catalogue, leaning: Leaning, *, weight: float) -> Signal | None:
    """The persona's leaning, from 0 (rather not) over 0.5 (nothing to say) to 1 (gladly); None when it has none."""
    words = {**leaning.moods, **leaning.themes, **leaning.genres}
    if not words and not leaning.awards:
        return None
    sums = np.zeros(len(catalogue), dtype=np.float32)
    liked: list[list[str]] = []
    for row, film in enumerate(catalogue.films):
        own = (*film.moods, *film.themes, *film.genres)
        sums[row] = sum(words.get(word, 0.0) for word in own) + (leaning.awards if film.awards else 0.0)
        liked.append(sorted((word for word in own if words.get(word, 0.0) > 0.0), key=lambda word: -words[word]))
    scores = (0.5 + 0.5 * np.tanh(sums / 2.0)).astype(np.float32)

    def codes(row: int) -> list[ReasonCode]:
        said = " and ".join(word.replace("-", " ") for word in liked[row][:2])
        return [ReasonCode(Phrase.REASON_PERSONA, "persona", 0.0, {"words": said})] if said else []

    return Signal("persona", weight, scores, codes)

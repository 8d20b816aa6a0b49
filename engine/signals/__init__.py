"""What speaks for each film, one module a source of evidence: scores over all rows, and reasons."""

from engine.signals.facts import facts_signal
from engine.signals.leaning import persona_signal
from engine.signals.meaning import COSINE_RANGE, FILM_COSINE_RANGE, likeness_signal, plot_signal, topic_scores
from engine.signals.order import ORDER_WEIGHT, order_signal
from engine.signals.poster import comparable, looks_like_signal, poster_signal
from engine.signals.ratings import popularity_signal, viewers_signal
from engine.signals.reviews import asks_for_praise, reviews_signal
from engine.signals.signal import BLACK_AND_WHITE, CLEARLY, Part, Scores, Signal, cosines, mean_of, scaled
from engine.signals.taste import MOST_OPINIONS, taste_signal
from engine.signals.tone import FULL_MOVEMENT, tone_signal

__all__ = [
    "BLACK_AND_WHITE",
    "CLEARLY",
    "COSINE_RANGE",
    "FILM_COSINE_RANGE",
    "FULL_MOVEMENT",
    "MOST_OPINIONS",
    "ORDER_WEIGHT",
    "Part",
    "Scores",
    "Signal",
    "asks_for_praise",
    "comparable",
    "cosines",
    "facts_signal",
    "likeness_signal",
    "looks_like_signal",
    "mean_of",
    "order_signal",
    "persona_signal",
    "plot_signal",
    "popularity_signal",
    "poster_signal",
    "reviews_signal",
    "scaled",
    "taste_signal",
    "tone_signal",
    "topic_scores",
    "viewers_signal",
]

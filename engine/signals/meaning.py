"""Meaning: how near a film's plot is to the request's words, or to films that were named."""

import re

import numpy as np

from engine.reasons import ReasonCode
from engine.signals.signal import CLEARLY, Signal, cosines, scaled
from index import Catalogue, RowSet, VectorStore
from index.encoder import Vectors
from index.rows import Rows
from persona_configs.phrases import Phrase

#: Cosines of MiniLM between a short request and a film: below the first says nothing, above the second is as near
#: as it gets (the 50th and the 99.9th percentile over the starter catalogue).
COSINE_RANGE = (0.08, 0.55)
#: The same between two films.
FILM_COSINE_RANGE = (0.15, 0.65)
#: A request's words are quoted back up to this length; longer ones are told by the film's keywords or not at all.
_QUOTED_CHARS = 40
#: Shorter words say too little to be told as shared.
_TELLING_CHARS = 4
_WORD = re.compile(r"\w+")


def plot_signal(
    catalogue: Catalogue, store: VectorStore, query: Vectors, among: RowSet, *, rest: str, weight: float
) -> Signal:
    """Nearness of meaning between the request's words and each film's plot. query (d,) unit length."""
    scores = scaled(cosines(store, query, among), COSINE_RANGE)
    asked = frozenset(word for word in _WORD.findall(rest.lower()) if len(word) >= _TELLING_CHARS)

    def codes(row: int) -> list[ReasonCode]:
        film = catalogue.films[row]
        shared = [word for word in film.keywords if asked.intersection(_WORD.findall(word.lower()))]
        said = ", ".join(shared[:2]) or (rest if len(rest) <= _QUOTED_CHARS else "")
        spoke = bool(rest) and scores[row] >= CLEARLY and bool(said)
        return [ReasonCode(Phrase.REASON_PLOT, "plot", 0.0, {"words": said})] if spoke else []

    return Signal("plot", weight, scores, codes)


def likeness_signal(catalogue: Catalogue, store: VectorStore, anchors: Rows, among: RowSet, *, weight: float) -> Signal:
    """Nearness to the anchor films (a,): half of it in meaning, half in shared genres, moods and themes (Jaccard)."""
    near = np.mean([cosines(store, vector, among) for vector in store.vectors(anchors)], axis=0)
    meaning = scaled(near, FILM_COSINE_RANGE)
    words = [frozenset((*film.genres, *film.moods, *film.themes)) for film in catalogue.films]
    shared = [
        np.mean([len(words[row] & own) / max(len(words[row] | own), 1) for row in anchors], dtype=np.float32)
        for own in words
    ]
    scores = (0.5 * meaning + 0.5 * scaled(np.array(shared, dtype=np.float32), (0.0, 0.5))).astype(np.float32)
    titles = " and ".join(catalogue.films[row].title for row in anchors)
    reason = ReasonCode(Phrase.REASON_LIKE, "plot", 0.0, {"title": titles})
    return Signal("plot", weight, scores, lambda row: [reason] if scores[row] > 0.25 else [])

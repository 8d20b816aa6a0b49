"""Meaning: how near a film's plot is to the request's words, or to films that were named."""

import re
from collections.abc import Collection, Sequence

import numpy as np

from engine.reasons import ReasonCode
from engine.signals.signal import CLEARLY, Scores, Signal, cosines, scaled
from index import Catalogue, RowSet, VectorStore
from index.encoder import Vectors
from index.rows import Rows
from index.topics import name_words
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
#: How much of the way to the nearest a plot goes that is all of a named topic. Of 0 to 0.8 the best for the 48
#: tag-genome tags that name a topic of 3,385 plots: nDCG@10 .362 against .334 without topics.
_TOPIC_PART = 0.5
_WORD = re.compile(r"\w+")


def plot_signal(
    catalogue: Catalogue,
    store: VectorStore,
    query: Vectors,
    among: RowSet,
    *,
    rest: str,
    weight: float,
    subjects: Sequence[str] = (),
) -> Signal:
    """Nearness of meaning between the request's words and each film's plot. query (d,) unit length.

    Films of a topic that the words of `rest` or the `subjects` (wanted keywords and themes) name stand nearer.
    """
    plain = scaled(cosines(store, query, among), COSINE_RANGE)
    asked = frozenset(word for word in _WORD.findall(rest.lower()) if len(word) >= _TELLING_CHARS)
    named = asked | {word for subject in subjects for word in _WORD.findall(subject.lower())}
    topics = topic_scores(catalogue, named)
    scores = np.where(among.mask, plain + _TOPIC_PART * topics * (1.0 - plain), plain).astype(np.float32)

    def codes(row: int) -> list[ReasonCode]:
        film = catalogue.films[row]
        shared = [word for word in film.keywords if asked.intersection(_WORD.findall(word.lower()))]
        if topics[row] > 0.0 and not shared:
            shared = [word for word in dict.fromkeys(_WORD.findall(film.synopsis.lower())) if word in asked]
        # A topic brings words along that were not asked for: the whole request is quoted for its own nearness only.
        quoted = rest if len(rest) <= _QUOTED_CHARS and plain[row] >= CLEARLY else ""
        said = ", ".join(shared[:2]) or quoted
        spoke = bool(rest) and scores[row] >= CLEARLY and bool(said)
        return [ReasonCode(Phrase.REASON_PLOT, "plot", 0.0, {"words": said})] if spoke else []

    return Signal("plot", weight, scores, codes)


def topic_scores(catalogue: Catalogue, words: Collection[str]) -> Scores:
    """How much of each film's plot belongs to the topics that the words (lower case) name, (n,) in [0, 1].

    A topic is named by any word of its name, and by the plural of one: "heists" names "heist · vault · crew". Of a pair
    ("bank robbery") both words must be there. Topics hold telling words alone, so that "film" and "the" name none.
    """
    said = set(words) | {word.removesuffix("s") for word in words}
    found = np.zeros(len(catalogue), dtype=np.float32)
    for name, (rows, shares) in catalogue.topics.items():
        if any(said.issuperset(word.split()) for word in name_words(name)):
            found[rows] += shares
    return np.minimum(found, 1.0)


def likeness_signal(catalogue: Catalogue, store: VectorStore, anchors: Rows, among: RowSet, *, weight: float) -> Signal:
    """Nearness to the anchor films (a,): half of it in meaning, half in shared genres, moods and themes (Jaccard)."""
    near = np.mean([cosines(store, vector, among) for vector in store.vectors(anchors)], axis=0)
    meaning = scaled(near, FILM_COSINE_RANGE)
    shared = np.mean([catalogue.shared_labels(int(row)) for row in anchors], axis=0)
    scores = (0.5 * meaning + 0.5 * scaled(shared, (0.0, 0.5))).astype(np.float32)
    titles = " and ".join(catalogue.films[row].title for row in anchors)
    reason = ReasonCode(Phrase.REASON_LIKE, "plot", 0.0, {"title": titles})
    return Signal("plot", weight, scores, lambda row: [reason] if scores[row] > 0.25 else [])

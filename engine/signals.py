"""What speaks for each film, by source of evidence: scores over all rows, and the reasons behind one row's score."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.moods import MoodAffinity
from engine.reasons import ReasonCode
from engine.store import Taste
from engine.wire import Source
from index import Catalogue, RowSet, VectorStore
from index.catalogue import AXIS_COLUMN
from index.encoder import Vectors
from index.rows import Mask, Rows
from nlu.frame import Frame, Shift
from persona_configs.phrases import Phrase
from persona_configs.schema import Leaning

Scores = npt.NDArray[np.float32]

#: Cosines of MiniLM between a short request and a film: below the first says nothing, above the second is as near
#: as it gets (the 50th and the 99.9th percentile over the starter catalogue).
COSINE_RANGE = (0.08, 0.55)
#: The same between two films.
FILM_COSINE_RANGE = (0.15, 0.65)
#: How far along an axis a wish of full strength wants to go.
FULL_MOVEMENT = 0.6
#: The visual word that no poster answers: films carry it as a keyword.
BLACK_AND_WHITE = "black-and-white"
#: Likes and dislikes that are looked at, the latest ones.
MOST_OPINIONS = 30
#: A request's words are quoted back up to this length; longer ones are told by the film's keywords or not at all.
_QUOTED_CHARS = 40
#: Shorter words say too little to be told as shared.
_TELLING_CHARS = 4
_WORD = re.compile(r"\w+")
#: A figure counts as said of a film from here on.
CLEARLY = 0.5


@dataclass(frozen=True, slots=True)
class Signal:
    """One source's view of all films: `scores` (n,) float32 in [0, 1] without NaN, the `weight` of the source in
    this request, and `codes`, which gives the reasons for one row (their weights are filled in by the fusion)."""

    source: Source
    weight: float
    scores: Scores
    codes: Callable[[int], Sequence[ReasonCode]]


@dataclass(frozen=True, slots=True)
class Part:
    """One asked word: its scores (n,) in [0, 1], and the reason to give for a film that meets it: one that scores
    clearly, and that `true_of` (n,) holds for where it is given."""

    scores: Scores
    reason: ReasonCode | None
    true_of: Mask | None = None

    def speaks_for(self, row: int) -> bool:
        """Whether the reason may be given for the row."""
        true = self.true_of is None or bool(self.true_of[row])
        return self.reason is not None and self.scores[row] >= CLEARLY and true


def _scaled(values: Scores, bounds: tuple[float, float]) -> Scores:
    low, high = bounds
    scaled: Scores = np.clip((values - low) / (high - low), 0.0, 1.0).astype(np.float32)
    return scaled


def _mean_of(source: Source, weight: float, parts: Sequence[Part]) -> Signal:
    scores = np.mean([part.scores for part in parts], axis=0).astype(np.float32)

    def codes(row: int) -> list[ReasonCode]:
        return [part.reason for part in parts if part.reason is not None and part.speaks_for(row)]

    return Signal(source, weight, scores, codes)


def cosines(store: VectorStore, query: Vectors, among: RowSet) -> Scores:
    """Cosine of each row to the query (d,), (n,) float32; -1 for the rows outside `among`."""
    hits = store.search(query, k=len(among), among=among)
    found = np.full(store.n, -1.0, dtype=np.float32)
    found[hits.rows] = hits.scores
    return found


def plot_signal(
    catalogue: Catalogue, store: VectorStore, query: Vectors, among: RowSet, *, rest: str, weight: float
) -> Signal:
    """Nearness of meaning between the request's words and each film's plot. query (d,) unit length."""
    scores = _scaled(cosines(store, query, among), COSINE_RANGE)
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
    meaning = _scaled(near, FILM_COSINE_RANGE)
    words = [frozenset((*film.genres, *film.moods, *film.themes)) for film in catalogue.films]
    shared = [
        np.mean([len(words[row] & own) / max(len(words[row] | own), 1) for row in anchors], dtype=np.float32)
        for own in words
    ]
    scores = (0.5 * meaning + 0.5 * _scaled(np.array(shared, dtype=np.float32), (0.0, 0.5))).astype(np.float32)
    titles = " and ".join(catalogue.films[row].title for row in anchors)
    reason = ReasonCode(Phrase.REASON_LIKE, "plot", 0.0, {"title": titles})
    return Signal("plot", weight, scores, lambda row: [reason] if scores[row] > 0.25 else [])


def facts_signal(catalogue: Catalogue, frame: Frame, moods: MoodAffinity, *, weight: float) -> Signal | None:
    """How many of the asked moods, themes, genres and keywords a film has; near moods count in part.

    Returns None when the frame asks for none of them.
    """
    wants = frame.wants
    n = len(catalogue)
    parts = [
        Part(moods.scores(word), ReasonCode(Phrase.REASON_MOOD, "facts", 0.0, {"words": word})) for word in wants.moods
    ]
    for field, words, phrase in (
        ("themes", wants.themes, Phrase.REASON_THEME),
        ("genres", wants.genres, Phrase.REASON_GENRE),
        ("keywords", wants.keywords, Phrase.REASON_PLOT),
    ):
        for word in words:
            mask = catalogue.having(field, word).mask
            if field == "keywords" and not mask.any():
                continue  # not a word of this catalogue: the plots' meaning answers for it
            said = word.lower().replace("-", " ")
            parts.append(Part(mask.astype(np.float32), ReasonCode(phrase, "facts", 0.0, {"words": said})))
    if BLACK_AND_WHITE in wants.visual:
        said = BLACK_AND_WHITE.replace("-", " ")
        mask = catalogue.having("keywords", said).mask
        parts.append(Part(mask.astype(np.float32), ReasonCode(Phrase.REASON_GENRE, "facts", 0.0, {"words": said})))
    parts += [Part(1.0 - moods.scores(word), None) for word in frame.avoids.moods]
    return _mean_of("facts", weight, parts) if parts and n else None


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
    return _mean_of("tone", weight, parts)


def _filled(values: Scores) -> Scores:
    known = ~np.isnan(values)
    return np.where(known, values, values[known].mean() if known.any() else CLEARLY).astype(np.float32)


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
    return _mean_of("poster", weight, parts) if parts else None


def _ranks(figures: Scores) -> Scores:
    """The rank of each figure among all, (n,) in [0, 1]; equal figures share the middle of their ranks."""
    ordered = np.sort(figures)
    below, up_to = (np.searchsorted(ordered, figures, side=side) for side in ("left", "right"))
    return np.asarray((below + up_to - 1) / 2 / max(len(figures) - 1, 1), dtype=np.float32)


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


def _nearest(store: VectorStore, rows: Rows, among: RowSet) -> Scores:
    """Cosines to each of the rows, (max(rows, 1), n); -1 throughout when there are none."""
    if not len(rows):
        return np.full((1, store.n), -1.0, dtype=np.float32)
    return np.stack([cosines(store, vector, among) for vector in store.vectors(rows)])


def taste_signal(
    catalogue: Catalogue, store: VectorStore, taste: Taste, among: RowSet, *, may: RowSet, weight: float
) -> Signal | None:
    """Nearness to the films that the person liked, less nearness to those they did not; None without either. Liked
    films outside of `may`, which the persona shows no more, neither count nor are named."""
    liked = (catalogue.rows_of((*taste.liked, *taste.saved)[-MOST_OPINIONS:]) & may).rows
    disliked = catalogue.rows_of((*taste.disliked, *taste.rejected)[-MOST_OPINIONS:]).rows
    if not len(liked) and not len(disliked):
        return None
    near = _nearest(store, liked, among)
    pull = _scaled(near.max(axis=0), FILM_COSINE_RANGE)
    push = _scaled(_nearest(store, disliked, among).max(axis=0), FILM_COSINE_RANGE)
    scores = np.clip(0.5 + 0.5 * pull - 0.5 * push, 0.0, 1.0).astype(np.float32)

    def codes(row: int) -> list[ReasonCode]:
        if not len(liked) or pull[row] < CLEARLY:
            return []
        nearest = catalogue.films[int(liked[int(near[:, row].argmax())])]
        if nearest is catalogue.films[row]:
            return []  # a film is no reason for itself
        return [ReasonCode(Phrase.REASON_TASTE, "taste", 0.0, {"title": nearest.title})]

    return Signal("taste", weight, scores, codes)


def popularity_signal(catalogue: Catalogue, *, weight: float) -> Signal | None:
    """How well known a film is; a film without a figure stands at the median. None when no film has one."""
    figures = catalogue.figures("popularity")
    known = ~np.isnan(figures)
    if not known.any():
        return None
    scores = np.where(known, figures, np.median(figures[known])).astype(np.float32)
    return Signal("ratings", weight, scores, lambda _row: [])

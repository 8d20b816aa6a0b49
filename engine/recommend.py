"""The recommender: a frame, a persona and a taste in; films with their reasons out. Pure: no clock, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.critique import movement, reference_tone
from engine.diversity import diversify
from engine.fusion import Fused, fuse
from engine.limits import permitted
from engine.looks import Bars, bars, chosen_starts, look_movement
from engine.moods import MoodAffinity
from engine.query import query_text, story_words
from engine.reasons import ReasonCode
from engine.signals import (
    Scores,
    Signal,
    asks_for_praise,
    comparable,
    facts_signal,
    likeness_signal,
    looks_like_signal,
    order_signal,
    persona_signal,
    plot_signal,
    popularity_signal,
    poster_signal,
    reviews_signal,
    taste_signal,
    tone_signal,
    viewers_signal,
)
from engine.store import Taste
from engine.viewers import Viewers
from engine.weights import Weights, learned_weights
from engine.wire import Evidence
from engine.wishes import Wish, musts, unmet_themes, wishes
from index import Artefact, RowSet, TextEncoder
from index.parts import seen_rows
from nlu.frame import LOOKS_LIKE, Frame, Shift
from persona_configs.phrases import Phrase
from persona_configs.schema import Persona

#: Best films among which chance chooses when nothing is asked.
_SURPRISE_POOL = 30
#: Scores that agree in as many decimals are equal.
_SCORE_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked: the frame in force, of which persona, for whose taste, and how many films.

    `compared_with` are the films that a comparison starts from when the frame names none that it is like, and
    `axes_compared` the tone axes that are meant so ("less scary" than those); the other axes are wishes as such. In the
    same way `looks_compared` are the visual words that are meant so ("brighter"), even when the frame is like others.
    `seed` decides chance, where the frame asks for a surprise.
    """

    frame: Frame
    persona: Persona
    taste: Taste = field(default_factory=Taste)
    compared_with: tuple[str, ...] = ()
    axes_compared: frozenset[str] = frozenset()
    looks_compared: frozenset[str] = frozenset()
    n: int = 3
    seed: int = 0
    surprise: bool = False


@dataclass(frozen=True, slots=True)
class Recommended:
    """One film with its fused score in [0, 1], its reasons (heaviest first), its evidence, and the words of the
    wishes that it does not meet."""

    row: int
    score: float
    codes: tuple[ReasonCode, ...]
    evidence: tuple[Evidence, ...]
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """The answer: at most n films, best first; `relaxed` are the wishes that gave way, in words."""

    films: tuple[Recommended, ...]
    relaxed: tuple[str, ...] = ()


class Recommender:
    """Answers requests over one artefact. Thread-safe: nothing changes after it is made."""

    def __init__(self, artefact: Artefact, encoder: TextEncoder, *, weights: Weights | None = None) -> None:
        self.artefact, self.catalogue, self._store = artefact, artefact.catalogue, artefact.text
        self._encoder, self._weights = encoder, weights or learned_weights()
        self._moods = MoodAffinity(self.catalogue)
        self._viewers = Viewers(artefact.items, artefact.text) if artefact.items is not None else None
        self._seen = seen_rows(artefact.looks) if artefact.looks is not None else None
        self._alphabet = np.argsort(np.argsort([film.movie_id for film in self.catalogue.films]))
        self._permitted: dict[str, tuple[Persona, RowSet]] = {}
        self._leanings: dict[str, tuple[Persona, Signal | None]] = {}

    def permitted(self, persona: Persona) -> RowSet:
        """The rows that the persona's limits allow."""
        known = self._permitted.get(persona.name)
        if known is None or known[0] is not persona:
            known = (persona, permitted(self.catalogue, persona.limits))
            self._permitted[persona.name] = known
        return known[1]

    def _leaning(self, persona: Persona) -> Signal | None:
        known = self._leanings.get(persona.name)
        if known is None or known[0] is not persona:
            known = (persona, persona_signal(self.catalogue, persona.leaning, weight=self._weights.persona))
            self._leanings[persona.name] = known
        return known[1]

    def recommend(self, request: Request) -> Ranking:
        """The films for a request. No film outside the persona's limits, none that the frame avoids and none that
        the person has been shown or has rated. A wish gives way only where no film at all meets it beside those that
        give way later: two films that fit are a better answer than three of which one does not. A wanted theme filters
        nothing; it is named as giving way where none of the films has it."""
        may = self.permitted(request.persona) & musts(request.frame, self.catalogue)
        may = may - self.catalogue.rows_of(request.taste.spent)
        starts = self._starts(request, may)
        asked = self._wishes(request, starts)
        rows, given_up = _held(asked, may)
        fused = self._fuse(request, among=may, starts=starts)
        chosen = self._choose(request, fused, rows, n=request.n)
        if (order := order_signal(self.catalogue, request.frame.sort)) is not None:
            chosen.sort(key=lambda row: -float(order.scores[row]))
        found = tuple(self._recommended(row, fused, asked, given_up) for row in chosen)
        unmet = {words: None for film in found for words in film.unmet}
        return Ranking(found, (*unmet, *unmet_themes(request.frame, [self.catalogue.films[row] for row in chosen])))

    def evaluate(self, request: Request, row: int) -> Recommended:
        """The score, reasons and evidence of one film for a request, whether or not it would be recommended."""
        among = RowSet.everything(len(self.catalogue))
        starts = self._starts(request, among)
        asked = self._wishes(request, starts)
        return self._recommended(row, self._fuse(request, among=among, starts=starts), asked, asked)

    def _wishes(self, request: Request, starts: Mapping[str, float]) -> tuple[Wish, ...]:
        base, moving = self._comparison(request)
        moves = movement(self.catalogue, moving, base)
        # "Darker" speaks of the tone as much as of the look: it orders by both and rules out by neither.
        looks = {word: start for word, start in starts.items() if word not in request.frame.wants.moods}
        moves = (*moves, *look_movement(self.catalogue, looks))
        return tuple(sorted((*wishes(request.frame, self.catalogue), *moves), key=lambda wish: wish.yields))

    def _starts(self, request: Request, may: RowSet) -> dict[str, float]:
        """Where the looks that are comparisons start from, a figure of 0-1 a visual word."""
        compared = self._compared_looks(request)
        if not compared:
            return {}
        for wish in wishes(request.frame, self.catalogue):
            may = may & wish.rows
        return chosen_starts(self.catalogue, compared, may, n=request.n)

    def _compared_looks(self, request: Request) -> dict[str, Bars]:
        liked = self.catalogue.rows_of(request.frame.like) & self.permitted(request.persona)
        shown = self.catalogue.rows_of(request.compared_with)
        if request.looks_compared and len(shown):
            words = comparable(request.frame, request.looks_compared)
            return bars(self.catalogue, words, shown.rows)
        words = comparable(request.frame, frozenset((*request.frame.wants.visual, *request.frame.avoids.visual)))
        return bars(self.catalogue, words, liked.rows) if len(liked) else {}

    def _comparison(self, request: Request) -> tuple[Scores | None, dict[str, Shift]]:
        """The tone (13,) that comparisons start from, None without one, and the movements that start there."""
        liked = self.catalogue.rows_of(request.frame.like) & self.permitted(request.persona)
        if len(liked):
            return reference_tone(self.catalogue, liked.rows), dict(request.frame.tone)
        moving = {axis: shift for axis, shift in request.frame.tone.items() if axis in request.axes_compared}
        shown = self.catalogue.rows_of(request.compared_with)
        return (reference_tone(self.catalogue, shown.rows), moving) if moving else (None, {})

    def _fuse(self, request: Request, *, among: RowSet, starts: Mapping[str, float]) -> Fused:
        signals = self.signals(request, among=among, starts=starts).values()
        return fuse(list(signals), request.persona.leaning, n=len(self.catalogue))

    def signals(
        self, request: Request, *, among: RowSet, starts: Mapping[str, float] | None = None
    ) -> dict[str, Signal]:
        """What each source says about a request, by the name of its weight; silent ones are left out. Meaning is only
        looked for in the rows `among`; `starts` are the figures that compared looks start from."""
        frame, weights, catalogue, store = request.frame, self._weights, self.catalogue, self._store
        liked = catalogue.rows_of(frame.like) & self.permitted(request.persona)
        base, moving = self._comparison(request)
        text = query_text(frame)
        found: dict[str, Signal | None] = {}
        if text:
            name = "plot" if frame.rest or story_words(frame) else "plot_alone"
            query = self._encoder.encode([text])[0]
            weight = getattr(weights, name)
            subjects = (*story_words(frame), *frame.wants.themes)
            found[name] = plot_signal(catalogue, store, query, among, rest=frame.rest, weight=weight, subjects=subjects)
        if len(liked):
            found |= self._likeness(frame, liked, among)
        found["facts"] = facts_signal(catalogue, frame, self._moods, weight=weights.facts)
        found["tone"] = tone_signal(catalogue, frame.tone, base, moving=moving, weight=weights.tone)
        found["poster"] = poster_signal(catalogue, frame, weight=weights.poster, compared=starts)
        may = self.permitted(request.persona)
        found["taste"] = taste_signal(catalogue, store, request.taste, among, may=may, weight=weights.taste)
        found["persona"] = self._leaning(request.persona)
        name = "reviews" if asks_for_praise(frame) else "reviews_unasked"
        found[name] = reviews_signal(catalogue, frame, weight=getattr(weights, name))
        found["order"] = order_signal(catalogue, frame.sort)
        found |= self._ratings(request.taste, may)
        return {name: signal for name, signal in found.items() if signal is not None}

    def _likeness(self, frame: Frame, liked: RowSet, among: RowSet) -> dict[str, Signal | None]:
        """Likeness to the named films: of their posters where the frame asks for their look, else of what they are."""
        weights, catalogue, looks = self._weights, self.catalogue, self.artefact.looks
        alike = None
        if looks is not None and self._seen is not None and LOOKS_LIKE in frame.wants.visual:
            alike = looks_like_signal(catalogue, looks, liked.rows, among, seen=self._seen, weight=weights.looks_like)
        name = "likeness" if alike is None else "likeness_beside_looks"
        likeness = likeness_signal(catalogue, self._store, liked.rows, among, weight=getattr(weights, name))
        return {"looks_like": alike, name: likeness}

    def _ratings(self, taste: Taste, may: RowSet) -> dict[str, Signal | None]:
        """What viewers who share the person's opinions think, else how well known films are."""
        catalogue, weights = self.catalogue, self._weights
        if self._viewers is not None:
            said = viewers_signal(
                catalogue, self._viewers, taste, may=may, weight=weights.viewers, known_weight=weights.ratings
            )
            if said is not None:
                return {"viewers": said}
        return {"ratings": popularity_signal(catalogue, weight=weights.ratings)}

    def _choose(self, request: Request, fused: Fused, rows: RowSet, *, n: int) -> list[int]:
        if not len(rows) or n <= 0:
            return []
        # Equals stand in the order of their ids, so that an answer does not hang on how a catalogue was sorted.
        ranked = rows.rows[np.lexsort((self._alphabet[rows.rows], -fused.scores[rows.rows].round(_SCORE_DIGITS)))]
        if request.surprise:
            chance = np.random.default_rng(request.seed)
            ranked = chance.permutation(ranked[:_SURPRISE_POOL])
        return diversify(ranked, fused.scores, self._store, n=n, topics=self.catalogue.main_topics)

    def _recommended(self, row: int, fused: Fused, asked: Sequence[Wish], dropped: Sequence[Wish]) -> Recommended:
        unmet = tuple(wish.words for wish in dropped if row not in wish.rows)
        met = tuple(code for wish in asked if row in wish.rows and (code := wish.reason_for(self.catalogue.films[row])))
        codes = fused.codes(row)
        liked = {code.detail for code in codes if code.phrase is Phrase.REASON_RATINGS}
        # That viewers of a liked film like it says more than that the two are near: one of the two is enough.
        codes = tuple(code for code in codes if code.phrase is not Phrase.REASON_TASTE or code.detail not in liked)
        told = {(code.phrase, code.detail): code for code in (*codes, *met)}
        return Recommended(row, float(fused.scores[row]), tuple(told.values()), fused.evidence(row), unmet)


def _held(asked: Sequence[Wish], may: RowSet) -> tuple[RowSet, tuple[Wish, ...]]:
    """The rows of `may` that meet as many wishes as can hold together, those that yield last before all others; and
    the wishes that do not hold, in the order of `asked`."""
    rows, given_up = may, []
    for wish in reversed(asked):
        if len(met := rows & wish.rows):
            rows = met
        else:
            given_up.append(wish)
    return rows, tuple(reversed(given_up))

"""Answering a request for films: the frame in force, the persona's limits, the ranking, the words."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.answers.again import shown_again
from engine.answers.desk import Desk
from engine.answers.refusals import Refused, within_limits
from engine.catalogues import Loaded
from engine.critique import against_shown
from engine.recommend import Ranking, Request
from engine.store import Taste
from engine.voice import Voice
from engine.wire import Mode, Pick, PicksRequest, Reply
from engine.wishes import say_years
from nlu.frame import Frame
from nlu.standing import is_empty, refine

#: Films of the last answer that a comparison such as "brighter" starts from.
_LAST_SHOWN = 3
#: Most films that one answer gives, however many were asked for.
PICKS_MAX = 6


@dataclass(frozen=True, slots=True)
class Given:
    """What one answer came to: films given, whether wishes gave way, and which of the persona's limits were hit."""

    persona: str
    films: int
    is_relaxed: bool
    refused: tuple[str, ...]


def _nobody(_given: Given) -> None:
    """Takes note of nothing."""


@dataclass(frozen=True, slots=True)
class Picks:
    """POST /v1/picks. `tell` hears what each answer came to."""

    desk: Desk
    tell: Callable[[Given], None] = _nobody

    def answer(self, asked: PicksRequest) -> Reply:
        """Films for the request, kept as shown before they are returned. The same turn_id gets the same films.

        With `again`, those that were shown in that earlier turn, as far as they may still be; others where none may.
        """
        persona = self.desk.persona(asked.persona)
        loaded = self.desk.catalogue(persona)
        taste = self.desk.tastes.read(asked.persona, asked.user, turn_id=asked.turn_id)
        frame, refused = within_limits(_counted_from_shown(asked, taste, loaded), persona, loaded)
        request = Request(
            frame=frame,
            persona=persona,
            taste=taste,
            compared_with=_compared_with(asked, taste),
            axes_compared=frozenset(asked.parse.frame.tone),
            looks_compared=frozenset((*asked.parse.frame.wants.visual, *asked.parse.frame.avoids.visual)),
            n=min(asked.parse.number or persona.picks, PICKS_MAX),
            seed=_seed(asked),
            surprise=asked.mode is Mode.SURPRISE or is_empty(frame),
        )
        ranking = self._again(asked, request, loaded)
        is_again = bool(ranking.films)
        if not is_again:
            ranking = loaded.recommender.recommend(request)
        films = [loaded.recommender.catalogue.films[pick.row] for pick in ranking.films]
        if films:
            shown = [film.movie_id for film in films]
            self.desk.tastes.mark_shown(asked.persona, asked.user, movie_ids=shown, turn_id=asked.turn_id)
        self.tell(Given(persona.name, len(films), bool(ranking.relaxed), refused.kinds))
        return self._reply(asked, request, loaded, ranking, refused, is_again=is_again)

    def _again(self, asked: PicksRequest, request: Request, loaded: Loaded) -> Ranking:
        if not asked.again:
            return Ranking(())
        tastes = self.desk.tastes
        # Showing films again makes them this turn's, so a call that is repeated finds them there.
        turns = (asked.turn_id, asked.again)
        shown = next((films for turn in turns if (films := tastes.shown_in(asked.persona, asked.user, turn))), ())
        return shown_again(request, loaded, shown)

    def _reply(
        self,
        asked: PicksRequest,
        request: Request,
        loaded: Loaded,
        ranking: Ranking,
        refused: Refused,
        *,
        is_again: bool,
    ) -> Reply:
        voice, seed = Voice(request.persona), asked.turn_id
        catalogue = loaded.recommender.catalogue
        anchors = [film.title for movie_id in request.frame.like if (film := loaded.film(movie_id))]
        mode = Mode.LIKE if anchors and asked.mode is Mode.FRESH else asked.mode
        lines = (
            *refused.lines(voice, seed=seed),
            voice.unknown_titles(asked.parse.unknown, seed=seed),
            voice.assumed([(one.said, say_years(one.years)) for one in asked.parse.assumed], seed=seed),
            voice.unheld(asked.parse.unheld, seed=seed),
            # Films that the person knows already need no introduction.
            ""
            if is_again
            else voice.intro(mode, seed=seed, count=len(ranking.films), wanted=request.n, title=" and ".join(anchors)),
            voice.relaxed(ranking.relaxed, seed=seed),
        )
        reasons = voice.reasons([film.codes for film in ranking.films], seed=seed)
        picks = tuple(
            Pick(
                movie_id=catalogue.films[film.row].movie_id,
                score=round(film.score, 4),
                reason=reason,
                evidence=film.evidence,
            )
            for film, reason in zip(ranking.films, reasons, strict=True)
        )
        chips = voice.chips(request.frame, seed=seed, films_count=len(picks), saved_count=len(request.taste.saved))
        return Reply(
            replies=tuple(line for line in lines if line),
            picks=picks,
            quick_replies=chips,
            relaxed=ranking.relaxed,
            frame=request.frame,
        )


def frame_in_force(asked: PicksRequest) -> Frame:
    """The frame that a request amounts to, given the one that was standing.

    A person's certification limit ("for my kid") holds over new wishes too, until they state another or start over.
    """
    new, standing = asked.parse.frame, asked.standing or Frame()
    match asked.mode:
        case Mode.REFINE:
            return refine(standing, new)
        case Mode.MORE:
            return standing if is_empty(new) else refine(standing, new)
        case Mode.LIKE:
            new = replace(new, like=asked.anchors or new.like)
        case _:
            pass
    limit = None if "certification_max" in new.drops else standing.certification_max
    return replace(new, certification_max=new.certification_max or limit, drops=())


def _counted_from_shown(asked: PicksRequest, taste: Taste, loaded: Loaded) -> Frame:
    frame = frame_in_force(asked)
    if asked.mode is not Mode.REFINE or not asked.parse.compares:
        return frame
    shown = [film for movie_id in taste.shown[-_LAST_SHOWN:] if (film := loaded.film(movie_id)) is not None]
    return against_shown(frame, asked.parse.compares, shown)


def _compared_with(asked: PicksRequest, taste: Taste) -> tuple[str, ...]:
    if asked.anchors:
        return asked.anchors
    return taste.shown[-_LAST_SHOWN:] if asked.mode is Mode.REFINE else ()


def _seed(asked: PicksRequest) -> int:
    digest = hashlib.blake2b(f"{asked.persona}:{asked.user}:{asked.turn_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")

"""Answering about one film: why it was picked, and what it is."""

from dataclasses import dataclass

from engine.answers.desk import Desk, card_of
from engine.recommend import Request
from engine.wire import AboutRequest, Card, CardsRequest, Reply
from nlu.frame import Frame
from persona_configs.phrases import Phrase


@dataclass(frozen=True, slots=True)
class About:
    """POST /v1/explain, /v1/details and /v1/cards."""

    desk: Desk

    def explain(self, asked: AboutRequest) -> Reply:
        """Why the film was picked for the frame, from the scores that rank it. Raises `UnknownFilmError`."""
        persona = self.desk.persona(asked.persona)
        film = self.desk.film(persona, asked.movie_id)
        recommender = self.desk.catalogue(persona).recommender
        row = recommender.catalogue.row_of(film.movie_id)
        assert row is not None  # noqa: S101 - the desk has just found it
        frame = asked.frame or Frame()
        taste = self.desk.tastes.read(asked.persona, asked.user)
        judged = recommender.evaluate(Request(frame=frame, persona=persona, taste=taste), row)
        voice = self.desk.voice(asked.persona)
        words = voice.explain(film.title, judged.codes, seed=asked.turn_id)
        return Reply(replies=(words,), quick_replies=voice.offers(Phrase.EXPLAIN, seed=asked.turn_id))

    def details(self, asked: AboutRequest) -> Reply:
        """The facts and the story of the film. Raises `UnknownFilmError`."""
        persona = self.desk.persona(asked.persona)
        film = self.desk.film(persona, asked.movie_id)
        voice = self.desk.voice(asked.persona)
        words = voice.details(card_of(film), seed=asked.turn_id)
        return Reply(replies=(words,), quick_replies=voice.offers(Phrase.DETAILS, seed=asked.turn_id))

    def cards(self, asked: CardsRequest) -> list[Card]:
        """The cards of those films that the persona may show, in the order asked."""
        persona = self.desk.persona(asked.persona)
        catalogue = self.desk.catalogue(persona).recommender.catalogue
        may = self.desk.shown_rows(persona, asked.movie_ids)
        rows = (catalogue.row_of(movie_id) for movie_id in asked.movie_ids)
        films = (catalogue.films[row] for row in rows if row is not None and row in may)
        return [card_of(film, posters=persona.posters) for film in films]

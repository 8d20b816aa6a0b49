"""Answering what a person says of films, and what they take back of it."""

from dataclasses import dataclass

from engine.answers.desk import Desk
from engine.wire import FeedbackRequest, Kind, Reply
from engine.wording import listed
from persona_configs.phrases import Phrase

_PHRASES = {
    Kind.LIKE: Phrase.LIKED,
    Kind.DISLIKE: Phrase.DISLIKED,
    Kind.SEEN: Phrase.SEEN,
    Kind.REJECT: Phrase.REJECTED,
    Kind.SAVE: Phrase.SAVED,
    Kind.UNSAVE: Phrase.UNSAVED,
    Kind.UNLIKE: Phrase.TAKEN_BACK,
    Kind.UNDISLIKE: Phrase.TAKEN_BACK,
    Kind.UNSEEN: Phrase.TAKEN_BACK,
}


@dataclass(frozen=True, slots=True)
class Feedback:
    """POST /v1/feedback."""

    desk: Desk

    def answer(self, asked: FeedbackRequest) -> Reply:
        """Keeps what was said, then says so. Raises `UnknownFilmError` when one of the films is not the persona's."""
        persona = self.desk.persona(asked.persona)
        films = [self.desk.film(persona, movie_id) for movie_id in asked.movie_ids]
        said = [film.movie_id for film in films]
        news = self.desk.tastes.record(asked.persona, asked.user, kind=asked.kind, movie_ids=said)
        phrase = Phrase.SAVED_ALREADY if asked.kind is Kind.SAVE and not news else _PHRASES[asked.kind]
        title = listed(film.title for film in films)
        return self.desk.voice(asked.persona).reply(phrase, seed=asked.turn_id, title=title)

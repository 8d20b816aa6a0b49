"""Answering about a person: what is known of their taste, what they saved, and forgetting it all."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from engine.answers.desk import Desk
from engine.recommend import Request
from engine.voice import TasteSketch, Voice
from engine.wire import Pick, Reply, TasteReply
from index import Film
from nlu.frame import Frame
from persona_configs.phrases import Phrase
from persona_configs.schema import Persona

#: Words of each kind that a summary of a taste names, and films a saved list shows at once.
_NAMED, _LISTED = 3, 20


@dataclass(frozen=True, slots=True)
class Tastes:
    """GET and DELETE /v1/taste, GET /v1/saved."""

    desk: Desk

    def read(self, persona: str, user: str) -> TasteReply:
        """All that is kept of a person, with a summary in the persona's words."""
        taste = self.desk.tastes.read(persona, user)
        reply = self.summary(persona, user)
        return TasteReply(
            liked=taste.liked,
            disliked=taste.disliked,
            seen=taste.seen,
            saved=taste.saved,
            shown=taste.shown,
            summary=" ".join(reply.replies),
        )

    def summary(self, name: str, user: str) -> Reply:
        """The person's taste in the persona's words."""
        persona, taste = self.desk.persona(name), self.desk.tastes.read(name, user)
        liked = self._films(persona, (*taste.liked, *taste.saved))
        sketch = TasteSketch(
            moods=_most(film.moods for film in liked),
            themes=_most(film.themes for film in liked),
            genres=_most(film.genres for film in liked),
            people=_most((film.directors for film in liked), at_least=2),
            liked=[film.title for film in self._films(persona, taste.liked)],
            disliked=[film.title for film in self._films(persona, taste.disliked)],
            seen_count=len(taste.seen),
        )
        voice = Voice(persona)
        empty = not (liked or sketch.disliked or sketch.seen_count)
        phrase = Phrase.TASTE_EMPTY if empty else Phrase.TASTE_SUMMARY
        return Reply(replies=(voice.taste(sketch, seed=user),), quick_replies=voice.offers(phrase, seed=user))

    def saved(self, name: str, user: str) -> Reply:
        """The saved films as picks, the latest first. Films that the persona no longer shows are left out."""
        persona, taste = self.desk.persona(name), self.desk.tastes.read(name, user)
        voice, films = Voice(persona), self._films(persona, taste.saved)[::-1][:_LISTED]
        if not films:
            return voice.reply(Phrase.SAVED_NONE, seed=user)
        recommender = self.desk.catalogue(persona).recommender
        picks = []
        for film in films:
            row = recommender.catalogue.row_of(film.movie_id)
            assert row is not None  # noqa: S101 - it was just found there
            judged = recommender.evaluate(Request(frame=Frame(), persona=persona), row)
            reason = voice.reason(judged.codes, seed=film.movie_id)
            picks.append(
                Pick(
                    movie_id=film.movie_id,
                    score=round(judged.score, 4),
                    reason=reason,
                    evidence=judged.evidence,
                )
            )
        said = voice.reply(Phrase.SAVED_LIST, seed=user, count=str(len(films)))
        return said.model_copy(update={"picks": tuple(picks)})

    def forget(self, name: str, user: str) -> Reply:
        """Erases all that is kept of the person."""
        voice = self.desk.voice(name)
        self.desk.tastes.forget(name, user)
        return voice.reply(Phrase.FORGET_DONE, seed=user)

    def _films(self, persona: Persona, movie_ids: tuple[str, ...]) -> list[Film]:
        loaded = self.desk.catalogue(persona)
        may = self.desk.shown_rows(persona, movie_ids)
        catalogue = loaded.recommender.catalogue
        rows = (catalogue.row_of(movie_id) for movie_id in dict.fromkeys(movie_ids))
        return [catalogue.films[row] for row in rows if row is not None and row in may]


def _most(words: Iterable[tuple[str, ...]], *, at_least: int = 1) -> list[str]:
    counted = Counter(word for group in words for word in group)
    return [word for word, count in counted.most_common(_NAMED) if count >= at_least]

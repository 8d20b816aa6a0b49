"""What a person says about films: liked, disliked, seen."""

from typing import ClassVar

from actions.goal import Goal, then
from actions.outcome import Outcome
from actions.pointing import pointed
from actions.turn import Turn
from actions.wish import mode_of_hidden_wish
from engine.wire import FeedbackRequest, Kind, Mode, Reply
from persona_configs.phrases import Phrase


class Feedback(Goal):
    """Notes one kind of feedback about the films pointed at; the engine keeps it before it answers."""

    kind: ClassVar[Kind]

    async def reach(self, turn: Turn) -> Outcome:
        if mode := mode_of_hidden_wish(turn):
            return await self.pick(turn, mode)
        films = pointed(turn)
        if isinstance(films, Phrase):
            return await self.ask_back(turn, films)
        return Outcome(await self.note(turn, films), {"focus": films[0] if len(films) == 1 else None})

    async def note(self, turn: Turn, films: tuple[str, ...]) -> Reply:
        """The engine's reply to the feedback, which is kept by then."""
        request = FeedbackRequest(**turn.who.model_dump(), kind=self.kind, movie_ids=films)
        return await self.engine.feedback(request)


class Like(Feedback):
    """Takes films as liked."""

    action = "action_like"
    kind = Kind.LIKE


class Dislike(Feedback):
    """Takes films as disliked."""

    action = "action_dislike"
    kind = Kind.DISLIKE


class Seen(Feedback):
    """Takes films as seen; when that leaves nothing on the table, others follow at once."""

    action = "action_seen"
    kind = Kind.SEEN

    async def reach(self, turn: Turn) -> Outcome:
        films = pointed(turn)
        if turn.movie_id or isinstance(films, Phrase) or not turn.shown or not set(turn.shown) <= set(films):
            return await super().reach(turn)
        return then(await self.note(turn, films), await self.pick(turn, Mode.MORE))

"""A mark that is taken back: nothing is asked and no film is picked, so the engine is told without the dialogue."""

import stamina

from bot.gateway.turn import ActionKind, CardAction
from engine.client import EngineClient, EngineRefused, EngineUnreachable
from engine.wire import FeedbackRequest, Intent, Kind, Reply, TurnPayload
from persona_configs import Persona, Phrase, say

_KINDS = {
    ActionKind.UNLIKE: Kind.UNLIKE,
    ActionKind.UNDISLIKE: Kind.UNDISLIKE,
    ActionKind.UNSEEN: Kind.UNSEEN,
}
#: The engine's problem for a film that the persona does not hold or may not show.
_UNKNOWN_FILM = "/problems/unknown-film"


def takes_back(action: CardAction) -> bool:
    """Whether the button only takes a mark back."""
    return action.kind in _KINDS


class TakeBacks:
    """Tells the engine what a person no longer says of a film."""

    def __init__(self, engine: EngineClient) -> None:
        self._engine = engine

    async def take(self, action: CardAction, *, persona: Persona, user: str, turn_id: str) -> TurnPayload:
        """What the turn of such a button comes to; kept by then. Raises `EngineError`, and KeyError for other buttons.

        A film that the persona does not hold, or shows no more, is answered in words.
        """
        request = FeedbackRequest(
            persona=persona.name, user=user, turn_id=turn_id, kind=_KINDS[action.kind], movie_ids=(action.movie_id,)
        )
        try:
            reply = await self._told(request)
        except EngineRefused as refusal:
            if refusal.kind != _UNKNOWN_FILM:
                raise
            return _payload(action, replies=(say(persona, Phrase.NO_SUCH_PICK, seed=turn_id),))
        return _payload(action, replies=reply.replies, quick_replies=reply.quick_replies, engine_ms=reply.engine_ms)

    async def _told(self, request: FeedbackRequest) -> Reply:
        # Taking back what is taken back changes nothing, so it may be asked again.
        async for attempt in stamina.retry_context(
            on=EngineUnreachable, attempts=2, wait_initial=0.1, wait_max=0.2, wait_jitter=0.1
        ):
            with attempt:
                return await self._engine.feedback(request)
        raise EngineUnreachable("no attempt was made")


def _payload(action: CardAction, **parts: object) -> TurnPayload:
    return TurnPayload.model_validate({**parts, "intent": Intent(name=action.kind, confidence=1.0)})

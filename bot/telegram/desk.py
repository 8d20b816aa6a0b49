"""One persona's turns for Telegram: who asks, within which limits, and what is kept of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from bot.gateway.metrics import Channel, GatewayMetrics
from bot.gateway.problems import Problem
from bot.gateway.rates import Rates
from bot.gateway.turn import CardAction, Turn
from bot.gateway.turns import Ask, Turns
from bot.telegram.buttons import UNMARKED, Marks, marks_of
from bot.telegram.identity import turn_id_of
from engine.client import EngineClient, EngineError
from persona_configs import Persona

_LOG = structlog.get_logger("gateway.telegram")
Wish = CardAction | str


@dataclass(frozen=True, slots=True)
class Refused:
    """No turn was taken; `words` say why in the persona's voice."""

    words: str


class Desk:
    """The same turns, limits and store as over HTTP."""

    def __init__(
        self, persona: Persona, *, turns: Turns, rates: Rates, engine: EngineClient, metrics: GatewayMetrics
    ) -> None:
        self.persona = persona
        self.metrics = metrics
        self._turns = turns
        self._rates = rates
        self._engine = engine

    async def admit(self, user: str) -> Refused | None:
        """Counts one message of this person against the persona's limits; None where it is within them."""
        try:
            await self._rates.charge_turn(self.persona, user)
        except Problem as problem:
            self.metrics.problem(problem.kind.type)
            return Refused(problem.detail)
        return None

    async def turn(self, wish: Wish, *, user: str, update_id: int) -> Turn | Refused:
        """The turn of words or of a button."""
        turn_id = turn_id_of(self.persona, update_id)
        structlog.contextvars.bind_contextvars(turn_id=turn_id, persona=self.persona.name)
        if (refused := await self.admit(user)) is not None:
            return refused
        words, action = (wish, None) if isinstance(wish, str) else ("", wish)
        return await self._turns.answer(
            Ask(
                persona=self.persona,
                user=user,
                turn_id=turn_id,
                channel=Channel.TELEGRAM,
                text=words,
                action=action,
            )
        )

    async def marks(self, user: str, movie_ids: tuple[str, ...]) -> Mapping[str, Marks] | None:
        """What the person has said of each of these films; None where the engine does not tell."""
        if not movie_ids:
            return {}
        try:
            taste = await self._engine.taste(self.persona.name, user)
        except EngineError as error:
            _LOG.warning("marks unknown", fault=type(error).__name__)
            return None
        return {movie_id: marks_of(taste, movie_id) for movie_id in movie_ids}


def marks_or_none(marks: Mapping[str, Marks] | None, movie_id: str) -> Marks:
    """The marks of one film, none where they are not known."""
    return (marks or {}).get(movie_id, UNMARKED)

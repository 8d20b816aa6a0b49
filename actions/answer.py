"""Yes and no: to a question that is open, or to nothing in particular."""

from collections.abc import Mapping

from actions.forget import FORGET
from actions.goal import Goal
from actions.metrics import ActionMetrics
from actions.outcome import Outcome
from actions.resume import goal_left_open
from actions.start_over import NOTHING
from actions.turn import Turn
from actions.wish import mode_of_hidden_wish
from engine.client import EngineClient
from persona_configs.phrases import Phrase


class Affirm(Goal):
    """Does what was asked about ("yes", "yes, the first one"). A wish that comes with the yes is granted."""

    action = "action_affirm"

    def __init__(
        self, engine: EngineClient, *, open_to: Mapping[str, Goal], metrics: ActionMetrics | None = None
    ) -> None:
        super().__init__(engine, metrics=metrics)
        self.open_to = open_to

    async def reach(self, turn: Turn) -> Outcome:
        if turn.pending == FORGET:
            return Outcome(await self.engine.forget(turn.who.persona, turn.who.user), NOTHING, forgotten=True)
        if mode := mode_of_hidden_wish(turn):
            return await self.pick(turn, mode)
        if goal := goal_left_open(turn, self.open_to):
            return await goal.reach(turn)
        return Outcome(await self.say(turn, Phrase.AFFIRM))


class Deny(Goal):
    """Leaves things as they are. A wish that comes with the no is granted."""

    action = "action_deny"

    async def reach(self, turn: Turn) -> Outcome:
        if turn.pending == FORGET:
            return Outcome(await self.say(turn, Phrase.FORGET_KEPT))
        if mode := mode_of_hidden_wish(turn):
            return await self.pick(turn, mode)
        return Outcome(await self.say(turn, Phrase.DENY))

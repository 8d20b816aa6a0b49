"""A message whose intent is unsure."""

from collections.abc import Mapping

from actions.goal import Goal
from actions.metrics import ActionMetrics
from actions.outcome import Outcome
from actions.resume import goal_left_open
from actions.turn import Turn
from actions.wish import mode_of_hidden_wish
from engine.client import EngineClient
from persona_configs.phrases import Phrase

#: The value of the slot `pending` after the person was asked to say it otherwise.
REPHRASE = "rephrase"


class Fallback(Goal):
    """Grants the wish that the parse found all the same; else asks for other words, differently the second time."""

    action = "action_fallback"

    def __init__(
        self, engine: EngineClient, *, open_to: Mapping[str, Goal], metrics: ActionMetrics | None = None
    ) -> None:
        super().__init__(engine, metrics=metrics)
        self.open_to = open_to

    async def reach(self, turn: Turn) -> Outcome:
        if mode := mode_of_hidden_wish(turn):
            return await self.pick(turn, mode)
        if goal := goal_left_open(turn, self.open_to):
            return await goal.reach(turn)
        phrase = Phrase.FALLBACK_AGAIN if turn.pending == REPHRASE else Phrase.FALLBACK
        return Outcome(await self.say(turn, phrase), {"pending": REPHRASE})

"""Films nobody asked for."""

from actions.goal import Goal
from actions.outcome import Outcome
from actions.turn import Turn
from engine.wire import Mode


class Surprise(Goal):
    """Lets the engine choose from what it knows of the person."""

    action = "action_surprise"

    async def reach(self, turn: Turn) -> Outcome:
        return await self.pick(turn, Mode.SURPRISE)

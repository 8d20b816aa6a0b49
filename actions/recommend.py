"""Films for a wish, new or changed."""

from actions.goal import Goal
from actions.outcome import Outcome
from actions.turn import Turn
from actions.wish import mode_of


class Recommend(Goal):
    """Picks for what was said, on its own or against the standing frame."""

    action = "action_recommend"

    async def reach(self, turn: Turn) -> Outcome:
        return await self.pick(turn, mode_of(turn))

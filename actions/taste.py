"""What is known of a person's taste."""

from actions.goal import Goal
from actions.outcome import Outcome
from actions.turn import Turn


class ShowTaste(Goal):
    """Says what the engine has learned of the person."""

    action = "action_show_taste"

    async def reach(self, turn: Turn) -> Outcome:
        return Outcome(await self.engine.taste_reply(turn.who.persona, turn.who.user))

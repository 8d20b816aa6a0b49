"""The films a person kept for later."""

from actions.goal import Goal
from actions.outcome import Outcome, shown_slots
from actions.turn import Turn


class ShowSaved(Goal):
    """Shows the list; its films are on the table then, so that "the second one" means one of them."""

    action = "action_show_saved"

    async def reach(self, turn: Turn) -> Outcome:
        reply = await self.engine.saved_reply(turn.who.persona, turn.who.user)
        return Outcome(reply, shown_slots(reply))

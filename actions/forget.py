"""Being forgotten: asked for, then confirmed or not (see answer.py)."""

from actions.goal import Goal
from actions.outcome import Outcome
from actions.turn import Turn
from persona_configs.phrases import Phrase

#: The value of the slot `pending` while a confirmation is awaited.
FORGET = "forget"


class ForgetMe(Goal):
    """Asks whether all that is kept of the person shall be erased; erases nothing yet."""

    action = "action_forget_me"

    async def reach(self, turn: Turn) -> Outcome:
        return Outcome(await self.say(turn, Phrase.FORGET_ASK), {"pending": FORGET})

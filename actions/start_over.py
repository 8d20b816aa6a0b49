"""A new search: the wish goes, the taste stays."""

from actions.goal import Goal
from actions.outcome import Outcome
from actions.turn import Turn
from persona_configs.phrases import Phrase

#: All slots of a conversation, empty.
NOTHING = {"frame": None, "frames": None, "picked": None, "shown": None, "focus": None, "pending": None}


class StartOver(Goal):
    """Forgets the wish, the way to it and the cards. Replaces Rasa's own restart, which would say nothing."""

    action = "action_restart"

    async def reach(self, turn: Turn) -> Outcome:
        return Outcome(await self.say(turn, Phrase.RESTARTED), NOTHING)

"""Films for a wish, new or changed."""

from actions.fallback import REPHRASE
from actions.goal import Goal
from actions.outcome import Outcome
from actions.turn import Turn
from actions.wish import changes_nothing, mode_of
from persona_configs.phrases import Phrase


class Recommend(Goal):
    """Picks for what was said, on its own or against the standing frame; asks back where nothing was said."""

    action = "action_recommend"

    async def reach(self, turn: Turn) -> Outcome:
        if changes_nothing(turn):
            return Outcome(await self.say(turn, Phrase.FALLBACK), {"pending": REPHRASE})
        return await self.pick(turn, mode_of(turn))

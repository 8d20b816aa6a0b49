"""One wish back."""

import asyncio
from dataclasses import replace

from actions.goal import Goal, then
from actions.outcome import Outcome, frame_slot, shown_slots
from actions.turn import Turn
from engine.wire import Mode
from nlu.frame import Parse
from persona_configs.phrases import Phrase


class Undo(Goal):
    """Puts the frame before the standing one in force again and picks for it."""

    action = "action_undo"

    async def reach(self, turn: Turn) -> Outcome:
        if not turn.earlier:
            return Outcome(await self.say(turn, Phrase.UNDO_NOTHING))
        *kept, restored = turn.earlier
        # The words of this turn ("undo") must not steer the search.
        fresh = self.pick(replace(turn, standing=None), Mode.FRESH, parse=Parse(text="", frame=restored))
        undone, picked = await asyncio.gather(self.say(turn, Phrase.UNDONE), fresh)
        slots = {
            **shown_slots(picked.reply),
            "frame": frame_slot(restored),
            "frames": [frame_slot(frame) for frame in kept],
        }
        return then(undone, Outcome(picked.reply, slots))

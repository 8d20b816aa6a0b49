"""One wish back."""

import asyncio
from dataclasses import replace

from actions.goal import Goal, then
from actions.outcome import Outcome, earlier_slot, frame_slot, picked_slots, shown_slots
from actions.turn import Turn
from engine.wire import Mode
from nlu.frame import Parse
from persona_configs.phrases import Phrase


class Undo(Goal):
    """Puts the frame before the standing one in force again, with the films that answered it."""

    action = "action_undo"

    async def reach(self, turn: Turn) -> Outcome:
        if not turn.earlier:
            return Outcome(await self.say(turn, Phrase.UNDO_NOTHING))
        *kept, last = turn.earlier
        restored = last.frame
        # The words of this turn ("undo") must not steer the search.
        parse = Parse(text="", frame=restored)
        fresh = self.pick(replace(turn, standing=None), Mode.FRESH, parse=parse, again=last.turn_id)
        undone, picked = await asyncio.gather(self.say(turn, Phrase.UNDONE), fresh)
        slots = {
            **shown_slots(picked.reply),
            "picked": None,
            **picked_slots(turn, picked.reply),
            "frame": frame_slot(restored),
            "frames": earlier_slot(kept),
        }
        return then(undone, Outcome(picked.reply, slots))

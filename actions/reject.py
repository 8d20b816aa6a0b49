"""Picks that are not wanted, and others in their place."""

from actions.feedback import Feedback
from actions.goal import then
from actions.outcome import Outcome
from actions.pointing import pointed, points_at_films
from actions.turn import Turn
from actions.wish import has_slots
from engine.wire import Kind, Mode
from persona_configs.phrases import Phrase


class Reject(Feedback):
    """Takes the films pointed at, or else all that are shown, off the table and picks others.

    A wish in the same breath ("not these, something funnier") steers the new picks.
    """

    action = "action_reject"
    kind = Kind.REJECT

    async def reach(self, turn: Turn) -> Outcome:
        wish = has_slots(turn.said.frame)
        if not points_at_films(turn):
            if wish:
                return await self.pick(turn, Mode.REFINE if turn.standing else Mode.FRESH)
            if not turn.shown:
                return await self.ask_back(turn, Phrase.NOTHING_SHOWN)
            films: tuple[str, ...] | Phrase = turn.shown
        else:
            films = pointed(turn)
        if isinstance(films, Phrase):
            return await self.ask_back(turn, films)
        noted = await self.note(turn, films)
        return then(noted, await self.pick(turn, Mode.REFINE if wish and turn.standing else Mode.MORE))

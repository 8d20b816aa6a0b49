"""More films like some on the table."""

from actions.goal import Goal
from actions.outcome import Outcome
from actions.pointing import named_films, pointed
from actions.turn import Turn
from actions.wish import mode_of, says_something
from engine.wire import Mode
from persona_configs.phrases import Phrase


class MoreLike(Goal):
    """Picks like the films pointed at. A title in words is a wish of its own: the frame carries it already."""

    action = "action_more_like"

    async def reach(self, turn: Turn) -> Outcome:
        if named_films(turn) and not turn.said.references:
            return await self.pick(turn, Mode.FRESH)
        films = pointed(turn)
        if films is Phrase.WHICH_ONE:
            # "Similar ones" to three cards means all three; to ask which would be pedantic.
            films = turn.shown
        if not isinstance(films, Phrase):
            return await self.pick(turn, Mode.LIKE, anchors=films)
        if says_something(turn.said.frame) and not turn.said.references:
            return await self.pick(turn, mode_of(turn))
        return await self.ask_back(turn, films)

"""Answers about one film, or a few: the shape that `explain` and `details` share."""

import asyncio
from abc import abstractmethod

from actions.goal import Goal
from actions.outcome import Outcome, merged
from actions.pointing import pointed
from actions.turn import Turn
from engine.wire import AboutRequest, Reply
from persona_configs.phrases import Phrase

#: Films spoken of in one turn; more would be a wall of text.
ABOUT_MAX = 3


class About(Goal):
    """Speaks of each film pointed at, given the frame that it was picked for."""

    @abstractmethod
    async def tell(self, request: AboutRequest) -> Reply:
        """The engine's words about one film."""

    async def reach(self, turn: Turn) -> Outcome:
        films = pointed(turn)
        if isinstance(films, Phrase):
            return await self.ask_back(turn, films)
        films = films[:ABOUT_MAX]
        requests = [AboutRequest(**turn.who.model_dump(), movie_id=film, frame=turn.standing) for film in films]
        told = await asyncio.gather(*map(self.tell, requests))
        return Outcome(merged(*told), {"focus": films[0] if len(films) == 1 else None})

"""The facts and the story of a film."""

from collections.abc import Mapping

from actions.about import About
from actions.goal import Goal
from actions.metrics import ActionMetrics
from actions.outcome import Outcome
from actions.resume import goal_left_open
from actions.turn import Turn
from engine.client import EngineClient
from engine.wire import AboutRequest, Reply


class Details(About):
    """Tells about a film. "The second one" alone answers a question that was left open, if one was."""

    action = "action_details"

    def __init__(
        self, engine: EngineClient, *, open_to: Mapping[str, Goal], metrics: ActionMetrics | None = None
    ) -> None:
        super().__init__(engine, metrics=metrics)
        self.open_to = open_to

    async def reach(self, turn: Turn) -> Outcome:
        if goal := goal_left_open(turn, self.open_to):
            return await goal.reach(turn)
        return await super().reach(turn)

    async def tell(self, request: AboutRequest) -> Reply:
        return await self.engine.details(request)

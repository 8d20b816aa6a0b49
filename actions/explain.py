"""Why a film was picked."""

from actions.about import About
from engine.wire import AboutRequest, Reply


class Explain(About):
    """Gives the reasons behind a pick."""

    action = "action_explain"

    async def tell(self, request: AboutRequest) -> Reply:
        return await self.engine.explain(request)

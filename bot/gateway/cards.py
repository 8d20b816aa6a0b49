"""From picks, which travel through the dialogue server, to cards, which channels show."""

import stamina
import structlog

from engine.client import EngineClient, EngineError, EngineUnreachable
from engine.wire import Card, CardsRequest, Pick

#: The most that one call of the engine's contract takes; nobody scrolls past fifty cards in one turn.
_CARDS_MAX = 50

_LOG = structlog.get_logger("gateway.cards")


class CardDeck:
    """Asks the engine for the facts of picked films. Nothing is cached: a persona's limits may change at any time."""

    def __init__(self, engine: EngineClient) -> None:
        self._engine = engine

    async def deal(self, persona: str, picks: tuple[Pick, ...]) -> tuple[Card, ...]:
        """The cards of the picks, in their order, with reason and evidence.

        A film that the persona may not show any more is left out; where that leaves none of several, and where the
        engine does not answer, raises `EngineError`.
        """
        if not picks:
            return ()
        shown = picks[:_CARDS_MAX]
        facts = {card.movie_id: card for card in await self._facts(persona, shown)}
        if missing := [pick.movie_id for pick in shown if pick.movie_id not in facts]:
            _LOG.warning("picks without a card", persona=persona, movie_ids=missing)
        if not facts:
            raise EngineError("no card for any pick")
        return tuple(
            facts[pick.movie_id].model_copy(update={"reason": pick.reason, "evidence": pick.evidence})
            for pick in shown
            if pick.movie_id in facts
        )

    async def _facts(self, persona: str, picks: tuple[Pick, ...]) -> list[Card]:
        request = CardsRequest(persona=persona, movie_ids=tuple(pick.movie_id for pick in picks))
        # Reading cards changes nothing, so it may be asked again.
        async for attempt in stamina.retry_context(
            on=EngineUnreachable, attempts=2, wait_initial=0.1, wait_max=0.2, wait_jitter=0.1
        ):
            with attempt:
                return await self._engine.cards(request)
        raise EngineUnreachable("no attempt was made")

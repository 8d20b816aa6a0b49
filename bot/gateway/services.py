"""The parts of one gateway, put together once."""

from collections.abc import Mapping
from dataclasses import dataclass

import httpx
from fastapi import Request

from bot.gateway.callers import Callers
from bot.gateway.cards import CardDeck
from bot.gateway.commons import Commons, commons_of
from bot.gateway.conversations import Conversations
from bot.gateway.dialogue import DialogueClient
from bot.gateway.metrics import GatewayMetrics
from bot.gateway.rates import Rates
from bot.gateway.repeats import Repeats
from bot.gateway.sessions import Sessions, signing_secret
from bot.gateway.takebacks import TakeBacks
from bot.gateway.turns import Turns
from bot.settings import Settings
from engine.client import EngineClient
from persona_configs import Persona

_PROBE_TIMEOUT_S = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What the routes use."""

    settings: Settings
    personas: Mapping[str, Persona]
    sessions: Sessions
    callers: Callers
    commons: Commons
    rates: Rates
    turns: Turns
    engine: EngineClient
    dialogue: DialogueClient
    metrics: GatewayMetrics
    probe: httpx.AsyncClient
    """Asks the other processes whether they are there."""

    async def close(self) -> None:
        """Ends what is under way and closes every connection."""
        await self.turns.close()
        await self.engine.close()
        await self.dialogue.close()
        await self.probe.aclose()
        await self.commons.close()


def assemble(settings: Settings, personas: Mapping[str, Persona]) -> Services:
    """The services of one gateway. Raises `SecretError` where sessions cannot be signed, and `CountsError`."""
    sessions = Sessions(signing_secret(settings), max_age_s=settings.session_max_age_s)
    commons = commons_of(settings)
    rates = Rates(commons.counts, sessions_per_minute=settings.sessions_per_minute)
    engine = EngineClient(settings.engine_url)
    dialogue = DialogueClient(settings.dialogue_url, timeout_s=settings.dialogue_timeout_s)
    metrics = GatewayMetrics()
    return Services(
        settings=settings,
        personas=personas,
        sessions=sessions,
        callers=Callers(personas, sessions, rates),
        commons=commons,
        rates=rates,
        turns=Turns(
            dialogue=dialogue,
            deck=CardDeck(engine),
            takebacks=TakeBacks(engine),
            conversations=Conversations(waiting_max=settings.turns_waiting_max, leases=commons.leases),
            metrics=metrics,
            repeats=Repeats(kept=settings.repeats_kept, across=commons.across),
        ),
        engine=engine,
        dialogue=dialogue,
        metrics=metrics,
        probe=httpx.AsyncClient(timeout=_PROBE_TIMEOUT_S, trust_env=False),
    )


async def services_of(request: Request) -> Services:
    """The services of the gateway that this request came to. Async, as a thread of its own would mix up the order."""
    services: Services = request.app.state.services
    return services

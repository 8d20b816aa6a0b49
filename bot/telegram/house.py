"""All bots of one gateway, put together."""

import asyncio
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import structlog

from bot.gateway.conversations import Conversations
from bot.gateway.services import Services
from bot.gateway.sessions import signing_secret
from bot.telegram.chats import Chats
from bot.telegram.desk import Desk
from bot.telegram.identity import webhook_secret
from bot.telegram.line import Line, Webhook
from bot.telegram.once import Once
from bot.telegram.pictures import Pictures
from bot.telegram.presses import Presses
from bot.telegram.showing import Showing
from bot.telegram.words import words_of
from persona_configs import Persona

_LOG = structlog.get_logger("gateway.telegram")
#: What is under way when the gateway stops may be finished.
_CLOSING_S = 8.0


class House:
    """The lines by persona. Opening does not wait for Telegram: the gateway serves its other channels meanwhile."""

    def __init__(self, services: Services, tokens: Mapping[str, str]) -> None:
        # The library is between two types for times, and warns at every 429 unless it is told to use the new one.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        self._drawers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="titlecard")
        self.lines = {name: self._line(services, services.personas[name], token) for name, token in tokens.items()}
        self._opening: list[asyncio.Task[None]] = []

    def open(self) -> None:
        """Begins to open every line."""
        self._opening = [asyncio.create_task(line.run()) for line in self.lines.values()]

    async def close(self) -> None:
        """Closes every line."""
        for task in self._opening:
            task.cancel()
        await asyncio.gather(*self._opening, return_exceptions=True)
        try:
            async with asyncio.timeout(_CLOSING_S):
                await asyncio.gather(*(line.close() for line in self.lines.values()))
        except TimeoutError:
            _LOG.warning("telegram answers cut off", after_s=_CLOSING_S)
        self._drawers.shutdown(wait=False, cancel_futures=True)

    def _line(self, services: Services, persona: Persona, token: str) -> Line:
        settings = services.settings
        words = words_of(persona)
        desk = Desk(
            persona, turns=services.turns, rates=services.rates, engine=services.engine, metrics=services.metrics
        )
        once = Once(services.commons.counts)
        showing = Showing(desk, words)
        pictures = Pictures(self._drawers)
        order = Conversations(waiting_max=settings.turns_waiting_max)
        webhook = (
            Webhook(
                url=f"{settings.telegram_webhook_url}/telegram/{persona.name}",
                secret=webhook_secret(signing_secret(settings), persona),
            )
            if settings.telegram_webhook_url
            else None
        )
        return Line(
            persona,
            token=token,
            api_url=settings.telegram_api_url,
            webhook=webhook,
            chats=Chats(desk, once=once, showing=showing, pictures=pictures, words=words, order=order),
            presses=Presses(desk, once=once, showing=showing, pictures=pictures, words=words, order=order),
            words=words,
            count=partial(services.metrics.telegram, persona.name),
        )

"""One persona's bot, connected: opened with patience, polled or fed by a webhook, closed in order."""

import asyncio
import datetime
import random
from dataclasses import dataclass
from typing import Any

import structlog
from telegram import BotCommand, Update
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ExtBot,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.telegram import limits
from bot.telegram.chats import Chats
from bot.telegram.hearing import read_update
from bot.telegram.pace import Count, Pace
from bot.telegram.presses import Presses
from bot.telegram.words import Words
from persona_configs import Persona

_LOG = structlog.get_logger("gateway.telegram")
#: Updates of one bot in work at once; most of them wait for Telegram's pace.
_UPDATES_AT_ONCE = 256
_CONNECTIONS = 32
_CONNECT_TIMEOUT_S = 5.0
_READ_TIMEOUT_S = 10.0
#: Uploading a drawn card on a slow line.
_UPLOAD_TIMEOUT_S = 20.0
_AGAIN_AFTER_S, _AGAIN_AFTER_MAX_S = 1.0, 60.0
_CONFLICT = (
    "another process asks for this bot's updates; stop it, give each deployment a bot of its own, or set "
    "MATINEE_TELEGRAM_WEBHOOK_URL where several gateways run"
)
_TOKEN_REFUSED = "Telegram does not know this token; copy it from @BotFather again"  # noqa: S105 - a remedy
App = Application[ExtBot[int], Any, Any, Any, Any, None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where Telegram delivers updates, and the secret that proves that it was Telegram."""

    url: str
    secret: str


class Line:
    """A bot on its way to Telegram. `run` returns once the line is open, or cannot be."""

    def __init__(
        self,
        persona: Persona,
        *,
        token: str,
        api_url: str,
        webhook: Webhook | None,
        chats: Chats,
        presses: Presses,
        words: Words,
        count: Count,
    ) -> None:
        self._persona = persona
        self._webhook = webhook
        self._words = words
        self._chats = chats
        self._presses = presses
        self._app = _application(token, api_url, is_polled=webhook is None, count=count)
        self._app.add_handler(MessageHandler(filters.UpdateType.MESSAGE, self._on_message))
        self._app.add_handler(CallbackQueryHandler(self._on_press))
        self._log = _LOG.bind(persona=persona.name)

    @property
    def is_open(self) -> bool:
        """Whether updates are taken."""
        return bool(self._app.running)

    async def run(self) -> None:
        """Opens the line, again and again until Telegram answers. Gives up on a token that Telegram does not know."""
        wait_s = _AGAIN_AFTER_S
        while True:
            try:
                await self._open()
            except InvalidToken:
                # The library's own words for this hold the token.
                self._log.error("telegram bot not started", remedy=_TOKEN_REFUSED)
                return
            except TelegramError as error:
                self._log.warning("telegram not reached", fault=type(error).__name__, again_in_s=wait_s)
                await asyncio.sleep(wait_s * random.uniform(0.8, 1.2))  # noqa: S311 - spreads, hides nothing
                wait_s = min(_AGAIN_AFTER_MAX_S, wait_s * 2)
            else:
                way = "webhook" if self._webhook else "polling"
                self._log.info("telegram bot started", username=self._app.bot.username, way=way)
                return

    async def close(self) -> None:
        """Stops asking for updates, lets what is under way finish, and closes the connections. Never raises."""
        try:
            if self._app.updater is not None and self._app.updater.running:
                await self._app.updater.stop()
            if self._app.running:
                await self._app.stop()
            await self._app.shutdown()
            # An application that never opened keeps its connections, and does not say so.
            await self._app.bot.shutdown()
        except TelegramError as error:
            self._log.warning("telegram bot not closed in order", fault=type(error).__name__)

    async def feed(self, update: Update) -> None:
        """Takes an update that the webhook brought."""
        await self._app.update_queue.put(update)

    def read(self, body: dict[str, object]) -> Update | None:
        """The update of a webhook's body; None where it is of a shape that the library does not know."""
        return read_update(body, self._app.bot)

    async def _open(self) -> None:
        await self._app.initialize()
        await self._app.bot.set_my_commands(_menu(self._words))
        if not self._app.running:
            await self._app.start()
        if self._webhook is not None:
            await self._app.bot.set_webhook(
                self._webhook.url,
                secret_token=self._webhook.secret,
                allowed_updates=limits.UPDATE_KINDS,
                max_connections=limits.WEBHOOK_CONNECTIONS,
            )
        elif self._app.updater is not None:
            # A bot that had a webhook cannot be polled; this call takes it away first.
            await self._app.updater.start_polling(
                timeout=datetime.timedelta(seconds=limits.POLL_HELD_S),
                allowed_updates=limits.UPDATE_KINDS,
                error_callback=self._polling_failed,
            )

    def _polling_failed(self, error: TelegramError) -> None:
        if isinstance(error, Conflict):
            self._log.error("telegram updates go elsewhere", remedy=_CONFLICT)
        else:
            self._log.warning("telegram updates not read", fault=type(error).__name__)

    async def _on_message(self, update: Update, context: object) -> None:  # noqa: ARG002 - the library's contract
        await self._chats.on_message(update, self._app.bot)

    async def _on_press(self, update: Update, context: object) -> None:  # noqa: ARG002 - the library's contract
        await self._presses.on_press(update, self._app.bot)


def _application(token: str, api_url: str, *, is_polled: bool, count: Count) -> App:
    builder = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .request(_request(connections=_CONNECTIONS, read_timeout_s=_READ_TIMEOUT_S))
        .get_updates_request(_request(connections=1, read_timeout_s=_READ_TIMEOUT_S))
        .rate_limiter(Pace(count=count))
        .concurrent_updates(_UPDATES_AT_ONCE)
        .job_queue(None)
    )
    return builder.build() if is_polled else builder.updater(None).build()


def _request(*, connections: int, read_timeout_s: float) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=_CONNECT_TIMEOUT_S,
        read_timeout=read_timeout_s,
        write_timeout=_UPLOAD_TIMEOUT_S,
        media_write_timeout=_UPLOAD_TIMEOUT_S,
        pool_timeout=_CONNECT_TIMEOUT_S,
    )


def _menu(words: Words) -> list[BotCommand]:
    return [
        BotCommand("start", words.start_command),
        BotCommand("surprise", words.surprise_command),
        BotCommand("saved", words.saved_command),
        BotCommand("help", words.help_command),
        BotCommand("forget", words.forget_command),
    ]

"""Messages into one chat, in order: words, then films. Faults of the library end here."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx
import stamina
import structlog
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError, TimedOut

from bot.telegram.buttons import Rows
from bot.telegram.faults import ChatClosed, NotTaken
from bot.telegram.hearing import Place
from bot.telegram.limits import TEXT_MAX_UNITS
from bot.telegram.pictures import Picture, Pictures
from bot.telegram.texts import html, pieces
from engine.wire import Card

_LOG = structlog.get_logger("gateway.telegram")
_GONE = ("chat not found", "user is deactivated", "not enough rights", "have no rights", "topic_closed")
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
T = TypeVar("T")


def keyboard(rows: Rows) -> InlineKeyboardMarkup:
    """The buttons as they stand under a message."""
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(one.label, url=one.url or None, callback_data=one.data or None) for one in row]
            for row in rows
        ]
    )


def chips_below(titles: tuple[str, ...], *, placeholder: str) -> ReplyKeyboardMarkup | ReplyKeyboardRemove:
    """Chips in place of the phone's keyboard, two in a row; without any, those of before are taken away."""
    if not titles:
        return ReplyKeyboardRemove()
    buttons = [KeyboardButton(title) for title in titles]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True, input_field_placeholder=placeholder)


async def delivered(send: Callable[[], Awaitable[T]]) -> T:
    """What `send` returns, tried again where Telegram surely or probably did not get it.

    Raises `ChatClosed` and `NotTaken`; the library's `BadRequest` and `ChatMigrated` pass, as they have remedies.
    """
    try:
        async for attempt in stamina.retry_context(
            on=_is_worth_again, attempts=3, timeout=20.0, wait_initial=0.2, wait_max=2.0, wait_jitter=0.3
        ):
            with attempt:
                return await send()
    except Forbidden as error:
        raise ChatClosed(error.message) from error
    except BadRequest as error:
        if any(words in error.message.lower() for words in _GONE):
            raise ChatClosed(error.message) from error
        raise
    except ChatMigrated:
        raise
    except TelegramError as error:
        # An unknown fault of the library quotes its cause, which may hold the address, and that holds the token.
        raise NotTaken(type(error).__name__) from error
    raise AssertionError("the last attempt returns or raises")


def _is_worth_again(error: Exception) -> bool:
    """An answer that did not come in time may yet have been a delivery; sending again would say things twice."""
    if isinstance(error, TimedOut):
        return isinstance(error.__cause__, httpx.ConnectTimeout | httpx.PoolTimeout)
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest)


class Outbox:
    """One chat's side of one turn. Every method raises only `TelegramFault`."""

    def __init__(self, bot: Bot, place: Place, pictures: Pictures) -> None:
        self._bot = bot
        self._chat_id = place.chat_id
        self._topic_id = place.topic_id
        self._pictures = pictures
        # In a group it must be clear who is answered; one answer's further messages follow of themselves.
        self._answers = place.message_id if place.is_group else None

    async def words(self, text: str, *, markup: Markup | None = None) -> None:
        """The text as it is, in several messages where one is too short for it; `markup` goes with the last."""
        parts = pieces(text, at_most=TEXT_MAX_UNITS)
        for at, part in enumerate(parts, start=1):
            await self._say(html(part), markup if at == len(parts) else None)

    async def film(self, card: Card, *, caption: str, credit: str, rows: Rows) -> None:
        """The film under its poster, with the credit; under a drawn card where Telegram cannot show that; as words at
        the last. `caption` is HTML, `credit` plain text that has its room beside it."""
        markup = keyboard(rows)
        for picture in (await self._pictures.of(card), None):
            shown = picture or await self._pictures.drawn(card)
            below = f"\n{html(credit)}" if credit and not shown.is_drawn else ""
            try:
                await self._show(shown, caption + below, markup)
            except BadRequest as error:
                _LOG.warning("picture refused", movie_id=card.movie_id, fault=error.message, drawn=shown.is_drawn)
                self._pictures.forget(shown)
            else:
                return
        await self._say(caption, markup)

    async def _show(self, picture: Picture, caption: str, markup: Markup) -> None:
        async def send() -> Message:
            return await self._bot.send_photo(
                self._chat_id,
                picture.content,
                caption=caption,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                reply_parameters=self._reply(),
                message_thread_id=self._topic_id,
                filename="film.png" if isinstance(picture.content, bytes) else None,
            )

        message = await self._moved_along(send)
        if message.photo:
            self._pictures.remember(picture, message.photo[-1].file_id)

    async def _say(self, text: str, markup: Markup | None) -> None:
        async def send() -> Message:
            return await self._bot.send_message(
                self._chat_id,
                text,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                reply_parameters=self._reply(),
                message_thread_id=self._topic_id,
            )

        try:
            await self._moved_along(send)
        except BadRequest as error:
            raise NotTaken(error.message) from error

    async def _moved_along(self, send: Callable[[], Awaitable[Message]]) -> Message:
        try:
            message = await delivered(send)
        except ChatMigrated as error:
            # The group became a supergroup with another id; what was to be answered has no counterpart there.
            self._chat_id, self._answers = error.new_chat_id, None
            message = await delivered(send)
        self._answers = None
        return message

    def _reply(self) -> ReplyParameters | None:
        return ReplyParameters(self._answers, allow_sending_without_reply=True) if self._answers else None

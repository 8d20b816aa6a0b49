""" "Typing…" in a chat while a turn is under way."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.telegram.hearing import Place
from bot.telegram.limits import TYPING_EVERY_S

#: Typing that is on its way is waited for this long, so that it does not show after the answer.
_LAST_WAIT_S = 0.5


@asynccontextmanager
async def typing(bot: Bot, place: Place) -> AsyncIterator[None]:
    """Shows the action until the block ends. Never raises: a chat without it is no fault."""
    over = asyncio.Event()
    task = asyncio.create_task(_until(over, bot, place))
    try:
        yield
    finally:
        over.set()
        # wait_for cancels what takes longer.
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(task, _LAST_WAIT_S)


async def _until(over: asyncio.Event, bot: Bot, place: Place) -> None:
    while not over.is_set():
        with contextlib.suppress(TelegramError):
            await bot.send_chat_action(place.chat_id, ChatAction.TYPING, message_thread_id=place.topic_id)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), TYPING_EVERY_S)

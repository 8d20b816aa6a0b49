"""Messages leave no faster than Telegram takes them, and a 429 is waited out.

```mermaid
flowchart LR
    call --> counted{"a new message?"}
    counted -- no --> held
    counted -- yes --> gates["wait for a place: of the bot, of the chat"]
    gates --> held["wait while the chat is held"]
    held --> send
    send -- "429 retry_after" --> hold["hold the chat that long"] --> held
```
"""

import asyncio
import datetime
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.telegram import limits

_LOG = structlog.get_logger("gateway.telegram")
_NEW_MESSAGES = frozenset({"sendMessage", "sendPhoto"})
#: Idle chats are forgotten when there are this many, so that memory follows the busy ones.
_GATES_MAX = 10_000
#: Hears of each call's method and outcome: ok, patience (a 429) or fault.
Count = Callable[[str, str], None]
Answer = bool | dict[str, Any] | list[dict[str, Any]]


class Gate:
    """Places in a row: `burst` at once, then one every `every_s` seconds (the generic cell rate algorithm)."""

    def __init__(self, *, every_s: float, burst: int) -> None:
        self._every_s = every_s
        self._slack_s = every_s * (burst - 1)
        self._next_s = float("-inf")
        self.held_until_s = float("-inf")

    def take(self, now_s: float) -> float:
        """Takes the next place, and returns the seconds until it comes up."""
        place_s = max(self._next_s, now_s)
        self._next_s = place_s + self._every_s
        return max(0.0, place_s - self._slack_s - now_s)

    def hold(self, until_s: float) -> None:
        """Nobody passes before then; afterwards one by one."""
        self.held_until_s = max(self.held_until_s, until_s)
        self._next_s = max(self._next_s, until_s + self._slack_s)

    def is_idle(self, now_s: float) -> bool:
        """Whether a new gate in its place would let the same through."""
        return self._next_s <= now_s and self.held_until_s <= now_s


class Pace(BaseRateLimiter[int]):
    """Paces one bot. Clock and sleep are arguments, so that tests need not wait."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        count: Count = lambda _method, _outcome: None,
    ) -> None:
        self._count = count
        self._clock = clock
        self._sleep = sleep
        self._bot = Gate(every_s=limits.BOT_EVERY_S, burst=limits.BOT_BURST)
        self._chats: dict[int | str, Gate] = {}

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def process_request(  # noqa: PLR0917 - the library's contract
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,  # noqa: ARG002
    ) -> Answer:
        """The answer of the call, made when it may be. Raises `RetryAfter` where waiting is not worth it."""
        gate = self._gate_of(data.get("chat_id"))
        if endpoint in _NEW_MESSAGES:
            await self._sleep(max(self._bot.take(self._clock()), gate.take(self._clock())))
        for attempt in range(limits.RETRIES_AFTER_429 + 1):
            while (left_s := gate.held_until_s - self._clock()) > 0:
                await self._sleep(left_s)
            try:
                answer = await callback(*args, **kwargs)
            except RetryAfter as error:
                self._count(endpoint, "patience")
                wait_s = _seconds(error)
                _LOG.warning("telegram asks for patience", endpoint=endpoint, retry_after_s=wait_s)
                gate.hold(self._clock() + wait_s)
                if attempt == limits.RETRIES_AFTER_429 or wait_s > limits.RETRY_AFTER_MAX_S:
                    raise
            except TelegramError:
                self._count(endpoint, "fault")
                raise
            else:
                self._count(endpoint, "ok")
                return answer
        raise AssertionError("the last attempt returns or raises")

    def _gate_of(self, chat_id: int | str | None) -> Gate:
        """The gate of a chat; calls that name none share one."""
        key = 0 if chat_id is None else chat_id
        if (gate := self._chats.get(key)) is not None:
            return gate
        if len(self._chats) >= _GATES_MAX:
            now_s = self._clock()
            self._chats = {chat: gate for chat, gate in self._chats.items() if not gate.is_idle(now_s)}
        # Only groups, supergroups and channels have ids below zero, or names.
        is_group = isinstance(key, str) or key < 0
        every_s, burst = (
            (limits.GROUP_EVERY_S, limits.GROUP_BURST) if is_group else (limits.CHAT_EVERY_S, limits.CHAT_BURST)
        )
        return self._chats.setdefault(key, Gate(every_s=every_s, burst=burst))


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, datetime.timedelta) else float(wait)

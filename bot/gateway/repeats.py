"""A message that is sent twice with the same Idempotency-Key is answered twice and done once."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from bot.gateway.problems import Problem, ProblemKind
from bot.gateway.turn import FAULT, Turn

REMEMBERED_S = 600.0


@dataclass(frozen=True, slots=True)
class _Remembered:
    fingerprint: str
    task: asyncio.Task[Turn]
    until_s: float


class Repeats:
    """Turns by key, for ten minutes and at most `kept` of them, oldest out first."""

    def __init__(self, *, kept: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._kept = kept
        self._clock = clock
        self._turns: OrderedDict[str, _Remembered] = OrderedDict()

    def known(self, key: str, fingerprint: str) -> asyncio.Task[Turn] | None:
        """The turn under way or answered for this key, or None. Raises a KEY_REUSED `Problem` for another message."""
        self._drop_old()
        turn = self._turns.get(key)
        if turn is None:
            return None
        if turn.fingerprint != fingerprint:
            raise Problem(ProblemKind.KEY_REUSED)
        return turn.task

    def begin(self, key: str, fingerprint: str, turn: Coroutine[Any, Any, Turn]) -> asyncio.Task[Turn]:
        """Starts the turn and remembers it."""
        task = asyncio.create_task(turn)
        self._turns[key] = _Remembered(fingerprint, task, self._clock() + REMEMBERED_S)
        task.add_done_callback(lambda done: self._settle(key, done))
        return task

    async def close(self) -> None:
        """Ends the turns still under way."""
        tasks = [turn.task for turn in self._turns.values() if not turn.task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def forget(self, key: str) -> None:
        """The next message with this key is a new one."""
        self._turns.pop(key, None)

    def _settle(self, key: str, done: asyncio.Task[Turn]) -> None:
        # An apology is not worth repeating: the same key may then try again.
        if done.cancelled() or done.exception() is not None or done.result().intent.name == FAULT:
            self.forget(key)

    def _drop_old(self) -> None:
        now_s = self._clock()
        while self._turns:
            key, oldest = next(iter(self._turns.items()))
            if len(self._turns) < self._kept and oldest.until_s > now_s:
                return
            if not oldest.task.done():
                # Never dropped under way: its caller still counts on it, and few can be under way at once.
                return
            del self._turns[key]

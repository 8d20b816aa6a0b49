"""A message that is sent twice with the same Idempotency-Key is answered twice and done once."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from bot.gateway.kept_turns import KeptTurns
from bot.gateway.leases import Leases
from bot.gateway.problems import Problem, ProblemKind
from bot.gateway.turn import FAULT, Turn

REMEMBERED_S = 600.0
Take = Callable[[], Coroutine[Any, Any, Turn]]


@dataclass(frozen=True, slots=True)
class Across:
    """What makes a key good at every gateway: the turns that all find, and who is at one of them now."""

    turns: KeptTurns
    leases: Leases


@dataclass(frozen=True, slots=True)
class _Remembered:
    fingerprint: str
    task: asyncio.Task[Turn]
    until_s: float


class Repeats:
    """Turns by key, for ten minutes and at most `kept` of them, oldest out first; with `across` at every gateway."""

    def __init__(self, *, kept: int, across: Across | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._kept = kept
        self._across = across
        self._clock = clock
        self._turns: OrderedDict[str, _Remembered] = OrderedDict()

    async def is_known(self, key: str, fingerprint: str) -> bool:
        """Whether a turn is under way or answered for this key. Raises a KEY_REUSED `Problem` for another message."""
        if self._here(key, fingerprint) is not None:
            return True
        return self._across is not None and await self._across.turns.was_begun(key, fingerprint)

    async def once(self, key: str, fingerprint: str, take: Take) -> Turn:
        """The turn of this key: the one under way, the one answered before, or else the one that `take` takes.

        Raises a KEY_REUSED `Problem` for another message, and `LeaseTaken` where another gateway does not get done
        with it. Whoever leaves, the turn goes on: the repeat is to find it.
        """
        task = self._here(key, fingerprint) or self._begin(key, fingerprint, take)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Ends the turns still under way."""
        tasks = [turn.task for turn in self._turns.values() if not turn.task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _here(self, key: str, fingerprint: str) -> asyncio.Task[Turn] | None:
        self._drop_old()
        turn = self._turns.get(key)
        if turn is None:
            return None
        if turn.fingerprint != fingerprint:
            raise Problem(ProblemKind.KEY_REUSED)
        return turn.task

    def _begin(self, key: str, fingerprint: str, take: Take) -> asyncio.Task[Turn]:
        across = self._across
        task = asyncio.create_task(_once_across(across, key, fingerprint, take) if across else take())
        self._turns[key] = _Remembered(fingerprint, task, self._clock() + REMEMBERED_S)
        task.add_done_callback(lambda done: self._settle(key, done))
        return task

    def _settle(self, key: str, done: asyncio.Task[Turn]) -> None:
        # An apology is not worth repeating: the same key may then try again.
        if done.cancelled() or done.exception() is not None or done.result().intent.name == FAULT:
            self._turns.pop(key, None)

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


async def _once_across(across: Across, key: str, fingerprint: str, take: Take) -> Turn:
    """The turn that any gateway has kept; else taken here, while the others wait for it.

    A gateway that dies over a turn lets its lease end, and the next one takes the turn anew, with the same id.
    """
    async with across.leases.held(f"repeat:{key}"):
        if (turn := await across.turns.find(key, fingerprint)) is not None:
            return turn
        await across.turns.begin(key, fingerprint)
        turn = await take()
        if turn.intent.name == FAULT:
            await across.turns.forget(key)
        else:
            await across.turns.keep(key, fingerprint, turn)
        return turn

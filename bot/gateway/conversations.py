"""One conversation's turns one after the other: in the order they came to a gateway, and one at a time across all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.gateway.leases import Leases, LeaseTaken


class TooManyWaiting(Exception):
    """More turns of one conversation wait than are worth waiting for."""


@dataclass(slots=True)
class _Queue:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    inside: int = 0


class Conversations:
    """A queue for each conversation that has a turn under way; an idle conversation takes no memory.

    With `leases` the turns of other gateways count, too.
    """

    def __init__(self, *, waiting_max: int, leases: Leases | None = None) -> None:
        self._waiting_max = waiting_max
        self._leases = leases
        self._queues: dict[str, _Queue] = {}

    def __len__(self) -> int:
        return len(self._queues)

    @asynccontextmanager
    async def turn_of(self, conversation: str) -> AsyncIterator[None]:
        """Holds the conversation for one turn, first come first served. Raises `TooManyWaiting`."""
        queue = self._queues.setdefault(conversation, _Queue())
        if queue.inside > self._waiting_max:
            raise TooManyWaiting(conversation)
        queue.inside += 1
        try:
            async with queue.lock, self._alone(conversation):
                yield
        finally:
            queue.inside -= 1
            if not queue.inside:
                self._queues.pop(conversation, None)

    @asynccontextmanager
    async def _alone(self, conversation: str) -> AsyncIterator[None]:
        if self._leases is None:
            yield
            return
        try:
            async with self._leases.held(f"turn:{conversation}"):
                yield
        except LeaseTaken as error:
            raise TooManyWaiting(conversation) from error

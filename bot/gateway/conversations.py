"""One conversation's turns one after the other, in the order they came."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


class TooManyWaiting(Exception):
    """More turns of one conversation wait than are worth waiting for."""


@dataclass(slots=True)
class _Queue:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    inside: int = 0


class Conversations:
    """A queue for each conversation that has a turn under way; an idle conversation takes no memory."""

    def __init__(self, *, waiting_max: int) -> None:
        self._waiting_max = waiting_max
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
            async with queue.lock:
                yield
        finally:
            queue.inside -= 1
            if not queue.inside:
                self._queues.pop(conversation, None)

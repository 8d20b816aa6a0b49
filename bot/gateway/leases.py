"""One holder at a time, across gateways: a lock in Redis that ends by itself when its holder does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from redis.asyncio.lock import Lock
from redis.exceptions import LockNotOwnedError

from bot.gateway.redis_link import RedisGone, RedisLink, place

_LOG = structlog.get_logger("gateway.leases")
#: A gateway that dies holds what it held for as long at most, in seconds.
LEASE_S = 6.0
_RENEWED_EVERY_S = LEASE_S / 3
#: Seconds between two looks at a lease that another gateway holds.
_LOOK_S = 0.05


class LeaseTaken(Exception):
    """Another gateway held it for longer than was worth waiting."""


class Leases:
    """Leases by name. Where Redis is gone they hold nobody up: turns go on, in order within each gateway only."""

    def __init__(self, link: RedisLink, *, patience_s: float) -> None:
        """`patience_s`: the longest wait for a lease that another gateway holds."""
        self._link = link
        self._patience_s = patience_s
        self._ending: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def held(self, name: str) -> AsyncIterator[None]:
        """Holds the name, and renews it for as long as that takes. Raises `LeaseTaken`."""
        lock = await self._taken(name)
        if lock is None:
            yield
            return
        renewing = asyncio.create_task(self._renew(lock))
        try:
            yield
        finally:
            renewing.cancel()
            # A task of its own: who is cancelled here is cancelled at each wait, and the next turn should not wait.
            ending = asyncio.create_task(self._let_go(lock))
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)
            await asyncio.shield(ending)

    async def close(self) -> None:
        """Waits until what was let go is let go."""
        await asyncio.gather(*self._ending, return_exceptions=True)

    async def _taken(self, name: str) -> Lock | None:
        try:
            with self._link.asking() as redis:
                lock = redis.lock(
                    place("lease", name),
                    timeout=LEASE_S,
                    sleep=_LOOK_S,
                    blocking_timeout=self._patience_s,
                    raise_on_release_error=False,  # it may have ended by itself meanwhile
                )
                if await lock.acquire():
                    return lock
        except RedisGone:
            return None
        raise LeaseTaken(name)

    async def _renew(self, lock: Lock) -> None:
        while True:
            await asyncio.sleep(_RENEWED_EVERY_S)
            with suppress(RedisGone), self._link.asking():
                try:
                    await lock.reacquire()
                except LockNotOwnedError:
                    _LOG.warning("lease lost")
                    return

    async def _let_go(self, lock: Lock) -> None:
        with suppress(RedisGone), self._link.asking():
            await lock.release()

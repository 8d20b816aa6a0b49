"""The link to Redis, where several gateways keep what they share. A Redis that is gone costs a turn a moment, once."""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from limits.errors import StorageError
from redis.asyncio import ConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import FullJitterBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

_LOG = structlog.get_logger("gateway.redis")
#: Redis answers in a millisecond; what takes longer than this is not worth a person's wait.
_TIMEOUT_S = 0.5
#: A command is tried again after as many seconds at most, over a new connection: the old one may have been cut.
_AGAIN_S = (0.01, 0.05)
#: Seconds for which a Redis that did not answer is not asked again.
REST_S = 2.0


def place(kind: str, name: str) -> str:
    """The key in Redis. Names hold who a person is, and keys are what an operator lists: so only their digest."""
    return f"matinee:{kind}:{digest(name)}"


def digest(text: str) -> str:
    """64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


class RedisGone(Exception):
    """Redis did not answer, or was just found not to: go on without it."""


class RedisLink:
    """One pool of connections. `asking` is the way to it: it says `RedisGone`, quickly, whatever the fault is."""

    def __init__(self, url: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        first_s, most_s = _AGAIN_S
        self.url = url
        self.pool: ConnectionPool = ConnectionPool.from_url(
            url,
            socket_timeout=_TIMEOUT_S,
            socket_connect_timeout=_TIMEOUT_S,
            retry=Retry(FullJitterBackoff(base=first_s, cap=most_s), 1, supported_errors=(RedisConnectionError,)),
            health_check_interval=15,
        )
        self._redis: Redis = Redis(connection_pool=self.pool)
        self._clock = clock
        self._resting_until_s = 0.0
        self._is_lost = False

    @contextmanager
    def asking(self) -> Iterator[Redis]:
        """Around commands that belong together. Raises `RedisGone` where Redis does not take or answer them."""
        if self._clock() < self._resting_until_s:
            raise RedisGone("resting")
        try:
            yield self._redis
        except (RedisError, StorageError, OSError) as error:
            self._resting_until_s = self._clock() + REST_S
            if not self._is_lost:
                self._is_lost = True
                _LOG.error("redis gone", fault=type(error).__name__, detail=str(error))
            raise RedisGone(type(error).__name__) from error
        if self._is_lost:
            self._is_lost = False
            _LOG.info("redis back")

    async def close(self) -> None:
        await self._redis.aclose()
        await self.pool.disconnect()

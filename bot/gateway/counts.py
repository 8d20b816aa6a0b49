"""Where turns and updates are counted: this process's memory, Redis, or any other store that `limits` knows."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from limits.aio.storage import Storage
from limits.errors import ConfigurationError, StorageError
from limits.storage import storage_from_string

from bot.gateway.redis_link import RedisGone, RedisLink

_LOG = structlog.get_logger("gateway.counts")
_REDIS = ("redis://", "rediss://")


class CountsError(Exception):
    """A store of counts that cannot be; the message names the setting."""


class CountsGone(Exception):
    """Nobody counts now."""


class Counts:
    """A store of counts, and `counting` as the way to it."""

    def __init__(self, uri: str, *, link: RedisLink | None = None) -> None:
        """`uri` as in MATINEE_RATE_LIMIT_STORAGE; `link` is used where it leads to the same Redis.

        Raises `CountsError` for a store that is not known or needs a package that is missing.
        """
        self._own = RedisLink(uri) if uri.startswith(_REDIS) and (link is None or link.url != uri) else None
        self._link = self._own or (link if uri.startswith(_REDIS) else None)
        # Without a server of its own (in memory) a storage takes no such options.
        options = {"implementation": "redispy", "connection_pool": self._link.pool} if self._link else {}
        try:
            storage = storage_from_string(f"async+{uri}", wrap_exceptions=True, **options)  # type: ignore[arg-type]
        except (ConfigurationError, ValueError) as error:
            raise CountsError(f"turns cannot be counted ({error}); set MATINEE_RATE_LIMIT_STORAGE") from error
        assert isinstance(storage, Storage)  # noqa: S101 - what async+ stands for
        self.storage = storage

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Around calls of the storage. Raises `CountsGone` where it does not answer."""
        if self._link is not None:
            try:
                with self._link.asking():
                    yield
            except RedisGone as error:
                raise CountsGone from error
            return
        try:
            yield
        except StorageError as error:
            _LOG.error("not counted", fault=str(error))
            raise CountsGone from error

    async def close(self) -> None:
        if self._own is not None:
            await self._own.close()

"""An update that Telegram delivers again is not answered again."""

import structlog
from limits.aio.storage import Storage
from limits.errors import StorageError
from limits.storage import storage_from_string

_LOG = structlog.get_logger("gateway.telegram")
#: Telegram repeats what was not confirmed within seconds to minutes.
_REMEMBERED_S = 3600


class Once:
    """Counts each update in the store of rates: this process's memory, or Redis for several gateways."""

    def __init__(self, storage_uri: str) -> None:
        counts = storage_from_string(f"async+{storage_uri}", wrap_exceptions=True)
        assert isinstance(counts, Storage)  # noqa: S101 - what async+ stands for
        self._counts = counts

    async def first_time(self, persona: str, update_id: int) -> bool:
        """Whether this update was never seen before; True where the store is down, as silence would be worse."""
        try:
            return await self._counts.incr(f"matinee/telegram/{persona}/{update_id}", _REMEMBERED_S) == 1
        except StorageError as error:
            _LOG.error("updates not counted", fault=str(error))
            return True

"""An update that Telegram delivers again is not answered again."""

import structlog

from bot.gateway.counts import Counts, CountsGone

_LOG = structlog.get_logger("gateway.telegram")
#: Telegram repeats what was not confirmed within seconds to minutes.
_REMEMBERED_S = 3600


class Once:
    """Counts each update in the store of rates: this process's memory, or Redis for several gateways."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts

    async def first_time(self, persona: str, update_id: int) -> bool:
        """Whether this update was never seen before; True where the store is down, as silence would be worse."""
        try:
            with self._counts.counting():
                return await self._counts.storage.incr(f"matinee/telegram/{persona}/{update_id}", _REMEMBERED_S) == 1
        except CountsGone:
            _LOG.warning("update not counted")
            return True

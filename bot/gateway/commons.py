"""What several gateways share by one Redis; nothing of it where a gateway is alone."""

from dataclasses import dataclass

from bot.gateway.counts import Counts
from bot.gateway.kept_turns import KeptTurns
from bot.gateway.leases import LEASE_S, Leases
from bot.gateway.redis_link import RedisLink
from bot.gateway.repeats import REMEMBERED_S, Across
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Commons:
    """The store of counts, and with MATINEE_REDIS_URL the leases on conversations and the turns kept for repeats."""

    counts: Counts
    link: RedisLink | None = None
    leases: Leases | None = None
    across: Across | None = None

    async def close(self) -> None:
        """Lets go of what is held and closes every connection."""
        if self.leases is not None:
            await self.leases.close()
        await self.counts.close()
        if self.link is not None:
            await self.link.close()


def commons_of(settings: Settings) -> Commons:
    """As the settings say. Raises `CountsError` for a store of counts that cannot be."""
    if not settings.redis_url:
        return Commons(Counts(settings.counts_uri))
    link = RedisLink(settings.redis_url)
    # As long as another gateway may take over a turn, and then until what it held ends by itself.
    leases = Leases(link, patience_s=settings.dialogue_timeout_s + LEASE_S)
    turns = KeptTurns(link, remembered_s=REMEMBERED_S)
    return Commons(Counts(settings.counts_uri, link=link), link, leases, Across(turns, leases))

"""How often a person, and all persons of a persona, may ask."""

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from bot.gateway.counts import Counts, CountsGone
from bot.gateway.problems import Problem, ProblemKind
from persona_configs import Persona, Phrase, say


class Rates:
    """Counts turns, and refuses those past a persona's limits.

    Sliding windows of a minute: in this process's memory, or in Redis for several gateways.
    """

    def __init__(self, counts: Counts, *, sessions_per_minute: int) -> None:
        self._counts = counts
        self._limiter = SlidingWindowCounterRateLimiter(counts.storage)
        self._sessions = RateLimitItemPerMinute(sessions_per_minute, namespace="matinee")

    async def charge_turn(self, persona: Persona, user: str) -> None:
        """Counts one turn of this person. Raises a RATE_LIMITED `Problem`."""
        web = persona.web
        await self._charge(persona, RateLimitItemPerMinute(web.turns_per_minute, namespace="matinee"), "person", user)
        await self._charge(persona, RateLimitItemPerMinute(web.turns_per_minute_total, namespace="matinee"), "all")

    async def charge_session(self, persona: Persona, address: str) -> None:
        """Counts one new anonymous session from this address. Raises a RATE_LIMITED `Problem`."""
        await self._charge(persona, self._sessions, "session", address)

    async def _charge(self, persona: Persona, limit: RateLimitItem, *whom: str) -> None:
        try:
            with self._counts.counting():
                if await self._limiter.hit(limit, persona.name, *whom):
                    return
                window = await self._limiter.get_window_stats(limit, persona.name, *whom)
        except CountsGone:
            # A store of counts that is down must not silence every bot; the log says, once, that nobody counts.
            return
        wait_s = max(1, math.ceil(window.reset_time - time.time()))
        raise Problem(
            ProblemKind.RATE_LIMITED,
            say(persona, Phrase.SLOW_DOWN, seed=whom[-1], seconds=wait_s),
            members={"retry_after_s": wait_s},
            headers={"Retry-After": str(wait_s)},
        )

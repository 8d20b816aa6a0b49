"""Answered turns by key, where all gateways find them: in Redis, for as long as a repeat may come."""

from contextlib import suppress

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.gateway.problems import Problem, ProblemKind
from bot.gateway.redis_link import RedisGone, RedisLink, digest, place
from bot.gateway.turn import Turn

_LOG = structlog.get_logger("gateway.repeats")


class _Entry(BaseModel):
    """One key: which message it came with, and its turn once that is answered."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    fingerprint: str
    turn: Turn | None = None


class KeptTurns:
    """Turns by key. Where Redis is gone nothing is kept and nothing found: each gateway then knows its own alone."""

    def __init__(self, link: RedisLink, *, remembered_s: float) -> None:
        self._link = link
        self._remembered_ms = round(remembered_s * 1000)

    async def was_begun(self, key: str, fingerprint: str) -> bool:
        """Whether a gateway has begun this key. Raises a KEY_REUSED `Problem` for another message."""
        return await self._read(key, fingerprint) is not None

    async def find(self, key: str, fingerprint: str) -> Turn | None:
        """The answered turn, or None. Raises a KEY_REUSED `Problem` for another message."""
        entry = await self._read(key, fingerprint)
        return entry.turn if entry else None

    async def begin(self, key: str, fingerprint: str) -> None:
        """Says that the key is taken by this message."""
        await self._write(key, _Entry(fingerprint=digest(fingerprint)))

    async def keep(self, key: str, fingerprint: str, turn: Turn) -> None:
        """Keeps the turn."""
        await self._write(key, _Entry(fingerprint=digest(fingerprint), turn=turn))

    async def forget(self, key: str) -> None:
        """The next message with this key is a new one."""
        with suppress(RedisGone), self._link.asking() as redis:
            await redis.delete(place("turn", key))

    async def _read(self, key: str, fingerprint: str) -> _Entry | None:
        try:
            with self._link.asking() as redis:
                held = await redis.get(place("turn", key))
        except RedisGone:
            return None
        if held is None:
            return None
        try:
            entry = _Entry.model_validate_json(held)
        except ValidationError as error:
            # A gateway of another version wrote it: as good as not there.
            _LOG.warning("kept turn not read", faults=error.error_count())
            return None
        if entry.fingerprint != digest(fingerprint):
            raise Problem(ProblemKind.KEY_REUSED)
        return entry

    async def _write(self, key: str, entry: _Entry) -> None:
        with suppress(RedisGone), self._link.asking() as redis:
            await redis.set(place("turn", key), entry.model_dump_json(), px=self._remembered_ms)

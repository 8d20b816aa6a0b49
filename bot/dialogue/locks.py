"""One message of a conversation at a time, across several dialogue servers: Rasa's ticket locks, kept in Redis.

Rasa's own store for Redis fails each turn while Redis is gone, waits up to ten seconds to find out, and keeps the lock
of a server that died. Here a turn goes on, with the locks of this process alone, and locks end by themselves. The
gateways hold a conversation as well, so that no two turns of it meet even then, unless Redis is gone for them, too.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import time
from typing import Any

import redis
from rasa.core.lock import TicketLock
from rasa.core.lock_store import InMemoryLockStore, LockStore
from rasa.utils.endpoints import EndpointConfig
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)

URL_VARIABLE = "MATINEE_REDIS_URL"
#: Redis answers in a millisecond. The server waits for it as a whole, so it does not wait for long.
_TIMEOUT_S = 0.5
#: Seconds for which a Redis that did not answer is not asked again.
REST_S = 2.0
#: A lock goes when nobody has touched it for as long; its tickets end before (TICKET_LOCK_LIFETIME).
_KEPT_S = 120


class RedisGone(Exception):
    """Redis did not answer, or was just found not to."""


class SharedLocks(LockStore):
    """Ticket locks in the Redis of MATINEE_REDIS_URL; in this process while Redis is gone."""

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:  # noqa: ARG002 - Rasa's signature
        self._redis = redis.Redis.from_url(
            os.environ[URL_VARIABLE],
            socket_timeout=_TIMEOUT_S,
            socket_connect_timeout=_TIMEOUT_S,
            retry=Retry(NoBackoff(), 1),
            retry_on_error=[redis.exceptions.ConnectionError],
        )
        self._here = InMemoryLockStore()
        self._resting_until_s = 0.0
        self._is_lost = False
        super().__init__()

    def get_lock(self, conversation_id: str) -> TicketLock | None:
        """The lock of a conversation, or None."""
        try:
            held = self._asked("get", _place(conversation_id))
        except RedisGone:
            held = None
        return _read(held) or self._here.get_lock(conversation_id)

    def save_lock(self, lock: TicketLock) -> None:
        """Keeps the lock where every server finds it."""
        try:
            self._asked("set", _place(lock.conversation_id), lock.dumps(), ex=_KEPT_S)
        except RedisGone:
            self._here.save_lock(lock)

    def delete_lock(self, conversation_id: str) -> None:
        """Deletes the lock, wherever it is."""
        self._here.delete_lock(conversation_id)
        try:
            self._asked("delete", _place(conversation_id))
        except RedisGone:
            return

    def _asked(self, command: str, *arguments: Any, **options: Any) -> Any:
        if time.monotonic() < self._resting_until_s:
            raise RedisGone("resting")
        try:
            answer = getattr(self._redis, command)(*arguments, **options)
        except (redis.exceptions.RedisError, OSError) as error:
            self._resting_until_s = time.monotonic() + REST_S
            if not self._is_lost:
                self._is_lost = True
                log.warning("redis gone: locks hold within this server only (%s)", type(error).__name__)
            raise RedisGone(type(error).__name__) from error
        if self._is_lost:
            self._is_lost = False
            log.warning("redis back: locks hold across servers again")
        return answer


def _place(conversation_id: str) -> str:
    # The id names a person, and keys are what an operator lists.
    return "matinee:lock:" + hashlib.sha256(conversation_id.encode()).hexdigest()


def _read(held: bytes | None) -> TicketLock | None:
    if held is None:
        return None
    try:
        return TicketLock.from_dict(json.loads(held))
    except (ValueError, KeyError, TypeError, AttributeError):
        log.warning("a lock that cannot be read counts as none")
        return None

"""Forgetting a person: every event of their conversation leaves the tracker store, with every word in it.

Rasa can only add events: its `restart` keeps what was said before. Here rows are deleted, and in a SQLite file what
they held is overwritten as well, in the file and in its write-ahead log. PostgreSQL frees the space at its next vacuum.
"""

from __future__ import annotations

import logging
import sqlite3
from typing import Any

from rasa.core.agent import Agent
from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore, TrackerStore
from sqlalchemy import text
from trail import tell


class CannotErase(Exception):
    """The tracker store in use has no way to delete a conversation; the message names it."""


def overwrite_what_is_deleted(connection: Any, _record: object) -> None:
    """Has a SQLite connection write zeros over deleted content; leaves others alone. A listener for `connect`."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA secure_delete=ON")


async def erase(agent: Agent, sender: str) -> None:
    """Deletes the conversation, after the turn that it may be in. Raises `CannotErase`, and what the database raises.

    Erasing what is not there does nothing.
    """
    async with agent.lock_store.lock(sender):
        for store in stores_of(agent):
            _erase_from(store, sender)


def stores_of(agent: Agent) -> list[TrackerStore]:
    """The tracker store in use, and the one that Rasa falls back to when that fails."""
    outer = agent.tracker_store
    inner = getattr(outer, "_tracker_store", outer)
    fallback = getattr(outer, "_fallback_tracker_store", None)
    return [store for store in (inner, fallback) if store is not None]


def _erase_from(store: TrackerStore, sender: str) -> None:
    if isinstance(store, InMemoryTrackerStore):
        store.store.pop(sender, None)
        return
    if not isinstance(store, SQLTrackerStore):
        raise CannotErase(f"{type(store).__name__} cannot delete a conversation; use the SQL tracker store")
    event = store.SQLEvent
    with store.session_scope() as session:
        session.query(event).filter(event.sender_id == sender).delete(synchronize_session=False)
        session.commit()
    if store.engine.dialect.name == "sqlite":
        _empty_write_ahead_log(store)


def _empty_write_ahead_log(store: SQLTrackerStore) -> None:
    # The log still holds the pages as they were before; truncating it is what takes the words off the disk.
    with store.engine.connect() as connection:
        busy = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar()
    if busy:
        tell(logging.WARNING, "tracker.db-wal still holds what was erased, until its next checkpoint")

"""The tracker store on PostgreSQL, for several dialogue servers: bounded waits, and no connection that is dead."""

from __future__ import annotations

from typing import Any

import rasa.core.tracker_store
import sqlalchemy.engine

#: Seconds to connect in, milliseconds that one statement may take: a turn waits for both.
_CONNECT_S, _STATEMENT_MS = 3, 3000
#: A server whose machine is gone without a word is noticed within ten seconds or so.
_GONE = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 2, "tcp_user_timeout": 8000}
#: One server answers one message at a time and a few in waiting: more connections would only be held.
_POOL = {"pool_size": 4, "max_overflow": 4, "pool_timeout": 3}


def bound_waits() -> None:
    """Applies this to the tracker store of this process."""
    given = rasa.core.tracker_store.create_engine_kwargs

    def engine_kwargs(url: Any) -> dict[str, Any]:
        return with_bounds(url, given(url))

    rasa.core.tracker_store.create_engine_kwargs = engine_kwargs


def with_bounds(url: Any, options: dict[str, Any]) -> dict[str, Any]:
    """The engine's options with ours added; those of another database as they are."""
    if sqlalchemy.engine.make_url(url).get_backend_name() != "postgresql":
        return options
    arguments = dict(options.get("connect_args", {}))
    told = f"{arguments.get('options', '')} -c statement_timeout={_STATEMENT_MS}".strip()
    arguments |= {"connect_timeout": _CONNECT_S, **_GONE, "options": told}
    # A connection that the database has dropped meanwhile is opened anew, instead of costing a person their turn.
    return {**options, **_POOL, "pool_pre_ping": True, "connect_args": arguments}

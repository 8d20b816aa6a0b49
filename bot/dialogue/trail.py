"""The log of this process: one line a record, readable or JSON, with the id and the persona of the turn it belongs to.

The gateway makes a turn's id and sends it as metadata; every other process logs it as well, so that one search finds a
turn everywhere. What a person wrote is never logged.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timezone
from typing import Any, Iterator

_turn: ContextVar[dict[str, str] | None] = ContextVar("turn", default=None)
#: Where a record carries fields of ours.
_FIELDS = "matinee"
_DETAIL_MAX_CHARS = 200
log = logging.getLogger("dialogue")


@contextmanager
def following(metadata: object) -> Iterator[None]:
    """Every line within the block names the turn of this metadata."""
    said = metadata if isinstance(metadata, dict) else {}
    named = {name: str(said[name]) for name in ("turn_id", "persona") if said.get(name)}
    token = _turn.set(named)
    try:
        yield
    finally:
        _turn.reset(token)


def tell(level: int, event: str, **fields: object) -> None:
    """Logs one line of fields."""
    log.log(level, event, extra={_FIELDS: fields})


def told(error: BaseException) -> dict[str, str]:
    """An error as fields: its kind, the beginning of its message and where it arose, but no value of a variable."""
    lines = str(error).splitlines() or [""]
    trace = "".join(traceback.format_tb(error.__traceback__))
    return {"fault": type(error).__name__, "detail": lines[0][:_DETAIL_MAX_CHARS], "trace": trace}


def set_up_logs() -> None:
    """Gives Rasa's handlers our lines. Called when Rasa has set up its own."""
    wanted = os.environ.get("MATINEE_LOG_FORMAT", "auto")
    readable = wanted == "console" or (wanted == "auto" and sys.stdout.isatty())
    for handler in logging.getLogger().handlers:
        handler.setFormatter(ReadableLines() if readable else JsonLines())
    level = logging.getLevelName(os.environ.get("MATINEE_LOG_LEVEL", "info").upper())
    if isinstance(level, int):
        log.setLevel(level)
        # Rasa's own lines at debug hold what people wrote; whoever wants them sets LOG_LEVEL.
        logging.getLogger().setLevel(max(level, logging.INFO))


class JsonLines(logging.Formatter):
    """A JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(_row(self, record), ensure_ascii=False, default=str)


class ReadableLines(logging.Formatter):
    """Time, level, event, and what else there is as name=value."""

    def format(self, record: logging.LogRecord) -> str:
        row = _row(self, record)
        head = f"{row.pop('timestamp')} [{row.pop('level'):<7}] {row.pop('event')}"
        long = [row.pop(name) for name in ("trace", "exception") if name in row]
        return "\n".join([" ".join([head, *(f"{name}={value}" for name, value in row.items())]), *long])


def _row(formatter: logging.Formatter, record: logging.LogRecord) -> dict[str, Any]:
    row = {
        "timestamp": datetime.fromtimestamp(record.created, timezone.utc).isoformat().replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        **_spoken(record.getMessage()),
        **(_turn.get() or {}),
        **getattr(record, _FIELDS, {}),
    }
    if record.exc_info:
        row["exception"] = formatter.formatException(record.exc_info)
    return row


def _spoken(message: str) -> dict[str, Any]:
    # Some of Rasa's own lines are JSON already.
    if message.startswith("{"):
        try:
            return {"event": message, **json.loads(message)}
        except ValueError:
            pass
    return {"event": message}

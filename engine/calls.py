"""What holds for every call of the engine: the turn's id in all its log lines, one line of its own, its figures."""

import time
from collections.abc import Callable, Container
from typing import TypeVar

import structlog
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from engine.client import TURN_HEADER, is_turn_id
from engine.errors import EngineFaultError
from engine.metrics import UNKNOWN, EngineMetrics
from engine.nlg import NlgRefused

_log = structlog.get_logger("engine")
M = TypeVar("M")


class FollowTurn:
    """Binds the id of the turn that a call belongs to, as its header says, to every log line of the call."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            structlog.contextvars.clear_contextvars()
            follow(Headers(scope=scope).get(TURN_HEADER, ""))
        await self._app(scope, receive, send)


def follow(turn_id: str) -> None:
    """Binds a turn's id to the log lines that follow; what cannot be one is passed over."""
    if is_turn_id(turn_id):
        structlog.contextvars.bind_contextvars(turn_id=turn_id)


class Calls:
    """Takes calls: one log line and one count each, whatever becomes of them."""

    def __init__(self, metrics: EngineMetrics, *, personas: Container[str]) -> None:
        self._metrics, self._personas = metrics, personas

    def take(self, call: str, persona: str, answer: Callable[[], M]) -> M:
        """What `answer` returns. Faults pass, counted."""
        began_s, outcome = time.perf_counter(), "fault"
        try:
            answered = answer()
            outcome = "ok"
        except EngineFaultError as error:
            outcome = error.kind.removeprefix("/problems/")
            raise
        except NlgRefused:
            outcome = "invalid-request"
            raise
        finally:
            seconds = time.perf_counter() - began_s
            self._metrics.call(call, outcome=outcome, seconds=seconds)
            _log.info(
                "call",
                stage="engine",
                call=call,
                persona=persona if persona in self._personas else UNKNOWN,
                ms=round(seconds * 1000, 1),
                outcome=outcome,
            )
        return answered

"""What holds for every request: an id, one log line, headers that keep a browser safe, and never a trace."""

import secrets
import time
from typing import Any

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.problems import Problem, ProblemKind
from bot.gateway.refusals import problem_response

_LOG = structlog.get_logger("gateway")
#: The first status that is a refusal.
_REFUSED = 400
REQUEST_ID_HEADER = "Matinee-Request"

#: The demo page and the widget load scripts, styles and data from here alone; posters come from any https host.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def new_id() -> str:
    """16 hex digits."""
    return secrets.token_hex(8)


class Border:
    """The outermost layer around the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = new_id()
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        began_s, status = time.perf_counter(), 0

        async def send_guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _guard(MutableHeaders(scope=message), scope, request_id)
            await send(message)

        try:
            await self._app(scope, receive, send_guarded)
        except Exception:
            _LOG.exception("fault", path=scope["path"])
            if status:
                # The head is out already: cutting the connection is the only honest end.
                raise
            response = problem_response(Request(scope), Problem(ProblemKind.INTERNAL))
            await response(scope, receive, send_guarded)
        finally:
            # A message that was taken has the line of its turn already.
            is_told = scope["path"].startswith("/v1/chat") and 0 < status < _REFUSED
            log = _LOG.info if scope["path"].startswith("/v1") and not is_told else _LOG.debug
            elapsed_ms = round((time.perf_counter() - began_s) * 1000, 1)
            log("request", method=scope["method"], path=scope["path"], status=status or None, elapsed_ms=elapsed_ms)


def _guard(headers: MutableHeaders, scope: dict[str, Any] | Scope, request_id: str) -> None:
    for name, value in _ALWAYS.items():
        headers.setdefault(name, value)
    headers.setdefault(REQUEST_ID_HEADER, request_id)
    is_page = scope["path"] == "/" or scope["path"].startswith("/widget")
    headers.setdefault("Content-Security-Policy", PAGE_POLICY if is_page else DATA_POLICY)
    if not is_page:
        headers.setdefault("Cache-Control", "no-store")

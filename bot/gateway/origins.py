"""Which web pages may talk to which persona (CORS by persona).

A browser asks first (OPTIONS) without saying which persona it will name, so the question is answered for the origins
of all personas, and each request is then held against the origins of its own persona.
"""

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.problems import Problem, ProblemKind
from persona_configs import Persona

SESSION_HEADER = "Matinee-Session"
TURN_HEADER = "Matinee-Turn"
_ANY = "*"
_PREFLIGHT_KEPT_S = 600
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key",
    "Access-Control-Max-Age": str(_PREFLIGHT_KEPT_S),
}
_EXPOSED = f"{SESSION_HEADER}, {TURN_HEADER}, Retry-After"


def refuse_strange_page(request: Request, persona: Persona) -> None:
    """Raises an ORIGIN_REFUSED `Problem` where a page that this persona does not list is asking.

    Requests without an origin (servers, terminals) and from the gateway's own page pass.
    """
    origin = request.headers.get("origin")
    if origin is None or _is_own(origin, request.headers) or _listed(origin, persona.web.origins):
        return
    raise Problem(ProblemKind.ORIGIN_REFUSED, f"{origin} is not among the origins of {persona.name}.")


def _is_own(origin: str, headers: Headers) -> bool:
    return origin.partition("://")[2].lower() == headers.get("host", "").lower()


def _listed(origin: str, allowed: Iterable[str]) -> bool:
    return any(one in (_ANY, origin) for one in allowed)


class Origins:
    """Answers preflights, and lets pages of listed origins read the answers."""

    def __init__(self, app: ASGIApp, *, personas: Iterable[Persona]) -> None:
        self._app = app
        self._allowed = frozenset(origin for persona in personas for origin in persona.web.origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        if (origin := headers.get("origin")) is None:
            await self._app(scope, receive, send)
            return
        allowed = _is_own(origin, headers) or _listed(origin, self._allowed) or scope["path"].startswith("/widget/")

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                marked = MutableHeaders(scope=message)
                marked.add_vary_header("Origin")
                if allowed:
                    marked["Access-Control-Allow-Origin"] = origin
                    marked["Access-Control-Expose-Headers"] = _EXPOSED
            await send(message)

        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await Response(status_code=204, headers=_PREFLIGHT if allowed else {})(scope, receive, send_marked)
        else:
            await self._app(scope, receive, send_marked)

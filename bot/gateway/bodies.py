"""No body is read past its limit."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.problems import Problem, ProblemKind
from bot.gateway.refusals import problem_response

BODY_MAX_BYTES = 64 * 1024
#: A Telegram message with the one that it answers, both of 4,096 escaped emoji, is larger; it is read with its secret.
_TELEGRAM, _TELEGRAM_MAX_BYTES = "/telegram/", 512 * 1024
_TOO_LARGE = 413


class BodyLimit:
    """Refuses a body that is announced as too large unread, and one that turns out so as soon as it does."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_http = scope["type"] == "http"
        announced = Headers(scope=scope).get("content-length", "") if is_http else ""
        most_bytes = _TELEGRAM_MAX_BYTES if is_http and scope["path"].startswith(_TELEGRAM) else BODY_MAX_BYTES
        if announced.isdecimal() and int(announced) > most_bytes:
            await problem_response(Request(scope), Problem(ProblemKind.TOO_LARGE))(scope, receive, send)
            return
        taken_bytes = 0

        async def receive_limited() -> Message:
            nonlocal taken_bytes
            message = await receive()
            taken_bytes += len(message.get("body", b""))
            if taken_bytes > most_bytes:
                # FastAPI passes this type on from the reading of a body, and turns any other into a plain 400.
                raise HTTPException(_TOO_LARGE)
            return message

        await self._app(scope, receive_limited, send)

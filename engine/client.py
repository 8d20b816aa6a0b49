"""The typed client of the engine's HTTP service, for the gateway, the actions and the command line."""

import re
from types import TracebackType
from typing import Self, TypeVar

import httpx
import structlog
from pydantic import BaseModel, TypeAdapter, ValidationError

from engine.wire import (
    AboutRequest,
    Card,
    CardsRequest,
    FeedbackRequest,
    Health,
    ParseRequest,
    PicksRequest,
    Reply,
    SayRequest,
    TasteReply,
)
from nlu.frame import Parse

#: Whole-call limits in seconds; the engine answers in milliseconds, so past this it is not coming.
TIMEOUT_S = httpx.Timeout(4.0, connect=1.0)

#: Whoever asks whether the engine is ready wants to know soon, in seconds.
PROBE_TIMEOUT_S = 2.0
#: Carries the id of the turn that a call belongs to.
TURN_HEADER = "Matinee-Turn"
_TURN_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")

M = TypeVar("M")
_REPLY, _PARSE, _CARDS, _TASTE = (
    TypeAdapter(Reply),
    TypeAdapter(Parse),
    TypeAdapter(list[Card]),
    TypeAdapter(TasteReply),
)


class EngineError(Exception):
    """The engine did not answer as the contract says."""


class EngineUnreachable(EngineError):
    """No connection, or no answer in time."""


class EngineRefused(EngineError):
    """The engine answered with a problem; `status` and `type` are its own."""

    def __init__(self, status: int, kind: str, detail: str) -> None:
        super().__init__(f"{status} {kind}: {detail}")
        self.status, self.kind, self.detail = status, kind, detail


class EngineClient:
    """One connection pool to one engine. Every call raises only `EngineError`, and carries the id of the turn that the
    log's context is bound to."""

    def __init__(self, base_url: str, *, timeout: httpx.Timeout = TIMEOUT_S) -> None:
        self._http = httpx.AsyncClient(base_url=base_url, timeout=timeout, trust_env=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.aclose()

    async def parse(self, request: ParseRequest) -> Parse:
        return await self._call("POST", "/v1/parse", _PARSE, request)

    async def picks(self, request: PicksRequest) -> Reply:
        return await self._call("POST", "/v1/picks", _REPLY, request)

    async def explain(self, request: AboutRequest) -> Reply:
        return await self._call("POST", "/v1/explain", _REPLY, request)

    async def details(self, request: AboutRequest) -> Reply:
        return await self._call("POST", "/v1/details", _REPLY, request)

    async def feedback(self, request: FeedbackRequest) -> Reply:
        return await self._call("POST", "/v1/feedback", _REPLY, request)

    async def cards(self, request: CardsRequest) -> list[Card]:
        return await self._call("POST", "/v1/cards", _CARDS, request)

    async def say(self, request: SayRequest) -> Reply:
        return await self._call("POST", "/v1/say", _REPLY, request)

    async def taste(self, persona: str, user: str) -> TasteReply:
        return await self._call("GET", f"/v1/taste/{persona}/{user}", _TASTE)

    async def taste_reply(self, persona: str, user: str) -> Reply:
        """The person's taste in the persona's words."""
        return await self._call("GET", f"/v1/taste/{persona}/{user}/reply", _REPLY)

    async def saved_reply(self, persona: str, user: str) -> Reply:
        """The saved films as picks, in the persona's words."""
        return await self._call("GET", f"/v1/saved/{persona}/{user}/reply", _REPLY)

    async def forget(self, persona: str, user: str) -> Reply:
        """Erases all that is kept of a person."""
        return await self._call("DELETE", f"/v1/taste/{persona}/{user}", _REPLY)

    async def ready(self) -> Health:
        """Whether the engine can answer, and what is amiss in its own words; `failing` where it cannot be asked."""
        try:
            response = await self._http.get("/readyz", timeout=PROBE_TIMEOUT_S)
            return Health.model_validate_json(response.content)
        except httpx.HTTPError as error:
            return Health(status="failing", detail={"process": f"unreachable: {type(error).__name__}"})
        except ValidationError:
            return Health(
                status="failing", detail={"process": f"answers outside the contract ({response.status_code})"}
            )

    async def _call(self, method: str, path: str, answer: TypeAdapter[M], body: BaseModel | None = None) -> M:
        content = body.model_dump_json() if body is not None else None
        headers = _turn() | ({"content-type": "application/json"} if content else {})
        try:
            response = await self._http.request(method, path, content=content, headers=headers)
        except httpx.HTTPError as error:
            raise EngineUnreachable(f"{method} {path}: {str(error) or type(error).__name__}") from error
        if response.is_error:
            raise _refusal(response)
        try:
            return answer.validate_json(response.content)
        except ValidationError as error:
            raise EngineError(f"{method} {path} answered outside the contract: {error}") from error


def _turn() -> dict[str, str]:
    # The same context that the caller's own log lines have, so that both sides name the turn alike.
    turn_id = str(structlog.contextvars.get_contextvars().get("turn_id") or "")
    return {TURN_HEADER: turn_id} if is_turn_id(turn_id) else {}


def is_turn_id(text: str) -> bool:
    """Whether the text can be the id of a turn: what anybody sends is logged only if it is short and plain."""
    return _TURN_ID.fullmatch(text) is not None


def _refusal(response: httpx.Response) -> EngineRefused:
    try:
        problem = response.json()
        return EngineRefused(response.status_code, str(problem["type"]), str(problem.get("detail", "")))
    except (ValueError, KeyError, TypeError):
        return EngineRefused(response.status_code, "about:blank", response.text[:200])

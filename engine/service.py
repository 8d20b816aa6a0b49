"""The engine's HTTP service: internal, trusting, and quick. Handlers are plain functions that FastAPI runs in a
bounded pool of threads, since all of their work is computing and short transactions."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import anyio
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.status import HTTP_400_BAD_REQUEST

from engine.answers import About, Desk, Feedback, Picks, Tastes
from engine.errors import EngineFaultError
from engine.nlg import NlgRefused
from engine.nlg import answer as answer_nlg
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
from nlu import Parse, Parser
from persona_configs.phrases import Phrase

#: Seconds between two looks for a newly built artefact.
REFRESH_S = 2.0
_PROBLEM = "application/problem+json"
_log = structlog.get_logger("engine")


def create_app(desk: Desk, parser: Parser, *, threads: int) -> FastAPI:
    """The service over a desk and a parser, both ready."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = threads
        refreshing = asyncio.create_task(_refresh(desk))
        yield
        refreshing.cancel()

    app = FastAPI(title="Matinee engine", lifespan=lifespan, docs_url=None, redoc_url=None)
    _add_borders(app)
    _add_language(app, desk, parser)
    _add_films(app, desk)
    _add_tastes(app, desk)
    return app


async def _refresh(desk: Desk) -> None:
    while True:
        await asyncio.sleep(REFRESH_S)
        try:
            await asyncio.to_thread(desk.catalogues.refresh)
        except Exception:  # one look that fails must not be the last
            _log.exception("no look at new artefacts")


def _add_language(app: FastAPI, desk: Desk, parser: Parser) -> None:
    @app.post("/v1/parse", response_model=None)
    def parse(asked: ParseRequest) -> Parse:
        started = time.perf_counter()
        loaded = desk.catalogue(desk.persona(asked.persona))
        parsed = parser.parse(asked.text, loaded.gazetteer)
        return replace(parsed, latency_ms=_ms(started))

    @app.post("/v1/say")
    def say(asked: SayRequest) -> Reply:
        voice = desk.voice(asked.persona)
        if asked.phrase not in set(Phrase):
            raise NlgRefused(f"no phrase {asked.phrase!r}")
        # A placeholder's value may come under any name; the voice has names of its own.
        values = {name: value for name, value in asked.values.items() if name not in {"seed", "nth"}}
        return voice.reply(Phrase(asked.phrase), seed=asked.turn_id, **values)

    @app.post("/nlg")
    def nlg(body: dict[str, Any]) -> dict[str, Any]:
        return answer_nlg(body, desk.personas)

    @app.get("/v1/personas")
    def personas() -> list[str]:
        return list(desk.personas)

    @app.get("/livez")
    @app.get("/readyz")
    def health() -> Health:
        return Health(status="ok")


def _add_films(app: FastAPI, desk: Desk) -> None:
    picks, about, feedback = Picks(desk), About(desk), Feedback(desk)

    @app.post("/v1/picks")
    def pick(asked: PicksRequest) -> Reply:
        return _timed(lambda: picks.answer(asked))

    @app.post("/v1/explain")
    def explain(asked: AboutRequest) -> Reply:
        return _timed(lambda: about.explain(asked))

    @app.post("/v1/details")
    def details(asked: AboutRequest) -> Reply:
        return _timed(lambda: about.details(asked))

    @app.post("/v1/cards")
    def cards(asked: CardsRequest) -> list[Card]:
        return about.cards(asked)

    @app.post("/v1/feedback")
    def say_of_films(asked: FeedbackRequest) -> Reply:
        return _timed(lambda: feedback.answer(asked))


def _add_tastes(app: FastAPI, desk: Desk) -> None:
    tastes = Tastes(desk)

    @app.get("/v1/taste/{persona}/{user}")
    def read(persona: str, user: str) -> TasteReply:
        return tastes.read(persona, user)

    @app.get("/v1/taste/{persona}/{user}/reply")
    def summary(persona: str, user: str) -> Reply:
        return _timed(lambda: tastes.summary(persona, user))

    @app.delete("/v1/taste/{persona}/{user}")
    def forget(persona: str, user: str) -> Reply:
        return _timed(lambda: tastes.forget(persona, user))

    @app.get("/v1/saved/{persona}/{user}/reply")
    def saved(persona: str, user: str) -> Reply:
        return _timed(lambda: tastes.saved(persona, user))


def _timed(answer: Callable[[], Reply]) -> Reply:
    started = time.perf_counter()
    return answer().model_copy(update={"engine_ms": _ms(started)})


def _ms(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 3)


def _problem(status: int, kind: str, title: str, detail: str) -> JSONResponse:
    body = {"type": kind, "title": title, "status": status, "detail": detail}
    return JSONResponse(body, status_code=status, media_type=_PROBLEM)


def _add_borders(app: FastAPI) -> None:
    @app.middleware("http")
    async def follow_turn(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
        structlog.contextvars.clear_contextvars()
        if turn_id := request.headers.get("matinee-turn"):
            structlog.contextvars.bind_contextvars(turn_id=turn_id)
        return await answer(request)

    @app.exception_handler(EngineFaultError)
    def known(_request: Request, error: EngineFaultError) -> JSONResponse:
        return _problem(error.status, error.kind, error.title, str(error))

    @app.exception_handler(RequestValidationError)
    def outside_contract(_request: Request, error: RequestValidationError) -> JSONResponse:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        return _problem(422, "/problems/invalid-request", "The request is outside the contract", faults)

    @app.exception_handler(HTTPException)
    def outside_http(_request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == HTTP_400_BAD_REQUEST:  # a body that is not even text
            return _problem(422, "/problems/invalid-request", "The request is outside the contract", error.detail)
        return _problem(error.status_code, "about:blank", error.detail, "The engine has no such address or method.")

    @app.exception_handler(NlgRefused)
    def refused(_request: Request, error: Exception) -> JSONResponse:
        return _problem(422, "/problems/invalid-request", "The request cannot be answered", str(error))

    @app.exception_handler(Exception)
    def unknown(request: Request, error: Exception) -> JSONResponse:
        _log.error("unknown fault", path=request.url.path, exc_info=error)
        return _problem(500, "/problems/engine-fault", "The engine could not answer", "The fault is in the log.")

"""The engine's HTTP service: internal, trusting, and quick. Handlers are plain functions that FastAPI runs in a
bounded pool of threads, since all of their work is computing and short transactions."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import anyio
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.exceptions import HTTPException
from starlette.status import HTTP_400_BAD_REQUEST, HTTP_503_SERVICE_UNAVAILABLE

from engine.answers import About, Desk, Feedback, Picks, Tastes
from engine.calls import Calls, FollowTurn, follow
from engine.errors import EngineFaultError
from engine.heard import heard, meaning_of
from engine.metrics import EngineMetrics
from engine.nlg import NlgRefused, asker
from engine.nlg import answer as answer_nlg
from engine.offers import chip
from engine.readiness import readiness
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
from index import VectorStoreError
from nlu import Parse, Parser
from persona_configs.phrases import Phrase

#: Seconds between two looks for a newly built artefact.
REFRESH_S = 2.0
_PROBLEM = "application/problem+json"
_log = structlog.get_logger("engine")


def create_app(desk: Desk, parser: Parser, *, threads: int, metrics: EngineMetrics | None = None) -> FastAPI:
    """The service over a desk and a parser, both ready."""
    metrics = metrics or EngineMetrics()
    metrics.show(lambda: desk.catalogues.in_force)
    calls = Calls(metrics, personas=desk.personas)

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = threads
        refreshing = asyncio.create_task(_refresh(desk))
        yield
        refreshing.cancel()

    app = FastAPI(title="Matinee engine", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.add_middleware(FollowTurn)
    _add_borders(app, metrics)
    _add_language(app, desk, parser, calls)
    _add_films(app, desk, calls, metrics)
    _add_tastes(app, desk, calls)
    _add_watching(app, desk, metrics)
    return app


async def _refresh(desk: Desk) -> None:
    while True:
        await asyncio.sleep(REFRESH_S)
        try:
            await asyncio.to_thread(desk.catalogues.refresh)
        except Exception:  # one look that fails must not be the last
            _log.exception("no look at new artefacts")


def _add_language(app: FastAPI, desk: Desk, parser: Parser, calls: Calls) -> None:
    @app.post("/v1/parse", response_model=None)
    def parse(asked: ParseRequest) -> Parse | dict[str, Any]:
        def read() -> Parse | dict[str, Any]:
            started = time.perf_counter()
            loaded = desk.catalogue(desk.persona(asked.persona))
            said = replace(parser.parse(asked.text, loaded.gazetteer), latency_ms=_ms(started))
            return heard(said, meaning_of(said, desk.catalogues.encoder)) if asked.meaning else said

        return calls.take("parse", asked.persona, read)

    @app.post("/v1/say")
    def say(asked: SayRequest) -> Reply:
        def said() -> Reply:
            voice = desk.voice(asked.persona)
            if unknown := {asked.phrase, *asked.chips} - set(Phrase):
                raise NlgRefused(f"no phrase {min(unknown)!r}")
            # A placeholder's value may come under any name; the voice has names of its own.
            values = {name: value for name, value in asked.values.items() if name not in {"seed", "nth"}}
            reply = voice.reply(Phrase(asked.phrase), seed=asked.turn_id, **values)
            if not asked.chips:
                return reply
            chips = tuple(chip(voice.persona, Phrase(one), seed=asked.turn_id) for one in asked.chips)
            return reply.model_copy(update={"quick_replies": chips})

        return calls.take("say", asked.persona, said)

    @app.post("/nlg")
    def nlg(body: dict[str, Any]) -> dict[str, Any]:
        persona, turn_id = asker(body)
        follow(turn_id)
        return calls.take("nlg", persona, lambda: answer_nlg(body, desk.personas))

    @app.get("/v1/personas")
    def personas() -> list[str]:
        return list(desk.personas)


def _add_films(app: FastAPI, desk: Desk, calls: Calls, metrics: EngineMetrics) -> None:
    picks, about, feedback = Picks(desk, tell=metrics.given), About(desk), Feedback(desk)

    @app.post("/v1/picks")
    def pick(asked: PicksRequest) -> Reply:
        return calls.take("picks", asked.persona, lambda: _timed(lambda: picks.answer(asked)))

    @app.post("/v1/explain")
    def explain(asked: AboutRequest) -> Reply:
        return calls.take("explain", asked.persona, lambda: _timed(lambda: about.explain(asked)))

    @app.post("/v1/details")
    def details(asked: AboutRequest) -> Reply:
        return calls.take("details", asked.persona, lambda: _timed(lambda: about.details(asked)))

    @app.post("/v1/cards")
    def cards(asked: CardsRequest) -> list[Card]:
        return calls.take("cards", asked.persona, lambda: about.cards(asked))

    @app.post("/v1/feedback")
    def say_of_films(asked: FeedbackRequest) -> Reply:
        return calls.take("feedback", asked.persona, lambda: _timed(lambda: feedback.answer(asked)))


def _add_tastes(app: FastAPI, desk: Desk, calls: Calls) -> None:
    tastes = Tastes(desk)

    @app.get("/v1/taste/{persona}/{user}")
    def read(persona: str, user: str) -> TasteReply:
        return calls.take("taste", persona, lambda: tastes.read(persona, user))

    @app.get("/v1/taste/{persona}/{user}/reply")
    def summary(persona: str, user: str) -> Reply:
        return calls.take("taste_reply", persona, lambda: _timed(lambda: tastes.summary(persona, user)))

    @app.delete("/v1/taste/{persona}/{user}")
    def forget(persona: str, user: str) -> Reply:
        return calls.take("forget", persona, lambda: _timed(lambda: tastes.forget(persona, user)))

    @app.get("/v1/saved/{persona}/{user}/reply")
    def saved(persona: str, user: str) -> Reply:
        return calls.take("saved_reply", persona, lambda: _timed(lambda: tastes.saved(persona, user)))


def _add_watching(app: FastAPI, desk: Desk, metrics: EngineMetrics) -> None:
    @app.get("/livez")
    async def livez() -> Health:
        # Answered by the event loop itself: it lives although all threads may be at work.
        return Health(status="ok")

    @app.get("/readyz")
    def readyz(response: Response) -> Health:
        health = readiness(desk)
        if health.status != "ok":
            response.status_code = HTTP_503_SERVICE_UNAVAILABLE
        return health

    @app.get("/metrics", include_in_schema=False)
    def figures() -> Response:
        return Response(metrics.exposition(), media_type=CONTENT_TYPE_LATEST)


def _timed(answer: Callable[[], Reply]) -> Reply:
    started = time.perf_counter()
    return answer().model_copy(update={"engine_ms": _ms(started)})


def _ms(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 3)


def _add_borders(app: FastAPI, metrics: EngineMetrics) -> None:
    def problem(status: int, kind: str, title: str, detail: str) -> JSONResponse:
        metrics.fault(kind)
        body = {"type": kind, "title": title, "status": status, "detail": detail}
        return JSONResponse(body, status_code=status, media_type=_PROBLEM)

    @app.exception_handler(EngineFaultError)
    def known(_request: Request, error: EngineFaultError) -> JSONResponse:
        return problem(error.status, error.kind, error.title, str(error))

    @app.exception_handler(VectorStoreError)
    def no_vectors(_request: Request, error: Exception) -> JSONResponse:
        return problem(503, "/problems/vectors", "The vector store did not answer", str(error))

    @app.exception_handler(RequestValidationError)
    def outside_contract(_request: Request, error: RequestValidationError) -> JSONResponse:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        return problem(422, "/problems/invalid-request", "The request is outside the contract", faults)

    @app.exception_handler(HTTPException)
    def outside_http(_request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == HTTP_400_BAD_REQUEST:  # a body that is not even text
            return problem(422, "/problems/invalid-request", "The request is outside the contract", error.detail)
        return problem(error.status_code, "about:blank", error.detail, "The engine has no such address or method.")

    @app.exception_handler(NlgRefused)
    def refused(_request: Request, error: Exception) -> JSONResponse:
        return problem(422, "/problems/invalid-request", "The request cannot be answered", str(error))

    @app.exception_handler(Exception)
    def unknown(request: Request, error: Exception) -> JSONResponse:
        _log.error("unknown fault", path=request.url.path, exc_info=error)
        return problem(500, "/problems/engine-fault", "The engine could not answer", "The fault is in the log.")

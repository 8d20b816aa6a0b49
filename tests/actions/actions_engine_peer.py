"""A small engine that speaks the real wire: it remembers each request and can be told to fail."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI, Request, Response
from pydantic import BaseModel

from engine.client import EngineClient
from engine.wire import AboutRequest, FeedbackRequest, Mode, ParseRequest, Pick, PicksRequest, Reply, SayRequest
from nlu.frame import Frame, Parse, Wishes

FILMS = ("amelie-2001", "paddington-2014", "arrival-2016", "heat-1995", "ikiru-1952", "coco-2017")


@dataclass
class EnginePeer:
    """`calls` holds (path, request) in order; `status` other than 200 makes every call a problem. `films` are given at
    a time, and `turns` holds the turn id that each call named."""

    calls: list[tuple[str, Any]] = field(default_factory=list)
    status: int = 200
    body: bytes | None = None
    cursor: int = 0
    films: int = 3
    amiss: dict[str, str] = field(default_factory=dict)
    turns: list[str] = field(default_factory=list)

    def asked(self, path: str) -> list[Any]:
        return [request for called, request in self.calls if called == path]

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.middleware("http")
        async def hear(request: Request, answer: Any) -> Any:
            self.turns.append(request.headers.get("matinee-turn", ""))
            return await answer(request)

        @app.get("/readyz")
        async def readyz() -> Response:
            health = {"status": "failing" if self.amiss else "ok", "detail": self.amiss}
            return Response(json.dumps(health), 503 if self.amiss else 200, media_type="application/json")

        def note(path: str, request: BaseModel | str, reply: Any) -> Any:
            self.calls.append((path, request))
            if self.body is not None:
                return Response(self.body, media_type="application/json")
            if self.status != 200:
                problem = '{"type": "/problems/busy", "detail": "told to fail"}'
                return Response(problem, self.status, media_type="application/problem+json")
            return reply

        @app.post("/v1/parse")
        async def parse(request: ParseRequest) -> Any:
            frame = Frame(wants=Wishes(moods=("hilarious",)))
            return note("parse", request, Parse(text=request.text, frame=frame))

        @app.post("/v1/picks")
        async def picks(request: PicksRequest) -> Any:
            return note("picks", request, self._picks(request))

        @app.post("/v1/feedback")
        async def feedback(request: FeedbackRequest) -> Any:
            if not set(request.movie_ids) <= set(FILMS):
                problem = '{"type": "/problems/unknown-film", "detail": "lantern has no such film"}'
                return note("feedback", request, Response(problem, 404, media_type="application/problem+json"))
            return note("feedback", request, Reply(replies=(f"{request.kind}: {', '.join(request.movie_ids)}",)))

        @app.post("/v1/explain")
        async def explain(request: AboutRequest) -> Any:
            return note("explain", request, Reply(replies=(f"why {request.movie_id}",), engine_ms=1.0))

        @app.post("/v1/details")
        async def details(request: AboutRequest) -> Any:
            return note("details", request, Reply(replies=(f"about {request.movie_id}",)))

        @app.post("/v1/say")
        async def say(request: SayRequest) -> Any:
            return note("say", request, Reply(replies=(f"[{request.phrase}]",)))

        @app.get("/v1/saved/{persona}/{user}/reply")
        async def saved(persona: str, user: str) -> Any:
            kept = tuple(_pick(film) for film in FILMS[:2])
            return note("saved", f"{persona}:{user}", Reply(replies=("your list",), picks=kept))

        @app.get("/v1/taste/{persona}/{user}/reply")
        async def taste(persona: str, user: str) -> Any:
            return note("taste", f"{persona}:{user}", Reply(replies=("you like films",)))

        @app.delete("/v1/taste/{persona}/{user}")
        async def forget(persona: str, user: str) -> Any:
            return note("forget", f"{persona}:{user}", Reply(replies=("forgotten",)))

        return app

    def client(self) -> EngineClient:
        """The real client, connected to this peer without a socket."""
        client = EngineClient("http://engine")
        client._http = httpx.AsyncClient(transport=httpx.ASGITransport(self.app()), base_url="http://engine")
        return client

    def _picks(self, request: PicksRequest) -> Reply:
        # Three films a time, round the catalogue; the frame in force is the new one, or the standing one for MORE.
        start, self.cursor = self.cursor, (self.cursor + 3) % len(FILMS)
        frame = None if request.mode is Mode.MORE else request.parse.frame
        picks = tuple(_pick(film) for film in FILMS[start : start + self.films])
        return Reply(replies=(f"[{request.mode}]",), picks=picks, frame=frame, engine_ms=2.0)


def _pick(film: str) -> Pick:
    return Pick(movie_id=film, score=0.5, reason="It fits.", evidence=())

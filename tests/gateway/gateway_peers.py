"""Real small servers for the gateway to talk to: a dialogue server that speaks Rasa's REST shapes, and an engine."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request, Response

from engine.wire import Card

API_KEY = "key-of-a-server"
FILMS = {"amelie-2001": "Amélie", "coco-2017": "Coco", "heat-1995": "Heat"}
SLOW_S = 30.0
#: Opens a session for a persona and returns the headers that carry it.
SignIn = Callable[[str], Awaitable[dict[str, str]]]


@dataclass
class DialoguePeer:
    """`mode` is ok, empty, text, slow, error, garbage, half or silent; `heard` holds the bodies in order."""

    mode: str = "ok"
    heard: list[dict[str, Any]] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    reached: threading.Event = field(default_factory=threading.Event)
    cancelled: threading.Event = field(default_factory=threading.Event)
    under_way: int = 0
    most_under_way: int = 0
    think_s: float = 0.0

    @property
    def messages(self) -> list[str]:
        return [body["message"] for body in self.heard]

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/webhooks/rest/readyz")
        async def readyz() -> dict[str, str]:
            return {"status": "ok"}

        @app.delete("/webhooks/rest/conversations/{sender}")
        async def erase(sender: str) -> Response:
            if self.mode == "error":
                return Response(status_code=503)
            self.erased.append(sender)
            return Response(status_code=204)

        @app.post("/webhooks/rest/webhook")
        async def webhook(request: Request) -> Response:
            body = await request.json()
            self.heard.append(body)
            self.reached.set()
            self.under_way += 1
            self.most_under_way = max(self.most_under_way, self.under_way)
            try:
                return await self._answer(request, body)
            finally:
                self.under_way -= 1

        return app

    async def _answer(self, request: Request, body: dict[str, Any]) -> Response:
        if self.mode == "slow":
            for _ in range(int(SLOW_S / 0.02)):
                await asyncio.sleep(0.02)
                if await request.is_disconnected():
                    self.cancelled.set()
                    break
        await asyncio.sleep(self.think_s)
        answers: dict[str, tuple[int, str]] = {
            "empty": (200, "[]"),
            "text": (200, json.dumps([{"recipient_id": body["sender"], "text": "plain words"}])),
            "error": (500, '{"status": "failure"}'),
            "garbage": (200, "<html>\x00"),
            "half": (200, json.dumps([{"recipient_id": "x", "custom": {"replies": 7, "unknown": True}}])),
            "silent": (200, json.dumps([{"recipient_id": "x", "custom": {"replies": [" "]}}])),
        }
        status, content = answers.get(self.mode, (200, json.dumps(_items(body))))
        return Response(content, status, media_type="application/json")


EVIDENCE = [{"source": "facts", "detail": "bright (0.80)", "weight": 0.6}]


def _items(body: dict[str, Any]) -> list[dict[str, Any]]:
    heard = {
        "replies": [f"heard: {body['message']}"],
        "intent": {"name": "request", "confidence": 0.9},
        "parse_ms": 1.5,
    }
    films = {
        "replies": ["three for you"],
        "picks": [
            {"movie_id": film, "score": 0.9, "reason": f"why {film}", "evidence": EVIDENCE}
            for film in (*FILMS, "banned-1")
        ],
        "quick_replies": [{"title": "Something brighter", "payload": "brighter"}],
        "relaxed": ["under an hour"],
        "frame": {"wants": {"moods": ["bright"]}, "tone": {"funny": {"direction": 1}}},
        "engine_ms": 2.5,
    }
    payloads = [heard, films] if "film" in body["message"] else [heard]
    return [{"recipient_id": body["sender"], "custom": payload} for payload in payloads]


@dataclass
class FactsPeer:
    """An engine that knows cards and forgets people; `status` other than 200 makes every call fail, and `amiss` is
    what it is not ready for. `turns` are the turn ids that its calls named."""

    status: int = 200
    amiss: dict[str, str] = field(default_factory=dict)
    turns: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    fed_back: list[dict[str, Any]] = field(default_factory=list)

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/readyz")
        async def readyz() -> Response:
            health = {"status": "failing" if self.amiss else "ok", "detail": self.amiss}
            return Response(json.dumps(health), 503 if self.amiss else 200, media_type="application/json")

        @app.post("/v1/cards")
        async def cards(request: Request) -> Response:
            self.turns.append(request.headers.get("matinee-turn", ""))
            asked = (await request.json())["movie_ids"]
            found = [card_of(film).model_dump(mode="json") for film in reversed(asked) if film in FILMS]
            return Response(json.dumps(found), self.status, media_type="application/json")

        @app.post("/v1/feedback")
        async def feedback(request: Request) -> Response:
            said = await request.json()
            self.fed_back.append(said)
            if not set(said["movie_ids"]) <= set(FILMS):
                problem = {"type": "/problems/unknown-film", "title": "Unknown film", "status": 404, "detail": "gone"}
                return Response(json.dumps(problem), 404, media_type="application/problem+json")
            reply = {"replies": [f"{said['kind']}: noted"], "engine_ms": 1.5}
            return Response(json.dumps(reply), self.status, media_type="application/json")

        @app.get("/v1/taste/{persona}/{user}")
        async def taste(persona: str, user: str) -> Response:
            kept = {"liked": ["coco-2017"], "disliked": [], "seen": [], "saved": [], "shown": []}
            return Response(json.dumps(kept), self.status, media_type="application/json")

        @app.delete("/v1/taste/{persona}/{user}")
        async def forget(persona: str, user: str) -> Response:
            self.forgotten.append(f"{persona}:{user}")
            return Response(json.dumps({"replies": ["all gone"]}), self.status, media_type="application/json")

        return app


def card_of(movie_id: str) -> Card:
    return Card(
        movie_id=movie_id,
        title=FILMS[movie_id],
        year=2001,
        genres=("Comedy",),
        certification="PG",
        runtime_min=122,
        directors=("Somebody",),
        cast=(),
        countries=("FR",),
        languages=("fr",),
        moods=("bright",),
        themes=(),
        awards=(),
        tone={"funny": 0.7},
        lightness=None,
        colourfulness=None,
        vintage=None,
        sentiment=None,
        synopsis="A film.",
        poster_url=None,
        trailer_url=None,
    )

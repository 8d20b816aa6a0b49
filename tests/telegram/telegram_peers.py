"""Real small servers behind the gateway: a dialogue that answers, an engine that keeps; and a person in Telegram."""

import asyncio
import json
import re
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request, Response
from telegram_api import BOT, BotApi

from engine.wire import Card

POSTER = "https://pictures.example/coco.jpg"
FILMS = {
    "tt0211915": ("Amélie", None),
    "tt2380307": ("Coco", POSTER),
    "tt0113277": ("Heat & <Fire>", None),
}
_LISTS = {"like": "liked", "dislike": "disliked", "seen": "seen", "save": "saved"}


@dataclass
class Behind:
    """The dialogue and the engine in one: `heard` holds what was said, `kept` what people told us."""

    heard: list[dict[str, Any]] = field(default_factory=list)
    kept: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    think_s: float = 0.0
    is_silent: bool = False
    long_words: str = ""

    @property
    def messages(self) -> list[str]:
        return [body["message"] for body in self.heard]

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/webhooks/rest/webhook")
        async def webhook(request: Request) -> Response:
            body = await request.json()
            self.heard.append(body)
            await asyncio.sleep(self.think_s)
            items = [] if self.is_silent else [{"recipient_id": body["sender"], "custom": self._payload(body)}]
            return Response(json.dumps(items), media_type="application/json")

        @app.post("/v1/cards")
        async def cards(request: Request) -> Response:
            asked = (await request.json())["movie_ids"]
            found = [card_of(movie_id).model_dump(mode="json") for movie_id in asked]
            return Response(json.dumps(found), media_type="application/json")

        @app.post("/v1/feedback")
        async def feedback(request: Request) -> dict[str, Any]:
            said = await request.json()
            kept, [film] = self.kept[f"{said['persona']}:{said['user']}"], said["movie_ids"]
            taken_from = kept[_LISTS[said["kind"].removeprefix("un")]]
            taken_from[:] = [one for one in taken_from if one != film]
            return {"replies": [f"{said['kind']}: {film}"]}

        @app.get("/v1/taste/{persona}/{user}")
        async def taste(persona: str, user: str) -> dict[str, Any]:
            kept = self.kept[f"{persona}:{user}"]
            return {name: kept[name] for name in ("liked", "disliked", "seen", "saved", "shown")}

        return app

    def _payload(self, body: dict[str, Any]) -> dict[str, Any]:
        message = body["message"]
        if self.long_words:
            return {"replies": [self.long_words]}
        if pressed := re.match(r'/(\w+)\{"movie_id": "([^"]+)"\}', message):
            return self._pressed(pressed[1], pressed[2], self.kept[body["sender"]])
        if "film" in message:
            picks = [{"movie_id": film, "score": 0.9, "reason": f"why <{film}>", "evidence": []} for film in FILMS]
            chips = [{"title": "Something brighter", "payload": "brighter"}, {"title": "More", "payload": "More"}]
            return {"replies": ["This way, please:"], "picks": picks, "quick_replies": chips}
        return {"replies": [f"heard: {message}"]}

    def _pressed(self, kind: str, film: str, kept: dict[str, list[str]]) -> dict[str, Any]:
        if kind in ("more_like", "explain", "details"):
            picks = [{"movie_id": "tt0113277", "score": 0.5, "reason": "", "evidence": []}]
            return {"replies": [f"{kind} {film}"], "picks": picks if kind == "more_like" else []}
        if kind == "unsave":
            kept["saved"].remove(film)
        else:
            for opposite in {"like": ["disliked"], "dislike": ["liked"]}.get(kind, []):
                kept[opposite] = [one for one in kept[opposite] if one != film]
            kept[_LISTS[kind]].append(film)
        return {"replies": [f"{kind}: {film}"]}


def card_of(movie_id: str, **changes: Any) -> Card:
    title, poster = FILMS.get(movie_id, ("A film", None))
    facts: dict[str, Any] = {
        "movie_id": movie_id, "title": title, "year": 2001, "genres": ("Comedy", "Romance"), "certification": "R",
        "runtime_min": 122, "directors": ("Jean-Pierre Jeunet",), "cast": (), "countries": ("FR",),
        "languages": ("fr",), "moods": (), "themes": (), "awards": (), "tone": {}, "lightness": 0.6,
        "colourfulness": 0.8, "vintage": None, "sentiment": None, "synopsis": "A story & more.", "poster_url": poster,
        "poster_credit": "TMDB" if poster else None, "trailer_url": None,
    }  # fmt: skip
    return Card.model_validate({**facts, **changes})


@dataclass
class Person:
    """Somebody in Telegram: what they do becomes an update, given to `deliver`."""

    api: BotApi
    telegram_user: int = 777
    chat: dict[str, Any] = field(default_factory=dict)
    deliver: Callable[[dict[str, Any]], None] | None = None

    def says(self, text: str, **more: Any) -> dict[str, Any]:
        content: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            length = len(text.split(" ", maxsplit=1)[0])
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        elif (at := text.find(f"@{BOT['username']}")) >= 0:
            content["entities"] = [{"type": "mention", "offset": at, "length": len(str(BOT["username"])) + 1}]
        return self.sends(**content, **more)

    def sends(self, **content: Any) -> dict[str, Any]:
        return self._give({"message": self.message(**content)})

    def message(self, **content: Any) -> dict[str, Any]:
        return {"message_id": self.api.next_id(), "from": self._user, "chat": self._chat, "date": 1, **content}

    def presses(self, label: str, *, message: int = -1) -> dict[str, Any]:
        """Presses a button under the bot's last message but so many, by the beginning of its label."""
        place = list(self.api.markups)[message]
        markup = self.api.markups[place]
        [data] = [one["callback_data"] for row in markup["inline_keyboard"] for one in row if label in one["text"]]
        card = {"message_id": place[1], "from": BOT, "chat": {**self._chat, "id": place[0]}, "date": 1}
        return self.presses_data(data, {**card, "photo": [], "reply_markup": markup})

    def presses_data(self, data: str, message: dict[str, Any] | None) -> dict[str, Any]:
        query_id = str(self.api.next_id())
        self.api.queries.add(query_id)
        query = {"id": query_id, "from": self._user, "chat_instance": "1", "data": data}
        return self._give({"callback_query": {**query, **({"message": message} if message else {})}})

    @property
    def _user(self) -> dict[str, Any]:
        return {"id": self.telegram_user, "is_bot": False, "first_name": "P"}

    @property
    def _chat(self) -> dict[str, Any]:
        return self.chat or {"id": self.telegram_user, "type": "private", "first_name": "P"}

    def _give(self, content: dict[str, Any]) -> dict[str, Any]:
        update = {"update_id": self.api.next_id(), **content}
        if self.deliver is None:
            self.api.pending.append(update)
        else:
            self.deliver(update)
        return update


async def eventually(is_so: Callable[[], object], *, within_s: float = 8.0) -> None:
    """Waits until it is so."""
    until_s = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < until_s, "it did not come to that in time"
        await asyncio.sleep(0.01)

"""Cards and turns with everything that a test does not care about filled in."""

from typing import Any

from bot.gateway.turn import Latency, Turn
from engine.wire import Card, Evidence, Intent
from nlu.frame import Frame

_CARD: dict[str, Any] = {
    "movie_id": "m1",
    "title": "The Kite",
    "year": 1994,
    "genres": ("Comedy", "Family"),
    "certification": "PG",
    "runtime_min": 95,
    "directors": ("Ada North",),
    "cast": ("Ben South",),
    "countries": ("FR",),
    "languages": ("fr",),
    "moods": ("feel-good", "cosy"),
    "themes": ("friendship",),
    "awards": ("Cannes 1994: Palme d'Or",),
    "tone": {"scary": 0.1, "funny": 0.8},
    "lightness": 0.7,
    "colourfulness": None,
    "vintage": None,
    "sentiment": None,
    "synopsis": "A kite and two friends.",
    "poster_url": None,
    "trailer_url": None,
    "reason": "It feels cosy.",
    "evidence": (Evidence(source="facts", detail="cosy", weight=1.0),),
}


def a_card(**facts: Any) -> Card:
    return Card(**{**_CARD, **facts})


def a_turn(*cards: Card, intent: str = "request", frame: Frame | None = None, **parts: Any) -> Turn:
    given: dict[str, Any] = {"replies": ("Here you are:",), "quick_replies": (), "relaxed": (), "text": "", **parts}
    return Turn(
        persona="matinee",
        user="someone",
        intent=Intent(name=intent, confidence=0.9),
        frame=frame or Frame(),
        cards=cards,
        latency_ms=Latency(),
        **given,
    )

"""What operators see of Telegram: turns of its channel, calls by method, and how often it asks for patience."""

import pytest
from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from telegram_api import INTERNAL, BotApi, flood
from telegram_peers import Person, eventually

from persona_configs import Persona


@pytest.fixture
def personas(personas: dict[str, Persona]) -> dict[str, Persona]:
    """As in the other tests, but one message a minute is all that is answered."""
    hurried = personas["matinee"]
    web = hurried.web.model_copy(update={"turns_per_minute": 1})
    return personas | {"matinee": hurried.model_copy(update={"web": web})}


def figure(app: FastAPI, name: str, **labels: str) -> float:
    registry: CollectorRegistry = app.state.services.metrics.registry
    return registry.get_sample_value(name, labels) or 0.0


async def test_turns_and_calls_are_counted(polling: FastAPI, api: BotApi, person: Person) -> None:
    api.faults["sendPhoto"].append(flood(1))
    api.faults["sendMessage"].append(INTERNAL)
    person.says("a film")
    await eventually(lambda: len(api.messages) == 4)
    photos = {"persona": "matinee", "method": "sendPhoto"}
    await eventually(lambda: figure(polling, "matinee_telegram_calls_total", **photos, outcome="ok") == 3)
    assert figure(polling, "matinee_telegram_calls_total", **photos, outcome="patience") == 1
    words = {"persona": "matinee", "method": "sendMessage"}
    assert figure(polling, "matinee_telegram_calls_total", **words, outcome="fault") == 1
    turn = {"persona": "matinee", "channel": "telegram", "outcome": "films"}
    assert figure(polling, "matinee_turns_total", **turn) == 1


async def test_too_many_messages_are_counted(polling: FastAPI, api: BotApi, person: Person) -> None:
    for number in range(2):
        person.says(f"hello {number}")
    await eventually(lambda: figure(polling, "matinee_problems_total", kind="rate-limited") == 1)

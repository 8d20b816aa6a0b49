"""What Telegram does when it does not do what one asks."""

import asyncio
import time

import pytest
from fastapi import FastAPI
from structlog.typing import EventDict
from telegram_api import GARBAGE, INTERNAL, NOT_A_PICTURE, TOKEN, BotApi, Refusal, flood
from telegram_peers import POSTER, Behind, Person, eventually

from bot.gateway import create_app
from bot.settings import Settings
from persona_configs import Persona

SOON_S = 8.0


def _events(logged: list[EventDict], name: str) -> list[EventDict]:
    return [line for line in logged if line["event"] == name]


async def test_a_429_is_waited_out_and_nothing_is_lost_or_doubled(
    polling: FastAPI, api: BotApi, person: Person
) -> None:
    api.faults["sendPhoto"].append(flood(1))
    began_s = time.monotonic()
    person.says("a film")
    await eventually(lambda: len(api.messages) == 4)
    assert [call.method for call in api.messages] == ["sendMessage", *["sendPhoto"] * 3]
    assert api.messages[1].at_s - began_s >= 1.0


async def test_a_429_without_end_is_given_up(
    polling: FastAPI, api: BotApi, person: Person, logged: list[EventDict]
) -> None:
    api.faults["sendMessage"].append(flood(3600))
    person.says("hello")
    await eventually(lambda: _events(logged, "answer not delivered"))
    assert not api.messages


async def test_a_server_error_is_tried_again(polling: FastAPI, api: BotApi, person: Person) -> None:
    api.faults["sendMessage"].extend([INTERNAL, INTERNAL])
    person.says("hello")
    await eventually(lambda: api.messages)
    assert len(api.messages) == 1


async def test_garbage_may_have_been_a_delivery_and_is_not_sent_twice(
    polling: FastAPI, api: BotApi, person: Person, logged: list[EventDict]
) -> None:
    api.faults["sendMessage"].append(GARBAGE)
    person.says("hello")
    await eventually(lambda: _events(logged, "answer not delivered"))
    person.says("again")
    await eventually(lambda: api.messages)
    assert [call.params["text"] for call in api.messages] == ["heard: again"]


async def test_a_poster_that_does_not_load_is_drawn_and_one_that_cannot_be_is_words(
    polling: FastAPI, api: BotApi, person: Person
) -> None:
    refused = [Refusal(400, "Bad Request: IMAGE_PROCESS_FAILED")]
    # Amélie is drawn and refused twice; Coco has a poster that is refused once.
    api.faults["sendPhoto"].extend([*refused * 2, NOT_A_PICTURE])
    person.says("a film")
    await eventually(lambda: len(api.messages) == 4)
    _, amelie, coco, heat = api.messages
    assert amelie.method == "sendMessage"
    assert "Amélie" in amelie.params["text"]
    assert len(amelie.params["reply_markup"]["inline_keyboard"]) == 3
    assert coco.method == heat.method == "sendPhoto"
    assert coco.files
    assert "TMDB" not in coco.params["caption"], "a drawn card owes no credit"


async def test_a_picture_is_uploaded_once(polling: FastAPI, api: BotApi, person: Person) -> None:
    for asked in (1, 2):
        person.says("a film")
        await eventually(lambda asked=asked: len(api.messages) == 4 * asked)
    _, amelie, coco, _ = api.messages[4:]
    assert not amelie.files
    assert amelie.params["photo"] in api.files
    assert coco.params["photo"] in api.files
    assert coco.params["photo"] != POSTER


async def test_polling_outlives_faults_of_telegram(
    polling: FastAPI, api: BotApi, person: Person, logged: list[EventDict]
) -> None:
    await eventually(lambda: api.polls > 0)
    api.faults["getUpdates"].extend([INTERNAL, GARBAGE])
    person.says("one")
    person.says("two")
    await eventually(lambda: len(api.messages) == 2)
    assert _events(logged, "telegram updates not read")


async def test_another_process_with_the_same_token_is_named(
    polling: FastAPI, api: BotApi, person: Person, logged: list[EventDict]
) -> None:
    await eventually(lambda: api.polls > 0)
    api.webhook = {"url": "https://elsewhere.example"}
    # The call under way still waits for news, and the next one meets the webhook.
    person.says("hello")
    await eventually(lambda: _events(logged, "telegram updates go elsewhere"))
    assert "MATINEE_TELEGRAM_WEBHOOK_URL" in _events(logged, "telegram updates go elsewhere")[0]["remedy"]
    api.webhook = {}


async def test_the_gateway_serves_while_telegram_is_away_and_the_bot_comes_later(
    app: FastAPI, api: BotApi, person: Person, logged: list[EventDict]
) -> None:
    api.faults["getMe"].append(INTERNAL)
    async with app.router.lifespan_context(app):
        await eventually(lambda: _events(logged, "telegram not reached"))
        person.says("hello")
        await eventually(lambda: api.messages, within_s=SOON_S)


async def test_a_refused_token_is_said_without_the_token(
    settings: Settings,
    personas: dict[str, Persona],
    monkeypatch: pytest.MonkeyPatch,
    logged: list[EventDict],
    caplog: pytest.LogCaptureFixture,
) -> None:
    wrong = TOKEN.replace("local", "wrong")
    monkeypatch.setenv("TOKEN_OF_MATINEE", wrong)
    app = create_app(settings, personas)
    async with app.router.lifespan_context(app):
        await eventually(lambda: _events(logged, "telegram bot not started"))
    assert "BotFather" in _events(logged, "telegram bot not started")[0]["remedy"]
    assert wrong not in repr(logged) + caplog.text


async def test_what_is_no_token_is_not_sent_anywhere(
    settings: Settings,
    personas: dict[str, Persona],
    monkeypatch: pytest.MonkeyPatch,
    api: BotApi,
    logged: list[EventDict],
) -> None:
    monkeypatch.setenv("TOKEN_OF_MATINEE", "my secret/../words")
    app = create_app(settings, personas)
    async with app.router.lifespan_context(app):
        await asyncio.sleep(0)
    assert len(_events(logged, "no telegram bot")) == 2
    assert "my secret" not in repr(logged)
    assert not api.calls


async def test_stopping_lets_an_answer_under_way_reach_its_person(
    app: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    behind.think_s = 0.5
    async with app.router.lifespan_context(app):
        person.says("hello")
        await eventually(lambda: behind.heard)
    assert [call.params["text"] for call in api.messages] == ["heard: hello"]

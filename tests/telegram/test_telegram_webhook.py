"""Updates that Telegram brings to a server."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from structlog.typing import EventDict
from telegram_api import TOKEN, BotApi
from telegram_peers import Behind, Person, eventually

from bot.gateway import create_app
from bot.settings import Settings
from bot.telegram.limits import SECRET_HEADER
from persona_configs import Persona

BASE = "https://bots.example/films"


@pytest.fixture
async def gateway(
    settings: Settings, personas: dict[str, Persona], api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    monkeypatch.setenv("TOKEN_OF_MATINEE", TOKEN)
    app = create_app(settings.model_copy(update={"telegram_webhook_url": BASE}), personas)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway.test") as client,
    ):
        await eventually(lambda: api.webhook)
        yield client


def _update(api: BotApi, text: str) -> dict[str, object]:
    person = Person(api, deliver=lambda _: None)
    return person.says(text)


async def test_the_webhook_is_set_with_a_secret_and_no_polling(gateway: httpx.AsyncClient, api: BotApi) -> None:
    assert api.webhook["url"] == f"{BASE}/telegram/matinee"
    assert 1 <= len(api.webhook["secret_token"]) <= 256
    assert api.webhook["allowed_updates"] == ["message", "callback_query"]
    assert TOKEN.split(":")[1] not in api.webhook["secret_token"] + api.webhook["url"]
    assert api.polls == 0


async def test_an_update_with_the_secret_is_answered_and_repeated_is_not(
    gateway: httpx.AsyncClient, api: BotApi, behind: Behind
) -> None:
    update, headers = _update(api, "hello"), {SECRET_HEADER: api.webhook["secret_token"]}
    for _ in range(2):
        answer = await gateway.post("/telegram/matinee", json=update, headers=headers)
        assert answer.status_code == 200
    await gateway.post("/telegram/matinee", json=_update(api, "bye"), headers=headers)
    await eventually(lambda: len(api.messages) == 2)
    assert behind.messages == ["hello", "bye"]


@pytest.mark.parametrize("secret", [None, "", "0" * 64, "café"])
async def test_without_the_secret_nothing_is_taken(
    gateway: httpx.AsyncClient, api: BotApi, behind: Behind, secret: str | None
) -> None:
    headers = {} if secret is None else {SECRET_HEADER: secret.encode("latin-1")}
    answer = await gateway.post("/telegram/matinee", json=_update(api, "hello"), headers=headers)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert not behind.heard


@pytest.mark.parametrize("persona", ["lantern", "nobody", "matinee%2F.."])
async def test_a_persona_without_a_bot_has_no_webhook(gateway: httpx.AsyncClient, api: BotApi, persona: str) -> None:
    headers = {SECRET_HEADER: api.webhook["secret_token"]}
    answer = await gateway.post(f"/telegram/{persona}", json=_update(api, "hello"), headers=headers)
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b"[]", 200),
        (b"{}", 200),
        (b'{"update_id": 1, "message": {"text": 7}}', 200),
        (b'{"update_id": 1, "message": "no object"}', 200),
        (b'{"update_id": 5, "next_year": {"a": [1, 2]}}', 200),
        (b'{"pad": "' + b"x" * 600_000 + b'"}', 413),
    ],
)
async def test_bodies_of_any_shape_do_no_harm(
    gateway: httpx.AsyncClient, api: BotApi, behind: Behind, body: bytes, status: int
) -> None:
    headers = {SECRET_HEADER: api.webhook["secret_token"]}
    answer = await gateway.post("/telegram/matinee", content=body, headers=headers)
    assert answer.status_code == status
    assert (await gateway.post("/telegram/matinee", json=_update(api, "hi"), headers=headers)).status_code == 200
    await eventually(lambda: api.messages)
    assert behind.messages == ["hi"]


async def test_a_long_message_that_answers_a_long_message_fits(
    gateway: httpx.AsyncClient, api: BotApi, behind: Behind
) -> None:
    update = _update(api, "🤣" * 1900)
    message = update["message"]
    assert isinstance(message, dict)
    message["reply_to_message"] = {**message, "text": "🤣" * 4096}
    body = json.dumps(update)
    assert len(body) > 64 * 1024
    headers = {SECRET_HEADER: api.webhook["secret_token"]}
    assert (await gateway.post("/telegram/matinee", content=body, headers=headers)).status_code == 200
    await eventually(lambda: api.messages)
    assert behind.messages == ["🤣" * 1900]


async def test_neither_words_nor_secrets_are_logged(
    gateway: httpx.AsyncClient, api: BotApi, logged: list[EventDict], caplog: pytest.LogCaptureFixture
) -> None:
    headers = {SECRET_HEADER: api.webhook["secret_token"]}
    await gateway.post("/telegram/matinee", json=_update(api, "my private evening"), headers=headers)
    await eventually(lambda: api.messages)
    lines = [line for line in logged if line["log_level"] != "debug"]
    assert [line for line in lines if line["event"] == "turn"]
    for secret in ("private evening", TOKEN, api.webhook["secret_token"]):
        assert secret not in repr(lines) + caplog.text


async def test_without_a_webhook_address_the_path_does_not_exist(app: FastAPI, api: BotApi) -> None:
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway.test") as client,
    ):
        assert (await client.post("/telegram/matinee", json={})).status_code == 404

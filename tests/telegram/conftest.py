"""Fixtures: the real gateway with a real bot, before a small Telegram and small peers."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from fastapi import FastAPI
from telegram_api import TOKEN, BotApi
from telegram_peers import Behind, Person

from bot.gateway import create_app
from bot.settings import Settings
from persona_configs import Persona, load_personas
from persona_configs.schema import Telegram
from tests.peers import serving

SECRET = "s" * 40


@pytest.fixture
def api() -> BotApi:
    return BotApi()


@pytest.fixture
def behind() -> Behind:
    return Behind()


@pytest.fixture
def settings(tmp_path: Path, api: BotApi, behind: Behind) -> Iterator[Settings]:
    with serving(api.app(), patient=False) as telegram_url, serving(behind.app(), patient=False) as url:
        yield Settings(
            state_dir=tmp_path,
            secret=SECRET,
            dialogue_url=url,
            engine_url=url,
            actions_url=url,
            dialogue_timeout_s=5.0,
            telegram_api_url=telegram_url,
        )


@pytest.fixture(scope="session")
def shipped() -> dict[str, Persona]:
    return load_personas(Settings().personas_dir)


@pytest.fixture
def personas(shipped: dict[str, Persona]) -> dict[str, Persona]:
    """`matinee` with a bot, `lantern` with one whose token is not there."""
    telegram = Telegram(token="env:TOKEN_OF_MATINEE")
    absent = Telegram(token="env:TOKEN_OF_NOBODY")
    return {
        "matinee": shipped["matinee"].model_copy(update={"telegram": telegram}),
        "lantern": shipped["lantern"].model_copy(update={"telegram": absent}),
    }


@pytest.fixture
def app(settings: Settings, personas: dict[str, Persona], monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    monkeypatch.setenv("TOKEN_OF_MATINEE", TOKEN)
    monkeypatch.delenv("TOKEN_OF_NOBODY", raising=False)
    return create_app(settings, personas)


@pytest.fixture
async def polling(app: FastAPI) -> AsyncIterator[FastAPI]:
    """The gateway with its bot polling."""
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
def person(api: BotApi) -> Person:
    return Person(api)


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[structlog.typing.EventDict]]:
    with structlog.testing.capture_logs() as lines:
        yield lines

"""Fixtures: the real gateway before real small peers."""

import hashlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
import structlog
from fastapi import FastAPI
from gateway_peers import API_KEY, DialoguePeer, FactsPeer, SignIn

from bot.gateway import create_app
from bot.settings import Settings
from persona_configs import Persona, load_personas
from tests.peers import serving

SECRET = "s" * 40


@pytest.fixture(scope="module")
def dialogue_server() -> Iterator[tuple[DialoguePeer, str]]:
    peer = DialoguePeer()
    with serving(peer.app()) as url:
        yield peer, url


@pytest.fixture(scope="module")
def engine_server() -> Iterator[tuple[FactsPeer, str]]:
    peer = FactsPeer()
    with serving(peer.app()) as url:
        yield peer, url


@pytest.fixture
def dialogue(dialogue_server: tuple[DialoguePeer, str]) -> DialoguePeer:
    peer = dialogue_server[0]
    peer.mode, peer.think_s, peer.under_way, peer.most_under_way = "ok", 0.0, 0, 0
    peer.heard.clear()
    peer.erased.clear()
    peer.reached.clear()
    peer.cancelled.clear()
    return peer


@pytest.fixture
def engine(engine_server: tuple[FactsPeer, str]) -> FactsPeer:
    peer = engine_server[0]
    peer.status = 200
    peer.amiss = {}
    peer.turns.clear()
    peer.forgotten.clear()
    return peer


@pytest.fixture
def settings(
    tmp_path: Path, dialogue_server: tuple[DialoguePeer, str], engine_server: tuple[FactsPeer, str]
) -> Settings:
    return Settings(
        state_dir=tmp_path,
        secret=SECRET,
        dialogue_url=dialogue_server[1],
        engine_url=engine_server[1],
        actions_url=engine_server[1],
        dialogue_timeout_s=2.0,
        gateway_port=8700,
    )


@pytest.fixture(scope="session")
def shipped() -> dict[str, Persona]:
    return load_personas(Settings().personas_dir)


@pytest.fixture
def personas(shipped: dict[str, Persona]) -> dict[str, Persona]:
    """`matinee` for everybody, `lantern` for one site and one key, `vibe` with tight limits."""
    changes = {
        "matinee": {"origins": ("*",)},
        "lantern": {
            "origins": ("https://parish.example",),
            "key_hashes": (hashlib.sha256(b"another").hexdigest(), hashlib.sha256(API_KEY.encode()).hexdigest()),
        },
        "vibe": {"turns_per_minute": 2, "turns_per_minute_total": 3},
    }
    return {
        name: shipped[name].model_copy(update={"web": shipped[name].web.model_copy(update=change)})
        for name, change in changes.items()
    }


@pytest.fixture
def app(settings: Settings, personas: dict[str, Persona], dialogue: DialoguePeer, engine: FactsPeer) -> FastAPI:
    return create_app(settings, personas)


@pytest.fixture
async def gateway(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway.test") as client:
        yield client
    await app.state.services.close()


@pytest.fixture
def signed_in(gateway: httpx.AsyncClient) -> SignIn:
    """Opens a session and returns the headers that carry it."""

    async def open_session(persona: str = "matinee") -> dict[str, str]:
        answer = await gateway.post("/v1/sessions", json={"persona": persona})
        return {"Authorization": f"Bearer {answer.json()['session']}"}

    return open_session


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    with structlog.testing.capture_logs():
        yield

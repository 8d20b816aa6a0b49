"""Fixtures: a real gateway on a real port, before a real small dialogue server and engine."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

# The peers of the gateway's own tests serve here too.
sys.path.insert(0, str(Path(__file__).parents[1] / "gateway"))

from gateway_peers import DialoguePeer, FactsPeer

from bot.gateway import create_app
from bot.settings import Settings
from persona_configs import load_personas
from tests.peers import free_port, serving


@pytest.fixture(scope="session")
def dialogue_peer() -> Iterator[tuple[DialoguePeer, str]]:
    peer = DialoguePeer()
    with serving(peer.app()) as url:
        yield peer, url


@pytest.fixture
def dialogue(dialogue_peer: tuple[DialoguePeer, str]) -> DialoguePeer:
    peer = dialogue_peer[0]
    peer.mode = "ok"
    peer.heard.clear()
    return peer


@pytest.fixture
def settings(tmp_path: Path, dialogue_peer: tuple[DialoguePeer, str]) -> Iterator[Settings]:
    """The settings of a gateway that is running."""
    with serving(FactsPeer().app()) as engine_url:
        settings = Settings(
            state_dir=tmp_path,
            gateway_port=free_port(),
            engine_url=engine_url,
            dialogue_url=dialogue_peer[1],
            api_key=None,
            secret=None,
        )
        with (
            structlog.testing.capture_logs(),
            serving(create_app(settings, load_personas(settings.personas_dir)), port=settings.gateway_port),
        ):
            yield settings

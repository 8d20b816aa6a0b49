"""Fixtures: the engine peer, the real client to it, and all actions over that."""

from collections.abc import AsyncIterator

import pytest
from actions_engine_peer import EnginePeer
from actions_stage import Stage

from actions.registry import all_actions
from engine.client import EngineClient


@pytest.fixture
def peer() -> EnginePeer:
    return EnginePeer()


@pytest.fixture
async def engine(peer: EnginePeer) -> AsyncIterator[EngineClient]:
    async with peer.client() as client:
        yield client


@pytest.fixture
def stage(peer: EnginePeer, engine: EngineClient) -> Stage:
    return Stage(peer, {action.name(): action for action in all_actions(engine)})

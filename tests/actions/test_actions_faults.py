"""Whatever goes wrong, an action raises nothing, dispatches nothing and changes no slot: the gateway apologises."""

import pytest
from actions_stage import SHOWN, Stage, tracker_of

from actions.registry import all_actions
from engine.client import EngineClient

ACTIONS = [action.name() for action in all_actions(EngineClient("http://127.0.0.1:9"))]


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("status", [429, 500])
async def test_a_refusing_engine(stage: Stage, action: str, status: int) -> None:
    stage.peer.status = status
    assert await stage.play(action, tracker_of(shown=SHOWN, focus=SHOWN[0])) == ([], {})


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"replies": 7}', b'{"surprise": true}'])
async def test_an_engine_that_answers_garbage(stage: Stage, body: bytes) -> None:
    stage.peer.body = body
    assert await stage.play("action_recommend", tracker_of()) == ([], {})


async def test_no_engine_at_all(caplog: pytest.LogCaptureFixture) -> None:
    async with EngineClient("http://127.0.0.1:9") as engine:
        stage = Stage(None, {action.name(): action for action in all_actions(engine)})  # type: ignore[arg-type]
        assert await stage.play("action_recommend", tracker_of()) == ([], {})


async def test_an_unreadable_turn(stage: Stage) -> None:
    assert await stage.play("action_recommend", tracker_of(shown=7)) == ([], {})
    assert stage.peer.calls == []


async def test_the_log_has_the_turn_and_not_the_words(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    stage.peer.status = 500
    await stage.play("action_recommend", tracker_of("my very private wish"))
    line = capsys.readouterr().out
    assert "0123456789abcdef" in line
    assert "private" not in line


async def test_a_film_that_the_persona_does_not_hold_is_no_fault(stage: Stage) -> None:
    payloads, slots = await stage.play("action_like", tracker_of("/like{}", movie_id="saw-2004", shown=SHOWN))
    assert (payloads[0]["replies"], slots) == (["[no_such_pick]"], {})

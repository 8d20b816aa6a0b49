"""What operators see of the actions: one line each with the turn's id, figures by action, and what is amiss."""

from collections.abc import AsyncIterator

import pytest
import structlog
from actions_engine_peer import EnginePeer
from actions_stage import SHOWN, Stage, tracker_of
from prometheus_client.parser import text_string_to_metric_families

from actions.metrics import ActionMetrics
from actions.registry import all_actions
from engine.client import EngineClient

TURN = "0123456789abcdef"  # of tracker_of


@pytest.fixture
def metrics() -> ActionMetrics:
    return ActionMetrics()


@pytest.fixture
async def watched(peer: EnginePeer, engine: EngineClient, metrics: ActionMetrics) -> AsyncIterator[Stage]:
    yield Stage(peer, {action.name(): action for action in all_actions(engine, metrics=metrics)})
    structlog.contextvars.clear_contextvars()


def figures(metrics: ActionMetrics, name: str) -> dict[tuple[str, ...], float]:
    return {
        tuple(sample.labels.values()): sample.value
        for family in text_string_to_metric_families(metrics.exposition().decode())
        for sample in family.samples
        if sample.name == name
    }


async def test_actions_are_counted_by_how_they_end(watched: Stage, metrics: ActionMetrics) -> None:
    await watched.play("action_recommend", tracker_of())
    await watched.play("action_deny", tracker_of("no"))
    await watched.play("action_recommend", tracker_of(shown=7))
    watched.peer.status = 503
    await watched.play("action_recommend", tracker_of())
    assert figures(metrics, "matinee_actions_total") == {
        ("action_recommend", "films"): 1,
        ("action_recommend", "fault"): 2,
        ("action_deny", "words"): 1,
    }
    assert figures(metrics, "matinee_action_faults_total") == {("TurnUnreadable",): 1, ("EngineRefused",): 1}
    assert figures(metrics, "matinee_action_seconds_count")[("action_recommend",)] == 3


async def test_no_label_is_a_person_or_what_they_said(watched: Stage, metrics: ActionMetrics) -> None:
    await watched.play("action_recommend", tracker_of("my private wish"))
    shown = metrics.exposition().decode()
    for private in ("private", "ada", TURN, *SHOWN):
        assert private not in shown


async def test_an_action_is_one_line_and_its_calls_name_the_turn(watched: Stage) -> None:
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logs:
        await watched.play("action_recommend", tracker_of("my private wish"))
    [line] = [line for line in logs if line["event"] == "action"]
    assert line.pop("ms") > 0
    assert line == {
        "event": "action", "log_level": "info", "stage": "actions", "action": "action_recommend", "intent": "request",
        "persona": "lantern", "turn_id": TURN, "outcome": "films",
    }  # fmt: skip
    assert watched.peer.turns == [TURN]
    assert "private" not in str(logs)


async def test_one_turn_does_not_lend_its_id_to_the_next(watched: Stage) -> None:
    await watched.play("action_recommend", tracker_of())
    await watched.play("action_recommend", tracker_of(metadata={}))
    assert watched.peer.turns == [TURN, ""]


async def test_forgetting_is_passed_on_to_the_dialogue_server(stage: Stage) -> None:
    [yes], _ = await stage.play("action_affirm", tracker_of("yes", asked="forget"))
    [no], _ = await stage.play("action_deny", tracker_of("no", asked="forget"))
    assert yes["forgotten"] is True
    assert "forgotten" not in no

"""The stream, over a real socket."""

import json
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from gateway_peers import DialoguePeer

from bot.gateway import create_app
from bot.settings import Settings
from persona_configs import Persona
from tests.peers import free_port, serving


@pytest.fixture
def served(app: FastAPI) -> Iterator[str]:
    with serving(app) as url:
        yield url


def _events(text: str) -> list[tuple[str, object]]:
    blocks = [block.splitlines() for block in text.split("\n\n") if block.startswith("event:")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def test_events_come_in_order_and_end_with_the_whole_turn(served: str, dialogue: DialoguePeer) -> None:
    answer = httpx.post(f"{served}/v1/chat/stream", json={"persona": "matinee", "text": "a film"})
    events = _events(answer.text)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["matinee-session"]
    names = [name for name, _ in events]
    assert names == ["started", "typing", "reply", "reply", "card", "card", "card", "turn"]
    assert events[0][1] == {"turn_id": answer.headers["matinee-turn"]}
    turn = events[-1][1]
    assert isinstance(turn, dict)
    assert [data["text"] for name, data in events if name == "reply"] == turn["replies"]  # type: ignore[index]
    assert [data for name, data in events if name == "card"] == turn["cards"]


def test_started_and_typing_come_before_the_answer(served: str, dialogue: DialoguePeer) -> None:
    dialogue.mode = "slow"
    body = {"persona": "matinee", "text": "hi"}
    with httpx.stream("POST", f"{served}/v1/chat/stream", json=body, timeout=5) as answer:
        lines = answer.iter_lines()
        assert next(lines) == "event: started"
        assert next(line for line in lines if line.startswith("event:")) == "event: typing"


def test_a_channel_that_leaves_takes_the_turn_along(
    settings: Settings, personas: dict[str, Persona], dialogue: DialoguePeer
) -> None:
    dialogue.mode = "slow"
    patient = create_app(settings.model_copy(update={"dialogue_timeout_s": 30.0}), personas)
    with serving(patient) as url:
        body = {"persona": "matinee", "text": "hi"}
        with httpx.stream("POST", f"{url}/v1/chat/stream", json=body, timeout=5) as answer:
            lines = answer.iter_lines()
            next(line for line in lines if line == "event: typing")
            assert dialogue.reached.wait(5)
        assert dialogue.cancelled.wait(5)


def test_a_long_wait_is_kept_alive(served: str, dialogue: DialoguePeer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fastapi.routing._PING_INTERVAL", 0.05)
    dialogue.think_s = 0.3
    text = httpx.post(f"{served}/v1/chat/stream", json={"persona": "matinee", "text": "hi"}).text
    assert text.index("event: typing") < text.index(": ping") < text.index("event: reply")


def test_a_fault_in_the_stream_is_an_apology_too(served: str, dialogue: DialoguePeer) -> None:
    dialogue.mode = "empty"
    events = _events(httpx.post(f"{served}/v1/chat/stream", json={"persona": "matinee", "text": "hi"}).text)
    assert [name for name, _ in events] == ["started", "typing", "reply", "turn"]
    assert events[-1][1]["intent"]["name"] == "fault"  # type: ignore[index]


def test_a_problem_before_the_stream_is_a_problem(served: str) -> None:
    answer = httpx.post(f"{served}/v1/chat/stream", json={"persona": "nobody", "text": "hi"})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_a_dialogue_server_that_is_not_there_is_an_apology_and_is_not_ready(
    settings: Settings, personas: dict[str, Persona]
) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    with serving(create_app(settings.model_copy(update={"dialogue_url": nowhere}), personas)) as url:
        turn = httpx.post(f"{url}/v1/chat", json={"persona": "matinee", "text": "hi"}, timeout=10).json()
        ready = httpx.get(f"{url}/readyz")
        assert httpx.get(f"{url}/livez").json()["status"] == "ok"
    assert turn["intent"]["name"] == "fault"
    assert ready.status_code == 503
    assert ready.json()["detail"]["engine"] == "ok"
    assert ready.json()["detail"]["dialogue"].startswith("unreachable")


def test_a_dialogue_server_that_comes_back_in_time_is_reached(
    settings: Settings, personas: dict[str, Persona], dialogue: DialoguePeer
) -> None:
    port = free_port()
    late = settings.model_copy(update={"dialogue_url": f"http://127.0.0.1:{port}"})
    with serving(create_app(late, personas)) as url, httpx.Client(base_url=url, timeout=10) as client:
        assert client.post("/v1/chat", json={"persona": "matinee", "text": "hi"}).json()["intent"]["name"] == "fault"
        with serving(dialogue.app(), port=port):
            answered = client.post("/v1/chat", json={"persona": "matinee", "text": "hi"})
    assert answered.json()["replies"] == ["heard: hi"]

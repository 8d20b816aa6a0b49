"""What operators see: figures behind a token, one line a turn, and who is not ready for which reason."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
import structlog
from gateway_peers import DialoguePeer, FactsPeer
from prometheus_client.parser import text_string_to_metric_families
from pydantic import ValidationError

from bot.gateway import create_app
from bot.gateway.metrics import Channel, GatewayMetrics, Outcome
from bot.gateway.turn import Latency
from bot.settings import Settings
from bot.stack import what_is_waited_for
from persona_configs import Persona, Phrase, say
from tests.peers import serving

TOKEN = "a-token-for-the-scraper"
SCRAPER = {"Authorization": f"Bearer {TOKEN}"}
Figures = dict[tuple[str, ...], float]


def figures(text: str, name: str, *labels: str) -> Figures:
    """The values of one figure by the values of these labels."""
    return {
        tuple(sample.labels[label] for label in labels): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name
    }


@pytest.fixture
async def watched(
    settings: Settings, personas: dict[str, Persona], dialogue: DialoguePeer, engine: FactsPeer
) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(settings.model_copy(update={"metrics_token": _secret(TOKEN)}), personas)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway.test") as client:
        yield client
    await app.state.services.close()


def _secret(token: str) -> object:
    return Settings(metrics_token=token).metrics_token


async def scraped(gateway: httpx.AsyncClient) -> str:
    answer = await gateway.get("/metrics", headers=SCRAPER)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    return answer.text


async def test_without_a_token_there_are_no_figures(gateway: httpx.AsyncClient) -> None:
    for headers in ({}, SCRAPER):
        answer = await gateway.get("/metrics", headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


@pytest.mark.parametrize("given", [None, "Bearer wrong", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer \xff"])
async def test_only_the_token_opens_the_figures(watched: httpx.AsyncClient, given: str | None) -> None:
    headers = {} if given is None else {"Authorization": given.encode("latin-1")}
    answer = await watched.get("/metrics", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/invalid-credentials")
    assert "matinee_" not in answer.text


@pytest.mark.parametrize("token", ["guess-me", "fifteen-letters"])
def test_a_token_that_can_be_guessed_is_refused(token: str) -> None:
    with pytest.raises(ValidationError, match=r"metrics_token\n.*16 characters") as caught:
        Settings(metrics_token=token)
    assert token not in str(caught.value)


def test_an_empty_token_is_none() -> None:
    assert Settings(metrics_token="").metrics_token is None


async def test_turns_are_counted_by_persona_channel_and_outcome(
    watched: httpx.AsyncClient, dialogue: DialoguePeer
) -> None:
    dialogue.think_s = 0.02  # longer than the times that the peer's payloads claim
    say_to = {"persona": "matinee", "text": "a film"}
    await watched.post("/v1/chat", json=say_to)
    await watched.post("/v1/chat/stream", json=say_to)
    await watched.post("/v1/chat", json={"persona": "lantern", "text": "thanks"})
    await watched.post("/v1/chat", json={"persona": "lantern", "text": " "})
    dialogue.mode = "empty"
    await watched.post("/v1/chat", json=say_to)
    text = await scraped(watched)
    assert figures(text, "matinee_turns_total", "persona", "channel", "outcome") == {
        ("matinee", "chat", "films"): 1,
        ("matinee", "stream", "films"): 1,
        ("lantern", "chat", "words"): 1,
        ("lantern", "chat", "unread"): 1,
        ("matinee", "chat", "fault"): 1,
    }
    assert figures(text, "matinee_faults_total", "kind") == {("DialogueSilent",): 1}
    assert figures(text, "matinee_turn_seconds_count", "stage") == {
        ("total",): 5, ("parse",): 3, ("dialogue",): 3, ("engine",): 2,
    }  # fmt: skip
    assert figures(text, "matinee_turns_under_way")[()] == 0
    assert figures(text, "process_resident_memory_bytes")[()] > 1e6


async def test_refusals_are_counted_by_kind(watched: httpx.AsyncClient) -> None:
    for _ in range(4):
        await watched.post("/v1/chat", json={"persona": "vibe", "text": "hi"})
    await watched.post("/v1/chat", json={"persona": "nobody", "text": "hi"})
    kinds = figures(await scraped(watched), "matinee_problems_total", "kind")
    assert kinds[("rate-limited",)] >= 1
    assert kinds[("unknown-persona",)] == 1


async def test_no_label_is_a_person_or_what_they_said(watched: httpx.AsyncClient) -> None:
    text = "a film of Ingeborg"
    turn = (await watched.post("/v1/chat", json={"persona": "matinee", "text": text})).json()
    shown = await scraped(watched)
    for private in ("Ingeborg", turn["user"], turn["cards"][0]["movie_id"], turn["cards"][0]["title"]):
        assert private not in shown


def test_the_buckets_reach_from_a_stage_to_the_longest_wait() -> None:
    metrics = GatewayMetrics()
    for total in (4.0, 11_999.0):
        latency = Latency(total=total)
        metrics.turn(persona="p", channel=Channel.CHAT, outcome=Outcome.WORDS, latency=latency)
    buckets = figures(metrics.exposition().decode(), "matinee_turn_seconds_bucket", "stage", "le")
    assert (buckets[("total", "0.005")], buckets[("total", "8.0")], buckets[("total", "12.0")]) == (1, 1, 2)


@pytest.fixture
def logs() -> Iterator[list[dict[str, object]]]:
    with structlog.testing.capture_logs() as captured:
        yield captured


async def test_a_turn_is_one_line_with_the_id_that_everybody_gets(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, engine: FactsPeer, logs: list[dict[str, object]]
) -> None:
    answer = await gateway.post("/v1/chat", json={"persona": "matinee", "text": "a film"})
    turn_id = answer.headers["matinee-turn"]
    [line] = [line for line in logs if line["event"] == "turn"]
    assert line["ms"] == answer.json()["latency_ms"]["total"]
    told = {name: line[name] for name in ("turn_id", "persona", "stage", "channel", "outcome", "cards", "intent")}
    assert told == {
        "turn_id": turn_id, "persona": "matinee", "stage": "gateway", "channel": "chat", "outcome": "films",
        "cards": 3, "intent": "request",
    }  # fmt: skip
    assert dialogue.heard[0]["metadata"]["turn_id"] == turn_id
    assert engine.turns == [turn_id]


@pytest.mark.parametrize("mode", ["empty", "error", "garbage"])
async def test_an_apology_shows_the_id_of_its_log_line(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, logs: list[dict[str, object]], mode: str
) -> None:
    dialogue.mode = mode
    turn = (await gateway.post("/v1/chat", json={"persona": "matinee", "text": "my private wish"})).json()
    [line] = [line for line in logs if line["event"] == "turn"]
    assert re.findall(r"\b[0-9a-f]{16}\b", turn["replies"][0]) == [line["turn_id"]]
    assert line["outcome"] == "fault"
    assert "private" not in str(logs)


async def test_the_way_on_is_in_the_personas_words(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, shipped: dict[str, Persona]
) -> None:
    dialogue.mode = "empty"
    for name in ("matinee", "vibe"):
        turn = (await gateway.post("/v1/chat", json={"persona": name, "text": "noir"})).json()
        words = say(shipped[name], Phrase.CHIP_TRY_AGAIN, seed="")
        assert turn["quick_replies"] == [{"title": words, "payload": "noir"}]


async def test_what_is_amiss_is_said_in_the_engines_words(gateway: httpx.AsyncClient, engine: FactsPeer) -> None:
    assert (await gateway.get("/readyz")).json() == {
        "status": "ok", "detail": {"engine": "ok", "dialogue": "ok", "actions": "ok"},
    }  # fmt: skip
    engine.amiss = {"catalogue starter": "it has not been built;\nrun `make index`"}
    answer = await gateway.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["detail"]["engine"] == "catalogue starter: it has not been built; run `make index`"
    assert answer.json()["detail"]["dialogue"] == "ok"
    assert (await gateway.get("/livez")).json()["status"] == "ok"


def test_a_process_that_is_not_ours_is_not_ready(settings: Settings, personas: dict[str, Persona]) -> None:
    async def stranger(scope: dict[str, object], receive: object, send: object) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 500, "headers": []})  # type: ignore[operator]
            await send({"type": "http.response.body", "body": b"<html>" * 1000})  # type: ignore[operator]

    with serving(stranger) as url:
        elsewhere = settings.model_copy(update={"actions_url": url})
        with serving(create_app(elsewhere, personas)) as gateway:
            answer = httpx.get(f"{gateway}/readyz")
    assert answer.status_code == 503
    assert answer.json()["detail"]["actions"] == "status 500"


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ({"engine": "ok", "dialogue": "ok"}, ""),
        ({"engine": "ok", "dialogue": "unreachable: ConnectError"}, "waiting for dialogue"),
        (
            {"engine": "catalogue mine: run `make index`", "dialogue": "ok", "actions": "engine: catalogue mine: …"},
            "engine: catalogue mine: run `make index`",
        ),
        (
            {"dialogue": "model: it is not loaded", "actions": "unreachable: ReadTimeout"},
            "dialogue: model: it is not loaded; waiting for actions",
        ),
    ],
)
def test_the_wait_at_the_start_says_what_for(states: dict[str, str], told: str) -> None:
    assert what_is_waited_for(states) == told


def test_the_secret_of_the_figures_stands_in_no_answer(tmp_path: Path) -> None:
    assert TOKEN not in repr(Settings(metrics_token=TOKEN, state_dir=tmp_path))

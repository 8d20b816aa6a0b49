"""What operators see of the engine: figures, one line a call with the turn's id, and whether it is ready."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import structlog
from prometheus_client.parser import text_string_to_metric_families

from engine.answers import Desk
from engine.catalogues import Catalogues
from engine.client import EngineClient
from engine.metrics import EngineMetrics
from engine.service import create_app
from engine.store import Database, TasteStore
from engine.wire import CardsRequest, Kind, Mode
from nlu.frame import Frame, Wishes
from tests.engine.stalls import PERSONAS, WholeTextParser, app_over, asking, built, saying
from tests.engine.test_store_at_once import ROOT
from tests.index.films import small_catalogue
from tests.index.hash_encoder import HashEncoder
from tests.peers import serving


@pytest.fixture
def url(desk: Desk) -> Iterator[str]:
    with serving(app_over(desk)) as address:
        yield address


@pytest.fixture
def logs() -> Iterator[list[dict[str, object]]]:
    # As in the running service: each line with what its context is bound to.
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as captured:
        yield captured


def figure(text: str, name: str, **labels: str) -> float:
    """The value of one sample, 0 where there is none yet."""
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.name == name and labels.items() <= sample.labels.items():
                return float(sample.value)
    return 0.0


def got(url: str, path: str) -> httpx.Response:
    return httpx.get(f"{url}{path}", trust_env=False)


def posted(url: str, path: str, content: bytes) -> httpx.Response:
    headers = {"content-type": "application/json"}
    return httpx.post(f"{url}{path}", content=content, headers=headers, trust_env=False)


def scraped(url: str) -> str:
    answer = got(url, "/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    return answer.text


async def test_calls_and_faults_are_counted(url: str) -> None:
    async with EngineClient(url) as engine:
        await engine.picks(asking())
        await engine.cards(CardsRequest(persona="matinee", movie_ids=("mild-ghost",)))
    posted(url, "/v1/cards", b'{"persona": "nobody", "movie_ids": []}')
    posted(url, "/v1/cards", b"{")
    got(url, "/v1/nowhere")
    text = scraped(url)
    assert figure(text, "matinee_engine_calls_total", call="picks", outcome="ok") == 1
    assert figure(text, "matinee_engine_calls_total", call="cards", outcome="unknown-persona") == 1
    assert figure(text, "matinee_engine_call_seconds_count", call="cards") == 2
    assert figure(text, "matinee_engine_faults_total", kind="unknown-persona") == 1
    assert figure(text, "matinee_engine_faults_total", kind="invalid-request") == 1
    assert figure(text, "matinee_engine_faults_total", kind="about:blank") == 1
    assert figure(text, "process_resident_memory_bytes") > 1e6


async def test_what_answers_came_to_is_counted_by_persona(url: str) -> None:
    async with EngineClient(url) as engine:
        await engine.picks(asking(turn_id="t1", number=2))
        gave_way = Frame(wants=Wishes(genres=("Comedy",)), year=(2030, None))
        await engine.picks(asking(Mode.FRESH, gave_way, turn_id="t2", user="bob"))
        beyond = Frame(wants=Wishes(genres=("Horror",)), like=("haunted-house",), certification_max="R")
        await engine.picks(asking(Mode.FRESH, beyond, turn_id="t3", persona="lantern"))
        await engine.feedback(saying(Kind.SEEN, "farm-pig", "mild-ghost", "quiet-monk", persona="lantern", user="eve"))
        await engine.picks(asking(turn_id="t4", persona="lantern", user="eve"))
    text = scraped(url)
    assert figure(text, "matinee_engine_picks_total", persona="matinee") == 4
    assert figure(text, "matinee_engine_relaxed_answers_total", persona="matinee") == 1
    assert figure(text, "matinee_engine_answers_total", persona="lantern", outcome="empty") == 1
    for limit in ("theme_or_genre", "film", "certification"):
        assert figure(text, "matinee_engine_refusals_total", persona="lantern", limit=limit) == 1


def test_the_artefact_in_force_is_named(url: str, desk: Desk, tmp_path: Path) -> None:
    assert "catalogue=" not in scraped(url)  # nothing is loaded for the sake of a figure
    loaded = desk.catalogues.get("starter")
    text = scraped(url)
    assert figure(text, "matinee_engine_films", catalogue="starter") == 6
    name = loaded.recommender.artefact.path.name
    assert figure(text, "matinee_engine_artefact_info", catalogue="starter", artefact=name, encoder="hash-64") == 1
    folder = built(tmp_path / "index", small_catalogue()[:4])
    desk.catalogues.refresh()
    assert figure(scraped(url), "matinee_engine_artefact_info", artefact=folder.name) == 1
    assert figure(scraped(url), "matinee_engine_artefact_info", artefact=name) == 0


async def test_the_encoders_time_is_taken(tmp_path: Path, database: Database) -> None:
    built(tmp_path / "index", small_catalogue())
    metrics = EngineMetrics()
    catalogues = Catalogues(tmp_path / "index", metrics.timed(HashEncoder()))
    desk = Desk(PERSONAS, catalogues, TasteStore(database))
    with serving(create_app(desk, WholeTextParser(), threads=2, metrics=metrics)) as url:
        async with EngineClient(url) as engine:
            await engine.picks(asking(Mode.FRESH, Frame(rest="snow")))
        assert figure(scraped(url), "matinee_engine_encode_seconds_count") == 1


async def test_no_label_is_a_person_a_text_or_a_title(url: str) -> None:
    async with EngineClient(url) as engine:
        await engine.picks(asking(Mode.FRESH, Frame(rest="quizzaciously"), user="ingeborg", turn_id="t-secret"))
        await engine.taste("matinee", "ingeborg")
    got(url, "/v1/taste/made-up-persona/ingeborg")
    text = scraped(url)
    for private in ("quizzaciously", "ingeborg", "t-secret", "mild-ghost", "Mild Ghost", "made-up"):
        assert private not in text


async def test_a_call_is_one_line_with_the_id_of_its_turn(url: str, logs: list[dict[str, object]]) -> None:
    structlog.contextvars.bind_contextvars(turn_id="feedfacefeedface")
    try:
        async with EngineClient(url) as engine:
            await engine.picks(asking(Mode.FRESH, Frame(rest="quizzaciously")))
    finally:
        structlog.contextvars.clear_contextvars()
    [line] = [line for line in logs if line["event"] == "call"]
    assert line.pop("ms") > 0  # type: ignore[operator]
    assert line == {
        "event": "call", "log_level": "info", "stage": "engine", "call": "picks", "persona": "matinee",
        "outcome": "ok", "turn_id": "feedfacefeedface",
    }  # fmt: skip
    assert "quizzaciously" not in str(logs)


@pytest.mark.parametrize("given", ["", "two words", "x" * 65, '"}{'])
def test_an_id_that_is_none_is_not_logged(url: str, logs: list[dict[str, object]], given: str) -> None:
    httpx.get(f"{url}/v1/taste/matinee/ann", headers={"Matinee-Turn": given}, trust_env=False)
    [line] = [line for line in logs if line["event"] == "call"]
    assert "turn_id" not in line


def test_rasas_own_call_is_followed_by_what_its_tracker_says(url: str, logs: list[dict[str, object]]) -> None:
    message = {"metadata": {"persona": "lantern", "user": "ann", "turn_id": "feedfacefeedface"}}
    body = {"response": "utter_greet", "tracker": {"sender_id": "lantern:ann", "latest_message": message}}
    assert httpx.post(f"{url}/nlg", json=body, trust_env=False).is_success
    [line] = [line for line in logs if line["event"] == "call"]
    assert (line["call"], line["turn_id"], line["persona"]) == ("nlg", "feedfacefeedface", "lantern")


def test_a_failed_call_is_one_line_too(url: str, logs: list[dict[str, object]]) -> None:
    httpx.post(f"{url}/v1/cards", json={"persona": "nobody", "movie_ids": []}, trust_env=False)
    [line] = [line for line in logs if line["event"] == "call"]
    assert (line["outcome"], line["persona"]) == ("unknown-persona", "unknown")


async def test_readiness_names_what_is_amiss_and_ends_when_it_is_mended(tmp_path: Path, database: Database) -> None:
    desk = Desk(PERSONAS, Catalogues(tmp_path / "index", HashEncoder()), TasteStore(database))
    with serving(app_over(desk)) as url:
        assert got(url, "/livez").json()["status"] == "ok"
        answer = got(url, "/readyz")
        assert answer.status_code == 503
        assert "has not been built" in answer.json()["detail"]["catalogue starter"]
        async with EngineClient(url) as engine:
            assert (await engine.ready()).detail == answer.json()["detail"]
            built(tmp_path / "index", small_catalogue())
            assert (await engine.ready()).status == "ok"
        with database.writing() as session:
            session.connection().exec_driver_sql("ALTER TABLE person RENAME TO hidden")
        amiss = got(url, "/readyz").json()["detail"]
        assert set(amiss) == {"database"}
        assert "SELECT" not in amiss["database"]


async def test_an_engine_that_is_not_there_is_not_ready() -> None:
    async with EngineClient("http://127.0.0.1:9") as engine:
        health = await engine.ready()
    assert health.status == "failing"
    assert health.detail["process"].startswith("unreachable")


@pytest.mark.skipif(not (ROOT / ".matinee/models/nlu").is_dir(), reason="no parser has been trained in this checkout")
def test_it_starts_without_its_catalogue_and_says_so_until_it_is_built(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "nlu").symlink_to(ROOT / ".matinee/models/nlu")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MATINEE_")}
    settings = {"MATINEE_STATE_DIR": str(tmp_path), "MATINEE_ENGINE_PORT": port, "MATINEE_LOG_FORMAT": "json"}
    process = subprocess.Popen(
        [sys.executable, "-m", "engine"], cwd=ROOT, env=clean | settings, stderr=subprocess.PIPE, text=True
    )
    try:
        detail = _asked_until_it_answers(f"http://127.0.0.1:{port}", process)
        assert "matinee index build" in detail["catalogue starter"]
    finally:
        process.terminate()
        log = process.communicate(timeout=20)[1]
    events = [json.loads(line)["event"] for line in log.splitlines() if line.startswith("{")]
    assert "catalogue not ready" in events


def _asked_until_it_answers(url: str, process: subprocess.Popen[str]) -> dict[str, str]:
    give_up_at_s = time.monotonic() + 60
    while True:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < give_up_at_s, "the engine never listened"
        try:
            answer = got(url, "/readyz")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            assert answer.status_code == 503
            detail: dict[str, str] = answer.json()["detail"]
            return detail

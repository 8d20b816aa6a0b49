"""Every bad request gets a problem that names the remedy, and nothing of our insides."""

import logging

import httpx
import pytest
import structlog
from fastapi import FastAPI
from gateway_peers import DialoguePeer

from bot.gateway.problems import ProblemKind

JSON = {"Content-Type": "application/json"}
LONG = b'{"persona": "matinee", "text": "' + b"x" * 70_000 + b'"}'

BAD = [
    ("POST", "/v1/chat", b"{not json", 400, "invalid-json"),
    ("POST", "/v1/chat", b"\xff\xfe\x00binary", 400, "invalid-json"),
    ("POST", "/v1/chat", b'{"persona": "matinee", "text": "\xff\xfe"}', 400, "invalid-json"),
    ("POST", "/v1/chat", b"[" * 30_000, 400, "invalid-json"),
    ("POST", "/v1/chat", b'{"persona": "matinee", "text": "\\ud83d"}', 400, "invalid-text"),
    ("POST", "/v1/chat", b"", 422, "invalid-request"),
    ("POST", "/v1/chat", b"[]", 422, "invalid-request"),
    ("POST", "/v1/chat", b"{}", 422, "invalid-request"),
    ("POST", "/v1/chat", b'{"persona": "matinee"}', 422, "invalid-request"),
    ("POST", "/v1/chat", b'{"persona": "matinee", "text": 7}', 422, "invalid-request"),
    ("POST", "/v1/chat", b'{"persona": "matinee", "text": "a", "metadata": {}}', 422, "invalid-request"),
    ("POST", "/v1/chat", b'{"persona": "../etc", "text": "a"}', 422, "invalid-request"),
    (
        "POST",
        "/v1/chat",
        b'{"persona": "matinee", "action": {"kind": "restart", "movie_id": "a"}}',
        422,
        "invalid-request",
    ),
    (
        "POST",
        "/v1/chat",
        b'{"persona": "matinee", "action": {"kind": "like", "movie_id": "a\\"}"}}',
        422,
        "invalid-request",
    ),
    ("POST", "/v1/chat", b'{"persona": "nobody", "text": "a"}', 404, "unknown-persona"),
    ("POST", "/v1/chat", LONG, 413, "too-large"),
    ("GET", "/v1/chat", b"", 405, "wrong-method"),
    ("GET", "/v1/personas/nobody", b"", 404, "unknown-persona"),
    ("GET", "/v2/chat", b"", 404, "not-found"),
    ("GET", "/widget/../../pyproject.toml", b"", 404, "not-found"),
    ("GET", "/widget/%2e%2e/%2e%2e/pyproject.toml", b"", 404, "not-found"),
    ("GET", "/problems/none", b"", 404, "not-found"),
    ("DELETE", "/v1/me", b"", 401, "invalid-credentials"),
    ("POST", "/v1/sessions", b'{"persona": "nobody"}', 404, "unknown-persona"),
]


@pytest.mark.parametrize("bad", BAD)
async def test_a_bad_request_is_a_problem(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, bad: tuple[str, str, bytes, int, str]
) -> None:
    method, path, body, status, slug = bad
    with structlog.testing.capture_logs() as logs:
        answer = await gateway.request(method, path, content=body, headers=JSON)
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (status, f"/problems/{slug}")
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert problem["instance"].endswith(problem["id"])
    assert answer.headers["matinee-request"] == problem["id"]
    assert "Traceback" not in answer.text
    assert "refused" in {line["event"] for line in logs}
    assert dialogue.heard == []


async def test_a_body_that_grows_past_the_limit_is_refused(gateway: httpx.AsyncClient) -> None:
    async def chunks():
        for _ in range(70):
            yield b"x" * 1024

    answer = await gateway.post("/v1/chat", content=chunks(), headers=JSON)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


async def test_a_form_is_told_to_be_json(gateway: httpx.AsyncClient) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await gateway.post("/v1/chat", content=b'{"persona": "matinee", "text": "a"}', headers=form)
    assert answer.status_code == 422
    assert "Content-Type: application/json" in answer.json()["detail"]


async def test_a_wrong_field_is_named_and_not_echoed(gateway: httpx.AsyncClient) -> None:
    answer = await gateway.post("/v1/chat", json={"persona": "NO SPACES", "text": "a"})
    assert answer.json()["errors"][0]["field"] == "body.persona"
    assert "NO SPACES" not in answer.text


async def test_an_unknown_fault_is_a_problem_whose_id_is_in_the_log(
    app: FastAPI, gateway: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("our insides")

    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logs:
        answer = await gateway.get("/broken")
    assert (answer.status_code, answer.json()["type"]) == (500, "/problems/internal")
    assert "insides" not in answer.text
    [fault] = [line for line in logs if line["event"] == "fault"]
    assert fault["request_id"] == answer.json()["id"]
    assert caplog.records == [] or all(record.levelno < logging.ERROR for record in caplog.records)


async def test_every_kind_is_documented_where_its_type_leads(gateway: httpx.AsyncClient) -> None:
    listed = (await gateway.get("/problems")).json()
    assert [doc["type"] for doc in listed] == [kind.type for kind in ProblemKind]
    for doc in listed:
        assert (await gateway.get(doc["type"])).json() == doc
    assert len({doc["type"] for doc in listed}) == len(ProblemKind)


async def test_the_api_describes_itself(gateway: httpx.AsyncClient) -> None:
    described = (await gateway.get("/openapi.json")).json()
    body = described["paths"]["/v1/chat"]["post"]["requestBody"]["content"]["application/json"]
    assert set(body["examples"]) == {"words", "button", "server"}
    assert "/v1/chat/stream" in described["paths"]

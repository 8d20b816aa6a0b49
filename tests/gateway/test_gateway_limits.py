"""Limits by persona, origins by persona, and what a browser is told."""

import httpx
import pytest
from gateway_peers import DialoguePeer, SignIn

from bot.gateway import create_app
from bot.settings import Settings
from persona_configs import Persona

PARISH = "https://parish.example"


async def _say(gateway: httpx.AsyncClient, persona: str, headers: dict[str, str]) -> httpx.Response:
    return await gateway.post("/v1/chat", json={"persona": persona, "text": "hi"}, headers=headers)


async def test_one_person_is_limited_and_told_when_to_come_back(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, signed_in: SignIn
) -> None:
    mine, yours = await signed_in("vibe"), await signed_in("vibe")
    statuses = [(await _say(gateway, "vibe", mine)).status_code for _ in range(2)]
    refused = await _say(gateway, "vibe", mine)
    assert statuses == [200, 200]
    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/rate-limited")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.json()["retry_after_s"] == int(refused.headers["retry-after"])
    # Another person may still ask, until all together ask too much; another persona is not touched.
    assert (await _say(gateway, "vibe", yours)).status_code == 200
    assert (await _say(gateway, "vibe", yours)).status_code == 429
    assert (await _say(gateway, "matinee", {})).status_code == 200
    assert len(dialogue.heard) == 4


async def test_new_sessions_are_no_way_round_the_limits(
    settings: Settings, personas: dict[str, Persona], dialogue: DialoguePeer
) -> None:
    app = create_app(settings.model_copy(update={"sessions_per_minute": 2}), personas)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway.test") as gateway:
        statuses = [(await _say(gateway, "matinee", {})).status_code for _ in range(3)]
    await app.state.services.close()
    assert statuses == [200, 200, 429]


@pytest.mark.parametrize(
    ("persona", "origin", "status"),
    [
        ("lantern", PARISH, 200),
        ("lantern", "https://evil.example", 403),
        ("lantern", "null", 403),
        ("lantern", "http://gateway.test", 200),
        ("lantern", None, 200),
        ("matinee", "https://evil.example", 200),
    ],
)
async def test_a_page_talks_to_the_personas_that_list_it(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, persona: str, origin: str | None, status: int
) -> None:
    answer = await _say(gateway, persona, {"Origin": origin} if origin else {})
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["type"] == "/problems/origin-refused"
        assert dialogue.heard == []
    elif origin:
        assert answer.headers["access-control-allow-origin"] == origin
        assert "Matinee-Session" in answer.headers["access-control-expose-headers"]
        assert "Origin" in answer.headers["vary"]


async def test_every_door_of_a_persona_looks_at_the_origin(gateway: httpx.AsyncClient, signed_in: SignIn) -> None:
    strange = {"Origin": "https://evil.example"}
    session = await signed_in("lantern")
    answers = [
        await gateway.post("/v1/sessions", json={"persona": "lantern"}, headers=strange),
        await gateway.post("/v1/chat/stream", json={"persona": "lantern", "text": "a"}, headers=strange),
        await gateway.get("/v1/personas/lantern", headers=strange),
        await gateway.get("/v1/me", headers={**strange, **session}),
        await gateway.delete("/v1/me", headers={**strange, **session}),
    ]
    assert [answer.status_code for answer in answers] == [403] * 5


@pytest.mark.parametrize(("origin", "allowed"), [(PARISH, PARISH), ("https://evil.example", None)])
async def test_a_preflight_knows_the_origins_of_all_personas(
    settings: Settings, personas: dict[str, Persona], origin: str, allowed: str | None
) -> None:
    app = create_app(settings, {"lantern": personas["lantern"]})
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway.test") as gateway:
        answer = await gateway.options("/v1/chat", headers=asked)
    await app.state.services.close()
    assert answer.status_code == 204
    assert answer.headers.get("access-control-allow-origin") == allowed
    assert ("Authorization" in answer.headers.get("access-control-allow-headers", "")) is (allowed is not None)


async def test_personas_show_their_face_and_not_their_keys(gateway: httpx.AsyncClient) -> None:
    listed = (await gateway.get("/v1/personas")).json()
    assert [persona["name"] for persona in listed] == ["lantern", "matinee", "vibe"]
    one = (await gateway.get("/v1/personas/lantern")).json()
    assert one == listed[0]
    assert one["welcome"]
    assert set(one["look"]) >= {"light", "dark", "font", "radius_px", "avatar"}
    assert "limits" not in one
    assert "key_hashes" not in str(one)


async def test_browsers_are_told_to_be_careful(gateway: httpx.AsyncClient) -> None:
    page, data = await gateway.get("/"), await gateway.get("/livez")
    assert "'unsafe" not in page.headers["content-security-policy"]
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert data.headers["content-security-policy"].startswith("default-src 'none'")
    for answer in (page, data):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors" in answer.headers["content-security-policy"]

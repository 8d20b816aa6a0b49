"""Who may speak, and as whom."""

import stat
from pathlib import Path

import httpx
import pytest
from gateway_peers import API_KEY, DialoguePeer, FactsPeer, SignIn
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.sessions import SecretError, SessionError, SessionExpired, Sessions, kept_secret, signing_secret
from bot.settings import Settings

SECRET = "s" * 40


def test_a_session_says_who_opened_it_until_it_is_too_old() -> None:
    now_s = 1_000_000.0
    sessions = Sessions(SECRET, max_age_s=60, clock=lambda: now_s)
    token, opened = sessions.open("lantern", "ada")
    assert sessions.read(token) == opened
    now_s += 61
    with pytest.raises(SessionExpired):
        sessions.read(token)


@given(st.integers(min_value=0), st.characters())
def test_a_changed_session_opens_nothing(place: int, char: str) -> None:
    sessions = Sessions(SECRET, max_age_s=60, clock=lambda: 1_000_000.0)
    token, opened = sessions.open("lantern", "ada")
    place %= len(token)
    changed = token[:place] + char + token[place + 1 :]
    try:
        # The last characters of base64 carry spare bits, so that a changed one can mean the same bytes.
        assert sessions.read(changed) == opened
    except SessionError:
        assert changed != token


def test_another_secret_opens_nothing() -> None:
    token, _ = Sessions("o" * 40, max_age_s=60).open("lantern")
    with pytest.raises(SessionError):
        Sessions(SECRET, max_age_s=60).read(token)


def test_anonymous_people_are_different_people() -> None:
    sessions = Sessions(SECRET, max_age_s=60)
    assert len({sessions.open("lantern")[1].user for _ in range(100)}) == 100


def test_the_secret_is_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path / "new", secret=None)
    secret = signing_secret(settings)
    assert signing_secret(settings) == secret
    assert stat.S_IMODE(settings.secret_file.stat().st_mode) == 0o600
    assert [path.name for path in settings.state_dir.iterdir()] == ["secret.key"]


@pytest.mark.parametrize("content", [b"", b"short", b"\xff\xfe" * 40])
def test_a_spoilt_secret_is_a_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "secret.key"
    path.write_bytes(content)
    with pytest.raises(SecretError, match=r"secret\.key"):
        kept_secret(path)


async def test_opening_a_session(gateway: httpx.AsyncClient, settings: Settings) -> None:
    answer = await gateway.post("/v1/sessions", json={"persona": "lantern"})
    opened = answer.json()
    assert answer.status_code == 201
    assert list(opened) == ["session", "user", "persona", "expires_s"]
    assert (opened["persona"], opened["expires_s"]) == ("lantern", settings.session_max_age_s)


async def _type_of(gateway: httpx.AsyncClient, body: dict[str, str], token: str | None) -> tuple[int, str]:
    headers = {"Authorization": token} if token else {}
    answer = await gateway.post("/v1/chat", json={"text": "hi", **body}, headers=headers)
    return answer.status_code, answer.json().get("type", "turn")


async def test_credentials(gateway: httpx.AsyncClient, settings: Settings) -> None:
    session = (await gateway.post("/v1/sessions", json={"persona": "lantern"})).json()["session"]
    old, _ = Sessions(SECRET, max_age_s=60, clock=lambda: 1.0).open("lantern")
    own, other, key = f"Bearer {session}", "Bearer nonsense", f"Bearer {API_KEY}"
    expected = [
        ({"persona": "lantern"}, own, (200, "turn")),
        ({"persona": "matinee"}, own, (403, "/problems/other-persona")),
        ({"persona": "lantern"}, other, (401, "/problems/invalid-credentials")),
        ({"persona": "lantern"}, "Basic YTpi", (401, "/problems/invalid-credentials")),
        ({"persona": "lantern"}, f"Bearer {old}", (401, "/problems/session-expired")),
        ({"persona": "lantern", "user": "42"}, key, (200, "turn")),
        ({"persona": "lantern"}, key, (422, "/problems/invalid-request")),
        ({"persona": "matinee", "user": "42"}, key, (401, "/problems/invalid-credentials")),
        ({"persona": "lantern", "user": "42"}, own, (403, "/problems/user-not-allowed")),
        ({"persona": "lantern", "user": "42"}, None, (403, "/problems/user-not-allowed")),
    ]
    found = [(body, token, await _type_of(gateway, body, token)) for body, token, _ in expected]
    assert found == expected


async def test_a_key_opens_sessions_for_its_users(gateway: httpx.AsyncClient) -> None:
    headers = {"Authorization": f"Bearer {API_KEY}"}
    answer = await gateway.post("/v1/sessions", json={"persona": "lantern", "user": "42"}, headers=headers)
    assert answer.json()["user"] == "42"
    refused = await gateway.post("/v1/sessions", json={"persona": "lantern", "user": "42"})
    assert refused.json()["type"] == "/problems/user-not-allowed"


async def test_what_is_kept_and_forgotten(
    gateway: httpx.AsyncClient, engine: FactsPeer, dialogue: DialoguePeer, signed_in: SignIn
) -> None:
    headers = await signed_in("lantern")
    kept = (await gateway.get("/v1/me", headers=headers)).json()
    assert kept["taste"]["liked"] == ["coco-2017"]
    gone = await gateway.delete("/v1/me", headers=headers)
    assert gone.json()["replies"] == ["all gone"]
    assert engine.forgotten == [f"lantern:{kept['user']}"]
    assert dialogue.erased == [f"lantern:{kept['user']}"]
    assert dialogue.messages == []
    assert (await gateway.get("/v1/me")).status_code == 401
    engine.status = 500
    assert (await gateway.delete("/v1/me", headers=headers)).json()["type"] == "/problems/unavailable"


async def test_nobody_is_told_that_they_are_forgotten_before_they_are(
    gateway: httpx.AsyncClient, engine: FactsPeer, dialogue: DialoguePeer, signed_in: SignIn
) -> None:
    headers = await signed_in("lantern")
    dialogue.mode = "error"
    refused = await gateway.delete("/v1/me", headers=headers)
    assert (refused.status_code, refused.json()["type"]) == (503, "/problems/unavailable")
    dialogue.mode = "ok"
    assert (await gateway.delete("/v1/me", headers=headers)).json()["replies"] == ["all gone"]
    assert len(dialogue.erased) == 1

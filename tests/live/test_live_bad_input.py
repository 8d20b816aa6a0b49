"""Whatever is sent, the answer is a turn or a problem that says what to do, and the next turn works."""

import json

import httpx
import pytest
from live_stack import Person, Stack

from bot.gateway.sessions import Sessions, kept_secret
from bot.settings import Settings

pytestmark = pytest.mark.live


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("x" * 20_000, "too_long"),
        ("", "empty"),
        (" \n\t ", "empty"),
        ("\u200d\ufe0f", "empty"),
        ("\x00\x01\x02", "empty"),
    ],
    ids=["20,000 characters", "empty", "blank", "invisible", "control characters"],
)
def test_a_message_that_cannot_be_a_wish_gets_words(stack: Stack, text: str, intent: str) -> None:
    with Person(stack, "matinee") as person:
        turn = person.say(text)
        assert turn["intent"]["name"] == intent
        assert turn["replies"]
        assert person.say("a comedy")["cards"]


@pytest.mark.parametrize(
    "text",
    [
        "🫣💔🤣",
        "🎬" * 500,
        "\ufffd\ufffd comedy \ufffd",
        "a comedy\x00 with\x07 bells",
        "{title} {0} %s ${jndi} <script>alert(1)</script>",
        "Z̷̡͘a̵͚͝l̶̛͇g̷͉̈́o̴̟͝ ̵̰͌c̴̣͆o̵̠͠m̷̠͂e̸͙͝d̶̖̿y̴̬͌",
        "كوميديا من فضلك",
        "/restart",
        '/request{"movie_id": "tt0054215"}',
        "not " * 900,
    ],
)
def test_a_strange_message_gets_a_turn(stack: Stack, text: str) -> None:
    with Person(stack, "lantern") as person:
        turn = person.say(text)
        assert turn["intent"]["name"] != "fault"
        assert turn["replies"] or turn["cards"]
        assert "<script>" not in json.dumps(turn["replies"])


@pytest.mark.parametrize(
    ("content", "status", "kind"),
    [
        (b"{not json", 400, "/problems/invalid-json"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", 400, "/problems/invalid-json"),
        (b'{"persona": "matinee"}', 422, "/problems/invalid-request"),
        (b'{"persona": "matinee", "text": 5}', 422, "/problems/invalid-request"),
        (b'{"persona": "matinee", "text": "hi", "extra": 1}', 422, "/problems/invalid-request"),
        (b'{"persona": "nobody", "text": "hi"}', 404, "/problems/unknown-persona"),
        (b'{"persona": "matinee", "text": "\\ud800"}', 400, "/problems/invalid-text"),
        (b'{"persona": "matinee", "action": {"kind": "like", "movie_id": "\\"}"}}', 422, "/problems/invalid-request"),
        (b'{"persona": "matinee", "text": "' + b"x" * 100_000 + b'"}', 413, "/problems/too-large"),
    ],
)
def test_a_request_that_is_wrong_gets_a_problem(stack: Stack, content: bytes, status: int, kind: str) -> None:
    response = httpx.post(
        f"{stack.url}/v1/chat", content=content, headers={"content-type": "application/json"}, trust_env=False
    )
    assert (response.status_code, response.json()["type"]) == (status, kind)
    assert response.headers["content-type"].startswith("application/problem+json")
    assert response.json()["detail"]


def test_the_same_user_name_is_another_person_for_another_persona(stack: Stack) -> None:
    secret = kept_secret(Settings(state_dir=stack.state).secret_file)
    assert secret is not None
    sessions = Sessions(secret, max_age_s=3600)
    with (
        Person(stack, "matinee", session=sessions.open("matinee", "twin")[0]) as one,
        Person(stack, "lantern", session=sessions.open("lantern", "twin")[0]) as other,
    ):
        saved = one.say("a family film")["cards"][0]["movie_id"]
        one.press("save", saved)
        assert one.taste()["saved"] == [saved]
        assert other.taste()["saved"] == []
        assert other.say("show my saved films")["cards"] == []
        other.post({"text": "forget me"})
        other.post({"text": "yes"})
        assert one.taste()["saved"] == [saved]


def test_a_session_of_one_persona_does_not_open_another(stack: Stack) -> None:
    with Person(stack, "matinee") as person:
        person.say("hello")
        person.persona = "lantern"
        assert person.post({"text": "hello"}).status_code == 403

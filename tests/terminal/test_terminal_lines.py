"""`matinee chat --json`: one line in, one line out."""

import io
import json
from typing import Any

import pytest
from gateway_peers import DialoguePeer

from bot.gateway.turn import Turn
from bot.settings import Settings
from bot.terminal import run_chat
from tests.peers import free_port


def chat(typed: str | bytes, settings: Settings, **options: Any) -> tuple[int, list[Turn], str]:
    raw = typed.encode() if isinstance(typed, str) else typed
    stdin, stdout, stderr = io.TextIOWrapper(io.BytesIO(raw)), io.StringIO(), io.StringIO()
    wanted = {"persona": "lantern", "json_lines": True, "settings": settings, **options}
    code = run_chat(stdin=stdin, stdout=stdout, stderr=stderr, **wanted)
    lines = stdout.getvalue().splitlines()
    return code, [Turn.model_validate(json.loads(line)) for line in lines], stderr.getvalue()


def test_every_line_is_one_turn_and_nothing_else(settings: Settings, dialogue: DialoguePeer) -> None:
    code, turns, errors = chat("a film\nnot animated\nwhy the first one?\n", settings)
    assert (code, errors) == (0, "")
    assert [turn.text for turn in turns] == ["a film", "not animated", "why the first one?"]
    assert len({turn.user for turn in turns}) == 1
    assert len(turns[0].cards) == 3


def test_odd_lines_are_turns_too(settings: Settings, dialogue: DialoguePeer) -> None:
    odd = ["", "/quit", "🫣💔🤣", "x" * 20_000, "y" * 70_000]
    code, turns, _ = chat("\n".join(odd).encode() + b"\n\xff\xfe binary\r\nlast", settings)
    assert code == 0
    names = [turn.intent.name for turn in turns]
    assert names == ["empty", "request", "request", "too_long", "fault", "request", "request"]
    assert dialogue.messages == ["quit", "🫣💔🤣", "\ufffd\ufffd binary", "last"]
    assert all(turn.replies[0] for turn in turns)


def test_the_user_speaks_by_this_machines_secret(settings: Settings, dialogue: DialoguePeer) -> None:
    _, turns, _ = chat("hi\n", settings, user="ada")
    _, again, _ = chat("hi\n", settings, user="ada")
    assert [turns[0].user, again[0].user] == ["ada", "ada"]
    assert dialogue.heard[0]["sender"] == "lantern:ada"


def test_without_a_secret_somebody_new_speaks_and_is_told(settings: Settings, dialogue: DialoguePeer) -> None:
    stranger = settings.model_copy(update={"state_dir": settings.state_dir / "elsewhere"})
    code, turns, errors = chat("hi\n", stranger, user="ada")
    assert code == 0
    assert turns[0].user.startswith("anon-")
    assert "MATINEE_API_KEY" in errors


def test_no_gateway_is_a_clear_error(settings: Settings) -> None:
    code, turns, errors = chat("hi\n", settings, url=f"http://127.0.0.1:{free_port()}")
    assert (code, turns) == (1, [])
    assert "make run" in errors


@pytest.mark.parametrize("persona", ["nobody", "../x"])
def test_an_unknown_persona_is_a_clear_error(settings: Settings, persona: str) -> None:
    code, turns, errors = chat("hi\n", settings, persona=persona)
    assert (code, turns) == (1, [])
    assert "--persona" in errors


def test_a_limit_is_waited_for(settings: Settings, dialogue: DialoguePeer, monkeypatch: pytest.MonkeyPatch) -> None:
    waits_s: list[float] = []
    monkeypatch.setattr("time.sleep", waits_s.append)
    from bot.terminal.gateway_line import GatewayLine, GatewayRefused

    url = f"http://127.0.0.1:{settings.gateway_port}"
    with GatewayLine(url, persona="lantern", sleep=waits_s.append) as line:
        line.open()
        with pytest.raises(GatewayRefused) as refused:
            for _ in range(100):
                line.say("hi")
    assert refused.value.status == 429
    assert waits_s
    assert all(1 <= wait_s <= 60 for wait_s in waits_s)

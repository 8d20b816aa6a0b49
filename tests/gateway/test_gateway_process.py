"""`python -m bot.gateway` as a process: starts, says what is wrong, stops when told."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from gateway_peers import DialoguePeer

from bot.settings import Settings
from tests.peers import free_port

ROOT = Path(__file__).parents[2]


def _environment(state_dir: Path, **settings: object) -> dict[str, str]:
    clean = {name: text for name, text in os.environ.items() if not name.startswith("MATINEE_")}
    own = {f"MATINEE_{name.upper()}": str(given) for name, given in settings.items()}
    return {**clean, "PYTHONPATH": str(ROOT), "MATINEE_STATE_DIR": str(state_dir), **own}


def _start(environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot.gateway"], env=environment, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )


def test_it_serves_logs_without_words_and_stops(tmp_path: Path, settings: Settings, dialogue: DialoguePeer) -> None:
    port = free_port()
    environment = _environment(
        tmp_path, gateway_port=port, dialogue_url=settings.dialogue_url, engine_url=settings.engine_url
    )
    process = _start(environment)
    try:
        url = f"http://127.0.0.1:{port}"
        deadline_s = time.monotonic() + 60
        while True:
            try:
                turn = httpx.post(f"{url}/v1/chat", json={"persona": "lantern", "text": "my secret film"}).json()
                break
            except httpx.ConnectError:
                assert process.poll() is None
                assert time.monotonic() < deadline_s
                time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=20)
    finally:
        process.kill()
    assert turn["replies"][0] == "heard: my secret film"
    lines = [json.loads(line) for line in log.splitlines()]
    [logged] = [line for line in lines if line["event"] == "turn"]
    assert logged["persona"] == "lantern"
    assert len(logged["turn_id"]) == 16
    assert "secret film" not in log
    assert (tmp_path / "secret.key").read_text() not in log


@pytest.mark.parametrize(
    ("settings_given", "named"),
    [
        ({"gateway_port": "none"}, "gateway_port"),
        ({"personas_dir": "/nowhere/at/all"}, "/nowhere/at/all"),
        ({"secret": "short"}, "MATINEE_SECRET"),
    ],
)
def test_what_is_wrong_is_said_in_one_go(tmp_path: Path, settings_given: dict[str, str], named: str) -> None:
    process = _start(_environment(tmp_path, **settings_given))
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert named in errors
    assert "Traceback" not in errors


def test_a_taken_port_is_named_with_the_remedy(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = _start(_environment(tmp_path, gateway_port=taken.getsockname()[1]))
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "MATINEE_GATEWAY_PORT" in errors

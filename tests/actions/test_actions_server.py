"""The process as the supervisor starts it: it answers without a domain, refuses bad settings and stops on SIGTERM."""

import os
import signal
import subprocess
import sys
import time

import httpx
import pytest
from actions_engine_peer import EnginePeer

from tests.peers import free_port, serving

STARTS_WITHIN_S = 40.0


def wait_for(url: str, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline:
        try:
            if httpx.get(url, trust_env=False).is_success:
                return
        except httpx.TransportError:
            assert process.poll() is None, process.communicate()
            time.sleep(0.1)
    pytest.fail(f"nothing at {url} after {STARTS_WITHIN_S} s")


def test_it_serves_and_stops_cleanly(peer: EnginePeer) -> None:
    address = f"http://127.0.0.1:{free_port()}"
    with serving(peer.app()) as engine_url:
        surroundings = {**os.environ, "MATINEE_ENGINE_URL": engine_url, "MATINEE_ACTIONS_URL": address}
        process = subprocess.Popen(
            [sys.executable, "-m", "actions"], env=surroundings, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            wait_for(f"{address}/health", process)
            call = {
                "next_action": "action_surprise",
                "sender_id": "lantern:ada",
                "version": "3.6.21",
                "tracker": {
                    "sender_id": "lantern:ada",
                    "slots": {},
                    "events": [{"event": "user"}],
                    "latest_message": {
                        "text": "surprise me",
                        "intent": {"name": "surprise", "confidence": 1.0},
                        "entities": [{"entity": "parse", "value": {"text": "surprise me", "frame": {}}}],
                        "metadata": {"persona": "lantern", "user": "ada", "turn_id": "feedfacefeedface"},
                    },
                },
            }
            answer = httpx.post(f"{address}/webhook", json=call, trust_env=False)
            assert answer.status_code == 200
            assert answer.json()["responses"][0]["custom"]["replies"] == ["[surprise]"]
            assert httpx.get(f"{address}/livez", trust_env=False).json() == {"status": "ok", "detail": {}}
            assert httpx.get(f"{address}/readyz", trust_env=False).json() == {"status": "ok", "detail": {}}
            peer.amiss = {"catalogue starter": "it has not been built"}
            amiss = httpx.get(f"{address}/readyz", trust_env=False)
            assert amiss.status_code == 503
            assert amiss.json()["detail"] == {"engine": "catalogue starter: it has not been built"}
            figures = httpx.get(f"{address}/metrics", trust_env=False)
            assert figures.headers["content-type"].startswith("text/plain")
            assert 'matinee_actions_total{action="action_surprise",outcome="films"} 1.0' in figures.text
        finally:
            process.send_signal(signal.SIGTERM)
            log, _ = process.communicate(timeout=10)
    assert process.returncode == 0, log
    assert "feedfacefeedface" in log
    assert "Traceback" not in log
    assert "Warning" not in log


def test_bad_settings_are_named_all_at_once() -> None:
    surroundings = {**os.environ, "MATINEE_ENGINE_URL": "engine", "MATINEE_LOG_LEVEL": "loud"}
    done = subprocess.run(
        [sys.executable, "-m", "actions"], env=surroundings, text=True, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "MATINEE_ENGINE_URL" in done.stderr
    assert "MATINEE_LOG_LEVEL" in done.stderr

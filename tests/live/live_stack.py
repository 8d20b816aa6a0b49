"""The whole of Matinee as its own processes: started, looked into, hurt and stopped."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import psutil

from bot.settings import Settings
from bot.setup.environments import DIALOGUE, ROOT
from bot.setup.training import dialogue_model, parser_folder

#: Longest wait for the first answered turn, and for a process to come back, in seconds.
START_S, RECOVERY_S, STOP_S = 240.0, 180.0, 25.0
_POLL_S = 0.1
#: How each process is told from the others by its command line.
_MARKS = {"engine": "engine", "actions": "actions", "dialogue": "start.py", "gateway": "bot.gateway"}


class NotStarted(AssertionError):
    """The stack did not come up; the message ends with its log."""


def missing() -> str:
    """What must be made before the stack can start in seconds; empty when all is there."""
    state = built_state()
    if not dialogue_model(state).is_file() or not parser_folder(state).is_dir():
        return "the dialogue model or the parser is not trained for the present inputs; run `make train`"
    if not (DIALOGUE / "bin" / "python").exists():
        return "the dialogue environment is missing; run `make env`"
    return ""


def built_state() -> Path:
    """The state folder of this checkout, with what `make train` and `make index` made."""
    state = Settings().state_dir
    return state if state.is_absolute() else ROOT / state


class Stack:
    """One running Matinee on ports and a state folder of its own."""

    def __init__(self, state: Path) -> None:
        built = built_state()
        for part in ("index", "models"):
            # The index may be missing: it is built from the starter films in seconds, the models are not.
            if (built / part).exists():
                shutil.copytree(built / part, state / part, symlinks=True)
        self.state = state
        gateway, engine, dialogue, actions = _free_ports(4)
        self.url = f"http://127.0.0.1:{gateway}"
        self.ports = {"gateway": gateway, "engine": engine, "dialogue": dialogue, "actions": actions}
        self._environment = os.environ | {
            "MATINEE_STATE_DIR": str(state),
            "MATINEE_GATEWAY_PORT": str(gateway),
            "MATINEE_ENGINE_URL": f"http://127.0.0.1:{engine}",
            "MATINEE_DIALOGUE_URL": f"http://127.0.0.1:{dialogue}",
            "MATINEE_ACTIONS_URL": f"http://127.0.0.1:{actions}",
            # A test session opens more conversations in a minute than an honest address does.
            "MATINEE_SESSIONS_PER_MINUTE": "10000",
        }
        self._log = state / "up.log"
        self._up: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the supervisor; does not wait."""
        with self._log.open("ab") as log:
            self._up = subprocess.Popen(
                self.command, env=self._environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "bot.cli", "up"]

    def run_again(self) -> subprocess.CompletedProcess[str]:
        """What a second `matinee up` with the same settings does."""
        return subprocess.run(
            self.command, env=self._environment, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
        )

    def wait_until_answering(self, *, timeout_s: float = START_S) -> None:
        """Returns when a real turn is answered. Raises `NotStarted`."""
        for _ in _patiently(timeout_s):
            if self._up is None or self._up.poll() is not None:
                break
            if self.answers():
                return
        raise NotStarted(self.log_end())

    def answers(self) -> bool:
        """Whether everything is ready and a turn is answered now."""
        try:
            if httpx.get(f"{self.url}/readyz", timeout=3, trust_env=False).is_error:
                return False
            turn = httpx.post(
                f"{self.url}/v1/chat", json={"persona": "matinee", "text": "hello"}, timeout=15, trust_env=False
            )
            return turn.is_success and turn.json()["intent"]["name"] != "fault"
        except (httpx.HTTPError, ValueError):
            return False

    def processes(self) -> dict[str, psutil.Process]:
        """The supervisor's children that run now, by name."""
        assert self._up is not None
        found: dict[str, psutil.Process] = {}
        try:
            children = psutil.Process(self._up.pid).children()
        except psutil.NoSuchProcess:
            return found
        for child in children:
            try:
                words = child.cmdline()
            except psutil.Error:  # it ended in this moment
                continue
            for name, mark in _MARKS.items():
                if any(word == mark or word.endswith(f"/{mark}") for word in words):
                    found[name] = child
        return found

    def wait_for_processes(self) -> dict[str, psutil.Process]:
        """All four processes, as soon as they run; they need not answer yet. Raises `NotStarted`."""
        for _ in _patiently(START_S):
            if len(found := self.processes()) == len(_MARKS):
                return found
        raise NotStarted(self.log_end())

    def signal(self, number: int) -> None:
        """Sends a signal to the supervisor."""
        assert self._up is not None
        self._up.send_signal(number)

    def wait_until_ended(self) -> int:
        """The supervisor's exit code."""
        assert self._up is not None
        return self._up.wait(STOP_S)

    def stop(self) -> None:
        """Ends everything, whatever state it is in."""
        if self._up is None:
            return
        family = psutil.Process(self._up.pid).children(recursive=True) if self._up.poll() is None else []
        if self._up.poll() is None:
            self._up.terminate()
            try:
                self._up.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self._up.kill()
                self._up.wait()
        for process in psutil.wait_procs(family, timeout=5)[1]:
            process.kill()

    def log_end(self) -> str:
        """The last lines that the processes wrote."""
        return "\n".join(self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-40:])


class Person:
    """Somebody who talks to one persona; the first message opens the session."""

    def __init__(self, stack: Stack, persona: str, *, session: str | None = None) -> None:
        self._http = httpx.Client(base_url=stack.url, timeout=30, trust_env=False)
        self.persona, self._session = persona, session

    def __enter__(self) -> "Person":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def post(self, body: dict[str, Any]) -> httpx.Response:
        response = self._http.post("/v1/chat", json={"persona": self.persona, **body}, headers=self._headers())
        self._session = response.headers.get("matinee-session", self._session)
        return response

    def say(self, text: str) -> dict[str, Any]:
        """The turn of these words, whatever it is; every refusal fails the test."""
        response = self.post({"text": text})
        assert response.status_code == 200, response.text
        turn: dict[str, Any] = response.json()
        return turn

    def press(self, kind: str, movie_id: str) -> dict[str, Any]:
        response = self.post({"action": {"kind": kind, "movie_id": movie_id}})
        assert response.status_code == 200, response.text
        turn: dict[str, Any] = response.json()
        return turn

    def taste(self) -> dict[str, list[str]]:
        """All that is kept of this person."""
        response = self._http.get("/v1/me", headers=self._headers())
        assert response.status_code == 200, response.text
        taste: dict[str, list[str]] = response.json()["taste"]
        return taste

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._session}"} if self._session else {}


def _patiently(timeout_s: float) -> Iterator[None]:
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        yield
        time.sleep(_POLL_S)


def _free_ports(n: int) -> list[int]:
    # All are held at once, so that no port is given out twice.
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(n)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]

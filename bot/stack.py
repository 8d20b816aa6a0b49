"""The whole of Matinee on one machine: which processes, with which settings, and when it is ready for people."""

import asyncio
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from bot.settings import Settings
from bot.setup.environments import DIALOGUE, ROOT
from bot.setup.training import dialogue_model
from bot.supervisor import Process

#: Longest wait for the first answered turn, in seconds; Rasa loads its model in 10 to 20.
READY_TIMEOUT_S = 120.0
_FIRST_WORDS = "hello"


class NotReadyError(Exception):
    """The processes run, but no turn was answered in time; the message holds the last thing that was amiss."""


def processes(settings: Settings) -> list[Process]:
    """The four processes of one machine."""
    state = settings.state_dir.resolve()
    engine, dialogue = urlsplit(settings.engine_url), urlsplit(settings.dialogue_url)
    actions = urlsplit(settings.actions_url)
    python = sys.executable
    shared = {
        "MATINEE_STATE_DIR": str(state),
        "MATINEE_PERSONAS_DIR": str(settings.personas_dir.resolve()),
        "MATINEE_ENGINE_URL": settings.engine_url,
        "MATINEE_DIALOGUE_URL": settings.dialogue_url,
        "MATINEE_ACTIONS_URL": settings.actions_url,
        "PYTHONUNBUFFERED": "1",
        "MATINEE_LOG_FORMAT": settings.log_format if settings.log_format != "auto" else "console",
        "OMP_NUM_THREADS": "1",  # four processes share the cores: more threads only wait for each other
    }
    start = ROOT / "bot" / "dialogue" / "start.py"
    return [
        Process(
            "engine",
            [python, "-m", "engine"],
            _port(engine.port),
            "MATINEE_ENGINE_URL",
            shared | {"MATINEE_ENGINE_PORT": str(engine.port)},
        ),
        Process("actions", [python, "-m", "actions"], _port(actions.port), "MATINEE_ACTIONS_URL", shared),
        Process(
            "dialogue",
            [
                str(DIALOGUE / "bin" / "python"),
                str(start),
                "--model",
                str(dialogue_model(state)),
                "--port",
                str(dialogue.port),
            ],
            _port(dialogue.port),
            "MATINEE_DIALOGUE_URL",
            shared,
        ),
        Process(
            "gateway",
            [python, "-m", "bot.gateway"],
            settings.gateway_port,
            "MATINEE_GATEWAY_PORT",
            shared
            | {
                "MATINEE_GATEWAY_HOST": settings.gateway_host,
                "MATINEE_GATEWAY_PORT": str(settings.gateway_port),
                "MATINEE_SESSIONS_PER_MINUTE": str(settings.sessions_per_minute),
            },
        ),
    ]


def _port(port: int | None) -> int:
    if port is None:
        raise ValueError("the address of an internal service needs a port")
    return port


def gateway_url(settings: Settings) -> str:
    """Where people reach this machine's gateway."""
    return f"http://{settings.gateway_host}:{settings.gateway_port}"


async def answer_first_turn(settings: Settings, *, say: Callable[[str], None], persona: str) -> float:
    """Waits until a real turn is answered from end to end, and returns the seconds it took to get there.

    Raises `NotReadyError` after `READY_TIMEOUT_S`.
    """
    started, told, amiss = time.monotonic(), 0.0, "nothing listens yet"
    async with httpx.AsyncClient(base_url=gateway_url(settings), timeout=15.0, trust_env=False) as http:
        while (passed := time.monotonic() - started) < READY_TIMEOUT_S:
            amiss = await _amiss(http, persona)
            if not amiss:
                return time.monotonic() - started
            if passed - told > 5.0:
                told = passed
                say(f"starting ({passed:.0f} s): {amiss}")
            await asyncio.sleep(0.3)
    raise NotReadyError(f"no turn was answered in {READY_TIMEOUT_S:.0f} s: {amiss}")


async def _amiss(http: httpx.AsyncClient, persona: str) -> str:
    """What keeps a turn from being answered; empty when one was."""
    try:
        ready = await http.get("/readyz")
        if ready.is_error:
            return what_is_waited_for(_states(ready)) or "waiting for the gateway"
        answer = await http.post("/v1/chat", json={"persona": persona, "text": _FIRST_WORDS})
        turn = answer.json()
        return "" if answer.is_success and turn["intent"]["name"] != "fault" else "the first turn was not answered"
    except (httpx.HTTPError, ValueError, KeyError) as error:
        return f"waiting for the gateway ({type(error).__name__})"


def what_is_waited_for(states: dict[str, str]) -> str:
    """Why those that are not ready are not, in their own words; empty when all are. What the engine lacks, the others
    lack through it."""
    waiting = {name: state for name, state in states.items() if state != "ok"}
    if "engine" in waiting:
        waiting = {"engine": waiting["engine"]}
    return "; ".join(
        f"waiting for {name}" if state.startswith("unreachable") else f"{name}: {state}"
        for name, state in waiting.items()
    )


def _states(ready: httpx.Response) -> dict[str, str]:
    try:
        body = ready.json()
        return dict(body.get("detail") or {}) if isinstance(body.get("detail"), dict) else {}
    except ValueError:
        return {}


def log_folder(settings: Settings) -> Path:
    """Where `matinee up` keeps the processes' logs."""
    return settings.state_dir / "logs"

"""The peer of `matinee bench turns`: an empty Rasa bot, as pip resolves it, started in the same run."""

import asyncio
import hashlib
import os
import sys
from pathlib import Path

import httpx

from bot.setup.environments import DIALOGUE, ROOT, SetupError, uv
from bot.supervisor import Process

PROJECT = ROOT / "bot" / "bench" / "empty_bot"
_READY_TIMEOUT_S = 240.0


def peer_processes(state_dir: Path, *, port: int, actions_port: int) -> list[Process]:
    """The peer's Rasa server and action server."""
    model, stock = model_file(state_dir), stock_folder(state_dir)
    rasa = [str(DIALOGUE / "bin" / "python"), "-m", "rasa", "run", "--model", str(model), "--port", str(port)]
    rasa += ["--interface", "127.0.0.1", "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    shared = {"EMPTY_BOT_ACTIONS_URL": f"http://127.0.0.1:{actions_port}", **_QUIET}
    actions = [sys.executable, "-m", "rasa_sdk", "--actions", "empty_actions", "--port", str(actions_port)]
    return [
        Process("peer", rasa, port, "--", {**shared, "PYTHONPATH": str(stock)}, PROJECT),
        Process("peer actions", actions, actions_port, "--", {**shared, "PYTHONPATH": str(PROJECT)}, PROJECT),
    ]


_QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    "CUDA_VISIBLE_DEVICES": "-1",
}


def model_file(state_dir: Path) -> Path:
    """The peer's trained model for its present files."""
    digest = hashlib.sha256()
    for path in sorted(PROJECT.rglob("*.yml")):
        digest.update(path.read_bytes())
    return state_dir.resolve() / "bench" / f"empty-{digest.hexdigest()[:16]}.tar.gz"


def stock_folder(state_dir: Path) -> Path:
    """Where the packages lie that the dialogue environment pins otherwise."""
    return state_dir.resolve() / "bench" / "stock"


async def prepare_peer(state_dir: Path) -> None:
    """Trains the peer and installs its packages, unless both are there. Raises `SetupError` if that fails."""
    if not stock_folder(state_dir).is_dir():
        lock = str(ROOT / "requirements" / "stock-rasa.lock")
        target = ["--target", str(stock_folder(state_dir)), "--python", str(DIALOGUE / "bin" / "python")]
        await _run([uv(), "pip", "install", "--quiet", "--no-deps", "--require-hashes", *target, "-r", lock])
    model = model_file(state_dir)
    if not model.is_file():
        command = [str(DIALOGUE / "bin" / "python"), "-m", "rasa", "train", "--quiet", "--out", str(model.parent)]
        await _run([*command, "--fixed-model-name", model.name.removesuffix(".tar.gz")])


async def _run(command: list[str]) -> None:
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=PROJECT,
        env=os.environ | _QUIET,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    if process.returncode != 0:
        raise SetupError(f"{' '.join(command[:4])} failed:\n{said.decode(errors='replace')[-2000:]}")


async def wait_for_peer(url: str) -> None:
    """Returns when the peer has answered a turn. Raises `SetupError` when it does not in time."""
    async with httpx.AsyncClient(base_url=url, timeout=10.0, trust_env=False) as http:
        for _ in range(int(_READY_TIMEOUT_S)):
            try:
                answer = await http.post("/webhooks/rest/webhook", json={"sender": "w", "message": "a western please"})
                if answer.is_success and answer.json():
                    return
            except (httpx.HTTPError, ValueError):
                pass
            await asyncio.sleep(1.0)
    raise SetupError(f"the peer did not answer in {_READY_TIMEOUT_S:.0f} s")

"""Training what is learned: the parser (app environment) and the dialogue model (dialogue environment).

Each result carries the hash of the inputs it was trained from, and is trained again only when they changed.
"""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.setup.environments import DIALOGUE, ROOT, SetupError
from nlu.training.pipeline import is_current

PROJECT = ROOT / "bot" / "dialogue"
#: What the dialogue model depends on, within its project.
_INPUTS = ("config.yml", "domain/**/*.yml", "data/**/*.yml", "components/**/*.py")
#: How long each training may take before it is taken for stuck.
TIMEOUT_S = 900


@dataclass(frozen=True, slots=True)
class Trained:
    """What `make train` did: the file or folder of the model, and the seconds it took (None: nothing to do)."""

    path: Path
    seconds: float | None


def dialogue_inputs_hash() -> str:
    """The hash of everything that the dialogue model is trained from."""
    paths = sorted(path for pattern in _INPUTS for path in PROJECT.glob(pattern))
    return _hash([*paths, ROOT / "requirements" / "dialogue.lock"])


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def dialogue_model(state_dir: Path) -> Path:
    """Where the dialogue model for the present inputs is, or would be once trained."""
    return state_dir / "models" / "dialogue" / f"dialogue-{dialogue_inputs_hash()}.tar.gz"


def parser_folder(state_dir: Path) -> Path:
    """Where the trained parser is, or would be."""
    return state_dir / "models" / "nlu"


def train_dialogue(state_dir: Path, *, say: Callable[[str], None]) -> Trained:
    """Trains the dialogue model unless the one for the present inputs exists. Raises `SetupError` if it fails."""
    model = dialogue_model(state_dir)
    if model.is_file():
        return Trained(model, None)
    say("training the dialogue model (about a minute)")
    started = time.monotonic()
    model.parent.mkdir(parents=True, exist_ok=True)
    unfinished = model.parent / f".training-{os.getpid()}"
    command = [str(DIALOGUE / "bin" / "python"), str(PROJECT / "train.py"), "--out", str(unfinished.resolve())]
    _run(command, cwd=PROJECT, what="the dialogue model")
    (unfinished / "dialogue.tar.gz").replace(model)
    unfinished.rmdir()
    for old in model.parent.glob("dialogue-*.tar.gz"):
        if old != model:
            old.unlink(missing_ok=True)
    return Trained(model, time.monotonic() - started)


def train_parser(state_dir: Path, *, say: Callable[[str], None]) -> Trained:
    """Trains the parser unless the one for the present inputs exists. Raises `SetupError` if it fails."""
    folder = parser_folder(state_dir)
    if is_current(folder):
        return Trained(folder, None)
    say("training the parser")
    started = time.monotonic()
    _run([sys.executable, "-m", "nlu.train", "--out", str(folder.resolve())], cwd=ROOT, what="the parser")
    return Trained(folder, time.monotonic() - started)


def _run(command: list[str], *, cwd: Path, what: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(cwd)}
    try:
        done = subprocess.run(
            command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
        )
    except FileNotFoundError as error:
        raise SetupError(f"{what} cannot be trained: {command[0]} is missing; run `make env`") from error
    except subprocess.TimeoutExpired as error:
        raise SetupError(f"training {what} took more than {TIMEOUT_S} s and was stopped") from error
    if done.returncode != 0:
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise SetupError(f"training {what} failed:\n{last}")

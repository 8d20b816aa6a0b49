"""Training what is learned: the parser (app environment), then the dialogue model (dialogue environment).

Each result carries the hash of the inputs it was trained from, and is trained again only when they changed. The
dialogue model learns from the words of its examples and from what the engine hears in them: the parser comes first.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.setup.environments import DIALOGUE, ROOT, SetupError
from bot.setup.examples import examples
from nlu.training.pipeline import MANIFEST, is_current

PROJECT = ROOT / "bot" / "dialogue"
#: What the dialogue model depends on, within its project.
_INPUTS = ("config.yml", "domain/**/*.yml", "data/**/*.yml", "components/**/*.py")
#: What decides, beside the trained parser, what the engine hears in a message.
_HEARING = (
    "nlu/*.py",
    "nlu/lexicons/*.yaml",
    "persona_configs/vocabulary/*.yaml",
    "index/starter/films/*.jsonl",
    "engine/heard.py",
    "index/encoder.py",
    "bot/setup/hearing.py",
    "requirements/app.lock",
)
#: How long each training may take before it is taken for stuck.
TIMEOUT_S = 900


@dataclass(frozen=True, slots=True)
class Trained:
    """What `make train` did: the file or folder of the model, and the seconds it took (None: nothing to do)."""

    path: Path
    seconds: float | None


def dialogue_inputs_hash(state_dir: Path) -> str:
    """The hash of everything that the dialogue model is trained from; what the engine hears counts as last heard."""
    paths = sorted(path for pattern in _INPUTS for path in PROJECT.glob(pattern))
    words = _hash([*paths, ROOT / "requirements" / "dialogue.lock"])
    heard = heard_file(state_dir)
    told = heard.read_bytes() if heard.is_file() else b""
    return hashlib.sha256(words.encode() + told).hexdigest()[:16]


def heard_file(state_dir: Path) -> Path:
    """Where the engine's answers to the examples are, or would be: see `bot.setup.hearing`."""
    return state_dir / "models" / "dialogue" / "heard.json"


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def dialogue_model(state_dir: Path) -> Path:
    """Where the dialogue model for the present inputs is, or would be once trained.

    A parser that changed since the examples were last heard changes nothing here: `train_dialogue` hears them anew.
    """
    return state_dir / "models" / "dialogue" / f"dialogue-{dialogue_inputs_hash(state_dir)}.tar.gz"


def parser_folder(state_dir: Path) -> Path:
    """Where the trained parser is, or would be."""
    return state_dir / "models" / "nlu"


def train_dialogue(state_dir: Path, *, say: Callable[[str], None]) -> Trained:
    """Trains the dialogue model unless the one for the present inputs exists; the parser must be trained before. Raises
    `SetupError` if it fails."""
    hear_examples(state_dir, say=say)
    model = dialogue_model(state_dir)
    if model.is_file():
        return Trained(model, None)
    say("training the dialogue model (about a minute)")
    started = time.monotonic()
    model.parent.mkdir(parents=True, exist_ok=True)
    unfinished = model.parent / f".training-{os.getpid()}"
    command = [str(DIALOGUE / "bin" / "python"), str(PROJECT / "train.py"), "--out", str(unfinished.resolve())]
    heard = {"MATINEE_HEARD": str(heard_file(state_dir).resolve())}
    _run(command, cwd=PROJECT, what="the dialogue model", settings=heard)
    (unfinished / "dialogue.tar.gz").replace(model)
    unfinished.rmdir()
    for old in model.parent.glob("dialogue-*.tar.gz"):
        if old != model:
            old.unlink(missing_ok=True)
    return Trained(model, time.monotonic() - started)


def hear_examples(state_dir: Path, *, say: Callable[[str], None]) -> None:
    """Writes what the engine hears in each training example, unless the examples and the parser are those of the last
    time. Raises `SetupError` if it fails."""
    out, stamp = heard_file(state_dir), heard_file(state_dir).with_suffix(".inputs")
    texts = sorted({text for text, _ in examples(PROJECT / "data" / "nlu")})
    inputs = _hearing_hash(parser_folder(state_dir), texts)
    if out.is_file() and stamp.is_file() and stamp.read_text(encoding="utf-8") == inputs:
        return
    say("reading the examples of the dialogue model (a quarter of a minute)")
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out.with_suffix(f".{os.getpid()}.part")
    try:
        hear(texts, state_dir, unfinished)
        unfinished.replace(out)
        stamp.write_text(inputs, encoding="utf-8")
    finally:
        unfinished.unlink(missing_ok=True)


def hear(texts: Sequence[str], state_dir: Path, out: Path) -> dict[str, Any]:
    """The engine's answer by text, by the trained parser and the starter films' names; also written to `out`. Raises
    `SetupError` if they cannot be had."""
    asked = out.with_suffix(".texts")
    asked.write_text(json.dumps(list(texts)), encoding="utf-8")
    command = [sys.executable, "-m", "bot.setup.hearing", "--parser", str(parser_folder(state_dir).resolve())]
    try:
        _run([*command, "--out", str(out.resolve()), str(asked.resolve())], cwd=ROOT, what="what the engine hears")
    finally:
        asked.unlink(missing_ok=True)
    answers: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))["answers"]
    return answers


def _hearing_hash(parser: Path, texts: list[str]) -> str:
    paths = sorted(path for pattern in _HEARING for path in ROOT.glob(pattern))
    manifest = json.loads((parser / MANIFEST).read_text(encoding="utf-8"))
    return hashlib.sha256(json.dumps([_hash(paths), manifest["inputs"], texts]).encode()).hexdigest()


def train_parser(state_dir: Path, *, say: Callable[[str], None]) -> Trained:
    """Trains the parser unless the one for the present inputs exists. Raises `SetupError` if it fails."""
    folder = parser_folder(state_dir)
    if is_current(folder):
        return Trained(folder, None)
    say("training the parser")
    started = time.monotonic()
    _run([sys.executable, "-m", "nlu.train", "--out", str(folder.resolve())], cwd=ROOT, what="the parser")
    return Trained(folder, time.monotonic() - started)


def _run(command: list[str], *, cwd: Path, what: str, settings: Mapping[str, str] | None = None) -> None:
    environment = os.environ | {"PYTHONPATH": str(cwd), **(settings or {})}
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

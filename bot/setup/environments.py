"""Makes the two environments: the app's (`.venv`, Python 3.11 or newer) and the dialogue's (`.venv-dialogue`, 3.10).

Run as a script by any Python 3 of the machine, with nothing installed:

    python3 bot/setup/environments.py app | dialogue | build | test | scale

An environment carries the hash of the lock files that it was made from, so that the next run has nothing to do.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "requirements"
APP, DIALOGUE = ROOT / ".venv", ROOT / ".venv-dialogue"
#: What an environment is made from; `pip` where a torch wheel is best found by pip itself.
APP_LOCKS = ("app.lock", "models.lock")
GROUPS = {"test": ("test.lock",), "build": ("build.lock",), "scale": ("scale.lock",)}
TORCH = ("torch==2.14.1", "torchvision==0.29.1")
#: Python versions that the app's lock was resolved for.
APP_PYTHONS = ("3.11", "3.12", "3.13")
DIALOGUE_PYTHON = "3.10"
#: Free disk that an environment needs, in GB.
NEEDS_GB = {"app": 2, "dialogue": 4, "build": 12, "test": 1, "scale": 1}
_STAMP = ".matinee-made-from"
_GB = 1_000_000_000


class SetupError(Exception):
    """Something that the person at the keyboard can mend; the message says how."""


def main(arguments: list[str]) -> int:
    """Makes the environments named; returns the exit code."""
    try:
        for name in arguments or ["app", "dialogue"]:
            make(name)
    except SetupError as error:
        print("\n  " + str(error).replace("\n", "\n  ") + "\n", file=sys.stderr)
        return 1
    return 0


def make(name: str) -> None:
    """Makes one environment, or adds a group to the app's, unless it is up to date."""
    if name == "dialogue":
        _make_environment(DIALOGUE, find_dialogue_python, ("dialogue.lock",), name)
    elif name == "app":
        _make_environment(APP, find_app_python, APP_LOCKS, name)
    elif name in GROUPS:
        make("app")
        _add_group(name)
    else:
        raise SetupError(f"unknown environment {name!r}: app, dialogue, build, test or scale")


def _make_environment(folder: Path, find_python: Callable[[], str], locks: tuple[str, ...], name: str) -> None:
    stamp = folder / _STAMP
    wanted = fingerprint(locks)
    if stamp.is_file() and stamp.read_text() == wanted and _runs(folder / "bin" / "python"):
        return
    _check_disk(name)
    python = find_python()
    _say(f"making {folder.name} with {python}")
    if not _runs(folder / "bin" / "python") or _version(folder / "bin" / "python") != _version(python):
        shutil.rmtree(folder, ignore_errors=True)
        _run([python, "-m", "venv", str(folder)], f"the environment {folder.name} could not be made")
    stamp.unlink(missing_ok=True)
    installer = uv()
    _say(f"installing {', '.join(locks)}")
    requirements = [str(LOCKS / lock) for lock in locks]
    _run(
        [installer, "pip", "sync", "--require-hashes", "--python", str(folder / "bin" / "python"), *requirements],
        f"the packages of {folder.name} could not be installed",
    )
    if folder == APP:
        _install_project()
    stamp.write_text(wanted)


def _add_group(name: str) -> None:
    stamp = APP / (_STAMP + "-" + name)
    wanted = fingerprint((*APP_LOCKS, *GROUPS[name])) + (" ".join(TORCH) if name == "build" else "")
    if stamp.is_file() and stamp.read_text() == wanted and (APP / _STAMP).stat().st_mtime <= stamp.stat().st_mtime:
        return
    _check_disk(name)
    python = str(APP / "bin" / "python")
    if name == "build":
        _say(f"installing {' and '.join(TORCH)} (this is large)")
        _run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *TORCH],
            "torch could not be installed",
        )
    _say(f"installing {', '.join(GROUPS[name])}")
    locks = [argument for lock in GROUPS[name] for argument in ("-r", str(LOCKS / lock))]
    _run(
        [uv(), "pip", "install", "--no-deps", "--require-hashes", "--python", python, *locks],
        f"the packages of the group {name} could not be installed",
    )
    stamp.write_text(wanted)


def _install_project() -> None:
    command = [
        uv(),
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--python",
        str(APP / "bin" / "python"),
        "--editable",
        str(ROOT),
    ]
    _run(command, "the project itself could not be installed")


def uv() -> str:
    """The pinned uv, in a folder of its own: `uv pip sync` would otherwise remove the tool that runs it."""
    folder = ROOT / ".matinee" / "uv"
    binary = folder / "bin" / "uv"
    wanted = fingerprint(("uv.lock",))
    stamp = folder / _STAMP
    if not (stamp.is_file() and stamp.read_text() == wanted and binary.is_file()):
        _run([sys.executable, "-m", "venv", "--clear", str(folder)], "an environment for uv could not be made")
        command = [
            str(folder / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            str(LOCKS / "uv.lock"),
        ]
        _run(command, "uv could not be installed")
        stamp.write_text(wanted)
    return str(binary)


def find_app_python() -> str:
    """A Python that the app runs on: MATINEE_PYTHON, this one, then newer ones by name and in pyenv, then uv's."""
    named = os.environ.get("MATINEE_PYTHON")
    candidates = [named] if named else [sys.executable, *(f"python{version}" for version in APP_PYTHONS)]
    if not named:
        candidates += [path for version in APP_PYTHONS for path in _pyenv(version)]
    for candidate in candidates:
        if _version(candidate) in APP_PYTHONS:
            return _which(candidate)
    if named:
        raise SetupError(f"MATINEE_PYTHON={named} is not a Python {' or '.join(APP_PYTHONS)}")
    return _from_uv(APP_PYTHONS[0], "MATINEE_PYTHON")


def find_dialogue_python() -> str:
    """A Python 3.10: MATINEE_PYTHON310, a python3.10 that really runs, pyenv's folder, then uv's download."""
    named = os.environ.get("MATINEE_PYTHON310")
    for candidate in [named] if named else ["python3.10", *_pyenv(DIALOGUE_PYTHON)]:
        if _version(candidate) == DIALOGUE_PYTHON:
            return _which(candidate)
    if named:
        raise SetupError(f"MATINEE_PYTHON310={named} is not a Python 3.10 that runs")
    return _from_uv(DIALOGUE_PYTHON, "MATINEE_PYTHON310")


def _pyenv(version: str) -> list[str]:
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    return [str(path) for path in sorted((root / "versions").glob(version + ".*/bin/python"), reverse=True)]


def _from_uv(version: str, variable: str) -> str:
    installer = uv()
    found = subprocess.run(
        [installer, "python", "install", "--quiet", version], capture_output=True, text=True, check=False
    )
    if found.returncode == 0:
        found = subprocess.run([installer, "python", "find", version], capture_output=True, text=True, check=False)
    if found.returncode != 0 or _version(found.stdout.strip()) != version:
        raise SetupError(
            f"No Python {version} was found, and none could be downloaded.\n"
            f"Install it (for instance with pyenv: `pyenv install {version}`) or set {variable} to its path."
        )
    return found.stdout.strip()


def fingerprint(locks: Iterable[str]) -> str:
    """The hash of the lock files: what an environment made from them is marked with."""
    digest = hashlib.sha256()
    for lock in locks:
        digest.update((LOCKS / lock).read_bytes())
    return digest.hexdigest()


def up_to_date(name: str) -> bool:
    """Whether the environment "app" or "dialogue" is made from the present lock files."""
    folder, locks = (DIALOGUE, ("dialogue.lock",)) if name == "dialogue" else (APP, APP_LOCKS)
    stamp = folder / _STAMP
    return stamp.is_file() and stamp.read_text() == fingerprint(locks)


def _which(python: str) -> str:
    return shutil.which(python) or python


def _runs(python: str | Path) -> bool:
    return _version(python) is not None


def _version(python: str | Path | None) -> str | None:
    """The "major.minor" of a Python, or None when it does not run (a pyenv shim exists without its version)."""
    if not python:
        return None
    probe = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        found = subprocess.run([str(python), "-c", probe], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return found.stdout.strip() if found.returncode == 0 else None


def _check_disk(name: str) -> None:
    free = shutil.disk_usage(ROOT).free
    if free < NEEDS_GB[name] * _GB:
        raise SetupError(
            f"Only {free / _GB:.1f} GB are free here, and the {name} environment needs about {NEEDS_GB[name]} GB. "
            "Free some space and run it again."
        )


#: What a package client prints when something that a person can mend went wrong, and how to mend it.
_REMEDIES = (
    (("no space left", "disk quota"), "The disk is full: free some space and run the same command again."),
    (
        (
            "dns error",
            "temporary failure in name resolution",
            "connection refused",
            "network is unreachable",
            "failed to establish a new connection",
            "timed out",
            "failed to fetch",
        ),
        "The package registry was not reached: check the network (or your proxy and pip settings) and run it again.",
    ),
    (("hash mismatch", "do not match the hashes"), "A package is not the one that was locked: run `make lock`?"),
)


def _run(command: Sequence[str | Path], failure: str) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        stdout=sys.stderr,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode == 0:
        return
    said = done.stderr.strip()
    remedy = next((mend for signs, mend in _REMEDIES if any(sign in said.lower() for sign in signs)), "")
    last = "\n".join(said.splitlines()[-8:])
    raise SetupError(f"{failure[0].upper() + failure[1:]}:\n{last}\n{remedy}")


def _say(text: str) -> None:
    print("setup: " + text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

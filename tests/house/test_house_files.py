"""What is tracked stays small, and modules stay readable."""

import subprocess
from pathlib import Path

import pytest
from pages import ROOT

FILE_MAX_BYTES = 5_000_000
MODULE_MAX_LINES = 350
PACKAGES = ("bot", "actions", "nlu", "engine", "index", "persona_configs")


def _tracked() -> list[Path]:
    """Files that git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode != 0:
        pytest.skip("not a git work tree")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_tracked_file_is_large() -> None:
    assert not [path for path in _tracked() if path.stat().st_size > FILE_MAX_BYTES]


def test_nothing_made_is_tracked() -> None:
    made = {".db", ".gz", ".pyc", ".pkl", ".pickle", ".onnx", ".npy", ".safetensors", ".key"}
    starter = ROOT / "index" / "starter"  # the one artefact that ships, small and with its manifests
    assert not [path for path in _tracked() if path.suffix in made and not path.is_relative_to(starter)]


def test_no_module_is_long() -> None:
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in _tracked() if path.suffix in {".py", ".js"}
    }
    assert not {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > MODULE_MAX_LINES}


def test_modules_are_named_for_an_idea() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
    assert not [path for path in _tracked() if path.stem in vague or vague & set(path.relative_to(ROOT).parts[:-1])]


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_has_a_door(package: str) -> None:
    door = ROOT / package / "__init__.py"
    assert door.is_file()
    assert door.read_text(encoding="utf-8").startswith('"""')


def test_text_is_utf8_with_unix_lines() -> None:
    text = {".py", ".md", ".yml", ".yaml", ".toml", ".js", ".css", ".html", ".jsonl", ".lock", ".in"}
    for path in _tracked():
        if path.suffix in text:
            assert b"\r\n" not in path.read_bytes(), path
            path.read_text(encoding="utf-8")

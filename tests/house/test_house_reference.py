"""The generated pages are those of the present code."""

import os
import re
import subprocess
import sys
from pathlib import Path

from pages import ROOT

SCRIPT = ROOT / "docs" / "reference.py"
#: Variables of tests alone, and the one by which training passes a file to itself.
_ELSEWHERE = {"MATINEE_TEST_DATA", "MATINEE_HEARD"}
_VARIABLE = re.compile(r"\bMATINEE_[A-Z0-9_]*[A-Z0-9]\b")
_FOLDERS = ("bot", "actions", "nlu", "engine", "index", "persona_configs", "docker")


def _reference(*arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments], env=environment, capture_output=True, text=True, check=False
    )


def test_the_pages_are_current() -> None:
    done = _reference("--check")
    assert done.returncode == 0, done.stderr


def test_a_stale_page_is_noticed_and_written_anew(tmp_path: Path) -> None:
    assert _reference("--folder", str(tmp_path)).returncode == 0
    page = tmp_path / "settings.md"
    page.write_text(page.read_text(encoding="utf-8").replace("8700", "8800"), encoding="utf-8")
    stale = _reference("--check", "--folder", str(tmp_path))
    assert stale.returncode == 1
    assert "settings.md is not current" in stale.stderr


def test_every_variable_that_the_code_reads_is_documented() -> None:
    # What only Compose reads stands with the containers.
    pages = [ROOT / "docs" / name for name in ("settings.md", "containers.md")]
    page = {name for path in pages for name in _VARIABLE.findall(path.read_text(encoding="utf-8"))}
    files = [
        path for folder in _FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in {".py", ".yml", ".yaml"}
    ]
    files += [ROOT / "Makefile", ROOT / "docker-compose.yml", *(ROOT / "docker").glob("*.Dockerfile")]
    files += (ROOT / "docker").glob("*.env")
    named = {name for path in files for name in _VARIABLE.findall(path.read_text(encoding="utf-8"))}
    assert named - page - _ELSEWHERE == set()

"""The dialogue environment's own tests, run where that environment is installed."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = Path(os.environ.get("MATINEE_DIALOGUE_PYTHON") or ROOT / ".venv-dialogue" / "bin" / "python")


@pytest.mark.skipif(not PYTHON.exists(), reason="the dialogue environment is not installed (make train)")
def test_the_component_and_the_patches() -> None:
    quiet = {"SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3", "RASA_TELEMETRY_ENABLED": "false"}
    done = subprocess.run(
        [PYTHON, "-m", "unittest", "discover", "-s", "tests", "-t", "."],
        cwd=ROOT / "bot" / "dialogue",
        env={**os.environ, **quiet},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "OK" in done.stderr

"""Libraries that report home by default do not."""

import os
import subprocess
import sys
from pathlib import Path

from pages import ROOT


def test_the_encoder_leaves_no_device_id(tmp_path: Path) -> None:
    # onnxruntime keeps an id and a queue of events in the home folder, unless told not to before it is loaded.
    environment = {name: text for name, text in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    environment |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT)}
    script = "from index import load_encoder; print(load_encoder().encode(['hello']).shape)"
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "(1, 384)", done.stderr
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]

"""The engine's answers to the training examples, as the app environment wrote them before the training.

Training runs without an engine: `bot/setup/hearing.py` has the same parser and encoder read the examples.
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import lru_cache
from pathlib import Path

from components.heard import Answer

#: Names the file {"answers": {text: answer}}. Without it the model learns from words alone.
VARIABLE = "MATINEE_HEARD"


def answers() -> dict[str, Answer]:
    """The answers by text, {} where no file is named. Raises `OSError`, `ValueError` for a file that is none."""
    path = os.environ.get(VARIABLE)
    return _read(Path(path)) if path else {}


def digest() -> str:
    """Changes with the answers."""
    path = os.environ.get(VARIABLE)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest() if path else "words alone"


@lru_cache(maxsize=1)
def _read(path: Path) -> dict[str, Answer]:
    found: dict[str, Answer] = json.loads(path.read_text(encoding="utf-8"))["answers"]
    return found

"""The environment that Rasa is started in: what is set already stays, the rest gets a single machine's values."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent

#: Logs that a person can read, nothing sent anywhere, and no thread that would only wait for the others:
#: one message at a time is small work.
_QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_DETERMINISTIC_OPS": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    "LOG_LEVEL_LIBRARIES": "ERROR",
}

#: What Rasa warns of with our settings each time: it means graphics cards, and there are none in use.
_EXPECTED = "You have set 'TF_DETERMINISTIC_OPS' to 1."

_SERVING = {
    "MATINEE_ENGINE_URL": "http://127.0.0.1:8701",
    "MATINEE_ACTIONS_URL": "http://127.0.0.1:8703",
    "MATINEE_DIALOGUE_HOST": "127.0.0.1",
    "MATINEE_TRACKER_DIALECT": "sqlite",
    "MATINEE_TRACKER_HOST": "",
    "MATINEE_TRACKER_USER": "",
    "MATINEE_TRACKER_PASSWORD": "",
    "RASA_LOCK_STORE": "in_memory",
    "TF_INTRA_OP_PARALLELISM_THREADS": "1",
    "TF_INTER_OP_PARALLELISM_THREADS": "1",
}


#: Where several servers share their locks. A server that dies in a turn holds the conversation up for as many seconds:
#: longer than any turn takes, and shorter than the gateway waits for one.
_SHARING_LOCKS = {"RASA_LOCK_STORE": "locks.SharedLocks", "TICKET_LOCK_LIFETIME": "8"}


def enter_project() -> None:
    """Makes the project's folder the current one, as Rasa expects it, and keeps the libraries quiet."""
    _quieten_libraries()
    for name, text in _QUIET.items():
        os.environ.setdefault(name, text)
    os.chdir(PROJECT)
    if str(PROJECT) not in sys.path:
        sys.path.insert(0, str(PROJECT))


def _quieten_libraries() -> None:
    # Rasa sets the filters anew while it starts, so deprecations inside its libraries are dropped where they are shown.
    show = warnings.showwarning

    def show_ours(message: Warning | str, category: type[Warning], *place: Any) -> None:
        if category is UserWarning and not str(message).startswith(_EXPECTED):
            show(message, category, *place)

    warnings.showwarning = show_ours


def serving_defaults(*, state_dir: Path) -> None:
    """Fills in what endpoints.yml refers to and nobody has set. The tracker store is a file in `state_dir`."""
    if "MATINEE_TRACKER_DB" not in os.environ:
        state_dir.mkdir(parents=True, exist_ok=True)
        os.environ["MATINEE_TRACKER_DB"] = str(state_dir / "tracker.db")
    shared = _SHARING_LOCKS if os.environ.get("MATINEE_REDIS_URL") else {}
    for name, text in (_SERVING | shared).items():
        os.environ.setdefault(name, text)

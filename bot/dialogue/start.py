"""Starts the dialogue server: `python start.py --model FILE [--port 8702]`, from any folder.

Settings come by the environment; those that are not set get the values of a single machine:
MATINEE_STATE_DIR (.matinee), MATINEE_ENGINE_URL, MATINEE_ACTIONS_URL, MATINEE_DIALOGUE_HOST (127.0.0.1),
MATINEE_LOG_FORMAT (auto), MATINEE_LOG_LEVEL (info), for the tracker store MATINEE_TRACKER_DIALECT (sqlite), _DB
(STATE_DIR/tracker.db), _HOST, _USER and _PASSWORD, and for locks that several servers share MATINEE_REDIS_URL.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from environment import enter_project, serving_defaults

DEFAULT_PORT = 8702


def main(argv: list[str] | None = None) -> None:
    """Serves until told to stop; exits with 2 where there is no model."""
    parser = argparse.ArgumentParser(description="The dialogue server: Rasa with this project's model.")
    parser.add_argument("--model", required=True, type=Path, help="the trained model, a .tar.gz")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    options = parser.parse_args(argv)
    model = options.model.resolve()
    if not model.is_file():
        parser.error(f"no model at {model}: train one first (make train)")
    serving_defaults(state_dir=Path(os.environ.get("MATINEE_STATE_DIR") or ".matinee").resolve())
    enter_project()

    # Imported late: what Rasa imports reads the environment that was just set.
    import rasa.__main__
    import sqlalchemy.engine
    import sqlalchemy.event
    from erasing import overwrite_what_is_deleted
    from sessions import keep_sessions_short
    from speed import make_faster
    from tracker_database import bound_waits

    make_faster()
    bound_waits()
    keep_sessions_short()
    sqlalchemy.event.listen(sqlalchemy.engine.Engine, "connect", overwrite_what_is_deleted)
    sys.argv = [
        "rasa", "run", "--model", str(model), "--port", str(options.port),
        "--interface", os.environ["MATINEE_DIALOGUE_HOST"],
        "--endpoints", "endpoints.yml", "--credentials", "credentials.yml",
    ]  # fmt: skip
    rasa.__main__.main()


if __name__ == "__main__":
    main()

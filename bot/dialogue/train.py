"""Trains the dialogue model: `python train.py --out FOLDER` writes FOLDER/dialogue.tar.gz, from any folder.

The same as `rasa train --domain domain --fixed-model-name dialogue --out FOLDER` in this folder, with readable logs.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from environment import PROJECT, enter_project

MODEL_NAME = "dialogue"


def main(argv: list[str] | None = None) -> None:
    """Trains; exits with Rasa's own code where it fails."""
    parser = argparse.ArgumentParser(description="Trains the dialogue model.")
    parser.add_argument("--out", required=True, type=Path, help="the folder to write dialogue.tar.gz into")
    parser.add_argument("--config", default=PROJECT / "config.yml", type=Path, help="another pipeline, for benches")
    options = parser.parse_args(argv)
    folder, config = options.out.resolve(), options.config.resolve()
    enter_project()
    import rasa.__main__

    sys.argv = ["rasa", "train", "--config", str(config), "--domain", "domain", "--fixed-model-name", MODEL_NAME]
    sys.argv += ["--out", str(folder)]
    rasa.__main__.main()


if __name__ == "__main__":
    main()

"""Trains the dialogue model: `python train.py --out FOLDER` writes FOLDER/dialogue.tar.gz, from any folder.

The same as `rasa train --domain domain --fixed-model-name dialogue --out FOLDER` in this folder, with readable logs.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from environment import enter_project

MODEL_NAME = "dialogue"


def main(argv: list[str] | None = None) -> None:
    """Trains; exits with Rasa's own code where it fails."""
    parser = argparse.ArgumentParser(description="Trains the dialogue model.")
    parser.add_argument("--out", required=True, type=Path, help="the folder to write dialogue.tar.gz into")
    options = parser.parse_args(argv)
    folder = options.out.resolve()
    enter_project()
    import rasa.__main__

    sys.argv = ["rasa", "train", "--domain", "domain", "--fixed-model-name", MODEL_NAME, "--out", str(folder)]
    rasa.__main__.main()


if __name__ == "__main__":
    main()

"""`python -m nlu.train --out DIR`: trains the spaCy pipeline unless DIR holds one made from the same inputs."""

import argparse
import sys
from pathlib import Path

from nlu.training.marked import MarkError
from nlu.training.pipeline import TrainingError, is_current, train


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 when DIR is up to date, 1 when training failed, 2 for wrong arguments."""
    parser = argparse.ArgumentParser(prog="python -m nlu.train", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder to write the pipeline to")
    parser.add_argument(
        "--people-and-titles", type=Path, help='JSON lines, {"title": …} or {"person": …}: names to learn from as well'
    )
    parser.add_argument("--force", action="store_true", help="train although the inputs have not changed")
    given = parser.parse_args(arguments)
    try:
        if not given.force and is_current(given.out, given.people_and_titles):
            print(f"{given.out} is up to date")
            return 0
        manifest = train(given.out, given.people_and_titles)
    except (TrainingError, MarkError, OSError) as error:
        print(f"training failed: {error}", file=sys.stderr)
        return 1
    print(f"{given.out}: {manifest['examples']} examples, loss {manifest['loss']}, {manifest['seconds']} s")
    print(f"F1 on {manifest['held_out']} requests held out: {_figures(manifest['f1'])}")
    return 0


def _figures(f1: dict[str, float]) -> str:
    return ", ".join(f"{label} {figure:.3f}" for label, figure in f1.items())


if __name__ == "__main__":
    sys.exit(main())

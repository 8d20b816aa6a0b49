"""The training examples of the dialogue model, as their files hold them."""

from pathlib import Path

import yaml


def examples(folder: Path) -> tuple[tuple[str, str], ...]:
    """(text, intent) of each training example in a folder of Rasa's NLU files, in order of file and line."""
    found = []
    for path in sorted(folder.glob("**/*.yml")):
        for part in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu") or ():
            lines = part["examples"].splitlines() if "intent" in part else ()
            found += [(line.removeprefix("- ").strip(), part["intent"]) for line in lines]
    return tuple(found)

"""The floors of `floors.toml`."""

import tomllib
from pathlib import Path


def floor(section: str, name: str) -> float:
    """A floor by its section and name. Raises KeyError for one that is not there."""
    floors = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))
    return float(floors[section][name])

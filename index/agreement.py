"""How far two labellers agree: the starter films' labels against a second, independent set of some of them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.film import Film
from index.sources.starter import DERIVED_FOLDER
from persona_configs.vocabulary import axes

#: The second labels of the starter films.
SECOND = DERIVED_FOLDER.parent / "second_labels.jsonl"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one axis over the films that were labelled twice: Pearson's correlation, the mean distance of two labels, and
    the share of films whose labels lie within 0.15."""

    axis: str
    correlation: float
    distance: float
    near: float


def second_labels(path: Path = SECOND) -> dict[str, Mapping[str, float]]:
    """The second labels' tone by movie_id."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {row["movie_id"]: row["tone"] for row in rows}


def agreements(films: Sequence[Film], second: Mapping[str, Mapping[str, float]]) -> Iterator[Agreement]:
    """The agreement on each axis."""
    twice = [film for film in films if film.movie_id in second]
    for axis in axes():
        ours = np.array([film.tone[axis] for film in twice])
        theirs = np.array([second[film.movie_id][axis] for film in twice])
        apart = np.abs(ours - theirs)
        correlation = float(np.corrcoef(ours, theirs)[0, 1])
        yield Agreement(axis, correlation, float(apart.mean()), float((apart <= 0.15 + 1e-9).mean()))

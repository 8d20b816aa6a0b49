"""What each source of evidence weighs: learned from conversations and kept in weights.json beside this module."""

import json
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

_LEARNED = "weights.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each source when it has something to say, above 0. The defaults are set by hand and are where
    learning begins; `learned_weights` are those in force."""

    plot: float = 1.0
    """Meaning of the words that no slot took."""
    plot_alone: float = 0.3
    """Meaning, when every word of the request already filled a slot."""
    likeness: float = 1.6
    """Nearness to the films that were named as examples."""
    facts: float = 1.2
    """Asked moods, themes, genres and keywords."""
    tone: float = 1.0
    """Asked movements along the tone axes."""
    poster: float = 0.9
    """Asked looks."""
    looks_like: float = 1.6
    """Nearness to the posters of the films whose look was asked for."""
    likeness_beside_looks: float = 0.3
    """Nearness to these films in everything else."""
    taste: float = 0.5
    """What the person liked and disliked before."""
    persona: float = 0.25
    """What the persona leans to."""
    ratings: float = 0.15
    """How well known a film is."""
    reviews: float = 1.2
    """How warmly viewers wrote of it, where praise is asked for."""
    reviews_unasked: float = 0.1
    """The same, where it is not."""
    viewers: float = 0.6
    """What viewers who share the person's opinions think of it, beside how well known it is."""


@cache
def learned_weights() -> Weights:
    """The weights that `matinee bench fusion --write-weights` learned; the file says from how many asks. Raises
    ValueError for a file of other sources or with a weight that is not above 0."""
    kept = json.loads(files("engine").joinpath(_LEARNED).read_text(encoding="utf-8"))["weights"]
    expected = {field.name for field in fields(Weights)}
    if set(kept) != expected:
        raise ValueError(f"{_LEARNED}: the sources differ from those of the engine: {sorted(set(kept) ^ expected)}")
    if wrong := [name for name, weight in kept.items() if not weight > 0]:
        raise ValueError(f"{_LEARNED}: not above 0: {', '.join(wrong)}")
    return Weights(**kept)

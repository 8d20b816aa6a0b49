"""The hand-written requests, and the fixed cut of them that is held out of training."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from nlu.tagger import LABELS
from nlu.training.marked import Example, examples

#: One request in so many is held out: the tenth, twentieth, … of each file, so that a new file moves no other cut.
HELD_OUT_EVERY = 10


@dataclass(frozen=True, slots=True)
class Written:
    """What is learned from and what only measures. No request stands in both."""

    learned: tuple[Example, ...]
    held_out: tuple[Example, ...]


def written() -> Written:
    """All hand-written requests, file by file in the order of their names. Raises `MarkError`."""
    learned: list[Example] = []
    held_out: list[Example] = []
    for source in sources():
        rows = examples(source.read_text(encoding="utf-8"), labels=frozenset(LABELS), name=source.name)
        for at, row in enumerate(rows, start=1):
            (learned if at % HELD_OUT_EVERY else held_out).append(row)
    return Written(tuple(learned), tuple(held_out))


def sources() -> Iterator[Traversable]:
    """The files of requests, by name."""
    folder = files("nlu").joinpath("training", "utterances")
    yield from sorted((part for part in folder.iterdir() if part.name.endswith(".txt")), key=lambda part: part.name)

"""Requests with what a frame must and must not carry, as the benches of the parser read them.

A YAML file `kind → request → {has: [label], lacks: [label]}`. A label is `mood:cosy`, `no theme:ghosts`,
`tone:scary-`, `country:FR`, `film:ID`, `says:shark` (a word that steers, or a keyword) or `nothing`: an empty
frame. "a|b" is met by either.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

import yaml

from nlu.frame import Frame, Wishes

_KINDS = {
    "moods": "mood", "themes": "theme", "visual": "visual", "genres": "genre", "people": "person",
    "keywords": "keyword", "languages": "language", "countries": "country", "awards": "award",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its kind, its text, and the labels that its frame must carry and must not."""

    kind: str
    text: str
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


def read_asked(path: Path) -> tuple[Asked, ...]:
    """The requests of a file. Raises OSError, `yaml.YAMLError`, and TypeError where a row is of another form."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        Asked(kind, str(text), tuple(row.get("has", ())), tuple(row.get("lacks", ())))
        for kind, texts in rows.items()
        for text, row in texts.items()
    )


def misses(asked: Asked, frame: Frame) -> tuple[str, ...]:
    """What is wrong with a frame for this request: labels that it lacks, and ("not …") those that it should lack."""
    carried = frozenset(labels(frame))
    absent = (label for label in asked.has if carried.isdisjoint(label.split("|")))
    present = (f"not {label}" for label in asked.lacks if label in carried)
    return (*absent, *present)


def labels(frame: Frame) -> Iterator[str]:
    """Everything that a frame carries, as labels."""
    for side, wishes in (("", frame.wants), ("no ", frame.avoids)):
        for part in fields(Wishes):
            yield from (f"{side}{_KINDS.get(part.name, part.name)}:{word}" for word in getattr(wishes, part.name))
    yield from (f"film:{film}" for film in frame.like)
    yield from (f"no film:{film}" for film in frame.unlike)
    yield from (f"tone:{axis}{'+' if shift.direction > 0 else '-'}" for axis, shift in frame.tone.items())
    if frame.certification_max:
        yield f"certification:{frame.certification_max}"
    for name, ends in (("year", frame.year), ("runtime", frame.runtime_min)):
        if ends != (None, None):
            yield f"{name}:{'' if ends[0] is None else ends[0]}-{'' if ends[1] is None else ends[1]}"
    words = " ".join((frame.rest, *frame.wants.keywords)).lower()
    yield from (f"says:{run}" for run in _runs(words.split()))
    if replace(frame, rest="") == Frame() and not frame.rest:
        yield "nothing"


def _runs(words: list[str]) -> Iterator[str]:
    """Every word, and every two and three in a row."""
    for count in (1, 2, 3):
        yield from (" ".join(words[at : at + count]) for at in range(len(words) - count + 1))

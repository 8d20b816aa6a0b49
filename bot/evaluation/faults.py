"""What can be wrong with a file of conversations.

ValueError
└── ConversationError   one or more files cannot be played; carries every fault
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong, where: `line` from 1, `place` as "turn 2 › expect › cards", empty for the whole file."""

    path: Path
    line: int
    place: str
    problem: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}"
        return f"{where}: {self.place}: {self.problem}" if self.place else f"{where}: {self.problem}"


class ConversationError(ValueError):
    """Files that cannot be played. `faults` holds every fault of every file, in the order of the lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))

"""What can be wrong with a persona file.

ValueError
└── PersonaError        one or more files cannot be read as personas; carries every fault
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong, where (`line` from 1, 0 for the whole file), in which field, and the remedy."""

    path: Path
    line: int
    field: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {self.field + ': ' if self.field else ''}{self.problem}. {self.remedy}"


class PersonaError(ValueError):
    """Files that cannot be read as personas. `faults` holds every fault of every file, in the order of the lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))

"""Faults of a source's rows, told once where many rows have the same one."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import ValidationError

from index.errors import CatalogueError

#: Places that are named for one fault, and faults that are listed: a file of another form has one in every row.
_MOST_PLACES, _MOST_FAULTS = 3, 40


@dataclass(slots=True)
class RowFaults:
    """The faults of one file's rows, gathered while it is read."""

    name: str
    _lines: dict[str, list[int]] = field(default_factory=dict)

    def add(self, line: int, problem: str) -> None:
        """Notes a problem, which names its field, in the row that ends on the line (from 1)."""
        self._lines.setdefault(problem, []).append(line)

    def add_invalid(self, line: int, error: ValidationError) -> None:
        """Notes what a film cannot be."""
        for fault in error.errors():
            self.add(line, f"{'.'.join(map(str, fault['loc'])) or 'row'}: {fault['msg']}")

    def demand_none(self) -> None:
        """Raises `CatalogueError` with every fault, in the order of the lines."""
        if self._lines:
            told = [self._told(problem, lines) for problem, lines in self._lines.items()]
            if len(told) > _MOST_FAULTS:
                told[_MOST_FAULTS:] = [f"{self.name}: and {len(told) - _MOST_FAULTS} faults more"]
            raise CatalogueError("\n".join(told))

    def _told(self, problem: str, lines: list[int]) -> str:
        if len(lines) == 1:
            return f"{self.name}:{lines[0]}: {problem}"
        more = lines[1:_MOST_PLACES]
        rest = len(lines) - 1 - len(more)
        also = f"also in line {', '.join(map(str, more))}" + (f" and {rest} more" if rest else "")
        return f"{self.name}:{lines[0]}: {problem} ({also})"


def counted(found: Iterable[tuple[str, int]], *, most: int = 8) -> str:
    """ "UA 175, A 197 and 4 more": how often each word was met, the most frequent first."""
    ordered = sorted(found, key=lambda pair: (-pair[1], pair[0]))
    words = ", ".join(f"{word} {count}" for word, count in ordered[:most])
    return words + (f" and {len(ordered) - most} more" if len(ordered) > most else "")

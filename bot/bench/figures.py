"""The figures file that every bench writes, and its table."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

Row = Mapping[str, str | float | None]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a bench measured: rows of {"model", "kind" or "label", metric: number}; our own row is "matinee"."""

    bench: str
    data: Mapping[str, str | float]
    rows: Sequence[Row]

    def write(self, path: Path) -> None:
        """Writes {"bench", "data", "machine", "rows"} as JSON."""
        whole = {
            "bench": self.bench,
            "data": dict(self.data),
            "machine": machine(),
            "rows": [dict(r) for r in self.rows],
        }
        path.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")

    def print(self) -> None:
        """Shows the rows as a table."""
        columns = list(dict.fromkeys(name for row in self.rows for name in row))
        table = Table(title=f"bench {self.bench}")
        for name in columns:
            table.add_column(name, justify="left" if name in ("model", "kind", "label") else "right")
        for row in self.rows:
            table.add_row(*(_cell(row.get(name)) for name in columns))
        Console().print(table)


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def machine() -> dict[str, str | int]:
    """What the figures were measured on."""
    return {"cores": os.cpu_count() or 1, "processor": platform.machine(), "python": platform.python_version()}

"""What others know of the starter films: reference data for tests, never part of the project."""

import gzip
import json
import os
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
#: Where the reference data lies; `MATINEE_TEST_DATA` names another folder.
DATA = Path(os.environ.get("MATINEE_TEST_DATA") or ROOT.parent / "shared" / "data")
JOINED = DATA / "joined" / "movies.jsonl.gz"

needs_reference = pytest.mark.skipif(
    not JOINED.is_file(), reason=f"no reference data at {DATA} (set MATINEE_TEST_DATA)"
)


@cache
def reference() -> dict[str, dict[str, Any]]:
    """The reference rows by IMDb id."""
    with gzip.open(JOINED, "rt", encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines)
        return {row["imdbId"]: row for row in rows if row.get("imdbId")}


def plain(name: str) -> str:
    """A name without accents, case and punctuation."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()


def words(text: str) -> list[str]:
    """The words of a text, as they are compared."""
    return plain(text.replace("'", "").replace("\u2019", "")).split()


def runs(text: str, *, length: int) -> set[tuple[str, ...]]:
    """All runs of so many words."""
    found = words(text)
    return {tuple(found[at : at + length]) for at in range(len(found) - length + 1)}

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.store import Database, TasteStore


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'matinee.db'}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> TasteStore:
    return TasteStore(database)

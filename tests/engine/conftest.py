from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.answers import Desk
from engine.store import Database, TasteStore
from tests.engine.stalls import desk_over
from tests.index.films import small_catalogue


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


@pytest.fixture
def desk(tmp_path: Path, database: Database) -> Desk:
    """The six small films, before a database that knows nobody."""
    return desk_over(tmp_path / "index", small_catalogue(), database)

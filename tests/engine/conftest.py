import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.answers import Desk
from engine.store import Database, TasteStore
from tests.engine.stalls import desk_over
from tests.index.films import small_catalogue
from tests.scale.servers import Postgres, postgres

#: Modules whose tests hold for the database itself, and so run on each kind of it.
_ON_EACH_DATABASE = frozenset({"test_store", "test_store_at_once"})
_numbers = itertools.count()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_url" in metafunc.fixturenames and metafunc.module.__name__.rpartition(".")[2] in _ON_EACH_DATABASE:
        metafunc.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgres]:
    with postgres() as running:
        yield running


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new, empty database: SQLite, or PostgreSQL where a test is asked to run on both."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield f"sqlite:///{tmp_path / 'matinee.db'}"
        return
    server: Postgres = request.getfixturevalue("postgresql")
    name = f"test_{next(_numbers)}"
    yield server.create(name)
    server.drop(name)


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

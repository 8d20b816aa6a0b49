"""What only a server does to the engine's store: it waits, is restarted, or is gone. The store's own suite runs on both
databases in tests/engine."""

import itertools
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy

import engine.store.database as store_database
from engine.errors import StoreError
from engine.store import Database, TasteStore
from engine.wire import Kind
from tests.scale.servers import Postgres, postgres

_numbers = itertools.count()


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with postgres() as running:
        yield running


@pytest.fixture
def url(server: Postgres) -> str:
    return server.create(f"people_{next(_numbers)}")


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = Database(url)
    yield opened
    opened.close()


def _save(database: Database, *movie_ids: str) -> tuple[str, ...]:
    return TasteStore(database).record("matinee", "ann", kind=Kind.SAVE, movie_ids=movie_ids)


def test_engines_that_start_at_once_migrate_once(url: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        opened = list(pool.map(lambda _: Database(url), range(6)))
    for number, each in enumerate(opened):
        assert _save(each, f"film-{number}")
        each.close()


def test_two_engines_see_what_the_other_kept(database: Database, url: str) -> None:
    other = Database(url)
    _save(database, "a")
    TasteStore(other).mark_shown("matinee", "ann", movie_ids=["b"], turn_id="t")
    taste = TasteStore(database).read("matinee", "ann")
    assert (taste.saved, taste.shown) == (("a",), ("b",))
    other.close()


def test_a_server_that_was_restarted_is_not_noticed(server: Postgres, database: Database) -> None:
    _save(database, "a")
    server.server.kill()
    server.server.start()
    assert TasteStore(database).read("matinee", "ann").saved == ("a",)
    assert _save(database, "b") == ("b",)


def test_a_server_that_is_gone_is_said_within_the_time_that_callers_wait(server: Postgres, database: Database) -> None:
    _save(database, "a")
    server.server.kill()
    try:
        began_s = time.monotonic()
        with pytest.raises(StoreError, match="refused"):
            _save(database, "b")
        assert time.monotonic() - began_s < 4.0
    finally:
        server.server.start()
    assert _save(database, "c") == ("c",)


def test_a_person_whose_row_is_held_is_waited_for_in_bounds(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(store_database._POSTGRES_MS, "lock_timeout", 200)
    database = Database(url)
    _save(database, "a")
    with database.engine.connect() as holder:
        holder.execute(sqlalchemy.text("SELECT * FROM person FOR UPDATE"))
        with pytest.raises(StoreError, match="refused"):
            _save(database, "b")
        assert TasteStore(database).read("matinee", "ann").saved == ("a",)  # readers wait for nobody
    assert _save(database, "b") == ("b",)
    database.close()


def test_many_at_once_share_a_bounded_pool(database: Database) -> None:
    with ThreadPoolExecutor(32) as pool:
        said = list(pool.map(lambda number: _save(database, f"film-{number}"), range(200)))
    assert sum(map(len, said)) == 200
    with database.engine.connect() as connection:
        counted = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        assert connection.scalar(sqlalchemy.text(counted)) <= 16

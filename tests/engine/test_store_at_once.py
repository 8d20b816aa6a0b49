"""Writers at the same time, and writers that die."""

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.store import Database, TasteStore
from engine.wire import Kind

ROOT = Path(__file__).parents[2]


def start_writer(url: str, *, user: str, prefix: str, count: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.engine.store_writer", url, "matinee", user, prefix, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def saved(url: str, user: str) -> tuple[str, ...]:
    database = Database(url)
    try:
        return TasteStore(database).read("matinee", user).saved
    finally:
        database.close()


def test_threads_that_write_for_one_new_person_lose_nothing(store: TasteStore) -> None:
    def say(number: int) -> tuple[str, ...]:
        return store.record("matinee", "ann", kind=Kind.LIKE, movie_ids=[f"film-{number}"])

    with ThreadPoolExecutor(8) as pool:
        news = list(pool.map(say, range(40)))
    assert news == [(f"film-{number}",) for number in range(40)]
    assert set(store.read("matinee", "ann").liked) == {f"film-{number}" for number in range(40)}


def test_a_film_said_by_many_threads_at_once_is_news_once(store: TasteStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        said = [pool.submit(store.record, "matinee", "ann", kind=Kind.SAVE, movie_ids=["a"]) for _time in range(16)]
    assert sorted(each.result() for each in said) == [()] * 15 + [("a",)]


def test_readers_and_forgetters_beside_writers_see_whole_turns(store: TasteStore) -> None:
    def show(number: int) -> None:
        store.mark_shown("matinee", "ann", movie_ids=[f"{number}-a", f"{number}-b"], turn_id=f"t{number}")
        if number % 5 == 4:
            store.forget("matinee", "ann")

    with ThreadPoolExecutor(4) as pool:
        shows = [pool.submit(show, number) for number in range(30)]
        seen = [pool.submit(lambda: store.read("matinee", "ann").shown) for _time in range(60)]
    assert [each.result() for each in shows] == [None] * 30
    for each in seen:
        assert len(each.result()) % 2 == 0  # never half of a turn


def test_processes_that_open_and_write_at_once_lose_nothing(database_url: str) -> None:
    writers = [start_writer(database_url, user="ann", prefix=name, count=15) for name in ("left", "right")]
    for writer in writers:
        _said, complaint = writer.communicate(timeout=60)
        assert (writer.returncode, complaint) == (0, "")
    expected = {f"{name}-{number:05d}" for name in ("left", "right") for number in range(15)}
    assert set(saved(database_url, "ann")) == expected


@pytest.mark.parametrize("kept", [1, 7, 20])
def test_a_writer_killed_in_mid_write_loses_nothing_that_it_acknowledged(database_url: str, kept: int) -> None:
    with start_writer(database_url, user="ann", prefix="film", count=100_000) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline().strip() for _time in range(kept)]
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read()  # by the same reader: it may have read ahead
    acknowledged = [*said, *rest.split("\n")[:-1]]
    assert writer.returncode == -signal.SIGKILL
    found = saved(database_url, "ann")
    assert found[: len(acknowledged)] == tuple(acknowledged)
    assert len(found) - len(acknowledged) in {0, 1}  # kept, and killed before it could say so

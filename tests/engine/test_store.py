from dataclasses import fields
from pathlib import Path

import pytest
import sqlalchemy

from engine.errors import StoreError
from engine.store import Database, Taste, TasteStore
from engine.wire import Kind


def record(store: TasteStore, kind: Kind, *movie_ids: str, persona: str = "matinee", user: str = "ann") -> tuple:
    return store.record(persona, user, kind=kind, movie_ids=movie_ids)


def test_an_unknown_person_has_an_empty_taste(store: TasteStore) -> None:
    assert store.read("matinee", "nobody") == Taste()


@pytest.mark.parametrize(
    ("kind", "field"),
    [(Kind.LIKE, "liked"), (Kind.DISLIKE, "disliked"), (Kind.SEEN, "seen"), (Kind.REJECT, "rejected"),
     (Kind.SAVE, "saved")],
)  # fmt: skip
def test_what_is_said_is_kept_under_its_own_kind(store: TasteStore, kind: Kind, field: str) -> None:
    assert record(store, kind, "b", "a") == ("b", "a")
    taste = store.read("matinee", "ann")
    assert getattr(taste, field) == ("b", "a")
    others = [part.name for part in fields(Taste) if part.name != field]
    assert [getattr(taste, name) for name in others] == [()] * len(others)


def test_saying_it_again_is_no_news_and_changes_nothing(store: TasteStore) -> None:
    record(store, Kind.SAVE, "a", "b")
    assert record(store, Kind.SAVE, "b", "c") == ("c",)
    assert store.read("matinee", "ann").saved == ("a", "b", "c")


def test_a_film_named_twice_in_one_breath_counts_once(store: TasteStore) -> None:
    assert record(store, Kind.LIKE, "a", "a") == ("a",)
    assert store.read("matinee", "ann").liked == ("a",)


@pytest.mark.parametrize(
    ("first", "then", "field"),
    [(Kind.LIKE, Kind.DISLIKE, "liked"), (Kind.DISLIKE, Kind.LIKE, "disliked"), (Kind.REJECT, Kind.LIKE, "rejected"),
     (Kind.LIKE, Kind.REJECT, "liked"), (Kind.REJECT, Kind.SAVE, "rejected"), (Kind.SAVE, Kind.UNSAVE, "saved")],
)  # fmt: skip
def test_what_contradicts_is_taken_back(store: TasteStore, first: Kind, then: Kind, field: str) -> None:
    record(store, first, "a", "b")
    record(store, then, "a")
    assert getattr(store.read("matinee", "ann"), field) == ("b",)


@pytest.mark.parametrize(("first", "then"), [(Kind.SAVE, Kind.SEEN), (Kind.LIKE, Kind.SEEN), (Kind.SAVE, Kind.LIKE)])
def test_what_does_not_contradict_stays(store: TasteStore, first: Kind, then: Kind) -> None:
    field = {Kind.SAVE: "saved", Kind.LIKE: "liked"}[first]
    record(store, first, "a")
    record(store, then, "a")
    assert getattr(store.read("matinee", "ann"), field) == ("a",)


def test_taking_off_the_list_is_news_only_for_what_was_on_it(store: TasteStore) -> None:
    record(store, Kind.SAVE, "a")
    assert record(store, Kind.UNSAVE, "a", "b") == ("a",)
    assert record(store, Kind.UNSAVE, "a") == ()


@pytest.mark.parametrize(
    ("said", "back", "field"),
    [(Kind.LIKE, Kind.UNLIKE, "liked"), (Kind.DISLIKE, Kind.UNDISLIKE, "disliked"), (Kind.SEEN, Kind.UNSEEN, "seen")],
)
def test_what_is_taken_back_is_as_if_it_had_not_been_said(
    store: TasteStore, said: Kind, back: Kind, field: str
) -> None:
    record(store, said, "a", "b")
    record(store, Kind.SAVE, "a")
    assert record(store, back, "a", "c") == ("a",)
    assert record(store, back, "a") == ()
    assert getattr(store.read("matinee", "ann"), field) == ("b",)
    assert store.read("matinee", "ann").saved == ("a",)


def test_all_but_saved_films_are_spent() -> None:
    taste = Taste(liked=("a",), disliked=("b",), seen=("c",), rejected=("d",), saved=("e",), shown=("f",))
    assert taste.spent == {"a", "b", "c", "d", "f"}


def test_shown_films_come_in_the_order_shown(store: TasteStore) -> None:
    store.mark_shown("matinee", "ann", movie_ids=["z", "a", "m"], turn_id="t1")
    store.mark_shown("matinee", "ann", movie_ids=["b"], turn_id="t2")
    assert store.read("matinee", "ann").shown == ("z", "a", "m", "b")


def test_the_films_of_the_turn_that_is_asked_again_do_not_count_as_shown(store: TasteStore) -> None:
    store.mark_shown("matinee", "ann", movie_ids=["a"], turn_id="t1")
    store.mark_shown("matinee", "ann", movie_ids=["b"], turn_id="t2")
    assert store.read("matinee", "ann", turn_id="t2").shown == ("a",)
    assert store.read("matinee", "ann", turn_id="t3").shown == ("a", "b")


def test_marking_the_same_turn_twice_keeps_one_of_each(store: TasteStore) -> None:
    for _time in range(2):
        store.mark_shown("matinee", "ann", movie_ids=["a", "b"], turn_id="t1")
    assert store.read("matinee", "ann").shown == ("a", "b")


def test_persons_and_personas_share_nothing(store: TasteStore) -> None:
    record(store, Kind.LIKE, "a")
    store.mark_shown("lantern", "ann", movie_ids=["b"], turn_id="t")
    assert store.read("lantern", "ann") == Taste(shown=("b",))
    assert store.read("matinee", "bob") == Taste()


def test_forgetting_erases_one_person_of_one_persona(store: TasteStore, database: Database) -> None:
    for persona, user in (("matinee", "ann"), ("matinee", "bob"), ("lantern", "ann")):
        record(store, Kind.LIKE, "a", persona=persona, user=user)
        store.mark_shown(persona, user, movie_ids=["b"], turn_id="t")
    assert store.forget("matinee", "ann") is True
    assert store.read("matinee", "ann") == Taste()
    assert store.read("matinee", "bob") == store.read("lantern", "ann") == Taste(liked=("a",), shown=("b",))
    with database.engine.connect() as connection:
        rows = [
            connection.scalar(sqlalchemy.text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - our own names
            for table in ("person", "opinion", "shown")
        ]
    assert rows == [2, 2, 2]


def test_forgetting_nobody_says_so(store: TasteStore) -> None:
    assert store.forget("matinee", "nobody") is False


def test_what_is_kept_outlives_the_process_that_kept_it(database_url: str) -> None:
    first = Database(database_url)
    record(TasteStore(first), Kind.SAVE, "a")
    first.close()
    second = Database(database_url)  # the migration has nothing left to do
    assert TasteStore(second).read("matinee", "ann").saved == ("a",)
    second.close()


def test_the_schema_is_what_the_tables_say(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from engine.store.tables import Base

    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_sqlite_keeps_a_journal_and_syncs_it(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'matinee.db'}")
    with database.engine.connect() as connection:
        told = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    database.close()
    assert told == ["wal", 2]


def _garbage(path: Path) -> str:
    path.write_bytes(b"this is no database " * 200)
    return f"sqlite:///{path}"


def _folder(path: Path) -> str:
    path.mkdir()
    return f"sqlite:///{path}"


def _below_a_file(path: Path) -> str:
    path.write_text("a file, not a folder")
    return f"sqlite:///{path}/below/matinee.db"


def _newer(path: Path) -> str:
    url = f"sqlite:///{path}"
    database = Database(url)
    with database.writing() as session:
        session.execute(sqlalchemy.text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    return url


@pytest.mark.parametrize("spoil", [_garbage, _folder, _below_a_file, _newer])
def test_a_database_that_cannot_be_opened_is_said_clearly(tmp_path: Path, spoil) -> None:
    url = spoil(tmp_path / "spoilt")
    with pytest.raises(StoreError, match="cannot be opened"):
        Database(url)


@pytest.mark.parametrize(
    "url", ["no url at all", "nosuchsql:///x", "postgresql+nosuchdriver://host/x", "mysql+mysqldb://no.such.host/x"]
)
def test_a_database_of_an_unknown_kind_is_said_clearly(url: str) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Database(url)


def test_a_refusal_in_mid_turn_keeps_nothing_of_it(store: TasteStore, database: Database) -> None:
    with database.writing() as session:
        session.execute(sqlalchemy.text("DROP TABLE shown"))
    with pytest.raises(StoreError, match="refused"):
        store.mark_shown("matinee", "ann", movie_ids=["a"], turn_id="t")
    with database.engine.connect() as connection:
        assert connection.scalar(sqlalchemy.text("SELECT count(*) FROM person")) == 0

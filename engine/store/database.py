"""The database: opened, brought to the current schema, and used in short transactions.

SQLite serves one engine, PostgreSQL several: they share it, and the one that starts first brings it up to date.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
import stamina
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from engine.errors import StoreError

#: How long a writer waits for another before it gives up, in milliseconds.
SQLITE_BUSY_MS = 5000
_MIGRATIONS = Path(__file__).parent / "migrations"
#: Connections that one engine holds to PostgreSQL, as many as it answers requests at a time, and the seconds that a
#: request waits for one of them, or for a new one.
_POOL = {"pool_size": 8, "max_overflow": 8, "pool_timeout": 3.0}
_CONNECT_S = 3
#: A server whose machine is gone without a word is noticed within ten seconds or so.
_GONE = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 2, "tcp_user_timeout": 8000}
#: PostgreSQL gives up a statement, a wait for a row, and a transaction that stands idle after so many milliseconds.
#: Below the time that the engine's callers wait, so that they hear of it.
_POSTGRES_MS = {"statement_timeout": 3000, "lock_timeout": 3000, "idle_in_transaction_session_timeout": 10_000}
#: Under this number an engine that migrates keeps the others waiting: any number, the same for all.
_MIGRATING = 0x4D6174696E6565
#: A migration may wait for another engine's, and work on large tables, in milliseconds.
_MIGRATING_MS = 120_000


class Database:
    """A database with the current schema. SQLite runs in WAL mode; a commit is on disk before it returns."""

    def __init__(self, url: str) -> None:
        """Opens the database and migrates it. Raises `StoreError` when it cannot."""
        try:
            _make_sqlite_folder(url)
            self.engine = sqlalchemy.create_engine(url, pool_pre_ping=True, **_options(url))
            if self.engine.dialect.name == "sqlite":
                event.listen(self.engine, "connect", _set_pragmas)
                event.listen(self.engine, "begin", _begin)
            self._writing = self.engine.execution_options(matinee_begin="BEGIN IMMEDIATE")
            # What one request reads is of one moment, which SQLite keeps to anyway.
            isolation = {} if self.engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
            self._reading = self.engine.execution_options(**isolation)
            _migrate(self._writing)
        except (SQLAlchemyError, CommandError, ImportError, OSError) as error:
            raise StoreError(f"the database cannot be opened: {error}") from error

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to read in. Raises `StoreError` when the database refuses."""
        with self._session(self._reading) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits at the end. Raises `StoreError` when the database refuses; then nothing is kept."""
        with self._session(self._writing) as session:
            yield session

    @contextmanager
    def _session(self, bind: Engine) -> Iterator[Session]:
        try:
            with _connect(bind) as connection, Session(connection) as session, session.begin():
                yield session
        except SQLAlchemyError as error:
            raise StoreError(f"the database refused: {error}") from error

    def close(self) -> None:
        self.engine.dispose()


@stamina.retry(on=OperationalError, attempts=4, timeout=2.0, wait_initial=0.1, wait_max=0.5, wait_jitter=0.2)
def _connect(bind: Engine) -> Connection:
    """A connection that answers. A server that is just starting, or switching, gets a moment: nothing was sent yet."""
    return bind.connect()


def _options(url: str) -> dict[str, Any]:
    if sqlalchemy.make_url(url).get_backend_name() != "postgresql":
        return {}
    told = " ".join(f"-c {name}={limit}" for name, limit in _POSTGRES_MS.items())
    return {**_POOL, "connect_args": {"connect_timeout": _CONNECT_S, **_GONE, "options": told}}


def _make_sqlite_folder(url: str) -> None:
    parsed = sqlalchemy.make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)


def _set_pragmas(connection: sqlalchemy.engine.interfaces.DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # we begin ourselves: see _begin
    cursor = connection.cursor()
    # What somebody had forgotten is overwritten: secure_delete.
    told = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON")
    for pragma in (*told, f"busy_timeout={SQLITE_BUSY_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # The driver begins late, and never for DDL: a half-done migration would stay. A writer begins IMMEDIATE, since
    # a reader that turns writer while another writes is refused at once instead of waiting its turn.
    connection.exec_driver_sql(connection.get_execution_options().get("matinee_begin", "BEGIN"))


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            for limit in ("statement_timeout", "lock_timeout"):
                connection.execute(text(f"SET LOCAL {limit} = {_MIGRATING_MS}"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MIGRATING})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

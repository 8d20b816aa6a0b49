"""The database: opened, brought to the current schema, and used in short transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from engine.errors import StoreError

#: How long a writer waits for another before it gives up, in milliseconds.
SQLITE_BUSY_MS = 5000
_MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """A database with the current schema. SQLite runs in WAL mode, and a commit is on disk before it returns."""

    def __init__(self, url: str) -> None:
        """Opens the database and migrates it. Raises `StoreError` when it cannot."""
        try:
            _make_sqlite_folder(url)
            self.engine = sqlalchemy.create_engine(url, pool_pre_ping=True)
            if self.engine.dialect.name == "sqlite":
                event.listen(self.engine, "connect", _set_pragmas)
                event.listen(self.engine, "begin", _begin)
            self._writing = self.engine.execution_options(matinee_begin="BEGIN IMMEDIATE")
            _migrate(self._writing)
        except (SQLAlchemyError, CommandError, ImportError, OSError) as error:
            raise StoreError(f"the database cannot be opened: {error}") from error

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to read in. Raises `StoreError` when the database refuses."""
        with self._session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits at the end. Raises `StoreError` when the database refuses; then nothing is kept."""
        with self._session(self._writing) as session:
            yield session

    @contextmanager
    def _session(self, bind: Engine) -> Iterator[Session]:
        try:
            with Session(bind) as session, session.begin():
                yield session
        except SQLAlchemyError as error:
            raise StoreError(f"the database refused: {error}") from error

    def close(self) -> None:
        self.engine.dispose()


def _make_sqlite_folder(url: str) -> None:
    parsed = sqlalchemy.make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)


def _set_pragmas(connection: sqlalchemy.engine.interfaces.DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # we begin ourselves: see _begin
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={SQLITE_BUSY_MS}"):
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
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

"""A file of projections: opening it, following the log into it, and what its errors mean."""

import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from ledger.application.ledger import Ledger
from projections.runner.cache import RUNNING, NoProjections
from projections.runner.follow import catch_up, has_own_schema

logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())
"""Without a handler, Python prints what SQLAlchemy logs: a traceback if a signal comes while a connection is closed."""

Progress = Callable[[int], None]
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH)
"""Errors that a sound file does not give: rows are only added that it does not have."""


class Place:
    """A SQLite file with the projections of one ledger."""

    # Python raises UnicodeDecodeError if a message of SQLite is not UTF-8.
    database_errors = (sqlite3.DatabaseError, UnicodeDecodeError)

    def __init__(self, path: Path) -> None:
        """Use the file at `path`."""
        self.path = path
        self.shown, self.name = "your private cache", "the private cache"

    def exists(self) -> bool:
        """Return whether the file exists."""
        return self.path.exists()

    def engine(self) -> Engine:
        """Return the engine for the file, which is created if it does not exist."""
        return engine_at(self.path)

    def open_at_end(self, ledger: Ledger, progress: Progress | None) -> Engine:
        """Bring the tables to the end of the log, rebuild those of another log or version, and return the engine."""
        is_new = not self.exists()
        engine = self.engine()
        try:
            with engine.connect() as db:
                is_plain = is_new or not db.exec_driver_sql(RUNNING).scalar()
            if not is_plain:
                engine.dispose()
                self.clear()
                engine = self.engine()
            catch_up(ledger, engine, progress)
        except BaseException:
            engine.dispose()
            raise
        return engine

    def clear(self) -> None:
        """Delete the file: everything in it can be rebuilt from the log."""
        delete_file(self.path)

    def is_database_error(self, error: Exception) -> bool:
        """Return whether the database driver raised the error, directly or through SQLAlchemy."""
        return isinstance(getattr(error, "orig", error), self.database_errors)

    def is_transient(self, error: Exception) -> bool:
        """Return whether an error can pass without a rebuild: the file is locked, cannot grow or is read-only."""
        code = (getattr(getattr(error, "orig", error), "sqlite_errorcode", None) or 0) & 0xFF
        return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY)

    def is_damaged(self, error: Exception) -> bool:
        """Return whether the file must be rebuilt after an error: it is damaged, or its tables were changed."""
        error = getattr(error, "orig", error)
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if code in _DAMAGED or isinstance(error, UnicodeDecodeError):
            return True
        engine = self.engine()
        try:
            with engine.connect() as db:
                return not has_own_schema(db)
        except (DatabaseError, UnicodeDecodeError) as second:
            return not self.is_transient(second)
        finally:
            engine.dispose()

    def translate(self, error: Exception) -> Exception:
        """Return the error as an error of the ledger."""
        return NoProjections(self.shown, str(getattr(error, "strerror", None) or getattr(error, "orig", error)))


def engine_at(path: Path) -> Engine:
    """Return the engine for a file of projections, which is created if it does not exist."""
    # Made of parts: in a text, `?` in the name of a folder would begin the query, and another file would be meant.
    location = URL.create("sqlite", database=str(path.absolute()))
    engine = create_engine(location, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _: Any) -> None:
        # SQLAlchemy begins transactions itself: the implicit BEGIN of Python is deferred and can fail later.
        connection.isolation_level = None
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # Writers take the lock at once; readers only need one snapshot.
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def delete_file(path: Path) -> None:
    """Delete a file of projections: everything in it can be rebuilt from the log."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)

"""Where projections are kept: beside the ledger, or in a private cache for who may not write there."""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event

from ledger.application import Ledger
from ledger.domain.errors import CONFLICT, LedgerError
from ledger.stores.sqlite_open import path_of
from projections.follow import catch_up

Progress = Callable[[int], None]


class NoProjections(LedgerError):
    """The tables that lists and reports are made from cannot be read or made."""

    code = "no-projections"
    exit = CONFLICT

    def __init__(self, path: str, why: str) -> None:
        """Say that the projections at `path` are not to be had, because `why`."""
        super().__init__(
            f"The projections at {path} cannot be read or made: {why}.",
            "Make room, move away what stands there, or set XDG_CACHE_HOME to a folder of your own; recording, 'show'"
            " and 'verify --log-only' work without.",
        )


def beside(url: str) -> Path:
    """Return the file of the projections of the ledger at `url`: `ledger.db` has `ledger.projections.db`."""
    path, _ = path_of(url)
    return path.with_name(f"{path.stem}.projections{path.suffix or '.db'}")


def private(url: str) -> Path:
    """Return the file in the reader's own cache for the ledger at `url`. Raises NoProjections."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - only who may not write beside the ledger needs it

    path, _ = path_of(url)
    name = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:16]
    folder = user_cache_path("engagement-ledger")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoProjections(str(folder), error.strerror or str(error)) from error
    return folder / f"{name}.db"


def place_for(url: str) -> tuple[Path, bool]:
    """Return where the projections of `url` are kept, and whether that is the private cache."""
    path = beside(url)
    folder = path.absolute().parent
    writable = os.access(path, os.W_OK) if path.exists() else os.access(folder, os.W_OK)
    _, only_read = path_of(url)
    return (path, False) if writable and os.access(folder, os.W_OK) and not only_read else (private(url), True)


def engine_at(path: Path) -> Engine:
    """Return the engine for a file of projections, which is made if need be."""
    engine = create_engine(f"sqlite:///{path.absolute()}", connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _: Any) -> None:
        # SQLAlchemy begins the transactions itself: Python's own begin is deferred and can fail half way.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # Who will write takes the lock at once; who reads only wants one snapshot.
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def followed(ledger: Ledger, progress: Progress | None = None) -> tuple[Engine, bool]:
    """Return the projections of a ledger, at the end of its log, and whether they are in the private cache.

    Projections that are broken are thrown away and made again: they hold nothing that the log does not.
    """
    path, is_private = place_for(ledger.store.url)
    try:
        return _caught_up(ledger, path, progress), is_private
    except Exception as error:
        if not is_of_sqlite(error):
            raise
        if _is_passing(error):
            raise NoProjections(str(path), _why(error)) from error
    try:
        remove(path)
        return _caught_up(ledger, path, progress), is_private
    except Exception as error:
        if not is_of_sqlite(error) and not isinstance(error, OSError):
            raise
        raise NoProjections(str(path), _why(error)) from error


def is_of_sqlite(error: Exception) -> bool:
    """Return whether SQLite reported the error, by itself or through SQLAlchemy."""
    # Of what it cannot say in UTF-8, Python tells that.
    return isinstance(getattr(error, "orig", error), (sqlite3.DatabaseError, UnicodeDecodeError))


def _is_passing(error: Exception) -> bool:
    code = (getattr(getattr(error, "orig", error), "sqlite_errorcode", None) or 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY)


def _why(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or getattr(error, "orig", error))


def _caught_up(ledger: Ledger, path: Path, progress: Progress | None) -> Engine:
    engine = engine_at(path)
    try:
        catch_up(ledger, engine, progress)
    except BaseException:
        engine.dispose()
        raise
    return engine


def remove(path: Path) -> None:
    """Delete projections: nothing is lost."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)

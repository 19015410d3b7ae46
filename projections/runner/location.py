"""The place of the projections: next to the ledger, or in a private cache if the user may not write there.

The projections of a ledger in a file are another file; on a server they are another schema of its database
(`runner.postgres`).
"""

import hashlib
import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event

from ledger.application.ledger import Ledger
from ledger.stores.urls import file_of, is_on_server, path_of, shown
from projections.runner.follow import catch_up
from projections.runner.place import NoProjections, NotWritable, Place, Progress


class FilePlace(Place):
    """Projections in a SQLite file."""

    # Python raises UnicodeDecodeError if a message of SQLite is not UTF-8.
    database_errors = (sqlite3.DatabaseError, UnicodeDecodeError)

    def __init__(self, path: Path, *, is_private: bool = False) -> None:
        """Use the file at `path`."""
        self.path = path
        self.shown, self.name = str(path), path.name
        self.is_private = is_private

    def exists(self) -> bool:
        """Return whether the file exists."""
        return self.path.exists()

    def engine(self) -> Engine:
        """Return the engine for the file, which is created if it does not exist."""
        return engine_at(self.path)

    def open_at_end(self, ledger: Ledger, progress: Progress | None) -> Engine:
        """Bring the tables to the end of the log and return the engine."""
        engine = self.engine()
        try:
            catch_up(ledger, engine, progress)
        except BaseException:
            engine.dispose()
            raise
        return engine

    def clear(self) -> None:
        """Delete the file."""
        delete_file(self.path)

    def is_transient(self, error: Exception) -> bool:
        """Return whether the file is locked, cannot grow or is read-only."""
        code = (getattr(getattr(error, "orig", error), "sqlite_errorcode", None) or 0) & 0xFF
        return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY)

    def translate(self, error: Exception) -> Exception:
        """Return the error as an error of the ledger."""
        return NoProjections(self.shown, str(getattr(error, "strerror", None) or getattr(error, "orig", error)))


def default_path(url: str) -> Path:
    """Return the file of the projections of the ledger at `url`: `ledger.db` has `ledger.projections.db`."""
    path, _ = path_of(url)
    return path.with_name(f"{path.stem}.projections{path.suffix or '.db'}")


def cache_path(url: str) -> Path:
    """Return the file in the private cache of the user for the ledger at `url`. Raises NoProjections."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - only needed for the private cache

    path = file_of(url)
    location = shown(url) if path is None else str(path.absolute())
    name = hashlib.sha256(location.encode()).hexdigest()[:16]
    folder = user_cache_path("engagement-ledger")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoProjections(str(folder), error.strerror or str(error)) from error
    return folder / f"{name}.db"


def place_for(url: str) -> Place:
    """Return the place of the projections of the ledger at `url`. Raises NoProjections and connection errors."""
    if is_on_server(url):
        from projections.runner.postgres import ServerPlace  # noqa: PLC0415 - not needed for a ledger in a file

        try:
            return ServerPlace(url)
        except NotWritable:
            return FilePlace(cache_path(url), is_private=True)
    path = default_path(url)
    folder = path.absolute().parent
    writable = os.access(path, os.W_OK) if path.exists() else os.access(folder, os.W_OK)
    _, only_read = path_of(url)
    if writable and os.access(folder, os.W_OK) and not only_read:
        return FilePlace(path)
    return FilePlace(cache_path(url), is_private=True)


def engine_at(path: Path) -> Engine:
    """Return the engine for a file of projections, which is created if it does not exist."""
    engine = create_engine(f"sqlite:///{path.absolute()}", connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _: Any) -> None:
        # SQLAlchemy begins transactions itself: the implicit BEGIN of Python is deferred and can fail later.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # Writers take the lock at once; readers only need one snapshot.
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def open_projections(ledger: Ledger, progress: Progress | None = None) -> tuple[Engine, bool]:
    """Return the projections of a ledger at the end of its log, and whether they are in the private cache.

    Broken projections are deleted and rebuilt: they have nothing that is not in the log.
    """
    place = place_for(ledger.store.url)
    try:
        return open_at(place, ledger, progress), place.is_private
    except NotWritable:
        place = FilePlace(cache_path(ledger.store.url), is_private=True)
        return open_at(place, ledger, progress), True


def open_at(place: Place, ledger: Ledger, progress: Progress | None = None) -> Engine:
    """Return the projections at a place, at the end of the log; rebuild broken ones. Raises NoProjections."""
    try:
        return place.open_at_end(ledger, progress)
    except Exception as error:
        if not place.is_database_error(error):
            raise
        if place.is_transient(error):
            raise place.translate(error) from error
    try:
        place.clear()
        return place.open_at_end(ledger, progress)
    except Exception as error:
        if not place.is_database_error(error) and not isinstance(error, OSError):
            raise
        raise place.translate(error) from error


def explain_read_error(url: str, error: Exception) -> Exception:
    """Return an error in reading the projections as an error of the ledger; delete broken projections."""
    try:
        place = place_for(url)
        if not place.is_database_error(error):
            return error
        if not place.is_transient(error):
            place.clear()
        return place.translate(error)
    except NotWritable:
        return NoProjections(shown(url), "you may not read them")


def delete_file(path: Path) -> None:
    """Delete a file of projections: everything in it can be rebuilt from the log."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)

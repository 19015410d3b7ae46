"""The place of the projections: a private cache of the user, for a ledger in a file and for one on a server.

A file next to a ledger would be handed over with it, and nobody could tell whether its rows were folded from entries or
written by hand (docs/decisions/0021). The same holds for tables on a server that another user could write or define, so
that the projections of a ledger on a server are in the private cache, too.
"""

import hashlib
import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event

from ledger.application.ledger import Ledger
from ledger.stores.urls import file_of, shown
from projections.runner.follow import catch_up
from projections.runner.place import NoProjections, Place, Progress

_RUNNING = "SELECT count(*) FROM sqlite_schema WHERE type NOT IN ('table', 'index')"
"""Projections have no triggers and no views: a file that has one was changed."""
_DAYS = 90
"""How long a file in the cache that nobody opens is kept, in days."""


class FilePlace(Place):
    """Projections in a SQLite file."""

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
        """Bring the tables to the end of the log and return the engine."""
        is_new = not self.exists()
        engine = self.engine()
        try:
            with engine.connect() as db:
                is_plain = is_new or not db.exec_driver_sql(_RUNNING).scalar()
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
        """Delete the file."""
        delete_file(self.path)

    def is_transient(self, error: Exception) -> bool:
        """Return whether the file is locked, cannot grow or is read-only."""
        code = (getattr(getattr(error, "orig", error), "sqlite_errorcode", None) or 0) & 0xFF
        return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY)

    def translate(self, error: Exception) -> Exception:
        """Return the error as an error of the ledger."""
        return NoProjections(self.shown, str(getattr(error, "strerror", None) or getattr(error, "orig", error)))


def cache_path(url: str) -> Path:
    """Return the file in the private cache of the user for the ledger at `url`. Raises NoProjections."""
    path = file_of(url)
    location = shown(url) if path is None else str(path.absolute())
    name = hashlib.sha256(location.encode(errors="surrogateescape")).hexdigest()[:16]
    return _cache_folder() / f"{name}.db"


def _cache_folder() -> Path:
    from platformdirs import user_cache_path  # noqa: PLC0415 - not needed for projections on a server

    folder = user_cache_path("engagement-ledger")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except OSError as error:
        raise NoProjections(str(folder), error.strerror or str(error)) from error
    if os.name == "posix" and (found.st_uid != os.getuid() or found.st_mode & 0o022):
        raise NoProjections(str(folder), "others may write to that folder")
    return folder


def _remove_unused(folder: Path) -> None:
    # A ledger that was moved or deleted leaves its file behind.
    oldest = time.time() - _DAYS * 86400
    for path in folder.glob("*.db"):
        with suppress(OSError):
            if path.stat().st_mtime < oldest:
                delete_file(path)


def place_for(url: str) -> Place:
    """Return the place of the projections of the ledger at `url`. Raises NoProjections."""
    place = FilePlace(cache_path(url))
    if place.exists():
        with suppress(OSError):
            os.utime(place.path)
    else:
        _remove_unused(place.path.parent)
    return place


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


def open_projections(ledger: Ledger, progress: Progress | None = None) -> Engine:
    """Return the projections of a ledger at the end of its log, from the private cache of the user.

    Broken projections are deleted and rebuilt: they have nothing that is not in the log.
    """
    return open_at(place_for(ledger.store.url), ledger, progress)


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
    place = place_for(url)
    if not place.is_database_error(error):
        return error
    if not place.is_transient(error):
        place.clear()
    return place.translate(error)


def delete_file(path: Path) -> None:
    """Delete a file of projections: everything in it can be rebuilt from the log."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)

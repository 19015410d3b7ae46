"""Where projections are kept: beside the ledger, or in a private cache for who may not write there.

Beside a file they are another file; on a server they are another schema of its database (`runner.postgres`).
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
from projections.runner.place import NoProjections, NoRight, Place, Progress


class FilePlace(Place):
    """Projections in a SQLite file."""

    reported = (sqlite3.DatabaseError, UnicodeDecodeError)  # of what SQLite cannot say in UTF-8, Python tells that

    def __init__(self, path: Path, *, is_private: bool = False) -> None:
        """Keep them at `path`."""
        self.path = path
        self.shown, self.name = str(path), path.name
        self.is_private = is_private

    def exists(self) -> bool:
        """Return whether the file is there."""
        return self.path.exists()

    def engine(self) -> Engine:
        """Return the engine for the file, which is made if need be."""
        return engine_at(self.path)

    def caught_up(self, ledger: Ledger, progress: Progress | None) -> Engine:
        """Return the engine, at the end of the log."""
        engine = self.engine()
        try:
            catch_up(ledger, engine, progress)
        except BaseException:
            engine.dispose()
            raise
        return engine

    def clear(self) -> None:
        """Delete the file."""
        remove(self.path)

    def is_passing(self, error: Exception) -> bool:
        """Return whether the file is held, or cannot grow."""
        code = (getattr(getattr(error, "orig", error), "sqlite_errorcode", None) or 0) & 0xFF
        return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY)

    def told(self, error: Exception) -> Exception:
        """Return the error in the ledger's words."""
        return NoProjections(self.shown, str(getattr(error, "strerror", None) or getattr(error, "orig", error)))


def beside(url: str) -> Path:
    """Return the file of the projections of the ledger at `url`: `ledger.db` has `ledger.projections.db`."""
    path, _ = path_of(url)
    return path.with_name(f"{path.stem}.projections{path.suffix or '.db'}")


def private(url: str) -> Path:
    """Return the file in the reader's own cache for the ledger at `url`. Raises NoProjections."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - only who may not write beside the ledger needs it

    path = file_of(url)
    where = shown(url) if path is None else str(path.absolute())
    name = hashlib.sha256(where.encode()).hexdigest()[:16]
    folder = user_cache_path("engagement-ledger")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoProjections(str(folder), error.strerror or str(error)) from error
    return folder / f"{name}.db"


def place_for(url: str) -> Place:
    """Return where the projections of the ledger at `url` are kept. Raises NoProjections and what connecting raises."""
    if is_on_server(url):
        from projections.runner.postgres import ServerPlace  # noqa: PLC0415 - not for a ledger in a file

        try:
            return ServerPlace(url)
        except NoRight:
            return FilePlace(private(url), is_private=True)
    path = beside(url)
    folder = path.absolute().parent
    writable = os.access(path, os.W_OK) if path.exists() else os.access(folder, os.W_OK)
    _, only_read = path_of(url)
    if writable and os.access(folder, os.W_OK) and not only_read:
        return FilePlace(path)
    return FilePlace(private(url), is_private=True)


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
    place = place_for(ledger.store.url)
    try:
        return followed_at(place, ledger, progress), place.is_private
    except NoRight:
        place = FilePlace(private(ledger.store.url), is_private=True)
        return followed_at(place, ledger, progress), True


def followed_at(place: Place, ledger: Ledger, progress: Progress | None = None) -> Engine:
    """Return the projections at a place, at the end of the log; broken ones are made anew. Raises NoProjections."""
    try:
        return place.caught_up(ledger, progress)
    except Exception as error:
        if not place.reports(error):
            raise
        if place.is_passing(error):
            raise place.told(error) from error
    try:
        place.clear()
        return place.caught_up(ledger, progress)
    except Exception as error:
        if not place.reports(error) and not isinstance(error, OSError):
            raise
        raise place.told(error) from error


def misread(url: str, error: Exception) -> Exception:
    """Return in the ledger's words what came of reading the projections; broken ones are thrown away."""
    try:
        place = place_for(url)
        if not place.reports(error):
            return error
        if not place.is_passing(error):
            place.clear()
        return place.told(error)
    except NoRight:
        return NoProjections(shown(url), "you may not read them")


def remove(path: Path) -> None:
    """Delete projections: nothing is lost."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)

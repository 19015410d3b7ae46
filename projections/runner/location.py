"""The place of the projections: a private cache of the user, for a ledger in a file and for one on a server.

A file next to a ledger would be handed over with it, and nobody could tell whether its rows were folded from entries or
written by hand (docs/decisions/0021). The same holds for tables on a server that another user could write or define, so
that the projections of a ledger on a server are in the private cache, too.
"""

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine

from ledger.application.ledger import Ledger
from ledger.stores.urls import file_of, shown
from projections.runner.follow import is_at
from projections.runner.place import NoProjections, Place, Progress, delete_file
from projections.tables.schema import VERSION

_TRIES = 5
"""How often the log is followed again after another process began to rebuild the tables."""
_DAYS = 90
"""How long a file in the cache that nobody opens is kept, in days."""


def cache_path(url: str) -> Path:
    """Return the file in the private cache of the user for the ledger at `url`. Raises NoProjections."""
    path = file_of(url)
    location = shown(url) if path is None else os.path.realpath(path)
    name = hashlib.sha256(location.encode(errors="surrogateescape")).hexdigest()[:16]
    # Two versions of the software have a file each: neither rebuilds the tables of the other.
    return _cache_folder() / f"{name}-{VERSION}.db"


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
    for path in [*folder.glob("*.db"), *folder.glob("*.json")]:
        with suppress(OSError):
            if path.stat().st_mtime < oldest:
                delete_file(path)


def place_for(url: str) -> Place:
    """Return the place of the projections of the ledger at `url`. Raises NoProjections."""
    place = Place(cache_path(url))
    if place.exists():
        with suppress(OSError):
            os.utime(place.path)
    else:
        _remove_unused(place.path.parent)
    return place


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
        if place.is_transient(error) or not place.is_damaged(error):
            raise place.translate(error) from error
    try:
        place.clear()
        return place.open_at_end(ledger, progress)
    except Exception as error:
        if not place.is_database_error(error) and not isinstance(error, OSError):
            raise
        raise place.translate(error) from error


@contextmanager
def snapshot(ledger: Ledger, position: int, progress: Progress | None = None) -> Iterator[Connection]:
    """Yield a connection whose first row says that the tables are complete, at least up to a position of the log.

    Everything is read in one snapshot, so that no rebuild by another process shows. Raises NoProjections.
    """
    for _ in range(_TRIES):
        engine = open_projections(ledger, progress)
        try:
            with engine.connect() as db:
                if is_at(ledger, db, position):
                    yield db
                    return
        finally:
            engine.dispose()
    raise NoProjections(place_for(ledger.store.url).shown, "other processes rebuild them again and again")


def explain_read_error(url: str, error: Exception) -> Exception:
    """Return an error in reading the projections as an error of the ledger; delete damaged projections."""
    place = place_for(url)
    if not place.is_database_error(error):
        return error
    if not place.is_transient(error) and place.is_damaged(error):
        place.clear()
    return place.translate(error)

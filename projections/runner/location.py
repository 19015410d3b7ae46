"""The projections of a ledger: opening them at the end of its log, and rebuilding what is broken."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine

from ledger.application.ledger import Ledger
from ledger.stores.errors import EmptyLog
from projections.runner.cache import NoProjections, cache_path
from projections.runner.follow import is_at
from projections.runner.place import Place, Progress, delete_file

_TRIES = 5
"""How often the log is followed again after another process began to rebuild the tables."""
_DAYS = 90
"""How long a file in the cache that nobody opens is kept, in days."""


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

    Everything is read in one snapshot, so that no rebuild by another process shows. Raises NoProjections, EmptyLog.
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
    if not ledger.store.head().size:
        raise EmptyLog
    raise NoProjections(place_for(ledger.store.url).shown, "other processes rebuild them again and again")


def explain_read_error(url: str, error: Exception) -> Exception:
    """Return an error in reading the projections as an error of the ledger; delete damaged projections."""
    place = place_for(url)
    if not place.is_database_error(error):
        return error
    if not place.is_transient(error) and place.is_damaged(error):
        place.clear()
    return place.translate(error)

"""Projections that are at the end of the log already: read as they are, without SQLAlchemy.

What keeps them from being read so is left to `location`, which follows the log, rebuilds tables and explains errors.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from ledger.stores.urls import uri_of
from ledger.tlog.compact import CompactRange
from projections.runner.cache import RUNNING, cache_path
from projections.tables.kept import kept
from projections.tables.version import VERSION

if TYPE_CHECKING:
    from ledger.stores.log_store import LogStore


@contextmanager
def at_end(store: "LogStore") -> Iterator[sqlite3.Connection | None]:
    """Yield a snapshot of the projections of a log, or None if they are not at its end, or not as they are made.

    Raises NoProjections.
    """
    path = cache_path(store.url)
    if not path.exists():
        yield None
        return
    with suppress(OSError):
        os.utime(path)
    try:
        db = sqlite3.connect(uri_of(path, "rw"), uri=True, isolation_level=None, timeout=30)
    except sqlite3.Error:
        yield None
        return
    with closing(db):
        yield db if _is_at_end(db, store) else None


def _is_at_end(db: sqlite3.Connection, store: "LogStore") -> bool:
    head = store.head()
    try:
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("BEGIN")
        (running,) = db.execute(RUNNING).fetchone()
        names = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if running or not names.issuperset(kept().tables):
            return False
        row = db.execute("SELECT version, position, hashes FROM tracking").fetchone()
    except (sqlite3.Error, UnicodeDecodeError):
        return False
    if row is None or tuple(map(type, row)) != (int, int, bytes) or row[:2] != (VERSION, head.size):
        return False
    try:
        return CompactRange.from_bytes(*row[1:]).root() == head.root
    except ValueError:
        return False

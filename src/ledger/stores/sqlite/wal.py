"""The write-ahead log next to a SQLite file, and files that were written under a process that may not lock them."""

import sqlite3
from contextlib import suppress
from pathlib import Path

MAX_WAL_BYTES = 64 << 20
"""A log that grows to this size is moved into the file as a whole, and emptied; later at each further STEP_BYTES."""
STEP_BYTES = 16 << 20
_EMPTYING_MS = 250
"""How long readers are waited for, with the write lock held."""

_changed: set[Path] = set()


def wal_of(path: Path) -> Path:
    """Return the place of the write-ahead log of a file."""
    path = path.resolve()
    return path.with_name(path.name + "-wal")


def has_wal(path: Path) -> bool:
    """Return whether a write-ahead log with anything in it is next to a file."""
    try:
        return wal_of(path).stat().st_size > 0
    except FileNotFoundError:
        return False


def wal_size(wal: Path) -> int:
    """Return the size of a write-ahead log, in bytes; 0 if there is none."""
    try:
        return wal.stat().st_size
    except OSError:
        return 0


def empty_large_wal(db: sqlite3.Connection, wal: Path, before: int) -> None:
    """Empty a write-ahead log if a commit made it too large; its size was `before`.

    SQLite itself moves the log into the file after each 1,000 pages, as far as no reader needs it, and starts the log
    again if nobody reads from it: readers that overlap keep it from that for ever. With the write lock held, readers
    that come read the newest state, so that only those that read already are waited for. One that stays longer is left
    alone, until the log has grown by another step.
    """
    size = wal_size(wal)
    if size < MAX_WAL_BYTES or size // STEP_BYTES == before // STEP_BYTES:
        return
    (usual,) = db.execute("PRAGMA busy_timeout").fetchone()
    db.execute(f"PRAGMA busy_timeout = {_EMPTYING_MS}")
    with suppress(sqlite3.Error):  # busy, or no room: what was committed stands in the log
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    db.execute(f"PRAGMA busy_timeout = {usual}")


def note_changed(path: Path) -> None:
    """Note that a file changed while this process read it without a lock."""
    _changed.add(path.resolve())


def has_changed(path: Path) -> bool:
    """Return whether that was noted of a file: from then on it is read from a private copy."""
    return path.resolve() in _changed

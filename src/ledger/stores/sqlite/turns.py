"""Writers take turns: who waits for the write lock waits in a queue, so that nobody starves.

SQLite has no queue: each writer tries again and again, and a stream that takes the lock again right after its commit
leaves the others what is between. So a writer first stands in line for a file lock, on the write-ahead log, which
SQLite itself never locks and which is there as long as a connection is open. Only the first in line asks SQLite for the
write lock, and lets the next one in as soon as it has it. The system queues those who wait for a file lock in order,
and lets go of the lock of a process that dies.

The queue is a courtesy. Who gets no turn for TURN_SECONDS (a process may be suspended in its turn), where files cannot
be locked, or who uses an older version tries without one, at random intervals.
"""

import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ledger.stores.errors import OutcomeUnknown

TURN_SECONDS = 10.0
_STEP = 0.0002
"""How long the first in line waits before it asks SQLite again, in seconds."""


def begin_writing(db: sqlite3.Connection, wal: Path, seconds: float) -> None:
    """Take the write lock of the file whose write-ahead log is at `wal`; wait for it up to `seconds`.

    Raises sqlite3.OperationalError, with the seconds as its `waited`.
    """
    end = time.monotonic() + seconds
    (before,) = db.execute("PRAGMA busy_timeout").fetchone()
    db.execute("PRAGMA busy_timeout = 0")
    try:
        with _turn(wal, min(TURN_SECONDS, seconds / 2)) as is_first:
            while not _begun(db, seconds, is_last=time.monotonic() >= end):
                time.sleep(_STEP if is_first else _random_step())
    finally:
        db.execute(f"PRAGMA busy_timeout = {before}")


def _begun(db: sqlite3.Connection, seconds: float, *, is_last: bool) -> bool:
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if is_last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            error.waited = seconds  # type: ignore[attr-defined]
            raise
        return False
    return True


def commit(db: sqlite3.Connection, url: str, command: str | None) -> None:
    """Commit the transaction, whose last command is `command`. Raises OutcomeUnknown, sqlite3.Error.

    A commit whose sync fails may be on the disk nevertheless, and then the next one that opens the file finds it.
    """
    try:
        db.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_IOERR_FSYNC:
            raise OutcomeUnknown(url, command, f"the disk does not say whether it was written ({error})") from error
        raise


def _random_step() -> float:
    from random import uniform  # noqa: PLC0415 - only who has to wait needs it

    return uniform(0.001, 0.008)  # noqa: S311 - no secret


if sys.platform == "win32":

    @contextmanager
    def _turn(wal: Path, seconds: float) -> Iterator[bool]:  # noqa: ARG001 - the signature is the same on both systems
        """Do nothing: SQLite's file cannot be locked in part here without keeping SQLite from it."""
        yield False

else:
    import fcntl

    @contextmanager
    def _turn(wal: Path, seconds: float) -> Iterator[bool]:
        """Stand in line for up to `seconds`; yield whether it is this writer's turn, which ends with the block."""
        file = _first_in_line(wal, seconds)
        try:
            yield file is not None
        finally:
            if file is not None:
                os.close(file)

    def _first_in_line(wal: Path, seconds: float) -> int | None:
        """Return a file whose lock is this writer's turn, until it is closed; None without a turn."""
        try:
            file = os.open(wal, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return file if _wait(file, seconds) else None
        except OSError:
            os.close(file)
            return None
        return file

    def _wait(file: int, seconds: float) -> bool:
        """Wait for the lock on a file; after `seconds` return False, and leave it to a thread to close the file."""
        # The wait in the system's queue has no limit, so that a thread does it, which is left behind by who gives up.
        from threading import Event, Lock, Thread  # noqa: PLC0415 - only who has to wait needs it

        mutex, arrived, given_up = Lock(), Event(), Event()

        def stand_in_line() -> None:
            with suppress(OSError):
                fcntl.flock(file, fcntl.LOCK_EX)
            with mutex:
                if given_up.is_set():
                    os.close(file)
                else:
                    arrived.set()

        Thread(target=stand_in_line, daemon=True).start()
        is_first = False
        try:
            is_first = arrived.wait(seconds)
        finally:
            with mutex:
                given_up.set()
                if arrived.is_set() and not is_first:
                    os.close(file)
        return is_first

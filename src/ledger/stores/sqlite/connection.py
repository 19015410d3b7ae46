"""Open a ledger in a SQLite file, and copy it while others record. What is no ledger is refused."""

import errno
import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ledger.domain.errors import CONFLICT, LedgerError
from ledger.stores.errors import (
    ChangedUnderReader,
    DiskFull,
    NewerFormat,
    NoLedger,
    NotALedger,
    OlderFormat,
    ReadOnly,
    StoreError,
)
from ledger.stores.sqlite import translation
from ledger.stores.sqlite.inspection import check_content, check_journal
from ledger.stores.sqlite.placement import check_placement
from ledger.stores.sqlite.schema import APPLICATION_ID, SCHEMA_VERSION
from ledger.stores.sqlite.translation import translated
from ledger.stores.sqlite.wal import has_changed, has_wal
from ledger.stores.urls import path_of, real_path_of, uri_of, url_of

if TYPE_CHECKING:
    from ledger.stores.sqlite.unlocked import CopyConnection

_TRIES = 3
"""How often a file that may not be written is opened in place before it is read from a private copy."""

C = TypeVar("C", bound=sqlite3.Connection)


class NotWriteAhead(LedgerError):
    """SQLite cannot use a write-ahead log for the ledger's file: a power loss could undo what was recorded."""

    code = "not-write-ahead"
    exit = CONFLICT

    def __init__(self, url: str, mode: str) -> None:
        """Say in which journal mode `url` is."""
        super().__init__(
            f"{url} is not opened for recording: SQLite keeps it in journal mode '{mode}' and not in 'wal', so that a "
            "power loss could undo what was recorded.",
            "Move the ledger to a disk whose file system supports shared memory. Commands that only read still work.",
        )


class Opened(NamedTuple):
    """An open file: whether it may be written, and what is foreign in its schema, though it does not run.

    `refusal` is the error to raise in place of ReadOnly, if there is a better one.
    """

    db: sqlite3.Connection
    writable: bool
    foreign: str | None
    refusal: LedgerError | None = None


def connect(url: str, *, reads: bool = False, copy: Path | None = None) -> Opened:
    """Return a connection to the ledger at `url`, or to the private `copy` that another connection made of it.

    With `reads`, a write-ahead log that is there already is read and left as it is: the last connection that may write
    would move its content into the file. Without it, a file that could be written by another name or on another machine
    (`placement`), or has no write-ahead log, is opened for reading only, with the error to raise where something is to
    be recorded. What a stranger may have put into the file is refused (`inspection`).

    Raises NoLedger, NotALedger, NewerFormat, OlderFormat, ForeignSchema, ForeignJournal, ReadOnly, Damaged, Busy,
    DiskFull, StoreError, ChangedUnderReader.
    """
    path, only_read = real_path_of(url), path_of(url)[1]
    if copy is not None:
        return _opened(copy, "rw", url)._replace(writable=False)
    _check_file(path, url)
    only_read = only_read or (reads and has_wal(path))
    if only_read or not os.access(path, os.W_OK) or not os.access(path.absolute().parent, os.W_OK):
        return _opened_to_read(path, url)
    refusal = _refusal(path, url) if not reads else None
    if refusal is not None:
        return _opened_to_read(path, url)._replace(refusal=refusal)
    with translated(url):
        opened = _opened(path, "rw", url)
        if not reads and opened.foreign is None:
            refusal = _use_write_ahead_log(opened.db, url)
    return opened._replace(writable=refusal is None, refusal=refusal)


def _opened_to_read(path: Path, url: str) -> Opened:
    for _ in range(_TRIES):
        # With a write-ahead log it is read as it is at one moment, while others write; their last one removes the log.
        with suppress(ReadOnly):
            return _opened(path, "ro", url)
        # Without one, who may not make the file of shared memory reads it as it is, as long as nobody writes it.
        if not has_wal(path) and not has_changed(path):
            with suppress(ChangedUnderReader):
                return _opened_unlocked(path, url)
        time.sleep(0.01)
    return _checked(_copied(path, url), url)


def _opened_unlocked(path: Path, url: str) -> Opened:
    from ledger.stores.sqlite.unlocked import FileState, UnlockedConnection  # noqa: PLC0415 - few have to read so

    try:
        state = FileState.settled(path)
    except OSError as error:
        raise _no_access(url, "it cannot be accessed", error) from error
    if has_wal(path):
        raise ChangedUnderReader(url)
    db = _connect(path, "ro&immutable=1", UnlockedConnection)
    db.watch(path, url, state, lambda: _checked(_copied(path, url), url).db)
    return _checked(db, url)


def _copied(path: Path, url: str) -> "CopyConnection":
    from ledger.stores.sqlite.unlocked import CopyConnection, PrivateCopy  # noqa: PLC0415

    try:
        copy = PrivateCopy.of(path, url)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(str(error.filename2 or "a temporary file")) from error
        raise _no_access(url, "it cannot be copied to be read", error) from error
    db = _connect(copy.file, "rw", CopyConnection)
    db.copy = copy
    return db


def _check_file(path: Path, url: str) -> None:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise NoLedger(url) from None
    except OSError as error:
        raise _no_access(url, "it cannot be accessed", error) from error
    if not S_ISREG(found.st_mode):
        raise NotALedger(url, "it is not a file")
    if not found.st_size:
        raise NotALedger(url, "it is empty")
    if not os.access(path, os.R_OK):
        raise NotALedger(url, "you have no permission to read it")
    try:
        check_journal(path, url)
    except OSError as error:
        raise _no_access(url, "its journal cannot be accessed", error) from error


def _no_access(url: str, what: str, error: OSError) -> LedgerError:
    """Return what it means that a file cannot be looked at: a right that lacks stays, a fault of the disk passes."""
    if isinstance(error, FileNotFoundError) and not os.path.lexists(real_path_of(url)):  # it was moved away meanwhile
        return NoLedger(url)
    why = f"{what} ({error.strerror or error})"
    return (
        NotALedger(url, why)
        if error.errno in (errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENAMETOOLONG)
        else StoreError(url, why)
    )


def _opened(path: Path, mode: str, url: str) -> Opened:
    try:
        with translated(url):
            return _checked(open_file(path, mode), url, writable=mode == "rw")
    except ReadOnly:  # which SQLite says as well of a file that is not there
        _check_file(path, url)
        raise


def _checked(db: sqlite3.Connection, url: str, *, writable: bool = False) -> Opened:
    try:
        foreign = _check(db, url)
        # In write-ahead mode EXTRA is FULL: it syncs the log at each commit. Where SQLite uses a rollback journal, to
        # get into that mode, EXTRA also syncs the folder once the journal is removed: else a power loss brings the
        # journal back, and with it the state before the commit.
        db.execute("PRAGMA synchronous = EXTRA")
    except BaseException:
        db.close()
        raise
    return Opened(db, writable, foreign)


def _refusal(path: Path, url: str) -> LedgerError | None:
    """Return why nothing may be recorded in the file where it is, or None."""
    try:
        check_placement(path, url)
    except LedgerError as error:
        return error
    except OSError as error:
        return NotALedger(url, f"it cannot be accessed ({error.strerror})")
    return None


def _use_write_ahead_log(db: sqlite3.Connection, url: str) -> NotWriteAhead | None:
    """Put the file into write-ahead mode, unless it is; return the error if that cannot be. Raises sqlite3.Error."""
    try:
        (mode,) = db.execute("PRAGMA journal_mode = WAL").fetchone()
    except BaseException:
        db.close()
        raise
    return None if mode == "wal" else NotWriteAhead(url, mode)


def open_file(path: Path, mode: str) -> sqlite3.Connection:
    """Return a connection to any SQLite file, in a mode that SQLite's URI has (`ro`, `rw`). Raises sqlite3.Error."""
    return _connect(path, mode, sqlite3.Connection)


def _connect(path: Path, mode: str, factory: type[C]) -> C:
    uri, seconds = uri_of(path, mode), translation.BUSY_SECONDS
    return sqlite3.connect(
        uri, uri=True, isolation_level=None, timeout=seconds, check_same_thread=False, factory=factory
    )


def _check(db: sqlite3.Connection, url: str) -> str | None:
    with translated(url):
        (mark,) = db.execute("PRAGMA application_id").fetchone()
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if mark != APPLICATION_ID:
            raise NotALedger(url, "it is an SQLite file of another application")
        if version > SCHEMA_VERSION:
            raise NewerFormat(url, version, SCHEMA_VERSION)
        if version < SCHEMA_VERSION:
            raise OlderFormat(url, version, SCHEMA_VERSION)
        foreign = check_content(db, url)
        db.execute("SELECT size FROM head").fetchone()
        return foreign


def copy(url: str, path: Path) -> None:
    """Write the ledger at `url`, as it is at one moment, to a file at `path`, while others record.

    It is SQLite's online backup in a single step, and not VACUUM INTO. Both read one snapshot, which in write-ahead
    mode keeps nobody from recording; but the backup copies pages as they are, and VACUUM INTO rebuilds the file from
    what it can read, which would remove the traces of damage that verification of the copy is to find.

    Errors of the copy name the file at `path`. Raises what `connect` raises, and DiskFull, ReadOnly.
    """
    source = connect(url, reads=True).db
    with closing(source), translated(url_of(path)), closing(sqlite3.connect(path)) as made:
        source.backup(made)
        # A source that was not in write-ahead mode (created by hand) has a copy that is.
        made.execute("PRAGMA journal_mode = WAL")

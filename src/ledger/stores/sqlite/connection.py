"""Open a ledger in a SQLite file, and copy it while others record. What is no ledger is refused."""

import errno
import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from stat import S_ISREG
from tempfile import TemporaryFile
from types import TracebackType
from typing import NamedTuple
from urllib.parse import quote

from ledger.domain.errors import CONFLICT, LedgerError
from ledger.stores.errors import (
    Busy,
    Damaged,
    DiskFull,
    NewerFormat,
    NoLedger,
    NotALedger,
    OlderFormat,
    OutcomeUnknown,
    ReadOnly,
    StoreError,
)
from ledger.stores.sqlite.inspection import check_content, check_journal
from ledger.stores.sqlite.placement import check_placement
from ledger.stores.sqlite.schema import APPLICATION_ID, SCHEMA_VERSION
from ledger.stores.urls import path_of, real_path_of, url_of

BUSY_SECONDS = 30.0

_NO_ROOM = (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE)
"""Codes that may mean a full disk as well as a failing one: an exceeded quota, no room for the shared-memory file."""
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_INTERRUPT)
"""Codes of a damaged file: a page is none, tables are missing, a check was stopped since it ran in a circle."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_RIGHT = (None, errno.EACCES, errno.EPERM, errno.EROFS)
"""Errors of the system, or none, that say that a file which cannot be opened for writing may not be written."""


class translated:  # noqa: N801 - it is called as a function is; as a generator it would take as long as a query
    """Raise a LedgerError in place of any error of SQLite in the file at `url`, within the `with` block."""

    __slots__ = ("_url",)

    def __init__(self, url: str) -> None:
        """Translate errors in this file."""
        self._url = url

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if isinstance(error, sqlite3.Error):
            translation = _translation(self._url, error)
            if translation is not None:
                raise translation from error
        elif isinstance(error, UnicodeDecodeError):  # from the text of an SQLite error
            raise Damaged(self._url, "it has names that are not text") from error


def _translation(url: str, error: sqlite3.Error) -> LedgerError | None:
    """Return the LedgerError that corresponds to an error of SQLite; None for one that the caller translates."""
    extended = getattr(error, "sqlite_errorcode", None) or 0
    code = extended & 0xFF
    translation: LedgerError | None = StoreError(url, str(error))
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        from ledger.stores.sqlite.lock_holder import lock_holder  # noqa: PLC0415 - only an error needs it

        translation = Busy(url, BUSY_SECONDS, lock_holder(path_of(url)[0].resolve()))
    elif code == sqlite3.SQLITE_FULL or (extended in _NO_ROOM and _fault(url) in _FULL):
        translation = DiskFull(url)
    elif code == sqlite3.SQLITE_CANTOPEN and (found := _fault(url)) not in _NO_RIGHT:
        translation = StoreError(url, f"{error} ({os.strerror(found or 0)})")
    elif code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        translation = ReadOnly(url)
    elif code == sqlite3.SQLITE_NOTADB:
        translation = NotALedger(url, "it is not an SQLite file")
    elif code in _BROKEN:
        translation = Damaged(url, str(error))
    elif isinstance(error, sqlite3.IntegrityError):
        translation = None
    return translation


def _fault(url: str) -> int | None:
    """Return the number of the system's error if no file can be written next to the ledger now; SQLite does not say."""
    try:
        path, _ = path_of(url)
        with TemporaryFile(dir=path.parent) as file:
            wal = path.with_name(f"{path.name}-wal")
            file.seek(max((each.stat().st_size for each in (path, wal) if each.exists()), default=0))
            file.write(bytes(1 << 16))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error.errno
    return None


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


def connect(url: str, *, reads: bool = False) -> Opened:
    """Return a connection to the ledger at `url`.

    With `reads`, a write-ahead log that is there already is read and left as it is: the last connection that may write
    would move its content into the file. Without it, a file that could be written by another name or on another machine
    (`placement`), or has no write-ahead log, is opened for reading only, with the error to raise where something is to
    be recorded. What a stranger may have put into the file is refused (`inspection`).

    Raises NoLedger, NotALedger, NewerFormat, OlderFormat, ForeignSchema, ForeignJournal, ReadOnly, Damaged, Busy.
    """
    path, only_read = real_path_of(url), path_of(url)[1]
    _check_file(path, url)
    only_read = only_read or (reads and _has_wal(path))
    writable = not only_read and os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)
    refusal = _refusal(path, url) if writable and not reads else None
    writable = writable and refusal is None
    with translated(url):
        try:
            db, foreign = _opened(path, "rw" if writable else "ro", url)
        except ReadOnly:
            if writable or _has_wal(path):
                raise
            # A reader that may not create the shared-memory file cannot read while others write. Without a
            # write-ahead log nobody writes, and the file can be read as it is.
            db, foreign = _opened(path, "ro&immutable=1", url)
        if writable and not reads and foreign is None:
            refusal = _use_write_ahead_log(db, url)
    return Opened(db, writable and refusal is None, foreign, refusal)


def _check_file(path: Path, url: str) -> None:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise NoLedger(url) from None
    except OSError as error:
        raise NotALedger(url, f"it cannot be accessed ({error.strerror})") from error
    if not S_ISREG(found.st_mode):
        raise NotALedger(url, "it is not a file")
    if not found.st_size:
        raise NotALedger(url, "it is empty")
    if not os.access(path, os.R_OK):
        raise NotALedger(url, "you have no permission to read it")
    try:
        check_journal(path, url)
    except OSError as error:
        raise NotALedger(url, f"its journal cannot be read ({error.strerror})") from error


def _opened(path: Path, mode: str, url: str) -> tuple[sqlite3.Connection, str | None]:
    db = open_file(path, mode)
    try:
        foreign = _check(db, url)
        # In write-ahead mode EXTRA is FULL: it syncs the log at each commit. Where SQLite uses a rollback journal, to
        # get into that mode, EXTRA also syncs the folder once the journal is removed: else a power loss brings the
        # journal back, and with it the state before the commit.
        db.execute("PRAGMA synchronous = EXTRA")
    except BaseException:
        db.close()
        raise
    return db, foreign


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
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)


def begin_writing(db: sqlite3.Connection) -> None:
    """Take the write lock; wait up to BUSY_SECONDS. Raises sqlite3.OperationalError.

    SQLite retries every tenth of a second, so that one of many busy writers may not get the lock for half a minute.
    Retrying at random intervals of a few milliseconds gives each writer the same chance.
    """
    end = time.monotonic() + BUSY_SECONDS
    db.execute("PRAGMA busy_timeout = 0")
    try:
        while not _begun(db, is_last=time.monotonic() >= end):
            from random import uniform  # noqa: PLC0415 - only who has to wait needs it

            time.sleep(uniform(0.001, 0.008))  # noqa: S311 - no secret
    finally:
        db.execute(f"PRAGMA busy_timeout = {round(BUSY_SECONDS * 1000)}")


def _begun(db: sqlite3.Connection, *, is_last: bool) -> bool:
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if is_last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
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


def _has_wal(path: Path) -> bool:
    path = path.resolve()
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


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

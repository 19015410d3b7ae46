"""Open, create, copy and remove a ledger in a SQLite file. Only `create` makes one; other files are refused."""

import errno
import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from stat import S_ISREG
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ledger.domain.errors import LedgerError
from ledger.stores.errors import (
    Busy,
    ChangedUnderReader,
    Damaged,
    DiskFull,
    LedgerExists,
    NewerFormat,
    NoFolder,
    NoLedger,
    NotALedger,
    OlderFormat,
    ReadOnly,
)
from ledger.stores.sqlite.inspection import check_content, check_journal
from ledger.stores.sqlite.schema import APPLICATION_ID, SCHEMA_VERSION, TABLES, TRIGGERS
from ledger.stores.sqlite.wal import has_changed, has_wal
from ledger.stores.urls import path_of, uri_of, url_of
from ledger.tlog.merkle import EMPTY_ROOT

if TYPE_CHECKING:
    from ledger.stores.sqlite.unlocked import CopyConnection

BUSY_SECONDS = 30.0
_TRIES = 3
"""How often a file that may not be written is opened in place before it is read from a private copy."""

_NO_ROOM = (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE)
"""Codes for a full disk other than SQLITE_FULL: an exceeded quota, and no room for the shared-memory file."""


C = TypeVar("C", bound=sqlite3.Connection)


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
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy(url, getattr(error, "waited", BUSY_SECONDS))
    if code == sqlite3.SQLITE_FULL or extended in _NO_ROOM:
        return DiskFull(url)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return ReadOnly(url)
    if code == sqlite3.SQLITE_NOTADB:
        return NotALedger(url, "it is not an SQLite file")
    return None if isinstance(error, sqlite3.IntegrityError) else Damaged(url, str(error))


class Opened(NamedTuple):
    """An open file: whether it may be written, and what is foreign in its schema, though it does not run."""

    db: sqlite3.Connection
    writable: bool
    foreign: str | None


def connect(url: str, *, reads: bool = False, copy: Path | None = None) -> Opened:
    """Return a connection to the ledger at `url`, or to the private `copy` that another connection made of it.

    With `reads`, a write-ahead log that is there already is read and left as it is: the last connection that may write
    would move its content into the file. What a stranger may have put into the file is refused (`inspection`).

    Raises NoLedger, NotALedger, NewerFormat, OlderFormat, ForeignSchema, ForeignJournal, ReadOnly, Damaged, Busy,
    DiskFull, ChangedUnderReader.
    """
    path, only_read = path_of(url)
    if copy is not None:
        return _opened(copy, "rw", url)._replace(writable=False)
    _check_file(path, url)
    only_read = only_read or (reads and has_wal(path))
    if not only_read and os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK):
        with translated(url):
            return _opened(path, "rw", url)
    return _opened_to_read(path, url)


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

    state = FileState.settled(path)
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
        raise NotALedger(url, f"it cannot be copied to be read ({error.strerror})") from error
    db = _connect(copy.file, "rw", CopyConnection)
    db.copy = copy
    return db


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


def _opened(path: Path, mode: str, url: str) -> Opened:
    with translated(url):
        return _checked(_connect(path, mode, sqlite3.Connection), url, writable=mode == "rw")


def _checked(db: sqlite3.Connection, url: str, *, writable: bool = False) -> Opened:
    try:
        foreign = _check(db, url)
        db.execute("PRAGMA synchronous = FULL")
    except BaseException:
        db.close()
        raise
    return Opened(db, writable, foreign)


def _connect(path: Path, mode: str, factory: type[C]) -> C:
    uri, seconds = uri_of(path, mode), BUSY_SECONDS
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


def check_free(url: str) -> None:
    """Raise BadUrl, LedgerExists or NoFolder unless a ledger could be made at `url`."""
    path, _ = path_of(url)
    if path.exists():
        raise LedgerExists(url)
    if not path.absolute().parent.is_dir():
        raise NoFolder(url)


def create(url: str) -> None:
    """Create an empty ledger at `url`; on an error, remove what was created.

    Raises BadUrl, LedgerExists, NoFolder, ReadOnly, DiskFull.
    """
    path, _ = path_of(url)
    _claim(path, url)
    with translated(url):
        db = _connect(path, "rw", sqlite3.Connection)
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("BEGIN IMMEDIATE")
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            for statement in (*TABLES.values(), *TRIGGERS.values()):
                db.execute(statement)
            empty = (1, 0, "", b"", EMPTY_ROOT)
            db.execute("INSERT INTO head (id, size, recorded_at, hashes, root) VALUES (?, ?, ?, ?, ?)", empty)
            db.execute("COMMIT")
        except BaseException:
            db.close()
            remove(url)
            raise
        db.close()


def _claim(path: Path, url: str) -> None:
    # Exclusively: of two processes that create a ledger at one path, neither must remove that of the other.
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        raise LedgerExists(url) from None
    except (FileNotFoundError, NotADirectoryError):
        raise NoFolder(url) from None
    except OSError as error:
        raise (DiskFull if error.errno in (errno.ENOSPC, errno.EDQUOT) else ReadOnly)(url) from error


def remove(url: str) -> None:
    """Remove a ledger that was just created and never used: its file, and those that SQLite creates for it."""
    path, _ = path_of(url)
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


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

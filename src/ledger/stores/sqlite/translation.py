"""What an error of SQLite means for the user of a ledger in a file."""

import errno
import os
import sqlite3
from types import TracebackType

from ledger.domain.errors import LedgerError
from ledger.stores.errors import Busy, Damaged, DiskFull, NotALedger, ReadOnly, StoreError
from ledger.stores.urls import path_of

BUSY_SECONDS = 30.0
"""The default wait for a lock, in seconds."""
_NO_ROOM = (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE)
"""Codes that may mean a full disk as well as a failing one: an exceeded quota, no room for the shared-memory file."""
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_INTERRUPT)
"""Codes of a damaged file: a page is none, tables are missing, a check was stopped since it ran in a circle."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_RIGHT = (None, errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG)
"""Errors of the system, or none, that say that a file which cannot be opened for writing may not be written."""


def of_system(url: str, error: OSError) -> LedgerError:
    """Return the LedgerError that corresponds to an error of the system while the file at `url` is made."""
    if error.errno in _FULL:
        return DiskFull(url)
    return ReadOnly(url) if error.errno in _NO_RIGHT else StoreError(url, error.strerror or str(error))


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

        translation = Busy(url, getattr(error, "waited", BUSY_SECONDS), lock_holder(path_of(url)[0].resolve()))
    elif code == sqlite3.SQLITE_FULL or (extended in _NO_ROOM and _fault(url) in _FULL):
        translation = DiskFull(url)
    elif code == sqlite3.SQLITE_CANTOPEN and (found := _fault(url)) not in _NO_RIGHT:
        translation = StoreError(url, f"{error} ({os.strerror(found or 0)})")
    elif code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        translation = ReadOnly(url)
    elif code == sqlite3.SQLITE_NOTADB:
        translation = NotALedger(url, "it is not an SQLite file")
    elif code in _BROKEN or not extended:  # without a code it is Python, which cannot read what the file holds
        translation = Damaged(url, str(error))
    elif isinstance(error, sqlite3.IntegrityError):
        translation = None
    return translation


def _fault(url: str) -> int | None:
    """Return the number of the system's error if no file can be written next to the ledger now; SQLite does not say."""
    from tempfile import TemporaryFile  # noqa: PLC0415 - it loads much, and only an error needs it

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

"""Read a SQLite file without its locks: for who may not write in its folder, where no write-ahead log is.

SQLite reads a file in write-ahead mode with the help of a file of shared memory next to it. Who may not make one can
only read the file as `immutable`, and SQLite then takes it for one that nobody writes. A writer may write nevertheless:
it knows of no such reader, and moves its log into the file under it. What was read then is of two moments.

So it is read optimistically. The state of the file is noted when it is opened; what a query returns counts only if the
state is still the same after it was read. Otherwise the file is read from a private copy of one moment from then on.
"""

import atexit
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir
from typing import Any, NamedTuple, Self

from ledger.files.unfinished import unfinished_folder
from ledger.stores.errors import ChangedUnderReader
from ledger.stores.sqlite.wal import note_changed, wal_of

SETTLED_SECONDS = 0.05
"""How long ago a file must have been written for another write to give it another time: clocks of files are coarse."""
COPY_SECONDS = 20.0
"""How long a copy of one moment is tried for; a writer that writes for so long leaves a log, which can be read."""
_CHANGE_COUNTER = slice(24, 28)
_WAL_HEADER = 32
_AT_ONCE = 1_000
_CONTROL = ("BEGIN", "ROLLBACK")
"""Statements that read nothing."""


class FileState(NamedTuple):
    """What tells whether a file was written: its inode, size, time of change in ns, and SQLite's change counter."""

    inode: int
    size: int
    changed_ns: int
    counter: bytes

    @classmethod
    def of(cls, path: Path) -> Self:
        """Return the state of a file. Raises OSError."""
        with path.open("rb", buffering=0) as file:
            found = os.fstat(file.fileno())
            return cls(found.st_ino, found.st_size, found.st_mtime_ns, file.read(100)[_CHANGE_COUNTER])

    @classmethod
    def settled(cls, path: Path) -> Self:
        """Return the state of a file once any further write gives it another. Raises OSError."""
        end = time.monotonic() + COPY_SECONDS
        state = cls.of(path)
        while time.time() < state.changed_ns / 1e9 + SETTLED_SECONDS:
            time.sleep(SETTLED_SECONDS)
            before, state = state, cls.of(path)
            if before == state or time.monotonic() > end:  # the clock of another machine may be ahead
                break
        return state


class CopyConnection(sqlite3.Connection):
    """A connection to a private copy, which is removed when it is closed."""

    copy: "PrivateCopy"

    @property
    def copied(self) -> Path:
        """The file that is read."""
        return self.copy.file

    def close(self) -> None:
        """Close and remove the copy."""
        super().close()
        self.copy.remove()


class PrivateCopy(NamedTuple):
    """A copy of a file and its write-ahead log, as they were at one moment, in a folder of its own.

    The folder is locked while it is read, so that the next reader of this user removes what a killed one left.
    """

    file: Path
    folder: ExitStack

    @classmethod
    def of(cls, path: Path, url: str) -> Self:
        """Copy the file at `path`, which keeps its name. Raises OSError, and ChangedUnderReader if it never rests."""
        path = path.resolve()
        end = time.monotonic() + COPY_SECONDS
        while time.monotonic() < end:
            with ExitStack() as folder:
                file = folder.enter_context(unfinished_folder(_temporary())) / path.name
                if _is_of_one_moment(path, file):
                    copy = cls(file, folder.pop_all())
                    atexit.register(copy.folder.close)
                    return copy
        raise ChangedUnderReader(url)

    def remove(self) -> None:
        """Remove the copy."""
        atexit.unregister(self.folder.close)
        self.folder.close()


def _temporary() -> Path:
    """Return the path after which the hidden folders of this user's copies are named."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    return Path(gettempdir()) / f"ledger-copy-{user}"


class UnlockedConnection(sqlite3.Connection):
    """A connection to a file that is read as immutable; what it returns was read while nobody wrote the file.

    Where the file was written, a query is answered by a private copy, and so are all later ones. In a transaction, and
    after a query returned the first of many rows, that would mix two moments: ChangedUnderReader is raised.
    """

    other: sqlite3.Connection | None = None
    """What is read in place of the file since it was found to be written."""

    def watch(self, path: Path, url: str, state: FileState, open_copy: Callable[[], sqlite3.Connection]) -> None:
        """Compare the state of the file at `path` with `state` after each read; `open_copy` opens a private copy."""
        self._path, self._url, self._state, self._open_copy = path, url, state, open_copy

    @contextmanager
    def _checked(self) -> Iterator[None]:
        # SQLite may find a file damaged that was written under it: that is checked first.
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError):
            self._check()
            raise
        self._check()

    def _check(self) -> None:
        with suppress(OSError):
            if FileState.of(self._path) == self._state:
                return
        note_changed(self._path)
        raise ChangedUnderReader(self._url)

    def execute(self, *args: Any) -> Any:
        """Run a statement; return its rows, as a cursor does."""
        if self.other is not None:
            return self.other.execute(*args)
        if str(args[0]) in _CONTROL:
            return super().execute(*args)
        try:
            with self._checked():
                cursor = super().execute(*args)
                rows = cursor.fetchmany(_AT_ONCE)
        except ChangedUnderReader:
            if self.in_transaction:
                raise
            self.other = self._open_copy()
            return self.other.execute(*args)
        return _Rows(self._more(rows, cursor))

    def _more(self, rows: list[Any], cursor: sqlite3.Cursor) -> Iterator[Any]:
        yield from rows
        while len(rows) == _AT_ONCE:
            with self._checked():
                rows = cursor.fetchmany(_AT_ONCE)
            yield from rows

    @property
    def copied(self) -> Path | None:
        """The private copy that is read by now, if any."""
        return getattr(self.other, "copied", None)

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return super().in_transaction if self.other is None else self.other.in_transaction

    def backup(self, *args: Any, **kwargs: Any) -> None:
        """Copy the file."""
        if self.other is not None:
            self.other.backup(*args, **kwargs)
            return
        with self._checked():
            super().backup(*args, **kwargs)

    def close(self) -> None:
        """Close the file, and the private copy if there is one."""
        super().close()
        if self.other is not None:
            self.other.close()


class _Rows:
    """The rows of a query."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchall(self) -> list[Any]:
        return [*self._rows]


def _is_of_one_moment(path: Path, to: Path) -> bool:
    # Frames that are added to the log meanwhile are later commits, or unfinished. A log that starts again has another
    # header, and what it held was moved into the file, which has another state.
    wal = wal_of(path)
    state, header = FileState.settled(path), _wal_header(wal)
    shutil.copyfile(path, to)
    with suppress(FileNotFoundError):
        shutil.copyfile(wal, wal_of(to))
    return (FileState.of(path), _wal_header(wal)) == (state, header)


def _wal_header(wal: Path) -> tuple[int, bytes] | None:
    try:
        with wal.open("rb", buffering=0) as file:
            header = file.read(_WAL_HEADER)
            return (os.fstat(file.fileno()).st_ino, header) if header else None
    except FileNotFoundError:
        return None

"""The log in one SQLite file: entries, tree head and tiles move together in one transaction."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from ledger.files.atomic import fsync_folder
from ledger.stores.errors import Damaged, NoLedger, ReadOnly, StoreError
from ledger.stores.log_reader import LogHead
from ledger.stores.log_store import LogStore
from ledger.stores.log_writer import Recorded, StoredEntry
from ledger.stores.sqlite import translation
from ledger.stores.sqlite.clock import check_clock
from ledger.stores.sqlite.reader import COLUMNS, SQLiteReader
from ledger.stores.sqlite.translation import translated
from ledger.stores.sqlite.turns import begin_writing, commit
from ledger.stores.sqlite.wal import empty_large_wal, wal_of, wal_size
from ledger.stores.urls import real_path_of
from ledger.tlog.merkle import leaf_hash


class SQLiteStore(SQLiteReader, LogStore):
    """A ledger in a SQLite file that exists. Raises what `connect` raises."""

    def __init__(self, url: str, *, reads: bool = False) -> None:
        """Open an existing file."""
        self._path = real_path_of(url)
        self._file = _file_at(self._path)
        super().__init__(url, reads=reads)
        if _file_at(self._path) != self._file:  # it was replaced meanwhile, or first copied by a file system of layers
            self.close()
            self._file = _file_at(self._path)
            super().__init__(url, reads=reads)
        self._head: LogHead | None = None
        self._failure: BaseException | None = None
        self._commands: list[Recorded] = []
        self._checkpoint: int | None = None

    @cached_property
    def _wal(self) -> Path:
        return wal_of(self._path)

    @contextmanager
    def writing(self, *, optimistic: bool = False) -> Iterator[None]:
        """Hold the write lock from the start: a transaction that asks for it after a read can fail at once."""
        if not self.writable:
            raise self._refusal or ReadOnly(self.url)
        self.check_schema()
        with translated(self.url):
            begin_writing(self._db, self._wal, self.busy_seconds or translation.BUSY_SECONDS)
            before_wal = wal_size(self._wal)
            try:
                self._check_place()
                self._failure = None
                self._commands, self._checkpoint = [], None
                self._head = self._read_head()
                before = self._head.size
                yield
                self._check_whole()
                if self._head.size != before:
                    self._write_head(self._head)
                with self._watched(self._commands, self._checkpoint):
                    commit(self._db, self.url, self._commands[-1].command if self._commands else None)
                self.committed_head = self._head
            except BaseException:
                self._rollback()
                raise
            finally:
                self._head = None
            empty_large_wal(self._db, self._wal, before_wal)

    def _check_place(self) -> None:
        # The write-ahead log belongs to a name: what is recorded would go into that of the file which stands there now.
        try:
            found = _identity(self._path)
        except FileNotFoundError:
            raise NoLedger(self.url) from None
        except OSError as error:
            raise StoreError(self.url, f"it cannot be accessed ({error.strerror})") from error
        if found != self._file:
            raise StoreError(
                self.url,
                "another file stands there than the one that was opened",
                "Run the command again: it opens what stands there now. 'ledger verify' says what that is.",
            )

    def settle(self) -> None:
        """Sync the name of the file in its folder, as the first commit after opening does, too. Raises OSError."""
        fsync_folder(self._path.parent)

    def check_clock(self, now: datetime, last: str) -> None:
        """Compare the clock with that of the file system. Raises ClockAhead."""
        check_clock(self.url, self._path.parent, now, last)

    def insert_events(self, stored_events: Sequence[Any], **kwargs: Any) -> Sequence[int]:
        """Append entries; in a transaction of its own unless one is open. Raises Conflict, DiskFull, ReadOnly."""
        if self._head is None:
            with self.writing():
                return self.insert_events(stored_events, **kwargs)
        if not stored_events:
            return []
        self._check_whole()
        try:
            return self._append(self._head, stored_events)
        except BaseException as error:
            self._failure = error
            raise

    def _check_whole(self) -> None:
        # A failed append may have left some of its rows, or SQLite may have ended the transaction: it cannot continue.
        if self._failure is not None:
            raise self._failure

    def _append(self, head: LogHead, stored_events: Sequence[StoredEntry]) -> range:
        rows: list[tuple[Any, ...]] = []
        names: list[tuple[Any, ...]] = []
        mentions: list[tuple[Any, ...]] = []
        leaves: list[bytes] = []
        position = head.size
        for entry in stored_events:
            assert isinstance(entry, StoredEntry)
            position += 1
            leaf = leaf_hash(entry.state)
            leaves.append(leaf)
            rows.append(
                (position, entry.originator_id, entry.originator_version, entry.topic, entry.recorded_at,
                 entry.effective_on, entry.actor, entry.command, leaf, entry.state)
            )  # fmt: skip
            if entry.names:
                names += [(key, entry.originator_id, position) for key in entry.names]
            if entry.mentions:
                mentions += [(target, position) for target in entry.mentions]
        self._insert(rows)
        tiles = head.tree.extend(leaves)
        for query, values in (
            ("INSERT OR IGNORE INTO names VALUES (?, ?, ?)", names),
            ("INSERT OR IGNORE INTO mentions VALUES (?, ?)", mentions),
            ("INSERT INTO tiles VALUES (?, ?, ?)", tiles),
        ):
            if values:
                self._db.executemany(query, values)
        self._head = LogHead(position, rows[-1][4], head.tree)
        return range(head.size + 1, position + 1)

    def _insert(self, rows: list[tuple[Any, ...]]) -> None:
        try:
            self._db.executemany(f"INSERT INTO entries ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)", rows)  # noqa: S608 - a constant
        except sqlite3.IntegrityError as error:
            _, stream, version, *_ = next(row for row in rows if self.entry(row[0]) is None)
            following = 1 + len(self.stream(stream))
            if version == following:  # nobody was faster: what the triggers compare with is not there
                raise Damaged(self.url, "entries before the end of the log are missing") from error
            from ledger.stores.conflict import Conflict  # noqa: PLC0415 - it loads the event sourcing library

            raise Conflict(stream, version, following) from error

    def _write_head(self, head: LogHead) -> None:
        self._db.execute(
            "UPDATE head SET size = ?, recorded_at = ?, hashes = ?, root = ?",
            (head.size, head.recorded_at, head.tree.to_bytes(), head.root),
        )

    def remember(self, command: str, digest: bytes, first: int, count: int) -> None:
        """Record the digest of a command and the position and number of its entries."""
        self._db.execute("INSERT INTO commands VALUES (?, ?, ?, ?)", (command, digest, first, count))
        self._commands.append(Recorded(command, first, count))

    def remember_all(self, commands: Iterable[tuple[str, bytes, int, int]]) -> None:
        """Record several commands."""
        rows = list(commands)
        self._db.executemany("INSERT INTO commands VALUES (?, ?, ?, ?)", rows)
        self._commands += [Recorded(command, first, count) for command, _, first, count in rows]

    def keep_checkpoint(self, size: int, note: bytes) -> None:
        """Store a signed checkpoint."""
        query = "INSERT INTO checkpoints SELECT coalesce(max(number), 0) + 1, ?, ? FROM checkpoints"
        self._db.execute(query, (size, note))
        self._checkpoint = size


def _file_at(path: Path) -> tuple[int, int] | None:
    """Return which file is at a path; None if there is none, or it cannot be looked at."""
    try:
        return _identity(path)
    except OSError:
        return None


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino

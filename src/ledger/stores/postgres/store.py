"""The log in PostgreSQL: what a transaction adds is sent to one function of the server, which moves the head with it.

A transaction holds the lock on the head, or is *optimistic*: it takes no lock, and sends what it has read together with
what it appends. The server refuses it if another writer changed that meanwhile (`OptimisticConflict`), so that a
command takes one round trip. The server assigns positions under the lock in both cases: they have no gaps, and no
reader can miss an entry that is committed late.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, LiteralString

import psycopg
from eventsourcing.persistence import StoredEvent
from psycopg.pq import TransactionStatus

from ledger.stores.errors import Busy, ConnectionLost, NoServer, OutcomeUnknown, ReadOnly
from ledger.stores.log_store import LogHead, OptimisticConflict, Recorded, StoredEntry
from ledger.stores.postgres.connection import in_words, is_lost, reopened
from ledger.stores.postgres.pending import Work
from ledger.stores.postgres.pipeline import SLICE, PostgresSending
from ledger.stores.urls import shown
from ledger.tlog.merkle import leaf_hash
from ledger.tlog.proof import compact_at

_HOLD: LiteralString = "BEGIN; SELECT size, recorded_at, hashes, root FROM ledger.hold()"

_FINAL = (OptimisticConflict, ConnectionLost, OutcomeUnknown, NoServer, Busy)
"""What is not decided again under the lock at once."""


class PostgresStore(PostgresSending):
    """A ledger in a PostgreSQL database that has its schema. Raises what `opened_ledger` raises."""

    def __init__(self, url: str) -> None:
        """Connect; nothing is made here."""
        super().__init__(url)
        self._work: Work | None = None

    def _is_writing(self) -> bool:
        return self._work is not None

    def _is_optimistic(self) -> bool:
        return self._work is not None and not self._work.held

    # The transaction.

    @contextmanager
    def writing(self, *, optimistic: bool = False) -> Iterator[None]:
        """Hold the lock on the head; or go ahead without it, and raise Moved if that came to nothing."""
        if not self.writable:
            raise ReadOnly(shown(self.url))
        work = self._begin(optimistic=optimistic)
        try:
            yield
            self._finish(work)
        except BaseException as error:
            self._give_up(work, error)
            raise
        finally:
            self._work, self._is_open = None, False
        self.committed_head, self.changed_streams = work.head, work.changed_streams

    def _begin(self, *, optimistic: bool) -> Work:
        if optimistic:
            # As long as nobody else records, the head is the one that this writer left, and need not be asked for.
            head = self.head() if self.committed_head is None else self.committed_head
            self._work = Work(head._replace(tree=head.tree.copy()), held=False)
        else:
            self._work = Work(self._hold(), held=True)
        return self._work

    def _hold(self) -> LogHead:
        """Begin a transaction with the lock on the head; on another connection where this one is lost."""
        for again in (False, True):
            try:
                if self._db.closed:
                    self._db = reopened(self.url, writing=True)
                cursor = self._db.execute(_HOLD)
                cursor.nextset()
                head = self._head_of(cursor.fetchall())
            except psycopg.Error as error:
                if again or not is_lost(error):
                    self._roll_back()
                    raise in_words(self.url, error) from error
                self._db.close()
            else:
                self._is_open = True
                return head
        raise AssertionError("unreachable")

    def _take(self, work: Work) -> None:
        """Hold the lock from here on: what is sent must be seen by this writer alone."""
        if not work.held:
            head = self._hold()
            work.held = True
            if head.size != work.sent:
                raise OptimisticConflict

    def _finish(self, work: Work) -> None:
        if work.failure is not None:
            raise work.failure
        try:
            if work.held and (work.rows or work.commands or work.under_way):
                self._start(work)
                if work.rows or work.commands:
                    self._send(work)
                self._db.execute("COMMIT")
                self._arrive(work)
            elif work.held:
                self._db.execute("COMMIT")
            elif work.rows or work.commands:
                work.take(self._send(work).fetchall())
        except psycopg.Error as error:
            if not is_lost(error):
                raise self._meant(work, error) from error
            self._settle(work, error)

    def _settle(self, work: Work, error: psycopg.Error) -> None:
        """Find out whether what was being committed stands, after the connection was lost.

        Under the lock: a server that still works on it holds the lock until it has or has not committed.
        """
        self._db.close()
        self._is_open = False
        told = work.told[-1] if work.told else None
        work.clear()
        try:
            stands = self._stands(work, self._hold())
        except (NoServer, ConnectionLost, ReadOnly) as failure:
            raise OutcomeUnknown(shown(self.url), told[0] if told else "-") from failure
        self._roll_back()
        if not stands:
            raise ConnectionLost(shown(self.url)) from error

    def _stands(self, work: Work, head: LogHead) -> bool:
        if work.told:
            id, _, count = work.told[-1]  # noqa: A001 - what the table calls it
            query = (
                "SELECT first + count - 1, recorded_at FROM ledger.commands JOIN ledger.entries "
                "ON position = first + count - 1 WHERE id = %s AND count = %s"
            )
            found = self._all(query, id, count)
            for last, recorded_at in found:  # where it was put is for the server to say
                work.head, work.changed_streams = LogHead(last, recorded_at, compact_at(last, self)), None
            return bool(found)
        if work.note is not None:
            return (work.note,) in self._all("SELECT note FROM ledger.checkpoints ORDER BY number DESC LIMIT 1")
        return (work.head.size, work.head.root) == (head.size, head.root)

    def _give_up(self, work: Work, error: BaseException) -> None:
        with suppress(psycopg.Error):
            self._arrive(work)
        self._roll_back()
        self.committed_head = None
        if not work.held and isinstance(error, Exception) and not isinstance(error, _FINAL):
            raise OptimisticConflict from error  # what it was decided on need not have been one state of the log

    def _roll_back(self) -> None:
        self._is_open = False
        if not self._db.closed and self._db.info.transaction_status != TransactionStatus.IDLE:
            with suppress(psycopg.Error):
                self._db.execute("ROLLBACK")

    # What it adds.

    def head(self) -> LogHead:
        """Return the end of the log."""
        return super().head() if self._work is None else self._work.head

    @property
    def batch_size(self) -> int | None:
        """Return how many are sent while the next are made, where all of them are in one transaction."""
        return SLICE if self._is_open and self._is_writing() else None

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        """Append entries; in a transaction of its own unless one is open. Raises Conflict, DiskFull, ReadOnly."""
        if self._work is None:
            with self.writing():
                return self.insert_events(stored_events, **kwargs)
        if not stored_events:
            return []
        work = self._work
        leaves = []
        for one in stored_events:
            assert isinstance(one, StoredEntry)
            leaves.append(leaf_hash(one.state))
            work.touched.add(str(one.originator_id))
            work.touched.update(one.names)
            work.rows.append(one)
        before = work.head.size
        work.tiles += work.head.tree.extend(leaves)
        work.head = LogHead(before + len(leaves), work.rows[-1].recorded_at, work.head.tree)
        if work.held and len(work.rows) >= SLICE:
            self._post(work)
        return range(before + 1, work.head.size + 1)

    def remember(self, command: str, digest: bytes, first: int, count: int) -> None:
        """Keep what a command was."""
        work = self._within()
        work.commands.append((command, digest, first, count))
        work.told.append((command, first, count))
        work.touched.add(command)

    def recorded(self, command: str) -> Recorded | None:
        """Return what was recorded under a command id; if optimistic, nothing: the server refuses a repeated id."""
        return None if self._is_optimistic() else super().recorded(command)

    def note_read(self, stream: str | None, version: int = 0) -> None:
        """Note what is decided by, for the server to hold it to."""
        if self._work is not None and self._is_optimistic():
            self._work.note_read(stream, version)

    def _look_up(self, key: str) -> None:
        if self._work is not None and self._is_optimistic():
            self._work.looked_up.add(key)

    def keep_checkpoint(self, size: int, note: bytes) -> None:
        """Keep a checkpoint."""
        work = self._within()
        self._take(work)
        self._flush(work)
        self._land(work)
        self._run("SELECT ledger.keep_checkpoint(%s, %s)", size, note)
        work.note = note

    def _within(self) -> Work:
        if self._work is None:
            raise RuntimeError("this is done within `writing`")
        return self._work

    def _see(self, asked: str | int | None) -> None:
        work = self._work
        if asked is None:
            self.note_read(None)
        if work is not None:
            self._land(work)
        if work is None or (isinstance(asked, int) and asked <= work.sent):
            return
        if not isinstance(asked, str) or asked in work.touched:
            self._show(work)

    def _see_numbers(self, first: str, last: str) -> None:
        # Not what a decision depends on: the next number is free, or the stream that it names is read.
        work = self._work
        if work is not None:
            self._land(work)
            beginning = last.rstrip("9")
            work.numbers = beginning, len(last) - len(beginning)
            self._show(work)

    def _show(self, work: Work) -> None:
        if work.rows or work.commands:
            self._take(work)
            self._flush(work)

"""The log in PostgreSQL: a transaction sends what it appends to a function of the server, which moves the head with it.

A transaction holds the lock on the head, or is *optimistic*: it takes no lock, and sends what it has read together with
what it appends. The server refuses it if another writer changed that meanwhile (`OptimisticConflict`), so that a
command takes one round trip. The server assigns positions under the lock in both cases: they have no gaps, and no
reader can miss an entry that is committed late.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import psycopg

from ledger.domain.errors import LedgerError
from ledger.stores.errors import Busy, ConnectionLost, NoServer, OutcomeUnknown, ReadOnly
from ledger.stores.log_reader import LogHead
from ledger.stores.log_store import LogStore
from ledger.stores.log_writer import OptimisticConflict, Recorded, StoredEntry
from ledger.stores.postgres.audit.integrity import PostgresAuditor
from ledger.stores.postgres.connection import Connection
from ledger.stores.postgres.faults import is_lost
from ledger.stores.postgres.pending import PendingBatch
from ledger.stores.postgres.pipeline import SLICE, Pipeline
from ledger.stores.postgres.reader import PostgresReader
from ledger.stores.urls import shown
from ledger.tlog.merkle import leaf_hash
from ledger.tlog.proof import compact_at

_FINAL = (OptimisticConflict, ConnectionLost, OutcomeUnknown, NoServer, Busy)
"""Errors of an optimistic transaction that are final; after any other it is decided again, under the lock."""


class PostgresStore(PostgresReader, PostgresAuditor, LogStore):
    """A ledger in a PostgreSQL database that has its schema.

    Reader and auditor share its `connection`; `pipeline` sends the pending batch of the transaction that is open.
    """

    def __init__(self, url: str) -> None:
        """Connect. Raises what `opened_ledger` raises."""
        connection = Connection(url)
        PostgresReader.__init__(self, connection, Pipeline(connection))
        PostgresAuditor.__init__(self, url, connection)
        connection.on_reconnect = self._forget_head

    skew = timedelta(minutes=5)
    """So far from its clock the server takes a time, so that an entry of another client may be that far ahead."""

    def now(self) -> datetime:
        """Return the present time of the server: the clocks of its clients do not count."""
        return self.connection.now()

    def _forget_head(self) -> None:
        self.committed_head = None

    # The transaction.

    @contextmanager
    def writing(self, *, optimistic: bool = False) -> Iterator[None]:
        """Hold the lock on the head, or with `optimistic` take none. Raises OptimisticConflict, ReadOnly, Busy."""
        if not self.writable:
            raise ReadOnly(shown(self.url))
        batch = self._begin(optimistic=optimistic)
        try:
            yield
            batch.check()
            with self._watched(batch.all_commands, batch.checkpoint):
                self._commit(batch)
        except BaseException as error:
            self._give_up(batch, error)
            raise
        finally:
            self.pipeline.batch, self.connection.is_reserved, self.connection.in_transaction = None, False, False
        self.committed_head, self.changed_streams = batch.head, batch.changed_streams

    def _begin(self, *, optimistic: bool) -> PendingBatch:
        if optimistic:
            # As long as no other writer records, the head is the one that this writer left: no need to read it.
            head = self.head() if self.committed_head is None else self.committed_head
            batch = PendingBatch(head._replace(tree=head.tree.copy()), held=False)
        else:
            batch = PendingBatch(self.pipeline.hold(), held=True)
        self.pipeline.batch, self.connection.is_reserved = batch, True
        return batch

    def _commit(self, batch: PendingBatch) -> None:
        pipeline, db = self.pipeline, self.connection.db
        try:
            if batch.held and (batch.rows or batch.commands or batch.under_way):
                pipeline.start(batch)
                if batch.rows or batch.commands:
                    pipeline.send(batch)
                db.execute("COMMIT")
                pipeline.finish(batch)
            elif batch.held:
                db.execute("COMMIT")
            elif batch.rows or batch.commands:
                batch.take(pipeline.send(batch).fetchall())
        except psycopg.Error as error:
            if not is_lost(error):
                raise pipeline.meaning(batch, error) from error
            self._settle(batch, error)

    def _settle(self, batch: PendingBatch, error: psycopg.Error) -> None:
        """Find out whether a commit succeeded after the connection was lost during it.

        It takes the lock first: a server that is still committing holds the lock until the outcome is certain.
        """
        self.connection.close()
        self.connection.in_transaction = False
        command = batch.all_commands[-1][0] if batch.all_commands else None
        batch.clear()
        try:
            is_committed = self._is_committed(batch, self.pipeline.hold())
        except LedgerError as failure:  # whatever keeps it from finding out
            raise OutcomeUnknown(
                shown(self.url), command, "the connection was lost, and no server answers"
            ) from failure
        self.connection.roll_back()
        if not is_committed:
            raise ConnectionLost(shown(self.url)) from error

    def _is_committed(self, batch: PendingBatch, head: LogHead) -> bool:
        if batch.all_commands:
            id, _, count = batch.all_commands[-1]  # noqa: A001 - the name of the column
            query = (
                "SELECT first + count - 1, recorded_at FROM ledger.commands JOIN ledger.entries "
                "ON position = first + count - 1 WHERE id = %s AND count = %s"
            )
            rows = self.connection.all(query, id, count)
            for last, recorded_at in rows:  # the server chose the positions
                batch.move(last - batch.head.size)
                batch.head, batch.changed_streams = LogHead(last, recorded_at, compact_at(last, self)), None
            return bool(rows)
        if batch.note is not None:
            return (batch.note,) in self.connection.all(
                "SELECT note FROM ledger.checkpoints ORDER BY number DESC LIMIT 1"
            )
        return (batch.head.size, batch.head.root) == (head.size, head.root)

    def _give_up(self, batch: PendingBatch, error: BaseException) -> None:
        self.pipeline.abandon(batch)
        self.committed_head = None
        if not batch.held and isinstance(error, Exception) and not isinstance(error, _FINAL):
            raise OptimisticConflict from error  # what it read need not have been one state of the log

    # What it appends.

    @property
    def batch_size(self) -> int | None:
        """Return the number of entries that are sent at a time, if the transaction holds the lock."""
        return SLICE if self.connection.in_transaction and self.pipeline.batch is not None else None

    def insert_events(self, stored_events: Sequence[Any], **kwargs: Any) -> Sequence[int]:
        """Append entries; in a transaction of its own unless one is open. Raises Conflict, DiskFull, ReadOnly."""
        batch = self.pipeline.batch
        if batch is None:
            with self.writing():
                return self.insert_events(stored_events, **kwargs)
        if not stored_events:
            return []
        leaves = []
        for entry in stored_events:
            assert isinstance(entry, StoredEntry)
            leaves.append(leaf_hash(entry.state))
            batch.touched.add(str(entry.originator_id))
            batch.touched.update(entry.names)
            batch.rows.append(entry)
        before = batch.head.size
        batch.head.tree.extend(leaves)
        batch.head = LogHead(before + len(leaves), batch.rows[-1].recorded_at, batch.head.tree)
        if batch.held and len(batch.rows) >= SLICE:
            self.pipeline.start(batch)
            self.pipeline.flush(batch)
        return range(before + 1, batch.head.size + 1)

    def remember(self, command: str, digest: bytes, first: int, count: int) -> None:
        """Record the digest of a command and the position and number of its entries."""
        batch = self._open_batch()
        batch.commands.append((command, digest, first, count))
        batch.all_commands.append(Recorded(command, first, count))
        batch.touched.add(command)

    def note_read(self, stream: str | None, version: int = 0) -> None:
        """Add a stream at a version (None: the whole log) to what an optimistic transaction has read."""
        self.pipeline.note_read(stream, version)

    def keep_checkpoint(self, size: int, note: bytes) -> None:
        """Store a signed checkpoint."""
        batch = self._open_batch()
        self.pipeline.take_lock(batch)
        self.pipeline.flush(batch)
        self.pipeline.wait(batch)
        self.connection.run("SELECT ledger.keep_checkpoint(%s, %s)", size, note)
        batch.note, batch.checkpoint = note, size

    def _open_batch(self) -> PendingBatch:
        if self.pipeline.batch is None:
            raise RuntimeError("this is done within `writing`")
        return self.pipeline.batch

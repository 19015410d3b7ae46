"""Sends what a transaction appends to PostgreSQL, and lets reads of the transaction see it.

Entries are sent in slices while the next are prepared. The server's answers are read at commit, or before the next
query; if it refuses a slice, the transaction fails.
"""

from contextlib import ExitStack, suppress
from typing import Any, LiteralString

import psycopg

from ledger.stores.errors import Damaged
from ledger.stores.log_reader import LogHead
from ledger.stores.log_writer import OptimisticConflict
from ledger.stores.postgres.connection import Connection
from ledger.stores.postgres.driver import Cursor, ServerClock
from ledger.stores.postgres.faults import in_words, is_lost
from ledger.stores.postgres.pending import PendingBatch
from ledger.stores.urls import shown
from ledger.tlog.compact import CompactRange

SLICE = 256
"""How many entries are sent at a time while more are prepared."""
_UNIQUE_VIOLATION = "23505"
"""An optimistic transaction does not look its command id up: the table of commands refuses a repeated id."""
_HOLD: LiteralString = (
    "BEGIN; SELECT size, recorded_at, hashes, root, extract(epoch FROM clock_timestamp())::float8 FROM ledger.hold()"
)


def head_of(url: str, rows: list[tuple[Any, ...]]) -> LogHead:
    """Return the end of the log from the rows of the table `head`. Raises Damaged."""
    if len(rows) != 1:
        raise Damaged(shown(url), "the head of the tree is missing")
    ((size, recorded_at, hashes, root),) = rows
    try:
        return LogHead(size, recorded_at, CompactRange.from_bytes(size, hashes), root)
    except ValueError as error:
        raise Damaged(shown(url), f"the head of the tree does not fit its size, {size}") from error


class Pipeline:
    """Sends the pending batch of the transaction that is open on a connection."""

    def __init__(self, connection: Connection) -> None:
        """Begin without a transaction."""
        self.connection = connection
        self.batch: PendingBatch | None = None

    @property
    def is_optimistic(self) -> bool:
        """Whether a transaction is open that does not hold the lock."""
        return self.batch is not None and not self.batch.held

    # The lock.

    def hold(self) -> LogHead:
        """Begin a transaction on the server with the lock on the head; reconnect if the connection is lost."""
        connection = self.connection
        for is_second in (False, True):
            try:
                if connection.db.closed:
                    connection.reconnect(writing=True)
                cursor = connection.db.execute(_HOLD)
                cursor.nextset()
                ((*row, seconds),) = cursor.fetchall()
                connection.clock = ServerClock(seconds)
                head = head_of(connection.url, [tuple(row)])
            except psycopg.Error as error:
                if is_second or not is_lost(error):
                    connection.roll_back()
                    raise in_words(connection.url, error) from error
                connection.db.close()
            else:
                connection.in_transaction = True
                return head
        raise AssertionError("unreachable")

    def take_lock(self, batch: PendingBatch) -> None:
        """Take the lock in the middle of an optimistic transaction. Raises OptimisticConflict."""
        if not batch.held:
            head = self.hold()
            batch.held = True
            if head.size != batch.sent:
                raise OptimisticConflict

    # Sending.

    def start(self, batch: PendingBatch) -> None:
        """Send from now on without waiting for answers."""
        if batch.under_way is None:
            batch.under_way = ExitStack()
            batch.under_way.enter_context(self.connection.db.pipeline())

    def finish(self, batch: PendingBatch) -> None:
        """Wait for all answers. Raises the first psycopg.Error."""
        under_way, batch.under_way = batch.under_way, None
        if under_way is not None:
            under_way.close()

    def wait(self, batch: PendingBatch) -> None:
        """Wait for all answers before something else is asked. Raises what the server's refusal means."""
        if batch.under_way is not None:
            try:
                self.finish(batch)
            except psycopg.Error as error:
                batch.failure = self.meaning(batch, error)
                raise batch.failure from error

    def send(self, batch: PendingBatch) -> Cursor:
        """Send what was not sent yet. Raises psycopg.Error."""
        query, values = batch.call()
        if batch.under_way is None:
            return self.connection.execute(query, *values)
        return self.connection.db.execute(query, values)

    def flush(self, batch: PendingBatch) -> None:
        """Send what was not sent yet, if there is anything. Raises what the server's refusal means."""
        if batch.failure is not None:
            raise batch.failure
        if not batch.rows and not batch.commands:
            return
        try:
            self.send(batch)
        except psycopg.Error as error:
            batch.failure = self.meaning(batch, error)
            raise batch.failure from error
        batch.clear()

    def abandon(self, batch: PendingBatch) -> None:
        """Ignore the answers that are still due, and roll back."""
        with suppress(psycopg.Error):
            self.finish(batch)
        self.connection.roll_back()

    def meaning(self, batch: PendingBatch, error: psycopg.Error) -> BaseException:
        """Return the error that a refusal by the server's functions stands for."""
        if error.sqlstate == "LG001" or (not batch.held and error.sqlstate == _UNIQUE_VIOLATION):
            return OptimisticConflict()
        if error.sqlstate == "LG002":
            following, version, stream = (error.diag.message_detail or "0 0 -").split(" ", 2)
            from ledger.stores.conflict import Conflict  # noqa: PLC0415 - it loads the event sourcing library

            return Conflict(stream, int(version), int(following))
        return in_words(self.connection.url, error)

    # What reads of the transaction need.

    def before_read(self, key: str | int | None) -> None:
        """Send what was appended if a read may find it: of a stream, command, name or position; None means any."""
        batch = self.batch
        if batch is None:
            return
        if key is None:
            self.note_read(None)
        self.wait(batch)
        if isinstance(key, int) and key <= batch.sent:
            return
        if not isinstance(key, str) or key in batch.touched:
            self._send_for_read(batch)

    def before_last_number(self, beginning: str, digits: int) -> None:
        """Send what was appended before the last of the numbered streams is looked up."""
        # The transaction does not depend on it: if the next number is taken meanwhile, the server refuses its version.
        batch = self.batch
        if batch is not None:
            self.wait(batch)
            batch.numbers = beginning, digits
            self._send_for_read(batch)

    def _send_for_read(self, batch: PendingBatch) -> None:
        if batch.rows or batch.commands:
            self.take_lock(batch)
            self.flush(batch)

    def note_read(self, stream: str | None, version: int = 0) -> None:
        """Add a stream at a version (None: the whole log) to what an optimistic transaction has read."""
        if self.batch is not None and not self.batch.held:
            self.batch.note_read(stream, version)

    def note_name(self, key: str) -> None:
        """Add the key of a name to what an optimistic transaction has looked up."""
        if self.batch is not None and not self.batch.held:
            self.batch.looked_up.add(key)

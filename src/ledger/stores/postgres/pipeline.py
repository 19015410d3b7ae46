"""What a writer adds on its way to PostgreSQL: many entries go while more are made.

The server answers at the end, or before it is asked something; what it refuses then ends the transaction all the same.
"""

from contextlib import ExitStack
from typing import Any

import psycopg

from ledger.stores.log_store import Conflict, OptimisticConflict
from ledger.stores.postgres.connection import in_words
from ledger.stores.postgres.pending import Work
from ledger.stores.postgres.reader import PostgresReading

SLICE = 256
"""So many entries are sent while more are made."""
_UNIQUE_VIOLATION = "23505"
"""Ahead it is not asked whether a command is recorded already: the table of commands refuses it."""


class PostgresSending(PostgresReading):
    """How what was appended gets to the server; whose turn it is says `PostgresStore`."""

    def _post(self, work: Work) -> None:
        self._start(work)
        self._flush(work)

    def _start(self, work: Work) -> None:
        if work.under_way is None:
            work.under_way = ExitStack()
            work.under_way.enter_context(self._db.pipeline())

    def _arrive(self, work: Work) -> None:
        """Wait for the answers. Raises psycopg.Error, the first there was."""
        under_way, work.under_way = work.under_way, None
        if under_way is not None:
            under_way.close()

    def _land(self, work: Work) -> None:
        if work.under_way is not None:
            try:
                self._arrive(work)
            except psycopg.Error as error:
                work.failure = self._meant(work, error)
                raise work.failure from error

    def _meant(self, work: Work, error: psycopg.Error) -> BaseException:
        """Return what an error of the server's functions means."""
        if error.sqlstate == "LG001" or (not work.held and error.sqlstate == _UNIQUE_VIOLATION):
            return OptimisticConflict()
        if error.sqlstate == "LG002":
            following, version, stream = (error.diag.message_detail or "0 0 -").split(" ", 2)
            return Conflict(stream, int(version), int(following))
        return in_words(self.url, error)

    def _send(self, work: Work) -> "psycopg.Cursor[tuple[Any, ...]]":
        query, values = work.call()
        return self._asked(query, *values) if work.under_way is None else self._db.execute(query, values)

    def _flush(self, work: Work) -> None:
        if work.failure is not None:
            raise work.failure
        if not work.rows and not work.commands:
            return
        try:
            self._send(work)
        except psycopg.Error as error:
            work.failure = self._meant(work, error)
            raise work.failure from error
        work.clear()

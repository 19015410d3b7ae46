"""Audits a ledger in PostgreSQL: compares its schema with the migrations, and reads its indexes.

It imports little, since every process that helps to verify loads it.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from ledger.stores.log_auditor import LogAuditor
from ledger.stores.postgres.audit.expected_catalog import EXPECTED
from ledger.stores.postgres.audit.rights import foreign_rights
from ledger.stores.postgres.connection import Connection
from ledger.stores.postgres.schema import CATALOG_QUERY

_COUNTED = """
SELECT count(*), min(position), max(position), (SELECT count(*) FROM ledger.commands) FROM ledger.entries
"""
_INDEXED = """
SELECT e.position, e.stream, e.version, e.type, e.recorded_at, e.effective_on, e.actor, e.command,
  e.position - c.first + 1, c.count, e.leaf, e.data
FROM ledger.entries e LEFT JOIN ledger.commands c ON c.id = e.command
WHERE e.position >= %s AND e.position <= %s ORDER BY e.position
"""
_BY_STREAM = """
SELECT stream, version, position, data FROM ledger.entries
WHERE (stream, version) > (%s, %s) AND stream < %s AND position BETWEEN 1 AND %s
ORDER BY stream, version LIMIT 2000
"""
_MENTIONED = """
SELECT position, target FROM ledger.mentions WHERE (target = %s OR target > %s AND target < %s) AND position <= %s
ORDER BY position, target
"""
_SIDES_COUNTED = "SELECT (SELECT count(*) FROM ledger.names), (SELECT count(*) FROM ledger.mentions)"
_SIDES_SINCE = """
SELECT (SELECT count(*) FROM ledger.commands WHERE first > %s), (SELECT count(*) FROM ledger.names WHERE position > %s),
  (SELECT count(*) FROM ledger.mentions WHERE position > %s)
"""
_NAMES_FOUND = """
SELECT count(DISTINCT (key, stream, position)) FROM ledger.names
JOIN unnest(%s::text[], %s::text[], %s::bigint[]) AS wanted (key, stream, position) USING (key, stream, position)
WHERE substr(names.key, 1, 200) = substr(wanted.key, 1, 200)
"""
_MENTIONS_FOUND = """
SELECT count(*) FROM ledger.mentions
JOIN unnest(%s::text[], %s::bigint[]) AS wanted (target, position) USING (target, position)
"""
# `|| ''` makes the server sort the table instead of reading the index, which may lack rows.
_VERSIONS_RUN = """
SELECT NOT EXISTS (SELECT FROM (
  SELECT version, row_number() OVER (PARTITION BY stream || '' ORDER BY position) AS place FROM ledger.entries
) AS placed WHERE version <> place)
"""


class PostgresAuditor(LogAuditor):
    """Checks a ledger in a PostgreSQL database."""

    def __init__(self, url: str, connection: Connection | None = None) -> None:
        """Use a connection that is open, or connect to `url`. Raises what `opened_ledger` raises."""
        self.url = url
        self.connection = Connection(url) if connection is None else connection
        self.writable = self.connection.writable

    def opener(self) -> "Callable[[], PostgresAuditor]":
        """Return a function that connects to the same ledger again."""
        return partial(PostgresAuditor, self.url)

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def faults(self) -> Iterable[tuple[str, str]]:
        """Compare the schema, rights and settings with what the migrations make."""
        made = {(kind, name): text for kind, name, text in EXPECTED}
        for kind, name, text in sorted(self.connection.all(CATALOG_QUERY)):
            if (kind, name) not in made:
                yield "foreign-schema", f"{kind} {name} does not belong to a ledger"
            elif made.pop((kind, name)) != text:
                yield "changed-schema", f"{kind} {name} was changed"
        for kind, name in made:
            yield f"missing-{kind}", f"{name} is missing"
        yield from foreign_rights(self.connection.all)

    @contextmanager
    def attempting(self) -> Iterator[None]:
        """Read behind a savepoint, since a failed query would otherwise end the transaction.

        It also lifts the limit on idle time: this process may wait for others that verify.
        """
        self.connection.run("SAVEPOINT attempted")
        self.connection.run("SET LOCAL idle_in_transaction_session_timeout = 0")
        try:
            yield
        except BaseException:
            with suppress(Exception):
                self.connection.run("ROLLBACK TO attempted")
            raise
        self.connection.run("RELEASE attempted")

    def counted(self) -> tuple[int, int | None, int | None, int]:
        """Return the number of entries, their first and last position, and the number of rows in `commands`."""
        entries, first, last, commands = self.connection.all(_COUNTED)[0]
        return entries, first, last, commands

    def indexed(self, first: int, last: int) -> list[tuple[Any, ...]]:
        """Return entries with everything that indexes them."""
        return self.connection.all(_INDEXED, first, last)

    def stream_at(self, position: int) -> str | None:
        """Return the stream of the entry at a position, or None."""
        found = self.connection.all("SELECT stream FROM ledger.entries WHERE position = %s", position)
        return found[0][0] if found else None

    def by_stream(self, first: str, last: str, size: int) -> Generator[tuple[Any, ...], None, None]:
        """Yield (stream, version, position, bytes) of streams with `first` <= name < `last`, by stream and version."""
        version = 0
        while page := self.connection.all(_BY_STREAM, first, version, last, size):
            yield from page
            first, version, *_ = page[-1]

    def mentioned(self, stream: str, size: int) -> list[tuple[Any, ...]]:
        """Return (position, target) of every mention of a stream or of a part of it, in order."""
        return self.connection.all(_MENTIONED, stream, f"{stream}|", f"{stream}}}", size)

    def side_counts(self) -> tuple[int, int]:
        """Return the number of rows in the indexes of names and of mentions."""
        names, mentions = self.connection.all(_SIDES_COUNTED)[0]
        return names, mentions

    def side_counts_since(self, position: int) -> tuple[int, int, int]:
        """Return the number of commands that begin after a position, and of names and of mentions beyond it."""
        commands, names, mentions = self.connection.all(_SIDES_SINCE, position, position, position)[0]
        return commands, names, mentions

    def names_found(self, rows: Sequence[tuple[str, str, int]]) -> int:
        """Return how many of these (key, stream, position) are in the index of names."""
        return self._found(_NAMES_FOUND, rows)

    def mentions_found(self, rows: Sequence[tuple[str, int]]) -> int:
        """Return how many of these (target, position) are in the index of mentions."""
        return self._found(_MENTIONS_FOUND, rows)

    def _found(self, query: str, rows: Sequence[tuple[Any, ...]]) -> int:
        count: int = self.connection.all(query, *map(list, zip(*rows, strict=True)))[0][0] if rows else 0
        return count

    def versions_run(self) -> bool:
        """Return whether the versions of each stream run 1, 2, 3, … in order of position."""
        # It sorts the whole log, which may take longer than one statement otherwise may.
        (before,) = self.connection.all("SELECT current_setting('statement_timeout')")[0]
        self.connection.all("SELECT set_config('statement_timeout', '0', false)")
        try:
            return self.connection.all(_VERSIONS_RUN) == [(True,)]
        finally:
            self.connection.all("SELECT set_config('statement_timeout', %s, false)", before)

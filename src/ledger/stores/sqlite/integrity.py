"""Audits a ledger in a SQLite file: compares its schema with the expected one, and reads its indexes.

It imports little, since every process that helps to verify loads it.
"""

import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ledger.domain.errors import LedgerError
from ledger.stores.errors import Damaged, ForeignSchema
from ledger.stores.log_auditor import LogAuditor
from ledger.stores.sqlite.connection import connect
from ledger.stores.sqlite.inspection import differences
from ledger.stores.sqlite.translation import translated

_COUNTED = (  # separate queries, since SQLite answers each from an index or an end of the table
    "SELECT count(*) FROM entries", "SELECT count(*) FROM commands",
    "SELECT min(position) FROM entries", "SELECT max(position) FROM entries",
)  # fmt: skip
_INDEXED = """
SELECT e.position, e.stream, e.version, e.type, e.recorded_at, e.effective_on, e.actor, e.command,
  e.position - c.first + 1, c.count, e.leaf, e.data
FROM entries e LEFT JOIN commands c ON c.id = e.command WHERE e.position BETWEEN ? AND ? ORDER BY e.position
"""
_BY_STREAM = """
SELECT stream, version, position, data FROM entries
WHERE stream >= ? AND stream < ? AND position BETWEEN 1 AND ? ORDER BY stream, version
"""
_MENTIONED = """
SELECT position, target FROM mentions WHERE (target = ? OR target > ? AND target < ?) AND position <= ?
ORDER BY position, target
"""
_SIDES_COUNTED = "SELECT count(*) FROM names", "SELECT count(*) FROM mentions"
_SIDES_SINCE = (
    "SELECT count(*) FROM commands WHERE first > ?",
    "SELECT count(*) FROM names WHERE position > ?",
    "SELECT count(*) FROM mentions WHERE position > ?",
)
# Every version but the first has its predecessor at an earlier position, and the number of entries equals the sum of
# the last versions, so that no version occurs twice.
_VERSIONS_RUN = """
SELECT NOT EXISTS (
  SELECT 1 FROM entries e WHERE e.version < 1 OR e.version > 1 AND NOT EXISTS (
    SELECT 1 FROM entries p WHERE p.stream = e.stream AND p.version = e.version - 1 AND p.position < e.position
  )
) AND (SELECT count(*) FROM entries) = (
  SELECT sum(last) FROM (SELECT max(version) AS last FROM entries GROUP BY stream)
)
"""


class SQLiteAuditor(LogAuditor):
    """Checks a ledger in a SQLite file."""

    _db: sqlite3.Connection
    _reads = False
    _foreign: str | None = None
    """What is foreign in the schema, though it does not run when a table is read."""
    _refusal: LedgerError | None = None
    """Why nothing may be recorded, if it is not for want of permission."""

    def __init__(self, url: str, *, reads: bool = False, copy: Path | None = None) -> None:
        """Open an existing file; with `reads`, leave a write-ahead log as it is. Raises what `connect` raises.

        A private `copy` is read in place of the file, if another connection made one.
        """
        self.url = url
        self._reads = reads
        self._db, self.writable, self._foreign, self._refusal = connect(url, reads=reads, copy=copy)

    def opener(self) -> "Callable[[], SQLiteAuditor]":
        """Return a function that opens the same file again."""
        copy = getattr(self._db, "copied", None)
        return partial(SQLiteAuditor, self.url, reads=self._reads, copy=copy)

    def check_schema(self) -> None:
        """Refuse a file with tables, indexes or triggers of others, or changed ones. Raises ForeignSchema."""
        if self._foreign is not None:
            raise ForeignSchema(self.url, self._foreign)

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def _all(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        # A loop and not `yield from`, which would close the cursor of a pass that is given up, perhaps after the file.
        with translated(self.url):
            for row in self._db.execute(query, values):  # noqa: UP028
                yield row

    def faults(self) -> Iterable[tuple[str, str]]:
        """Compare tables and triggers with the expected ones, and let SQLite check its own pages.

        In a file with tables or triggers of others, the pages are not checked: their conditions would run.
        """
        rows = [*self._all("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")]
        found = [*differences(rows)]
        yield from found
        if any(not code.startswith("missing-") for code, _ in found):
            return
        try:
            for (line,) in self._all("PRAGMA integrity_check(20)"):
                if line != "ok":
                    yield "damaged-file", str(line)
        except Damaged as error:
            yield "damaged-file", error.sentence

    def counted(self) -> tuple[int, int | None, int | None, int]:
        """Return the number of entries, their first and last position, and the number of rows in `commands`."""
        entries, commands, first, last = (next(self._all(query))[0] for query in _COUNTED)
        return entries, first, last, commands

    def indexed(self, first: int, last: int) -> list[tuple[Any, ...]]:
        """Return entries with everything that indexes them."""
        with translated(self.url):
            return self._db.execute(_INDEXED, (first, last)).fetchall()

    def stream_at(self, position: int) -> str | None:
        """Return the stream of the entry at a position, or None."""
        return next((name for (name,) in self._all("SELECT stream FROM entries WHERE position = ?", position)), None)

    def by_stream(self, first: str, last: str, size: int) -> Generator[tuple[Any, ...], None, None]:
        """Yield (stream, version, position, bytes) of streams with `first` <= name < `last`, by stream and version."""
        yield from self._all(_BY_STREAM, first, last, size)

    def mentioned(self, stream: str, size: int) -> list[tuple[Any, ...]]:
        """Return (position, target) of every mention of a stream or of a part of it, in order."""
        return [*self._all(_MENTIONED, stream, f"{stream}|", f"{stream}}}", size)]

    def side_counts(self) -> tuple[int, int]:
        """Return the number of rows in the indexes of names and of mentions."""
        names, mentions = (next(self._all(query))[0] for query in _SIDES_COUNTED)
        return names, mentions

    def side_counts_since(self, position: int) -> tuple[int, int, int]:
        """Return the number of commands that begin after a position, and of names and of mentions beyond it."""
        commands, names, mentions = (next(self._all(query, position))[0] for query in _SIDES_SINCE)
        return commands, names, mentions

    def names_found(self, rows: Sequence[tuple[str, str, int]]) -> int:
        """Return how many of these (key, stream, position) are in the index of names."""
        return self._found("names", ("key", "stream", "position"), rows)

    def mentions_found(self, rows: Sequence[tuple[str, int]]) -> int:
        """Return how many of these (target, position) are in the index of mentions."""
        return self._found("mentions", ("target", "position"), rows)

    def _found(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> int:
        # Many at a time: to run a statement takes longer than to look one up.
        same = " AND ".join(f"t.{name} = asked.column{number}" for number, name in enumerate(columns, 1))
        count = 0
        for start in range(0, len(rows), 200):
            some = rows[start : start + 200]
            asked = ", ".join([f"({', '.join('?' * len(columns))})"] * len(some))
            query = f"SELECT count(*) FROM (VALUES {asked}) AS asked JOIN {table} AS t ON {same}"  # noqa: S608 - constants
            count += next(self._all(query, *(value for row in some for value in row)))[0]
        return count

    def versions_run(self) -> bool:
        """Return whether the versions of each stream run 1, 2, 3, … in order of position."""
        return next(self._all(_VERSIONS_RUN)) == (1,)

"""What verification asks of a ledger in a SQLite file: whether it is as it was made, and what its indexes say.

It stands by itself, so that another process that helps to verify loads little.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from ledger.stores.errors import Damaged
from ledger.stores.sqlite_open import connect, translated
from ledger.stores.sqlite_schema import TABLES, TRIGGERS

_COUNTED = (  # each by itself, for SQLite answers these from an index or an end of the table
    "SELECT count(*) FROM entries", "SELECT count(*) FROM commands",
    "SELECT min(position) FROM entries", "SELECT max(position) FROM entries",
)  # fmt: skip
_INDEXED = """
SELECT e.position, e.stream, e.version, e.type, e.recorded_at, e.effective_on, e.actor, e.command,
  e.position - c.first + 1, c.count, e.leaf, e.data
FROM entries e LEFT JOIN commands c ON c.id = e.command WHERE e.position BETWEEN ? AND ? ORDER BY e.position
"""
# Every version but a first has the one before it at an earlier position; and there are as many entries as the last
# versions tell, so that none stands twice.
_VERSIONS_RUN = """
SELECT NOT EXISTS (
  SELECT 1 FROM entries e WHERE e.version < 1 OR e.version > 1 AND NOT EXISTS (
    SELECT 1 FROM entries p WHERE p.stream = e.stream AND p.version = e.version - 1 AND p.position < e.position
  )
) AND (SELECT count(*) FROM entries) = (
  SELECT sum(last) FROM (SELECT max(version) AS last FROM entries GROUP BY stream)
)
"""


class SQLiteChecking:
    """What can be checked of a ledger in a SQLite file."""

    unreadable: type[Exception] = Damaged
    _db: sqlite3.Connection

    def __init__(self, url: str) -> None:
        """Open the file; it is never made here. Raises what `connect` raises."""
        self.url = url
        self._db, self.writable = connect(url)

    def opener(self) -> "Callable[[], SQLiteChecking]":
        """Return what opens the same file once more, in another process, too."""
        return partial(SQLiteChecking, self.url)

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def _all(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        with translated(self.url):
            yield from self._db.execute(query, values)

    def faults(self) -> Iterable[tuple[str, str]]:
        """Compare tables and triggers with what was made, and let SQLite check its own pages."""
        made = {("table", name): text for name, text in TABLES.items()}
        made |= {("trigger", name): text for name, text in TRIGGERS.items()}
        # By kind as well: a trigger may bear the name of a table.
        for kind, name, text in self._all("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"):
            if (kind, name) not in made:
                yield "foreign-schema", f"{name} does not belong to a ledger"
            elif made.pop((kind, name)) != text:
                yield "changed-schema", f"{name} is not as it was made"
        for kind, name in made:
            yield f"missing-{kind}", f"{name} is gone"
        try:
            for (line,) in self._all("PRAGMA integrity_check(20)"):
                if line != "ok":
                    yield "damaged-file", str(line)
        except Damaged as error:
            yield "damaged-file", error.sentence

    def counted(self) -> tuple[int, int | None, int | None, int]:
        """Return how many entries there are, their first and last position, and how many commands have a row."""
        entries, commands, first, last = (next(self._all(query))[0] for query in _COUNTED)
        return entries, first, last, commands

    def indexed(self, first: int, last: int) -> list[tuple[Any, ...]]:
        """Return entries with all that indexes them."""
        with translated(self.url):
            return self._db.execute(_INDEXED, (first, last)).fetchall()

    def versions_run(self) -> bool:
        """Return whether the versions of each stream run 1, 2, 3, … in order of position."""
        return next(self._all(_VERSIONS_RUN)) == (1,)

"""Reads the log in a SQLite file."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

from ledger.stores.errors import Damaged
from ledger.stores.leaves import as_bytes, with_their_leaves
from ledger.stores.log_reader import EntryRow, LogHead, LogReader, RecordedCommand
from ledger.stores.lookup import Lookup
from ledger.stores.selection import Condition, SelectedEntry, Wanted, candidates, conditions, is_plain, order_of
from ledger.stores.sqlite.integrity import SQLiteAuditor
from ledger.stores.sqlite.lookup import SQLiteLookup
from ledger.stores.sqlite.translation import translated
from ledger.tlog.compact import CompactRange

if TYPE_CHECKING:
    from eventsourcing.persistence import Notification, StoredEvent

COLUMNS = "position, stream, version, type, recorded_at, effective_on, actor, command, leaf, data"
_SIDE = {
    "head": "SELECT size, recorded_at, hashes, root FROM head ORDER BY id",
    "names": "SELECT key, stream, position FROM names ORDER BY position, key",
    "mentions": "SELECT target, position FROM mentions ORDER BY position, target",
    "commands": "SELECT id, first, count FROM commands ORDER BY first",
    "tiles": "SELECT level, number, hash FROM tiles ORDER BY level, number",
    "checkpoints": "SELECT number, size, note FROM checkpoints ORDER BY number",
}
_TAKEN = "EXISTS (SELECT 1 FROM entries WHERE stream = :beginning || (%s) AND version = 1)"
_HALF = _TAKEN % "(low + high) / 2"
_LAST_NUMBER = f"""
WITH RECURSIVE given(number) AS (
  SELECT max(:after, coalesce((
    SELECT CAST(substr(stream, :size + 1) AS INTEGER) FROM entries
    WHERE stream BETWEEN :first AND :last AND length(stream) = :size + :digits
      AND substr(stream, :size + 1) NOT GLOB '*[^0-9]*'
    ORDER BY stream DESC LIMIT 1), 0))
), steps(low, step) AS (
  SELECT number, 1 FROM given
  UNION ALL SELECT low + step, step * 2 FROM steps WHERE low + step >= :more AND {_TAKEN % "low + step"}
), run(low, high) AS (
  SELECT max(low), max(low + step) FROM steps
  UNION ALL SELECT iif({_HALF}, (low + high) / 2, low), iif({_HALF}, high, (low + high) / 2)
  FROM run WHERE high > low + 1
)
SELECT low FROM run WHERE high = low + 1"""  # noqa: S608 - constants
"""The greatest number of the digits asked for. If the next has more, longer and longer steps find one that is free, and
halving the last step finds the end of a run before it: numbers of different lengths are mixed in the order of names."""


class SQLiteReader(SQLiteAuditor, LogReader):
    """Reads and checks a ledger in a SQLite file."""

    _head: LogHead | None
    """The head of the open transaction; None outside one."""

    def _rollback(self) -> None:
        # On a full disk SQLite may have rolled back by itself.
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read from one snapshot; within `writing` the transaction is one already."""
        with translated(self.url):
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                self._rollback()

    def head(self) -> LogHead:
        """Return the end of the log."""
        if self._head is not None:
            return self._head
        with translated(self.url):
            return self._read_head()

    def _read_head(self) -> LogHead:
        row = self._db.execute("SELECT size, recorded_at, hashes, root FROM head").fetchone()
        if row is None:
            raise Damaged(self.url, "the head of the tree is missing")
        if tuple(map(type, row)) != (int, str, bytes, bytes):  # a table that was created again accepts any value
            raise Damaged(self.url, "the head of the tree is malformed")
        try:
            return LogHead(row[0], row[1], CompactRange.from_bytes(row[0], row[2]), row[3])
        except ValueError as error:
            raise Damaged(self.url, f"the head of the tree does not fit its size, {row[0]}") from error

    def _first(self, query: str, *values: object) -> Any:
        with translated(self.url):
            return self._db.execute(query, values).fetchone()

    def _one(self, query: str, *values: object) -> Any:
        row = self._first(query, *values)
        return None if row is None else row[0]

    def recorded(self, command: str) -> RecordedCommand | None:
        """Return what was recorded under a command id."""
        row = self._first("SELECT digest, first, count FROM commands WHERE id = ?", command)
        return None if row is None else RecordedCommand(*row)

    def entry(self, position: int) -> bytes | None:
        """Return the bytes at a position."""
        data: bytes | None = self._one("SELECT data FROM entries WHERE position = ?", position)
        return None if data is None else self._bytes(position, data)

    def _bytes(self, position: int, data: Any) -> bytes:
        return as_bytes(self.url, position, data)

    def entries(self, first: int = 1, last: int | None = None) -> Iterator[tuple[int, bytes]]:
        """Yield position and bytes in order."""
        query = "SELECT position, data FROM entries WHERE position BETWEEN ? AND ? ORDER BY position"
        for position, data in self._all(query, first, _limit(last)):
            yield position, self._bytes(position, data)

    def rows(self, first: int = 1, last: int | None = None) -> Iterator[EntryRow]:
        """Yield entries with their columns in order."""
        query = f"SELECT {COLUMNS} FROM entries WHERE position BETWEEN ? AND ? ORDER BY position"  # noqa: S608 - a constant
        yield from map(EntryRow._make, self._all(query, first, _limit(last)))

    def page(self, wanted: Wanted, *, newest_first: bool, count: int) -> list[SelectedEntry]:
        """Return the first entries that are wanted."""
        condition, values = conditions(wanted, "?", _containing)
        query = (
            f"SELECT position, leaf, data, NULL FROM entries WHERE {condition} "  # noqa: S608 - place-holders
            f"ORDER BY {order_of(wanted, newest_first=newest_first)} LIMIT ?"
        )
        page = [SelectedEntry._make(row) for row in self._all(query, *values, count)]
        for entry in page:
            self._bytes(entry.position, entry.data)
        return page

    def positions_about(self, stream: str, wanted: Wanted, *, newest_first: bool, count: int) -> list[int]:
        """Return the first positions of entries of a stream, and of entries that mention it."""
        query, values = candidates(stream, wanted, "?", "", newest_first=newest_first, count=count)
        return [row[0] for row in self._all(query, *values)]

    def actors(self, last: int) -> list[str]:
        """Return who recorded entries."""
        return [row[0] for row in self._all("SELECT DISTINCT actor FROM entries WHERE position <= ?", last)]

    def stream(self, stream: str, last: int | None = None) -> list[tuple[int, bytes]]:
        """Return position and bytes of a stream's entries in order. Raises Damaged."""
        query = "SELECT position, leaf, data FROM entries WHERE stream = ? AND position <= ? ORDER BY version"
        with translated(self.url):
            rows = self._db.execute(query, (stream, _limit(last))).fetchall()
        return with_their_leaves(self.url, rows)

    def place(self, stream: str, version: int) -> int | None:
        """Return the position of a version."""
        position: int | None = self._one(
            "SELECT position FROM entries WHERE stream = ? AND version = ?", stream, version
        )
        return position

    def streams(self, kind: str) -> Iterator[str]:
        """Yield the streams of a kind."""
        query = "SELECT stream FROM entries WHERE version = 1 AND stream >= ? AND stream < ? ORDER BY stream"
        yield from (row[0] for row in self._all(query, f"{kind}/", f"{kind}0"))

    def last_positions(self, first: int, last: int, after: str = "") -> Iterator[tuple[str, int]]:
        """Yield each stream with entries in a range, with the last position."""
        query = (
            "SELECT stream, max(position) FROM entries WHERE position BETWEEN ? AND ? AND effective_on > ? "
            "GROUP BY +stream"  # not by the index of streams, which would read all of the log
        )
        yield from self._all(query, first, last, after)

    def last_number(self, beginning: str, digits: int, after: int = 0) -> int:
        """Return a number whose next one is free."""
        values = {"beginning": beginning, "size": len(beginning), "digits": digits, "more": 10**digits, "after": after}
        values |= {"first": beginning + "0" * digits, "last": beginning + "9" * digits}
        with translated(self.url):
            (number,) = self._db.execute(_LAST_NUMBER, values).fetchone()
        return int(number)

    def named(self, key: str) -> list[str]:
        """Return the parties that were ever given this name."""
        return [row[0] for row in self._all("SELECT DISTINCT stream FROM names WHERE key = ? ORDER BY stream", key)]

    def names(self) -> Iterator[str]:
        """Yield all keys of names."""
        for (key,) in self._all("SELECT DISTINCT key FROM names ORDER BY key"):
            if type(key) is not str:
                raise Damaged(self.url, "a name in its index is not a text")
            yield key

    def lookup(self) -> Lookup:
        """Return a lookup that reads through this connection."""
        return SQLiteLookup(lambda query, *values: [*self._all(query, *values)])

    def referrers(self, target: str) -> list[int]:
        """Return the positions that mention `target`."""
        return [row[0] for row in self._all("SELECT position FROM mentions WHERE target = ? ORDER BY position", target)]

    def read(self, level: int, start: int, count: int) -> list[bytes]:
        """Return consecutive hashes of a tile level."""
        if level == 0:
            query = "SELECT leaf FROM entries WHERE position > ? AND position <= ? ORDER BY position"
            return self._hashes(self._all(query, start, start + count), count)
        query = "SELECT hash FROM tiles WHERE level = ? AND number >= ? AND number < ? ORDER BY number"
        return self._hashes(self._all(query, level, start, start + count), count)

    def _hashes(self, rows: Iterable[tuple[Any, ...]], count: int) -> list[bytes]:
        found = [row[0] for row in rows]
        if any(type(leaf) is not bytes for leaf in found):  # a table that was created again accepts any value
            raise Damaged(self.url, "a hash of the tree is not bytes")
        if len(found) != count:
            raise Damaged(self.url, "hashes of the tree are missing")
        return found

    def side_rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a side table."""
        yield from self._all(_SIDE[table])

    def checkpoints(self) -> Iterator[tuple[int, bytes]]:
        """Yield the size and the bytes of every stored checkpoint, in the order in which they were stored."""
        for number, size, note in self._all(_SIDE["checkpoints"]):
            if (type(size), type(note)) != (int, bytes):
                raise Damaged(self.url, f"the stored checkpoint {number} is malformed")
            yield size, note

    def recorded_at(self, position: int) -> str | None:
        """Return the moment at which an entry was recorded."""
        at: str | None = self._one("SELECT recorded_at FROM entries WHERE position = ?", position)
        return at

    def select_events(
        self,
        originator_id: Any,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> "Sequence[StoredEvent]":
        """Return entries of a stream as the event sourcing library asks for them."""
        from eventsourcing.persistence import StoredEvent  # noqa: PLC0415 - only the library asks so

        order = "DESC" if desc else "ASC"
        query = (
            "SELECT stream, version, type, data FROM entries WHERE stream = ? AND version > ? AND version <= ? "  # noqa: S608
            f"ORDER BY version {order} LIMIT ?"
        )
        found = self._all(query, originator_id, gt or 0, _limit(lte), -1 if limit is None else limit)
        return [StoredEvent(*row) for row in found]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> "Sequence[Notification]":
        """Return entries of the log as the event sourcing library asks for them."""
        from eventsourcing.persistence import Notification  # noqa: PLC0415 - only the library asks so

        first = 1 if start is None else start + (not inclusive_of_start)
        chosen = f"AND type IN ({', '.join('?' * len(topics))})" if topics else ""
        query = (
            "SELECT stream, version, type, data, position FROM entries WHERE position BETWEEN ? AND ? "  # noqa: S608
            f"{chosen} ORDER BY position LIMIT ?"
        )
        return [Notification(*row) for row in self._all(query, first, _limit(stop), *topics, limit)]

    def max_notification_id(self) -> int | None:
        """Return the last position."""
        return self.head().size or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> NoReturn:
        """Refuse: followers read by position, which waits for nobody."""
        raise NotImplementedError("a ledger is followed by position, not by subscription")


def _limit(last: int | None) -> int:
    return 2**62 if last is None else last


def _containing(folded: str) -> Condition | None:
    # Only ASCII is known to fold in LIKE as it does in Python. Other letters may fold to ASCII (a Kelvin sign to a k),
    # so that of entries which have any, Python decides. Their characters are fewer than their bytes.
    is_other = "length(CAST(data AS TEXT)) <> length(data)"
    if not folded.isascii():
        return Condition(is_other)
    if not is_plain(folded):
        return None
    escaped = folded.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return Condition(rf"(CAST(data AS TEXT) LIKE ? ESCAPE '\' OR {is_other})", (f"%{escaped}%",))

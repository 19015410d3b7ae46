"""Reads the log in PostgreSQL."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

from ledger.stores.leaves import with_their_leaves
from ledger.stores.log_reader import EntryRow, LogHead, LogReader, RecordedCommand
from ledger.stores.lookup import Lookup
from ledger.stores.postgres.connection import PAGE, Connection
from ledger.stores.postgres.lookup import PostgresLookup
from ledger.stores.postgres.pipeline import Pipeline, head_of
from ledger.stores.selection import Condition, SelectedEntry, Wanted, candidates, conditions, is_plain, order_of
from ledger.tlog.compact import TILE_BITS

if TYPE_CHECKING:
    from eventsourcing.persistence import Notification, StoredEvent

COLUMNS = "position, stream, version, type, recorded_at, effective_on, actor, command, leaf, data"
_SIDE = {
    "head": "SELECT size, recorded_at, hashes, root FROM ledger.head ORDER BY id",
    "names": "SELECT key, stream, position FROM ledger.names ORDER BY position, key",
    "mentions": "SELECT target, position FROM ledger.mentions ORDER BY position, target",
    "commands": "SELECT id, first, count FROM ledger.commands ORDER BY first",
    "tiles": "SELECT level, number, hash FROM ledger.tiles ORDER BY level, number",
    "checkpoints": "SELECT number, size, note FROM ledger.checkpoints ORDER BY number",
}
_LAST = 2**62
_TAKEN = "EXISTS (SELECT 1 FROM ledger.entries WHERE stream = %s || ({})::text AND version = 1)"
_LAST_NUMBER = f"""
WITH RECURSIVE given(number) AS (
  SELECT greatest(%s::bigint, coalesce((
    SELECT substr(stream, %s)::bigint FROM ledger.entries
    WHERE stream BETWEEN %s AND %s AND length(stream) = %s AND substr(stream, %s) !~ '[^0-9]'
    ORDER BY stream DESC LIMIT 1), 0))
), steps(low, step) AS (
  SELECT number, 1::bigint FROM given
  UNION ALL SELECT low + step, step * 2 FROM steps WHERE low + step >= %s AND {_TAKEN.format("low + step")}
), run(low, high) AS (
  SELECT max(low), max(low + step) FROM steps
  UNION ALL SELECT CASE WHEN taken THEN middle ELSE low END, CASE WHEN taken THEN high ELSE middle END FROM (
    SELECT low, high, (low + high) / 2 AS middle, {_TAKEN.format("(low + high) / 2")} AS taken
    FROM run WHERE high > low + 1) AS halves
)
SELECT low FROM run WHERE high = low + 1"""  # noqa: S608 - constants
"""As on SQLite: longer and longer steps, and then halves of the last one."""


class PostgresReader(LogReader):
    """Reads a ledger in a PostgreSQL database, and in a transaction what that has appended."""

    def __init__(self, connection: Connection, pipeline: Pipeline) -> None:
        """Read through a connection; `pipeline` has what the open transaction has not sent yet."""
        self.url = connection.url
        self.connection = connection
        self.pipeline = pipeline

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read from one snapshot; within `writing` no other writer can append."""
        if self.connection.in_transaction or self.pipeline.batch is not None:
            yield
            return
        with self.connection.snapshot():
            yield

    def _each(self, query: str) -> Iterator[tuple[Any, ...]]:
        if self.connection.in_transaction:
            self.pipeline.before_read(0)
        return self.connection.each(query)

    def head(self) -> LogHead:
        """Return the end of the log; within `writing`, the end that the transaction has reached."""
        batch = self.pipeline.batch
        return head_of(self.url, self.connection.all(_SIDE["head"])) if batch is None else batch.head

    def recorded(self, command: str) -> RecordedCommand | None:
        """Return the command with this id; None in an optimistic transaction: the server refuses a repeated id."""
        if self.pipeline.is_optimistic:
            return None
        self.pipeline.before_read(command)
        rows = self.connection.all("SELECT digest, first, count FROM ledger.commands WHERE id = %s", command)
        return RecordedCommand(*rows[0]) if rows else None

    def entry(self, position: int) -> bytes | None:
        """Return the bytes at a position."""
        self.pipeline.before_read(position)
        data: bytes | None = self.connection.one(
            "SELECT data FROM ledger.entries WHERE position = %s", min(position, _LAST)
        )
        if data is None:
            self.pipeline.note_read(None)
        return data

    def entries(self, first: int = 1, last: int | None = None) -> Iterator[tuple[int, bytes]]:
        """Yield position and bytes in order."""
        yield from self._paged("position, data", first, last)

    def rows(self, first: int = 1, last: int | None = None) -> Iterator[EntryRow]:
        """Yield entries with their columns in order."""
        yield from map(EntryRow._make, self._paged(COLUMNS, first, last))

    def _paged(self, columns: str, first: int, last: int | None) -> Iterator[Any]:
        # By position and not by a cursor, which would need a transaction: entries never move.
        self.pipeline.before_read(None)
        query = (
            f"SELECT {columns} FROM ledger.entries WHERE position >= %s AND position <= %s "  # noqa: S608 - constants
            f"ORDER BY position LIMIT {PAGE}"
        )
        while True:
            page = self.connection.all(query, first, _limit(last))
            yield from page
            if len(page) < PAGE:
                return
            first = page[-1][0] + 1

    def page(self, wanted: Wanted, *, newest_first: bool, count: int) -> list[SelectedEntry]:
        """Return the first entries that are wanted."""
        self.pipeline.before_read(None)
        condition, values = conditions(wanted, "%s", _containing)
        query = (
            f"SELECT position, leaf, data, login FROM ledger.entries WHERE {condition} "  # noqa: S608 - place-holders
            f"ORDER BY {order_of(wanted, newest_first=newest_first)} LIMIT %s"
        )
        return [*map(SelectedEntry._make, self.connection.all(query, *values, count))]

    def positions_about(self, stream: str, wanted: Wanted, *, newest_first: bool, count: int) -> list[int]:
        """Return the first positions of entries of a stream, and of entries that mention it."""
        self.pipeline.before_read(None)
        query, values = candidates(stream, wanted, "%s", "ledger.", newest_first=newest_first, count=count)
        return [row[0] for row in self.connection.all(query, *values)]

    def actors(self, last: int) -> list[str]:
        """Return who recorded entries."""
        self.pipeline.before_read(None)
        query = "SELECT DISTINCT actor FROM ledger.entries WHERE position <= %s"
        return [row[0] for row in self.connection.all(query, _limit(last))]

    def stream(self, stream: str, last: int | None = None) -> list[tuple[int, bytes]]:
        """Return position and bytes of a stream's entries in order. Raises Damaged."""
        self.pipeline.before_read(stream)
        query = "SELECT position, leaf, data FROM ledger.entries WHERE stream = %s AND position <= %s ORDER BY version"
        found = self.connection.all(query, stream, _limit(last))
        self.pipeline.note_read(stream if last is None else None, len(found))
        return with_their_leaves(self.url, found)

    def place(self, stream: str, version: int) -> int | None:
        """Return the position of a version."""
        self.pipeline.before_read(stream)
        query = "SELECT position FROM ledger.entries WHERE stream = %s AND version = %s"
        position: int | None = self.connection.one(query, stream, version)
        if position is None:
            self.pipeline.note_read(None)
        return position

    def streams(self, kind: str) -> Iterator[str]:
        """Yield the streams of a kind."""
        self.pipeline.before_read(None)
        query = "SELECT stream FROM ledger.entries WHERE version = 1 AND stream >= %s AND stream < %s ORDER BY stream"
        yield from (row[0] for row in self.connection.all(query, f"{kind}/", f"{kind}0"))

    def last_positions(self, first: int, last: int, after: str = "") -> Iterator[tuple[str, int]]:
        """Yield each stream with entries in a range, with the last position."""
        self.pipeline.before_read(None)
        query = (
            "SELECT stream, max(position) FROM ledger.entries WHERE position BETWEEN %s AND %s AND effective_on > %s "
            "GROUP BY stream"
        )
        yield from self.connection.all(query, first, last, after)

    def last_number(self, beginning: str, digits: int, after: int = 0) -> int:
        """Return a number whose next one is free."""
        self.pipeline.before_last_number(beginning, digits)
        of_digits = (beginning + "0" * digits, beginning + "9" * digits, len(beginning) + digits, len(beginning) + 1)
        more = 10**digits
        values = (after, len(beginning) + 1, *of_digits, more, beginning, beginning)
        return int(self.connection.one(_LAST_NUMBER, *values))

    def named(self, key: str) -> list[str]:
        """Return the parties that were ever given this name."""
        self.pipeline.before_read(key)
        self.pipeline.note_name(key)
        # The index has the first 200 characters only, since an index entry is limited in length.
        query = (
            "SELECT DISTINCT stream FROM ledger.names WHERE substr(key, 1, 200) = substr(%s::text, 1, 200) "
            "AND key = %s ORDER BY stream"
        )
        return [row[0] for row in self.connection.all(query, key, key)]

    def names(self) -> Iterator[str]:
        """Yield all keys of names."""
        self.pipeline.before_read(None)
        yield from (row[0] for row in self.connection.all("SELECT DISTINCT key FROM ledger.names ORDER BY key"))

    def lookup(self) -> Lookup:
        """Return a lookup that reads through this connection."""
        return PostgresLookup(self.connection.all)

    def referrers(self, target: str) -> list[int]:
        """Return the positions that mention `target`."""
        self.pipeline.before_read(None)
        query = "SELECT position FROM ledger.mentions WHERE target = %s ORDER BY position"
        return [row[0] for row in self.connection.all(query, target)]

    def read(self, level: int, start: int, count: int) -> list[bytes]:
        """Return consecutive hashes of a tile level."""
        self.pipeline.before_read((start + count) << TILE_BITS * level)
        if level == 0:
            query = "SELECT leaf FROM ledger.entries WHERE position > %s AND position <= %s ORDER BY position"
            return [row[0] for row in self.connection.all(query, start, start + count)]
        query = "SELECT hash FROM ledger.tiles WHERE level = %s AND number >= %s AND number < %s ORDER BY number"
        return [row[0] for row in self.connection.all(query, level, start, start + count)]

    def side_rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a side table."""
        self.pipeline.before_read(None)
        yield from self._each(_SIDE[table])

    def checkpoints(self) -> Iterator[tuple[int, bytes]]:
        """Yield the size and the bytes of every stored checkpoint, in the order in which they were stored."""
        yield from ((size, note) for _, size, note in self._each(_SIDE["checkpoints"]))

    def recorded_at(self, position: int) -> str | None:
        """Return the moment at which an entry was recorded."""
        self.pipeline.before_read(position)
        at: str | None = self.connection.one("SELECT recorded_at FROM ledger.entries WHERE position = %s", position)
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

        self.pipeline.before_read(originator_id)
        order = "DESC" if desc else "ASC"
        query = (
            "SELECT stream, version, type, data FROM ledger.entries "  # noqa: S608 - a constant
            f"WHERE stream = %s AND version > %s AND version <= %s ORDER BY version {order} LIMIT %s"
        )
        return [StoredEvent(*row) for row in self.connection.all(query, originator_id, gt or 0, _limit(lte), limit)]

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

        self.pipeline.before_read(None)
        first = 1 if start is None else start + (not inclusive_of_start)
        chosen = f"AND type IN ({', '.join(['%s'] * len(topics))})" if topics else ""
        query = (
            "SELECT stream, version, type, data, position FROM ledger.entries "  # noqa: S608 - place-holders
            f"WHERE position >= %s AND position <= %s {chosen} ORDER BY position LIMIT %s"
        )
        return [Notification(*row) for row in self.connection.all(query, first, _limit(stop), *topics, limit)]

    def max_notification_id(self) -> int | None:
        """Return the last position."""
        return self.head().size or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> NoReturn:
        """Refuse: followers read by position, which waits for nobody."""
        raise NotImplementedError("a ledger is followed by position, not by subscription")


def _limit(last: int | None) -> int:
    return _LAST if last is None else min(last, _LAST)


def _containing(folded: str) -> Condition | None:
    # Bytes are compared in a form that every byte has, damaged ones too: those that are not ASCII, and the backslash,
    # take more characters. Only ASCII is known to fold as in Python, and other letters may fold to ASCII (a Kelvin sign
    # to a k), so that of entries which have any, Python decides.
    is_other = "length(encode(data, 'escape')) <> octet_length(data)"
    if not folded.isascii():
        return Condition(is_other)
    if not is_plain(folded):
        return None
    return Condition(f"""(strpos(lower(encode(data, 'escape') COLLATE "C"), %s) > 0 OR {is_other})""", (folded,))

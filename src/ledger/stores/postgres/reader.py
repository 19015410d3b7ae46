"""The log in PostgreSQL, read: every question that a store answers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any, NoReturn

from eventsourcing.persistence import Notification, StoredEvent

from ledger.stores.errors import Damaged
from ledger.stores.log_store import EntryRow, LogHead, LogStore, Recorded
from ledger.stores.postgres.connection import translated
from ledger.stores.postgres.integrity import PostgresChecking
from ledger.stores.urls import shown
from ledger.tlog.compact import TILE_BITS, CompactRange

COLUMNS = "position, stream, version, type, recorded_at, effective_on, actor, command, leaf, data"
_PAGE = 2000
"""So many rows are fetched at once: a quick pass, in little memory."""
_SIDE = {
    "head": "SELECT size, recorded_at, hashes, root FROM ledger.head ORDER BY id",
    "names": "SELECT key, stream, position FROM ledger.names ORDER BY position, key",
    "mentions": "SELECT target, position FROM ledger.mentions ORDER BY position, target",
    "commands": "SELECT id, first, count FROM ledger.commands ORDER BY first",
    "tiles": "SELECT level, number, hash FROM ledger.tiles ORDER BY level, number",
    "checkpoints": "SELECT number, size, note FROM ledger.checkpoints ORDER BY number",
}
_LAST = 2**62


class PostgresReading(PostgresChecking, LogStore):
    """What can be read of a ledger in PostgreSQL; writing stands in `PostgresStore`."""

    _numbers = count()

    def _see(self, asked: str | int | None) -> None:
        """Make sure that a question about a stream, command, name or position (None: any) sees what was appended."""

    def _see_numbers(self, first: str, last: str) -> None:
        """Make sure that the same is so where the last of streams that are numbered is asked for."""

    def _look_up(self, key: str) -> None:
        """Note that a name is looked up."""

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one snapshot; within `writing` nobody else can append."""
        if self._is_open or self._is_writing():
            yield
            return
        self._run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        self._is_open = True
        try:
            yield
        finally:
            self._is_open = False
            if not self._db.closed:
                with translated(self.url):
                    self._db.execute("ROLLBACK")

    def _forget(self) -> None:
        self.committed_head = None

    def _one(self, query: str, *values: object) -> Any:
        found = self._all(query, *values)
        return found[0][0] if found else None

    def _each(self, query: str) -> Iterator[tuple[Any, ...]]:
        """Yield what a query finds; within a snapshot in little memory."""
        if not self._is_open:
            yield from self._all(query)
            return
        self._see(0)
        with translated(self.url), self._db.cursor(f"each_{next(self._numbers)}") as cursor:
            cursor.itersize = _PAGE
            yield from cursor.execute(query, binary=True)

    def head(self) -> LogHead:
        """Return the end of the log."""
        return self._head_of(self._all(_SIDE["head"]))

    def _head_of(self, found: Sequence[tuple[Any, ...]]) -> LogHead:
        if len(found) != 1:
            raise Damaged(shown(self.url), "the head of the tree is gone")
        ((size, recorded_at, hashes, root),) = found
        try:
            return LogHead(size, recorded_at, CompactRange.from_bytes(size, hashes), root)
        except ValueError as error:
            raise Damaged(shown(self.url), f"the head of the tree does not fit its size, {size}") from error

    def recorded(self, command: str) -> Recorded | None:
        """Return what was recorded under a command id."""
        self._see(command)
        found = self._all("SELECT digest, first, count FROM ledger.commands WHERE id = %s", command)
        return Recorded(*found[0]) if found else None

    def entry(self, position: int) -> bytes | None:
        """Return the bytes at a position."""
        self._see(position)
        data: bytes | None = self._one("SELECT data FROM ledger.entries WHERE position = %s", min(position, _LAST))
        if data is None:
            self.note_read(None)
        return data

    def entries(self, first: int = 1, last: int | None = None) -> Iterator[tuple[int, bytes]]:
        """Yield position and bytes in order."""
        yield from self._paged("position, data", first, last)

    def rows(self, first: int = 1, last: int | None = None) -> Iterator[EntryRow]:
        """Yield entries with their columns in order."""
        yield from map(EntryRow._make, self._paged(COLUMNS, first, last))

    def _paged(self, columns: str, first: int, last: int | None) -> Iterator[Any]:
        # By position and not by a cursor, which would need a transaction: an entry, once there, stays where it is.
        self._see(None)
        query = (
            f"SELECT {columns} FROM ledger.entries WHERE position >= %s AND position <= %s "  # noqa: S608 - constants
            f"ORDER BY position LIMIT {_PAGE}"
        )
        while True:
            page = self._all(query, first, _limit(last))
            yield from page
            if len(page) < _PAGE:
                return
            first = page[-1][0] + 1

    def stream(self, stream: str, last: int | None = None) -> list[tuple[int, bytes]]:
        """Return position and bytes of a stream's entries in order."""
        self._see(stream)
        query = "SELECT position, data FROM ledger.entries WHERE stream = %s AND position <= %s ORDER BY version"
        found = self._all(query, stream, _limit(last))
        self.note_read(stream if last is None else None, len(found))
        return found

    def place(self, stream: str, version: int) -> int | None:
        """Return the position of a version."""
        self._see(stream)
        query = "SELECT position FROM ledger.entries WHERE stream = %s AND version = %s"
        position: int | None = self._one(query, stream, version)
        if position is None:
            self.note_read(None)
        return position

    def streams(self, kind: str) -> Iterator[str]:
        """Yield the streams of a kind."""
        self._see(None)
        query = "SELECT stream FROM ledger.entries WHERE version = 1 AND stream >= %s AND stream < %s ORDER BY stream"
        yield from (row[0] for row in self._all(query, f"{kind}/", f"{kind}0"))

    def last_stream(self, first: str, last: str) -> str | None:
        """Return the greatest name of a stream in a range that is as long as `last`."""
        self._see_numbers(first, last)
        query = (
            "SELECT stream FROM ledger.entries WHERE stream BETWEEN %s AND %s AND length(stream) = %s "
            "ORDER BY stream DESC LIMIT 1"
        )
        name: str | None = self._one(query, first, last, len(last))
        return name

    def named(self, key: str) -> list[str]:
        """Return the parties that were ever given this name."""
        self._see(key)
        self._look_up(key)
        # An index holds no text of any length: it finds by the beginning, which must be written as the index has it.
        query = (
            "SELECT DISTINCT stream FROM ledger.names WHERE substr(key, 1, 200) = substr(%s::text, 1, 200) "
            "AND key = %s ORDER BY stream"
        )
        return [row[0] for row in self._all(query, key, key)]

    def names(self) -> Iterator[str]:
        """Yield all keys of names."""
        self._see(None)
        yield from (row[0] for row in self._all("SELECT DISTINCT key FROM ledger.names ORDER BY key"))

    def referrers(self, target: str) -> list[int]:
        """Return the positions that mention `target`."""
        self._see(None)
        query = "SELECT position FROM ledger.mentions WHERE target = %s ORDER BY position"
        return [row[0] for row in self._all(query, target)]

    def read(self, level: int, start: int, count: int) -> list[bytes]:
        """Return consecutive hashes of a tile level."""
        self._see((start + count) << TILE_BITS * level)
        if level == 0:
            query = "SELECT leaf FROM ledger.entries WHERE position > %s AND position <= %s ORDER BY position"
            return [row[0] for row in self._all(query, start, start + count)]
        query = "SELECT hash FROM ledger.tiles WHERE level = %s AND number >= %s AND number < %s ORDER BY number"
        return [row[0] for row in self._all(query, level, start, start + count)]

    def side_rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a side table."""
        self._see(None)
        yield from self._each(_SIDE[table])

    def checkpoints(self) -> Iterator[tuple[int, bytes]]:
        """Yield the size and the bytes of every checkpoint that is kept, in the order of keeping."""
        yield from ((size, note) for _, size, note in self._each(_SIDE["checkpoints"]))

    def recorded_at(self, position: int) -> str | None:
        """Return the moment at which an entry was recorded."""
        self._see(position)
        at: str | None = self._one("SELECT recorded_at FROM ledger.entries WHERE position = %s", position)
        return at

    def select_events(
        self,
        originator_id: Any,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """Return entries of a stream as the event sourcing library asks for them."""
        self._see(originator_id)
        order = "DESC" if desc else "ASC"
        query = (
            "SELECT stream, version, type, data FROM ledger.entries "  # noqa: S608 - a constant
            f"WHERE stream = %s AND version > %s AND version <= %s ORDER BY version {order} LIMIT %s"
        )
        return [StoredEvent(*row) for row in self._all(query, originator_id, gt or 0, _limit(lte), limit)]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Return entries of the log as the event sourcing library asks for them."""
        self._see(None)
        first = 1 if start is None else start + (not inclusive_of_start)
        chosen = f"AND type IN ({', '.join(['%s'] * len(topics))})" if topics else ""
        query = (
            "SELECT stream, version, type, data, position FROM ledger.entries "  # noqa: S608 - place-holders
            f"WHERE position >= %s AND position <= %s {chosen} ORDER BY position LIMIT %s"
        )
        return [Notification(*row) for row in self._all(query, first, _limit(stop), *topics, limit)]

    def max_notification_id(self) -> int | None:
        """Return the last position."""
        return self.head().size or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> NoReturn:
        """Refuse: followers read by position, which waits for nobody."""
        raise NotImplementedError("a ledger is followed by position, not by subscription")


def _limit(last: int | None) -> int:
    return _LAST if last is None else min(last, _LAST)

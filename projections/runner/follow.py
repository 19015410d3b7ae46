"""Following the log: rows and their position are committed together, so that each entry counts exactly once."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, Index, Table, insert, inspect, select, update

from ledger.application.ledger import Ledger
from ledger.domain.kernel import Fact
from ledger.domain.voiding import EntryVoided, standing
from ledger.format.entry import Entry, read
from ledger.tlog.merkle import leaf_hash
from projections.projectors.registry import rows_of
from projections.tables.bulk import Closing, add, close
from projections.tables.schema import ASSERTIONS, VERSION, metadata, tracking
from projections.tables.supersede import place_of, settle

BATCH = 10_000
"""How many entries one transaction takes in."""


class Follower:
    """Takes entries into the tables of one connection."""

    def __init__(self, ledger: Ledger, db: Connection, *, settles: bool = True) -> None:
        """Follow `ledger` into the tables of `db`; who `settles` also says until when each row of facts counts."""
        self.ledger = ledger
        self.db = db
        self.settles = settles
        self._touched: dict[Table, set[str]] = {}
        self._pending: dict[Table, list[tuple[Any, ...]]] = {table: [] for table in ASSERTIONS}
        self._closings: dict[Table, list[Closing]] = {}

    def take(self, position: int, data: bytes) -> None:
        """Take in one entry; rows wait until `flush`."""
        entry = read(data)
        if type(entry.event) is EntryVoided:
            self._void(entry, position)
        else:
            self._add(entry, position, position)

    def _add(self, entry: Entry, position: int, known_from: int) -> None:
        for table, row in rows_of(entry, position, known_from):
            self._pending[table].append(row)

    def flush(self) -> None:
        """Write the rows that wait, and close those that were voided."""
        for table, rows in self._pending.items():
            if rows:
                self._touch(table, rows)
                add(self.db, table, rows)
                rows.clear()
        for table, closings in self._closings.items():
            close(self.db, table, closings)
        self._closings.clear()
        if self.settles:
            settle(self.db, self._touched)
            self._touched.clear()

    def _touch(self, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        place = place_of(table)
        if self.settles and place is not None:
            self._touched.setdefault(table, set()).update(row[place] for row in rows)

    def _void(self, entry: Entry, position: int) -> None:
        # What stands in the stream before and after: the difference is closed, or written again.
        placed = self.ledger.store.stream(entry.stream, position)
        entries = {one.version: (at, one) for at, one in ((at, read(data)) for at, data in placed)}
        facts = [one.fact for _, one in entries.values()]
        before, after = _versions(facts[:-1]), _versions(facts)
        for version in sorted(before - after):
            self._close(*entries[version], position)
        for version in sorted(after - before):
            at, one = entries[version]
            self._add(one, at, position)

    def _close(self, entry: int, one: Entry, position: int) -> None:
        rows: dict[Table, list[tuple[Any, ...]]] = {}
        for table, row in rows_of(one, entry, entry):
            rows.setdefault(table, []).append(row)
        for table, found in rows.items():
            self._closings.setdefault(table, []).append((entry, position))
            self._touch(table, found)


def _versions(facts: list[Fact]) -> set[int]:
    return {fact.version for fact in standing(facts)}


@cache
def _indexes() -> tuple[Index, ...]:
    return tuple(index for table in ASSERTIONS for index in sorted(table.indexes, key=lambda one: str(one.name)))


def tracked(db: Connection) -> tuple[int, bytes] | None:
    """Return the position that the tables are at and its leaf hash; None when they are of another version."""
    if not set(metadata.tables) <= set(inspect(db).get_table_names()):
        return None
    row = db.execute(select(tracking.c.version, tracking.c.position, tracking.c.leaf)).first()
    return (row.position, row.leaf) if row is not None and abs(row.version) == VERSION else None


def is_indexed(db: Connection) -> bool:
    """Return whether the tables have their indexes: they get them when they have reached the end for the first time."""
    return db.execute(select(tracking.c.version)).scalar() == VERSION


def is_newer(db: Connection) -> bool:
    """Return whether newer software made the tables."""
    if tracking.name not in inspect(db).get_table_names():
        return False
    version: int = db.execute(select(tracking.c.version)).scalar() or 0
    return abs(version) > VERSION


def prepare(db: Connection) -> None:
    """Make the tables, empty, at position 0, and without indexes: many rows are indexed quicker once they are there."""
    metadata.drop_all(db)
    metadata.create_all(db)
    for index in _indexes():
        index.drop(db)
    db.execute(insert(tracking).values(id=1, version=-VERSION, position=0, leaf=b""))


def _index(db: Connection) -> None:
    settle(db)
    for index in _indexes():
        index.create(db)
    db.execute(update(tracking).values(version=VERSION))


def fits(ledger: Ledger, place: tuple[int, bytes] | None) -> bool:
    """Return whether the tables were made from this very log, as far as they go."""
    if place is None:
        return False
    position, leaf = place
    if position == 0:
        return True
    data = ledger.store.entry(position)
    return data is not None and leaf_hash(data) == leaf


def catch_up(
    ledger: Ledger, engine: Engine, progress: Callable[[int], None] | None = None, last: int | None = None
) -> int:
    """Bring the tables of `engine` to the end of the log, anew if they belong to another; return where they are.

    `last` is a position to stop at before the end.
    """
    head = ledger.store.head().size if last is None else last
    with engine.execution_options(look=True).connect() as db:
        place = tracked(db)
        if place is not None and place[0] == head and fits(ledger, place) and is_indexed(db):
            return head
    writing = engine.execution_options(write=True)
    with writing.begin() as db:
        if not fits(ledger, tracked(db)):
            prepare(db)
    position = 0
    while position < head:
        with writing.begin() as db:
            place = tracked(db)
            if place is None:
                # Somebody threw them away meanwhile.
                prepare(db)
            position = place[0] if place else 0
            upto = min(position + BATCH, head)
            if position < head:
                _take(ledger, db, position + 1, upto)
                position = upto
                if progress:
                    progress(upto)
            if position >= head and not is_indexed(db):
                _index(db)
    return position


def _take(ledger: Ledger, db: Connection, first: int, last: int) -> None:
    follower = Follower(ledger, db, settles=is_indexed(db))
    data = b""
    for position, data in _entries(ledger, first, last):
        follower.take(position, data)
    follower.flush()
    db.execute(update(tracking).values(position=last, leaf=leaf_hash(data)))


def _entries(ledger: Ledger, first: int, last: int) -> Iterator[tuple[int, bytes]]:
    # Read to the end before the stream lookups of voids use the same connection.
    yield from list(ledger.store.entries(first, last))

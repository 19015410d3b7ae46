"""Following the log: rows and the position are committed together, so each entry is applied exactly once."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, Index, Table, create_engine, insert, inspect, select, update

from ledger.application.ledger import Ledger
from ledger.domain.organisation.exchange_rate import BadRate, Rate, RateRecorded
from ledger.domain.party.merging import PartyMerged
from ledger.domain.voiding import EntryVoided, StandingFacts
from ledger.format.entry import Entry, read
from ledger.replay.values import form_fault
from ledger.stores.errors import Damaged
from ledger.tlog.compact import CompactRange
from ledger.tlog.merkle import leaf_hash
from ledger.tlog.proof import root_at
from projections.projectors.merged import Merges
from projections.tables.bulk import Closing, add, close
from projections.tables.schema import ASSERTIONS, merges, metadata, tracking
from projections.tables.supersede import subject_column, update_intervals
from projections.tables.version import VERSION

BATCH = 10_000
"""The number of entries in one transaction."""
LINES = 65_536
"""More than the number of rows of any entry."""


class Follower:
    """Applies entries to the tables of one connection."""

    def __init__(self, ledger: Ledger, db: Connection, *, updates_intervals: bool = True) -> None:
        """Follow `ledger` into the tables of `db`; with `updates_intervals`, also update the intervals of facts."""
        self.ledger = ledger
        self.db = db
        self.updates_intervals = updates_intervals
        self._touched: dict[Table, set[str]] = {}
        self._pending: dict[Table, list[tuple[Any, ...]]] = {table: [] for table in ASSERTIONS}
        self._closings: dict[Table, list[Closing]] = {}
        self._streams: dict[str, _StandingStream] = {}
        """Streams with a void, or that name a merged party, read once."""
        open_rows = select(merges.c.party, merges.c.into).where(merges.c.known_to.is_(None))
        self._merges = Merges({row.party: row.into for row in db.execute(open_rows)})

    def apply(self, position: int, data: bytes) -> None:
        """Apply one entry; `flush` writes its rows. Raises BadEntry, and Damaged for values not in their form."""
        entry = read(data)
        self._check(entry, position)
        if type(entry.event) is EntryVoided:
            self._void(entry, position)
            return
        self._add(entry, position, position)
        if type(entry.event) is PartyMerged:
            self._merge(position, {_party(entry): entry.event.into})
        if (stream := self._streams.get(entry.stream)) is not None:
            stream.add(position, entry)

    def _check(self, entry: Entry, position: int) -> None:
        # A stranger's ledger may hold any amounts, rates and dates; `ledger verify` lists all that are wrong.
        event, fault = entry.event, form_fault(entry, position)
        try:
            if isinstance(event, RateRecorded):
                event.validate(Rate(), entry.fact)
        except BadRate as error:
            fault = error.sentence
        if fault is not None:
            raise Damaged(self.ledger.store.url, f"position {position}: {event.tag()}: {fault.removesuffix('.')}")

    def _add(self, entry: Entry, position: int, known_from: int) -> None:
        for table, row in self._merges.rows_of(entry, position, known_from):
            self._pending[table].append(row)

    def flush(self) -> None:
        """Write the pending rows, and close the rows that were voided."""
        for table, rows in self._pending.items():
            if rows:
                self._touch(table, rows)
                add(self.db, table, rows)
                rows.clear()
        for table, closings in self._closings.items():
            close(self.db, table, closings)
        self._closings.clear()
        if self.updates_intervals:
            update_intervals(self.db, self._touched)
            self._touched.clear()

    def _touch(self, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        column = subject_column(table)
        if self.updates_intervals and column is not None:
            self._touched.setdefault(table, set()).update(row[column] for row in rows)

    def _void(self, entry: Entry, position: int) -> None:
        # Close the rows of what no longer counts, add those of what counts again.
        stream = self._stream(entry.stream, position - 1)
        gone, back = stream.add(position, entry)
        for version in gone:
            at, voided = stream.entries[version]
            self._close(at, voided, position)
            if type(voided.event) is PartyMerged:
                self._merge(position, {_party(voided): None})
        for version in back:
            at, restored = stream.entries[version]
            self._add(restored, at, position)
            if type(restored.event) is PartyMerged:
                self._merge(position, {_party(restored): restored.event.into})

    def _stream(self, name: str, last: int) -> "_StandingStream":
        if name not in self._streams:
            stream = self._streams[name] = _StandingStream()
            for at, data in self.ledger.store.stream(name, last):
                stream.add(at, read(data))
        return self._streams[name]

    def _close(self, at: int, entry: Entry, position: int) -> None:
        self._replace(at, self._rows(self._merges, entry, at, at), position)

    def _replace(self, at: int, by_table: dict[Table, list[tuple[Any, ...]]], position: int) -> None:
        for table, rows in by_table.items():
            self._closings.setdefault(table, []).append((at, position))
            self._touch(table, rows)

    @staticmethod
    def _rows(merged: Merges, entry: Entry, at: int, known_from: int) -> dict[Table, list[tuple[Any, ...]]]:
        by_table: dict[Table, list[tuple[Any, ...]]] = {}
        for table, row in merged.rows_of(entry, at, known_from):
            by_table.setdefault(table, []).append(row)
        return by_table

    def _merge(self, position: int, changes: dict[str, str | None]) -> None:
        """Let parties be merged, or parted (None): rows that name them are closed, and added for whom they are of."""
        into = {party: stays for party, stays in (self._merges.into | changes).items() if stays is not None}
        before, self._merges = self._merges, Merges(into)
        parties = {*before.into, *into}
        moved = [party for party in parties if before.survivor(party) != self._merges.survivor(party)]
        for at in sorted({at for party in moved for at in self._naming(party, position)}):
            entry = self.ledger.entry(at)
            if entry.version not in self._stream(entry.stream, position - 1):
                continue
            was, now = (self._rows(merged, entry, at, position) for merged in (before, self._merges))
            for table in [table for table in {**was, **now} if was.get(table) != now.get(table)]:
                self._replace(at, {table: was.get(table, [])}, position)
                # As rows of another line: with the same one they would be taken for parts of the rows before.
                fresh = now.get(table, [])
                self._pending[table] += [(first, line + LINES * position, *rest) for first, line, *rest in fresh]

    def _naming(self, party: str, position: int) -> Iterator[int]:
        """Yield the positions before `position` of the entries of a party, and of those that refer to it."""
        stream = f"party/{party}"
        yield from (at for at, _ in self.ledger.store.stream(stream, position - 1))
        yield from (at for at in self.ledger.store.referrers(stream) if at < position)


class _StandingStream:
    """The entries of a stream by version, with their positions, and which of them count."""

    def __init__(self) -> None:
        self.entries: dict[int, tuple[int, Entry]] = {}
        self._standing = StandingFacts()

    def __contains__(self, version: int) -> bool:
        return version in self._standing

    def add(self, position: int, entry: Entry) -> tuple[list[int], list[int]]:
        """Add an entry; return the versions that no longer count, and those that count again."""
        self.entries[entry.version] = position, entry
        return self._standing.add(entry.fact)


def _party(entry: Entry) -> str:
    return entry.stream.partition("/")[2]


@cache
def _indexes() -> tuple[Index, ...]:
    return tuple(index for table in ASSERTIONS for index in sorted(table.indexes, key=lambda index: str(index.name)))


def tracked(db: Connection) -> tuple[int, bytes] | None:
    """Return the position of the tables and the tree up to it, or None if the tables are of another version."""
    if not set(metadata.tables) <= set(inspect(db).get_table_names()):
        return None
    if abs(db.execute(select(tracking.c.version)).scalar() or 0) != VERSION:
        return None  # tables of another version may have other columns
    row = db.execute(select(tracking.c.position, tracking.c.hashes)).first()
    return None if row is None else (row.position, row.hashes)


def is_indexed(db: Connection) -> bool:
    """Return whether the tables have their indexes, which they get when they first reach the end of the log."""
    return db.execute(select(tracking.c.version)).scalar() == VERSION


def has_own_schema(db: Connection) -> bool:
    """Return whether all tables and indexes are as this software makes them."""
    made = create_engine("sqlite://")
    with made.begin() as expected:
        create_tables(expected)
        for index in _indexes():
            index.create(expected)
        own = schema(expected)
    made.dispose()
    return schema(db).items() >= own.items()


def schema(db: Connection) -> dict[tuple[str, str], str]:
    """Return the SQL of everything in a file, by kind and name."""
    rows = db.exec_driver_sql("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {(kind, name): text for kind, name, text in rows}


def create_tables(db: Connection) -> None:
    """Create empty tables at position 0, without indexes: it is faster to index many rows after they are inserted."""
    metadata.drop_all(db)
    metadata.create_all(db)
    for index in _indexes():
        index.drop(db)
    db.execute(insert(tracking).values(id=1, version=-VERSION, position=0, hashes=b""))


def _index(db: Connection) -> None:
    update_intervals(db)
    for index in _indexes():
        index.create(db)
    db.execute(update(tracking).values(version=VERSION))


def is_of_log(ledger: Ledger, tracking_row: tuple[int, bytes] | None) -> bool:
    """Return whether tables at this position, with this tree, were made from the entries of the log of `ledger`.

    The tables hold the tree over the entries that they were folded from: it must have the root that the log states.
    """
    if tracking_row is None:
        return False
    position, hashes = tracking_row
    if (type(position), type(hashes)) != (int, bytes) or position > ledger.store.head().size:
        return False
    try:
        return CompactRange.from_bytes(position, hashes).root() == _stated_root(ledger, position)
    except ValueError:
        return False


def is_at(ledger: Ledger, db: Connection, position: int) -> bool:
    """Return whether the tables, in the snapshot of `db`, were made from the log of `ledger`, at least to `position`.

    Another process may rebuild them at any moment, in many transactions: what is read from them together with this is
    from complete tables.
    """
    current = tracked(db)
    return current is not None and is_of_log(ledger, current) and current[0] >= position and is_indexed(db)


def _stated_root(ledger: Ledger, position: int) -> bytes:
    head = ledger.store.head()
    return head.root if position == head.size else root_at(position, ledger.store)


def catch_up(
    ledger: Ledger, engine: Engine, progress: Callable[[int], None] | None = None, last: int | None = None
) -> int:
    """Bring the tables of `engine` to the end of the log, or to position `last`; return their position.

    Tables of another log or version are rebuilt. Raises Damaged if the entries do not give the root of the log: what is
    shown with a root was folded from its entries.
    """
    head = ledger.store.head().size if last is None else last
    with engine.connect() as db:
        current = tracked(db)
        if current is not None and current[0] == head and is_of_log(ledger, current) and is_indexed(db):
            return head
    writing = engine.execution_options(write=True)
    with writing.begin() as db:
        if not is_of_log(ledger, tracked(db)):
            create_tables(db)
    position = 0
    while position < head:
        with writing.begin() as db:
            current = tracked(db)
            if current is None:
                # Another process dropped the tables meanwhile.
                create_tables(db)
            position = current[0] if current else 0
            upto = min(position + BATCH, head)
            if position < head:
                _apply(ledger, db, position + 1, upto)
                position = upto
                if progress:
                    progress(upto)
            if position >= head and not is_indexed(db):
                _index(db)
    return position


def _apply(ledger: Ledger, db: Connection, first: int, last: int) -> None:
    follower = Follower(ledger, db, updates_intervals=is_indexed(db))
    current = tracked(db)
    assert current is not None
    tree = CompactRange.from_bytes(*current)
    leaves = []
    for position, data in _entries(ledger, first, last):
        follower.apply(position, data)
        leaves.append(leaf_hash(data))
    tree.extend(leaves)
    if tree.size != last or tree.root() != _stated_root(ledger, last):
        raise Damaged(ledger.store.url, f"its entries up to position {last} do not give the root that it states")
    follower.flush()
    db.execute(update(tracking).values(position=last, hashes=tree.to_bytes()))


def _entries(ledger: Ledger, first: int, last: int) -> Iterator[tuple[int, bytes]]:
    # Read to the end before the stream lookups of voids use the same connection.
    yield from list(ledger.store.entries(first, last))

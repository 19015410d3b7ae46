"""Following the log: rows and their position are committed together, so that each entry counts exactly once."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, inspect, select, update

from ledger.application import Ledger
from ledger.domain.kernel import Fact
from ledger.domain.voiding import EntryVoided, standing
from ledger.entry import Entry, read
from ledger.tlog.merkle import leaf_hash
from projections import catalogue
from projections.rows import rows_of
from projections.schema import ASSERTIONS, VERSION, metadata, tracking

BATCH = 2_000
"""How many entries one transaction takes in."""

assert catalogue.PROJECTORS


class Follower:
    """Takes entries into the tables of one connection."""

    def __init__(self, ledger: Ledger, db: Connection) -> None:
        """Follow `ledger` into the tables of `db`."""
        self.ledger = ledger
        self.db = db
        self._pending: dict[Table, list[dict[str, Any]]] = {}

    def take(self, position: int, data: bytes) -> None:
        """Take in one entry; rows wait until `flush`."""
        entry = read(data)
        if isinstance(entry.event, EntryVoided):
            self._void(entry, position)
        else:
            self._add(entry, position, position)

    def _add(self, entry: Entry, position: int, known_from: int) -> None:
        for table, row in rows_of(entry, position, known_from):
            self._pending.setdefault(table, []).append(row)

    def flush(self) -> None:
        """Write the rows that wait."""
        for table, rows in self._pending.items():
            self.db.execute(insert(table), rows)
        self._pending.clear()

    def _void(self, entry: Entry, position: int) -> None:
        # What stands in the stream before and after: the difference is closed, or written again.
        self.flush()
        placed = self.ledger.store.stream(entry.stream, position)
        entries = {one.version: (at, one) for at, one in ((at, read(data)) for at, data in placed)}
        facts = [one.fact for _, one in entries.values()]
        before, after = _versions(facts[:-1]), _versions(facts)
        for version in sorted(before - after):
            self._close(entries[version][0], position)
        for version in sorted(after - before):
            at, one = entries[version]
            self._add(one, at, position)

    def _close(self, entry: int, position: int) -> None:
        for table in ASSERTIONS:
            open_rows = (table.c.entry == entry) & table.c.known_to.is_(None)
            self.db.execute(update(table).where(open_rows).values(known_to=position))


def _versions(facts: list[Fact]) -> set[int]:
    return {fact.version for fact in standing(facts)}


def tracked(db: Connection) -> tuple[int, bytes] | None:
    """Return the position that the tables are at and its leaf hash; None when they are of another version."""
    if not set(metadata.tables) <= set(inspect(db).get_table_names()):
        return None
    row = db.execute(select(tracking.c.version, tracking.c.position, tracking.c.leaf)).first()
    return (row.position, row.leaf) if row is not None and row.version == VERSION else None


def prepare(db: Connection) -> None:
    """Make the tables, empty, at position 0."""
    metadata.drop_all(db)
    metadata.create_all(db)
    db.execute(insert(tracking).values(id=1, version=VERSION, position=0, leaf=b""))


def fits(ledger: Ledger, place: tuple[int, bytes] | None) -> bool:
    """Return whether the tables were made from this very log, as far as they go."""
    if place is None:
        return False
    position, leaf = place
    if position == 0:
        return True
    data = ledger.store.entry(position)
    return data is not None and leaf_hash(data) == leaf


def catch_up(ledger: Ledger, engine: Engine, progress: Callable[[int], None] | None = None) -> int:
    """Bring the tables of `engine` to the end of the log, anew if they belong to another; return the end."""
    head = ledger.store.head().size
    with engine.connect() as db:
        place = tracked(db)
        if place is not None and place[0] == head and fits(ledger, place):
            return head
    writing = engine.execution_options(write=True)
    with writing.begin() as db:
        if not fits(ledger, tracked(db)):
            prepare(db)
    position = 0
    while position < head:
        with writing.begin() as db:
            position = (tracked(db) or (0, b""))[0]
            last = min(position + BATCH, head)
            if position < head:
                _take(ledger, db, position + 1, last)
                position = last
                if progress:
                    progress(last)
    return position


def _take(ledger: Ledger, db: Connection, first: int, last: int) -> None:
    follower = Follower(ledger, db)
    data = b""
    for position, data in _entries(ledger, first, last):
        follower.take(position, data)
    follower.flush()
    db.execute(update(tracking).values(position=last, leaf=leaf_hash(data)))


def _entries(ledger: Ledger, first: int, last: int) -> Iterator[tuple[int, bytes]]:
    # Read to the end before the stream lookups of voids use the same connection.
    yield from list(ledger.store.entries(first, last))

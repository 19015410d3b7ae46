"""Until when each row of facts counts: worked out for one subject from all that was ever stated of it.

A subject is a fact of a party, engagement or service order, or a facet of an engagement. What its rows say of being
superseded depends on its rows alone, and on the positions from which they are known: following bit by bit and making
the tables anew come to the same rows.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, islice, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Table, literal, select, union_all

from projections.tables.bulk import change, split
from projections.tables.schema import NEVER, coverage, engagement_facts, facets, order_facts, party_facts

AT_ONCE = 5_000
"""How many rows are read, and written, at a time."""
_THINGS = 200
"""Of how many parties or engagements rows are asked for at a time."""
LISTED = ("alias", "identifier")
"""What a party has several of: none follows on another."""


class RowInterval(NamedTuple):
    """What a row of a subject says of its place; its facts do not matter here."""

    entry: int
    line: int
    known_from: int
    known_to: int | None
    effective_on: str
    superseded_on: str
    superseded_at: int

    @property
    def order(self) -> tuple[str, int, int]:
        """By what the later of two statements counts."""
        return self.effective_on, self.entry, self.line


Ends = Callable[[Sequence[RowInterval], Sequence[RowInterval]], list[tuple[str, int]]]
"""Gives for each of the rows that stand, in their order, the day from which it counts no more and the position from
which that is known, if no row is ever taken back; the second argument are rows of another table that end them."""


def by_the_next(rows: Sequence[RowInterval], _: Sequence[RowInterval]) -> list[tuple[str, int]]:
    """End each fact where the next one of its subject begins."""
    return [(later.effective_on, later.known_from) for later in rows[1:]] + [(NEVER, 0)] * bool(rows)


def by_coverage(rows: Sequence[RowInterval], covering: Sequence[RowInterval]) -> list[tuple[str, int]]:
    """End the first row of a facet where a document covers it; the others have nothing to add."""
    ended = [(one.effective_on, one.known_from) for one in rows]
    if ended and covering:
        ended[0] = covering[0].effective_on, max(rows[0].known_from, covering[0].known_from)
    elif ended:
        ended[0] = NEVER, 0
    return ended


class Subject(NamedTuple):
    """How rows of a table belong together: by these columns, each group ended in its own way."""

    table: Table
    columns: tuple[str, ...]
    ends: Ends
    ended_by: Table | None = None

    def asked(self, things: Sequence[str] | None) -> Select[Any]:
        """Return the query for rows of these parties or engagements, or of all, subject by subject."""
        key = [self.table.c[name] for name in self.columns]
        where: list[ColumnElement[bool]] = [] if things is None else [key[0].in_(things)]
        if self.table is party_facts:
            where.append(party_facts.c.fact.not_in(LISTED))
        placed = [self.table.c[name] for name in RowInterval._fields]
        found: Any = select(*key, literal(0).label("kind"), *placed).where(*where)
        if (other := self.ended_by) is not None:
            key = [other.c[name] for name in self.columns]
            placed = [other.c[name] for name in RowInterval._fields[:5]]
            more = select(*key, literal(1).label("kind"), *placed, literal(""), literal(0))
            found = union_all(found, more.where(key[0].in_(things)) if things is not None else more)
            return select(found.subquery()).order_by(*self.columns)
        return found.order_by(*key)  # type: ignore[no-any-return]


SUBJECTS = (
    Subject(party_facts, ("party", "fact"), by_the_next),
    Subject(engagement_facts, ("engagement", "fact"), by_the_next),
    Subject(order_facts, ("engagement", "number", "fact"), by_the_next),
    Subject(facets, ("engagement", "facet", "number"), by_coverage, coverage),
)


@cache
def place_of(table: Table) -> int | None:
    """Return where in its rows a table names the party or engagement whose subjects they change, if they do."""
    for subject in SUBJECTS:
        if table in (subject.table, subject.ended_by):
            return table.columns.keys().index(subject.columns[0])
    return None


def settle(db: Connection, touched: dict[Table, set[str]] | None = None) -> None:
    """Let every row of the subjects say until when it counts; of those alone that rows of tables are about, if given.

    Without them, the tables have no indexes: rows come sorted from beside the table, which may be written meanwhile.
    """
    for subject in SUBJECTS:
        if touched is None:
            _settle(db, subject, None)
        else:
            of = {subject.table, subject.ended_by}
            things = iter(sorted(set().union(*(names for table, names in touched.items() if table in of))))
            while some := list(islice(things, _THINGS)):
                _settle(db, subject, some)


def _settle(db: Connection, subject: Subject, things: Sequence[str] | None) -> None:
    wanted = _changes(_read(db, subject, things), subject)
    while some := list(islice(wanted, AT_ONCE)):
        change(db, subject.table, [(row, key) for row, key, is_new in some if not is_new])
        split(db, subject.table, [(row, key) for row, key, is_new in some if is_new])


def _read(db: Connection, subject: Subject, things: Sequence[str] | None) -> Iterator[Any]:
    asked = subject.asked(things)
    if things is not None:
        yield from db.execute(asked).all()
        return
    with db.execute(asked.execution_options(yield_per=AT_ONCE)) as found:
        for some in found.partitions():
            yield from some


def _changes(found: Iterable[Any], subject: Subject) -> Iterator[tuple[RowInterval, tuple[int, int, int], bool]]:
    """Yield each row that is to be written, the key of the row that it comes from, and whether it is a new one."""
    width = len(subject.columns)
    for _, group in groupby(found, itemgetter(slice(width))):
        rows = list(group)
        if len(rows) == 1:  # as most are: nothing follows
            continue
        own = [RowInterval._make(one[width + 1 :]) for one in rows if not one[width]]
        other = [RowInterval._make(one[width + 1 :]) for one in rows if one[width]]
        held = {one[:3]: one for one in own}
        for row in settled(own, other, subject.ends):
            before = held.get(row[:3])
            if before is None:
                # The last row of the same statement that was there before.
                key = max(key for key in held if key[:2] == row[:2] and key < row[:3])
                yield row, key, True
            elif before != row:
                yield row, row[:3], False


def settled(rows: Iterable[RowInterval], ended_by: Iterable[RowInterval], ends: Ends) -> list[RowInterval]:
    """Return the rows of a subject as they should be: which counted when, as known at each position."""
    own, other = sorted(rows, key=lambda row: row.order), sorted(ended_by, key=lambda row: row.order)
    if _in_order(own) and _in_order(other):
        told = ends(own, other)
        return [one._replace(superseded_on=on, superseded_at=at) for one, (on, at) in zip(own, told, strict=True)]
    return _step_by_step(_stated(own), _stated(other), ends)


def _in_order(rows: list[RowInterval]) -> bool:
    # As nearly always: none was taken back, each is effective and known after the one before.
    return all(row.known_to is None for row in rows) and all(
        one.known_from <= later.known_from and one[:2] != later[:2] for one, later in pairwise(rows)
    )


def _stated(rows: list[RowInterval]) -> list[RowInterval]:
    """Put together again what was divided: a row for each time that a statement stood."""
    found: list[RowInterval] = []
    for row in sorted(rows):
        last = found[-1] if found else None
        if last is not None and last[:2] == row[:2] and last.known_to == row.known_from:
            found[-1] = last._replace(known_to=row.known_to)
        else:
            found.append(row)
    return sorted(found, key=lambda row: row.order)


def _step_by_step(stated: list[RowInterval], other: list[RowInterval], ends: Ends) -> list[RowInterval]:
    """Go through the positions at which something came or went; divide rows whose end is not what it was."""
    moments = sorted({at for row in (*stated, *other) for at in (row.known_from, row.known_to) if at is not None})
    open_rows: dict[tuple[int, int], RowInterval] = {}
    done: list[RowInterval] = []
    for at in moments:
        standing = [row for row in stated if _stands(row, at)]
        gone = open_rows.keys() - {row[:2] for row in standing}
        done += [open_rows.pop(key)._replace(known_to=at) for key in gone]
        for row, (on, _) in zip(standing, ends(standing, [row for row in other if _stands(row, at)]), strict=True):
            key = row[:2]
            now = open_rows.get(key)
            ended = on, (at if on != NEVER else 0)
            if now is None:
                open_rows[key] = RowInterval(*key, at, None, row.effective_on, *ended)
            elif now.superseded_on == NEVER:
                open_rows[key] = now._replace(superseded_on=ended[0], superseded_at=ended[1])
            elif now.superseded_on != on:
                done.append(now._replace(known_to=at))
                open_rows[key] = now._replace(known_from=at, superseded_on=ended[0], superseded_at=ended[1])
    return done + list(open_rows.values())


def _stands(row: RowInterval, at: int) -> bool:
    return row.known_from <= at and (row.known_to is None or row.known_to > at)

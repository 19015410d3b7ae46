"""The intervals in which rows of facts are current, computed for one subject from all of its rows.

A subject is a fact of a party, engagement or service order, or a facet of an engagement. The intervals depend only on
the rows of the subject and the positions between which they are known. So following the log in steps gives the same
rows as a rebuild.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import cache
from itertools import groupby, islice, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    MetaData,
    Select,
    Table,
    insert,
    literal,
    select,
    union_all,
)

from projections.tables.bulk import change, split
from projections.tables.noted import of_sqlalchemy
from projections.tables.schema import NEVER, coverage, disclosures, engagement_facts, facets, order_facts, party_facts
from projections.tables.shown import disclosed_intervals

AT_ONCE = 5_000
"""The number of rows that are read and written in one batch."""
_REFS_AT_ONCE = 200
"""The number of parties or engagements in one query."""
_JOINED = ("facets_of", "coverage_engagement", "disclosures_document")
"""The indexes by which facets, what documents covered and the documents are joined."""
LISTED = ("alias", "identifier")
"""Facts of which a party has several: none supersedes another."""


class RowInterval(NamedTuple):
    """The key and the intervals of a row, without its facts."""

    entry: int
    line: int
    known_from: int
    known_to: int | None
    effective_on: str
    superseded_on: str
    superseded_at: int

    @property
    def order(self) -> tuple[str, int, int]:
        """The sort key by which a later row supersedes an earlier one."""
        return self.effective_on, self.entry, self.line


Ends = Callable[[Sequence[RowInterval], int, Sequence[RowInterval]], tuple[str, int]]
"""Returns for one of the rows in order, by its index, the day on which it is superseded and the position from which
that is known, if no row is ever voided. It depends on the neighbours of the row and on whether it is the first. The
last argument is a list of rows of another table that supersede them."""


def by_next(rows: Sequence[RowInterval], index: int, _: Sequence[RowInterval]) -> tuple[str, int]:
    """End each row where the next row of its subject begins."""
    if index + 1 == len(rows):
        return NEVER, 0
    return rows[index + 1].effective_on, rows[index + 1].known_from


def by_coverage(rows: Sequence[RowInterval], index: int, covering: Sequence[RowInterval]) -> tuple[str, int]:
    """End the first row of a facet where a document disclosed it; the other rows end where they begin."""
    row = rows[index]
    if index:
        return row.effective_on, row.known_from
    return (covering[0].effective_on, max(row.known_from, covering[0].known_from)) if covering else (NEVER, 0)


class Subject(NamedTuple):
    """A table whose rows supersede each other: the columns that identify a subject, and the function that ends rows."""

    table: Table
    columns: tuple[str, ...]
    ends: Ends
    ended_by: Table | None = None

    def query(self, refs: Sequence[str] | None, ending: FromClause | None = None) -> Select[Any]:
        """Return the query for the rows of these parties or engagements, or of all, ordered by subject.

        `ending` has the rows of the other table that end them, where these were gathered before.
        """
        key: list[ColumnElement[Any]] = [self.table.c[name] for name in self.columns]
        where: list[ColumnElement[bool]] = [] if refs is None else [key[0].in_(refs)]
        if self.table is party_facts:
            where.append(party_facts.c.fact.not_in(LISTED))
        interval = [self.table.c[name] for name in RowInterval._fields]
        rows: Any = select(*key, literal(0).label("kind"), *interval).where(*where)
        if self.ended_by is not None:
            ending = of_sqlalchemy(disclosed_intervals(refs)) if ending is None else ending
            key = [ending.c[name] for name in self.columns]
            until = [ending.c[name] for name in RowInterval._fields[:5]]
            ending_rows = select(*key, literal(1).label("kind"), *until, literal(""), literal(0))
            return select(union_all(rows, ending_rows).subquery()).order_by(*self.columns)
        return rows.order_by(*key)  # type: ignore[no-any-return]


SUBJECTS = (
    Subject(party_facts, ("party", "fact"), by_next),
    Subject(engagement_facts, ("engagement", "fact"), by_next),
    Subject(order_facts, ("engagement", "number", "fact"), by_next),
    Subject(facets, ("engagement", "facet", "number"), by_coverage, coverage),
)


@cache
def subject_column(table: Table) -> int | None:
    """Return the index of the column with the party or engagement of a subject; None if no subject reads the table.

    Of published documents it is the column with their symbols.
    """
    if table is disclosures:
        return table.columns.keys().index("document")
    for subject in SUBJECTS:
        if table in (subject.table, subject.ended_by):
            return table.columns.keys().index(subject.columns[0])
    return None


def update_intervals(db: Connection, touched: dict[Table, set[str]] | None = None) -> None:
    """Bring the intervals of all subjects up to date, or only those of the references in `touched`, by table.

    Without `touched` the tables must have no indexes: the database then sorts the rows in temporary storage, so the
    table can be written while they are read.
    """
    for subject in SUBJECTS:
        if touched is None:
            with _gathered(db) if subject.ended_by is not None else nullcontext() as ending:
                _update(db, subject, None, ending)
        else:
            sources = {subject.table, subject.ended_by}
            names = set().union(*(names for table, names in touched.items() if table in sources))
            if subject.ended_by is not None:
                names |= _listed(db, touched.get(disclosures, ()))
            refs = iter(sorted(names))
            while batch := list(islice(refs, _REFS_AT_ONCE)):
                _update(db, subject, batch)


@contextmanager
def _gathered(db: Connection) -> Iterator[FromClause | None]:
    """Yield a temporary table of what documents disclosed; None where the database joins large tables by itself.

    SQLite joins tables without an index by looking through all rows for each row. So they get one, but not for longer:
    the table of facets is written while it is read.
    """
    if db.dialect.name != "sqlite":
        yield None
        return
    indexes = [index for table in (facets, coverage, disclosures) for index in table.indexes if index.name in _JOINED]
    for index in indexes:
        index.create(db)
    disclosed = of_sqlalchemy(disclosed_intervals(None))
    names = ("engagement", "facet", "number", *RowInterval._fields[:5])
    columns = [Column(name, facets.c[name].type) for name in names]
    gathered = Table("gathered", MetaData(), *columns, prefixes=["TEMPORARY"])
    gathered.create(db)
    db.execute(insert(gathered).from_select(names, select(*(disclosed.c[name] for name in names))))
    for index in indexes:
        index.drop(db)
    yield gathered
    gathered.drop(db)


def _listed(db: Connection, documents: Iterable[str]) -> set[str]:
    """Return the engagements that documents list: another publication shows another as-of, with the same coverage."""
    found: set[str] = set()
    for document in documents:
        found.update(db.execute(select(coverage.c.engagement).where(coverage.c.document == document)).scalars())
    return found


def _update(db: Connection, subject: Subject, refs: Sequence[str] | None, ending: FromClause | None = None) -> None:
    changes = _changes(_read(db, subject.query(refs, ending), is_whole=refs is None), subject)
    while batch := list(islice(changes, AT_ONCE)):
        change(db, subject.table, [(row, key) for row, key, is_new in batch if not is_new])
        split(db, subject.table, [(row, key) for row, key, is_new in batch if is_new])


def _read(db: Connection, query: Select[Any], *, is_whole: bool) -> Iterator[Any]:
    if not is_whole:
        yield from db.execute(query).all()
        return
    with db.execute(query.execution_options(yield_per=AT_ONCE)) as result:
        for partition in result.partitions():
            yield from partition


def _changes(rows: Iterable[Any], subject: Subject) -> Iterator[tuple[RowInterval, tuple[int, int, int], bool]]:
    """Yield each row to write, the key of the row that it replaces or is split from, and whether it is new."""
    width = len(subject.columns)
    for _, group in groupby(rows, itemgetter(slice(width))):
        members = list(group)
        if len(members) == 1:  # the common case: nothing supersedes the row
            continue
        own = [RowInterval._make(row[width + 1 :]) for row in members if not row[width]]
        ending = [RowInterval._make(row[width + 1 :]) for row in members if row[width]]
        stored = {row[:3]: row for row in own}
        for row in with_intervals(own, ending, subject.ends):
            before = stored.get(row[:3])
            if before is None:
                # Copy the facts from the last stored row of the same assertion.
                key = max(key for key in stored if key[:2] == row[:2] and key < row[:3])
                yield row, key, True
            elif before != row:
                yield row, row[:3], False


def with_intervals(rows: Iterable[RowInterval], ended_by: Iterable[RowInterval], ends: Ends) -> list[RowInterval]:
    """Return the rows of a subject with the intervals in which each is current, as known at each position."""
    own, ending = sorted(rows, key=lambda row: row.order), sorted(ended_by, key=lambda row: row.order)
    if _in_order(own) and _in_order(ending):
        intervals = [ends(own, index, ending) for index in range(len(own))]
        return [row._replace(superseded_on=on, superseded_at=at) for row, (on, at) in zip(own, intervals, strict=True)]
    return _step_by_step(_unsplit(own), _unsplit(ending), ends)


def _in_order(rows: list[RowInterval]) -> bool:
    # The common case: no row was voided, and each is effective and known after the previous one.
    return all(row.known_to is None for row in rows) and all(
        row.known_from <= later.known_from and row[:2] != later[:2] for row, later in pairwise(rows)
    )


def _unsplit(rows: list[RowInterval]) -> list[RowInterval]:
    """Join rows that were split: one row for each span of positions in which an assertion is known."""
    joined: list[RowInterval] = []
    for row in sorted(rows):
        last = joined[-1] if joined else None
        if last is not None and last[:2] == row[:2] and last.known_to == row.known_from:
            joined[-1] = last._replace(known_to=row.known_to)
        else:
            joined.append(row)
    return sorted(joined, key=lambda row: row.order)


def _step_by_step(own: list[RowInterval], ending: list[RowInterval], ends: Ends) -> list[RowInterval]:
    """Replay the positions at which a row becomes known or voided; split rows whose end changes."""
    steps = Steps(ends)
    moments: dict[int, list[tuple[bool, bool, RowInterval]]] = {}
    for is_own, rows in ((True, own), (False, ending)):
        for row in rows:
            if row.known_from != row.known_to:
                moments.setdefault(row.known_from, []).append((True, is_own, row))
                if row.known_to is not None:
                    moments.setdefault(row.known_to, []).append((False, is_own, row))
    for at in sorted(moments):
        steps.take(at, sorted(moments[at], key=itemgetter(0)))
    return steps.rows()


class Steps:
    """The known rows of a subject, position by position. A step looks at the rows next to those that changed."""

    def __init__(self, ends: Ends) -> None:
        """Start with no rows."""
        self._ends = ends
        self._known = _Ordered()
        self._ending = _Ordered()
        self._open: dict[tuple[int, int], RowInterval] = {}
        self._done: list[RowInterval] = []
        self.looked = 0
        """Number of rows whose end was computed: the work done."""

    def take(self, at: int, changes: Iterable[tuple[bool, bool, RowInterval]]) -> None:
        """Make rows voided (False) or known at a position, in this order; compute the ends of the rows next to them."""
        near: set[tuple[str, int, int]] = set()
        for is_known, is_own, row in changes:
            rows = self._known if is_own else self._ending
            changed = rows.add(row) if is_known else rows.remove(row)
            if is_own:
                near.update(changed)
                if not is_known:
                    self._done.append(self._open.pop(row[:2])._replace(known_to=at))
        near.update(self._known.orders[:1])
        for order in sorted(near):
            index = self._known.index(order)
            if index is not None:
                self._end(index, at)

    def _end(self, index: int, at: int) -> None:
        self.looked += 1
        row = self._known.rows[index]
        key, (on, _) = row[:2], self._ends(self._known.rows, index, self._ending.rows)
        now, ended = self._open.get(key), (on, (at if on != NEVER else 0))
        if now is None:
            self._open[key] = RowInterval(*key, at, None, row.effective_on, *ended)
        elif now.superseded_on == NEVER:
            self._open[key] = now._replace(superseded_on=ended[0], superseded_at=ended[1])
        elif now.superseded_on != on:
            self._done.append(now._replace(known_to=at))
            self._open[key] = now._replace(known_from=at, superseded_on=ended[0], superseded_at=ended[1])

    def rows(self) -> list[RowInterval]:
        """Return the rows with their intervals."""
        return self._done + list(self._open.values())


class _Ordered:
    """Rows in the order in which they supersede each other."""

    def __init__(self) -> None:
        self.orders: list[tuple[str, int, int]] = []
        self.rows: list[RowInterval] = []

    def index(self, order: tuple[str, int, int]) -> int | None:
        """Return the index of a row, or None."""
        at = bisect_left(self.orders, order)
        return at if self.orders[at : at + 1] == [order] else None

    def add(self, row: RowInterval) -> list[tuple[str, int, int]]:
        """Add a row; return its order and those of its neighbours."""
        at = bisect_left(self.orders, row.order)
        self.orders.insert(at, row.order)
        self.rows.insert(at, row)
        return self.orders[max(at - 1, 0) : at + 2]

    def remove(self, row: RowInterval) -> list[tuple[str, int, int]]:
        """Remove a row; return the orders of its neighbours."""
        at = bisect_left(self.orders, row.order)
        del self.orders[at], self.rows[at]
        return self.orders[max(at - 1, 0) : at + 1]

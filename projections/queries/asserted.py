"""Rows of the projections that are known and effective at an as-of, and the values that they assert.

An engagement may be planned, weighed or paid before the first step of its life that the ledger has. At an as-of before
that step it does not exist, and neither do such rows.

The conditions of every query are here; what the tables answer is in `bitemporal`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec

from projections.tables.kept import Rows, run
from projections.tables.named import IS_STEP, engagement_facts, named, tracking
from projections.tables.noted import (
    Column,
    ColumnElement,
    FromClause,
    Row,
    Table,
    and_,
    func,
    or_,
    select,
)

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection, Executable

_OPEN = 2**62
"""A number above every position."""
AT_ONCE = 500
"""The number of references in one query."""
AT_FIRST = 8
"""The number of references in the first query of a list: who asks for ten rows waits for no more than these."""


Key = TypeVar("Key", str, int)


@dataclass(frozen=True, slots=True)
class BitemporalPoint:
    """A date (effective time) and a position of the log (what was known)."""

    on: str
    known_at: int


class FactValue(NamedTuple):
    """A value, the entry that recorded it, and the day from which it is effective."""

    value: str
    entry: int
    on: str


Facts = dict[str, FactValue]


@dataclass(slots=True)
class Entity:
    """A party, engagement or service order at an as-of: its reference and its facts."""

    ref: str
    facts: Facts = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        """Return the value of a fact, or None if it was never recorded."""
        fact = self.facts.get(name)
        return None if fact is None else fact.value

    def entry(self, name: str) -> list[int]:
        """Return a list with the entry that recorded a fact, or an empty list if there is none."""
        fact = self.facts.get(name)
        return [] if fact is None else [fact.entry]

    def pairs(self, name: str) -> list[Any]:
        """Return a fact that is a list of [party, role] or [code, parts of a million]; empty if not recorded."""
        value = self.get(name)
        return [] if value is None else msgspec.json.decode(value)


def batches(refs: Iterable[Key]) -> Iterator[list[Key]]:
    """Yield lists of at most AT_ONCE references or positions, in their order."""
    left = iter(refs)
    while batch := list(islice(left, AT_ONCE)):
        yield batch


class AssertedRows:
    """The rows at an as-of; all, or only those of some engagements or parties."""

    def __init__(
        self, db: "Connection | sqlite3.Connection", as_of: BitemporalPoint, limits: Mapping[str, Sequence[str]]
    ) -> None:
        """Read from `db`, of tables with a column of `limits` only rows with these references, at most AT_ONCE."""
        self.db = db
        self.as_of = as_of
        self.limits = limits
        self._end: int | None = None
        self._last_step: str | None = None

    def run(self, query: "Executable") -> Rows:
        """Return the rows that a query finds."""
        return run(self.db, query)

    @property
    def _is_at_end(self) -> bool:
        # At the end of the log the open rows are those without `known_to`, which an index finds.
        if self._end is None:
            self._end = self.run(select(tracking.c.position)).scalar() or 0
        return self.as_of.known_at >= self._end

    def _existing(self, table: FromClause) -> list[ColumnElement[bool]]:
        # Of engagements that exist at the as-of: all do, unless some step is later than its day.
        if "engagement" not in table.c:
            return []
        if self._last_step is None:
            last = select(func.max(engagement_facts.c.effective_on)).where(IS_STEP)
            self._last_step = self.run(last).scalar() or ""
        if self._last_step <= self.as_of.on:
            return []
        steps, at = engagement_facts.alias(), self.as_of.known_at
        of_limits = [steps.c[name].in_(refs) for name, refs in self.limits.items() if name in steps.c]
        known = [steps.c.known_from <= at, func.coalesce(steps.c.known_to, _OPEN) > at]
        begun = select(steps.c.engagement).where(*of_limits, *known, self.is_fact(steps, "status"))
        later = begun.group_by(steps.c.engagement).having(func.min(steps.c.effective_on) > self.as_of.on)
        return [table.c.engagement.not_in(later)]

    def asserted(self, table: FromClause, *, by_end: bool = True) -> ColumnElement[bool]:
        """Return the condition that selects rows that were known and effective at the as-of.

        With `by_end`, a query at the end of the log uses the index of open rows. Pass False for queries by reference,
        which should use the index of references instead.
        """
        table = named(table)
        known, existing = self.as_of.known_at, self._existing(table)
        limits = [table.c[name].in_(refs) for name, refs in self.limits.items() if name in table.c]
        if by_end and not limits and self._is_at_end:
            return and_(table.c.known_to.is_(None), table.c.effective_on <= self.as_of.on, *existing)
        return and_(
            *existing,
            *limits,
            table.c.known_from <= known,
            # One expression: SQLite would search two indexes for two.
            func.coalesce(table.c.known_to, _OPEN) > known,
            table.c.effective_on <= self.as_of.on,
        )

    def current(self, table: FromClause, *, by_end: bool = True) -> ColumnElement[bool]:
        """Return the condition that selects asserted rows that no other row supersedes: one row for each subject."""
        later = table.c.superseded_on > self.as_of.on
        if not by_end or self.limits or not self._is_at_end:
            later = or_(later, table.c.superseded_at > self.as_of.known_at)
        return and_(self.asserted(table, by_end=by_end), later)

    def is_fact(self, table: FromClause, name: str) -> ColumnElement[bool]:
        """Return the condition that rows assert this fact.

        With `limits` it is an expression, for which the database has no index: it uses that of the references.
        """
        return table.c.fact.concat("") == name if self.limits else table.c.fact == name

    def rows(self, table: Table, *where: ColumnElement[bool]) -> Sequence[Row[Any]]:
        """Return the asserted rows of a table in order of their effective dates."""
        order = (table.c.effective_on, table.c.entry, table.c.line)
        return self.run(select(table).where(self.asserted(table), *where).order_by(*order)).all()

    def flowing(self, table: Table, *where: ColumnElement[bool]) -> Iterator[Row[Any]]:
        """Yield what `rows` returns as the database finds it."""
        order = (table.c.effective_on, table.c.entry, table.c.line)
        query = select(table).where(self.asserted(table), *where).order_by(*order)
        yield from self.run(query)

    def references(self, of: Column[Any], start: str) -> Iterator[list[str]]:
        """Yield the references in a column from `start` on, in their order, few at first and then more at once."""
        count, least = AT_FIRST, of >= start
        while refs := list(self.run(select(of).distinct().where(least).order_by(of).limit(count)).scalars()):
            yield refs
            count, least = min(2 * count, AT_ONCE), of > refs[-1]

    def has_any(self, table: Table) -> bool:
        """Return whether a table has an asserted row."""
        return self.run(select(table.c.entry).where(self.asserted(table)).limit(1)).first() is not None

    def has_ever(self, table: Table) -> bool:
        """Return whether a table has a row, whatever is known of it by now."""
        return self.run(select(table.c.entry).limit(1)).first() is not None

    def subjects(
        self, *subject: Column[Any], where: Iterable[ColumnElement[bool]] = (), by_end: bool = True
    ) -> dict[Any, Entity]:
        """Return the current facts of each subject; the columns of one `subject` are its key."""
        table = subject[0].table
        columns = (*subject, table.c.fact, table.c.value, table.c.entry, table.c.effective_on)
        rows = self.run(select(*columns).where(self.current(table, by_end=by_end), *where))
        entities: dict[Any, Entity] = {}
        # Raw rows of the driver: there are many, and no value needs conversion.
        for row in rows.plain():
            *key, fact, value, entry, on = row
            ref = key[0] if len(key) == 1 else tuple(key)
            entity = entities.get(ref)
            if entity is None:
                entity = entities[ref] = Entity(key[-1])
            entity.facts[fact] = FactValue(value, entry, on)
        return entities

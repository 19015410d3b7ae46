"""Every row of some engagements, read once, and what queries answer from them at many as-ofs.

Documents show as many as-ofs as there are documents: a query at each would cost more than the rows that it finds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import msgspec

from projections.queries.asserted import BitemporalPoint, Entity, FactValue, batches
from projections.queries.bitemporal import IS_CLASS, Queries
from projections.tables.named import engagement_facts, money, order_facts, outcomes, party_facts
from projections.tables.noted import Column, ColumnElement, Table, select

_TABLES = (engagement_facts, order_facts, money, outcomes)


class AllRows:
    """All rows about some engagements and about their parties, of whatever was or is known of them."""

    def __init__(self, queries: Queries) -> None:
        """Read the rows of the engagements to which `queries` are limited."""
        self.queries = queries
        refs = queries.limits["engagement"]
        self._rows = {table.name: self._by_key(table.c.engagement, refs) for table in _TABLES}
        parties = {party for ref in refs for row in self.of(engagement_facts, ref) for party in _parties(row)}
        self._rows[party_facts.name] = self._by_key(party_facts.c.party, sorted(parties), IS_CLASS)

    def _by_key(self, of: Column[Any], keys: Iterable[str], *where: ColumnElement[bool]) -> dict[str, list[Any]]:
        table = of.table
        by_key: dict[str, list[Any]] = {}
        for batch in batches(keys):
            query = select(table).where(of.in_(batch), *where)
            for row in self.queries.run(query.order_by(table.c.effective_on, table.c.entry, table.c.line)):
                by_key.setdefault(getattr(row, of.name), []).append(row)
        return by_key

    def of(self, table: Table, key: str) -> list[Any]:
        """Return the rows of a table about an engagement or party, in order of their effective dates."""
        return self._rows[table.name].get(key, [])

    def at(self, as_of: BitemporalPoint, refs: Iterable[str]) -> "QueriesOfRows":
        """Return queries of some of the engagements at an as-of."""
        return QueriesOfRows(self, as_of, [*refs])


class QueriesOfRows(Queries):
    """Queries of engagements, their orders, money, outcomes and parties that read from `AllRows`."""

    def __init__(self, rows: AllRows, as_of: BitemporalPoint, refs: list[str]) -> None:
        """Answer from `rows` at an as-of, for these engagements."""
        super().__init__(rows.queries.db, as_of, limits={"engagement": refs})
        self._of = rows.of
        existing = [ref for ref in refs if self._exists(ref)]
        self._keys: Mapping[str, list[str]] = {table.name: existing for table in _TABLES}

    def _exists(self, ref: str) -> bool:
        # As `asserted` has it: nothing is so of an engagement before the first step of its life.
        steps = [
            row.effective_on for row in self._of(engagement_facts, ref) if row.fact == "status" and self._knows(row)
        ]
        return not steps or min(steps) <= self.as_of.on

    def _knows(self, row: Any) -> bool:
        known_at = self.as_of.known_at
        return row.known_from <= known_at and (row.known_to is None or row.known_to > known_at)

    def _asserts(self, row: Any) -> bool:
        return self._knows(row) and row.effective_on <= self.as_of.on

    def _is_current(self, row: Any) -> bool:
        is_superseded = row.superseded_on <= self.as_of.on and row.superseded_at <= self.as_of.known_at
        return self._asserts(row) and not is_superseded

    def _chosen(
        self, table: Table, is_chosen: Callable[[Any], bool], keys: Iterable[str] | None = None
    ) -> Iterator[Any]:
        keys = self._keys[table.name] if keys is None else keys
        return filter(is_chosen, chain.from_iterable(self._of(table, key) for key in keys))

    def subjects(
        self, *subject: Column[Any], where: Iterable[ColumnElement[bool]] = (), by_end: bool = True
    ) -> dict[Any, Entity]:
        """Return the current facts of engagements or orders."""
        assert not where
        names = [column.name for column in subject]
        return _entities(names, self._chosen(subject[0].table, self._is_current))

    def _parties_with(self, refs: list[str]) -> dict[str, Entity]:
        return _entities(["party"], self._chosen(party_facts, self._is_current, refs))

    def rows(self, table: Table, *where: ColumnElement[bool]) -> list[Any]:
        """Return the asserted rows of a table, of each engagement in order of their effective dates."""
        assert not where
        return [*self._chosen(table, self._asserts)]

    def money(self, measures: Iterable[str]) -> list[Any]:
        """Return the movements of money of these measures, of each engagement in order of their effective dates."""
        every = frozenset(measures)
        return [row for row in self.rows(money) if row.measure in every]

    def outcomes(self, status: str = "reached") -> list[Any]:
        """Return the outcomes that are `reached` or `planned`; for each key the last statement."""
        last = {(row.engagement, row.outcome): row for row in self.rows(outcomes) if row.status == status}
        return [*last.values()]


def _entities(names: list[str], rows: Iterable[Any]) -> dict[Any, Entity]:
    entities: dict[Any, Entity] = {}
    for row in rows:
        key = tuple(getattr(row, name) for name in names)
        entity = entities.setdefault(key if len(key) > 1 else key[0], Entity(key[-1]))
        entity.facts[row.fact] = FactValue(row.value, row.entry, row.effective_on)
    return entities


def _parties(row: Any) -> Iterator[str]:
    if row.fact == "parties" and row.value is not None:
        yield from (party for party, _ in msgspec.json.decode(row.value))

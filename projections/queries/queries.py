"""The only SELECTs: every one takes an as-of, and says which entry each value comes from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Table,
    and_,
    func,
    literal_column,
    or_,
    select,
)

from ledger.domain.engagement.state import EXPIRED, status_on
from projections.history.party_names import PartyNames
from projections.tables.schema import (
    NUMBER,
    coverage,
    disclosures,
    engagement_facts,
    facets,
    money,
    order_facts,
    outcomes,
    party_facts,
    payments,
    rates,
    settings,
    tracking,
)

_OPEN = 2**62
"""Beyond every position."""
_AT_ONCE = 500
"""How many references are asked for at a time."""


@dataclass(frozen=True, slots=True)
class BitemporalPoint:
    """The state on a date (effective), as known at a position of the log."""

    on: str
    known_at: int


class FactValue(NamedTuple):
    """A value, the entry that asserted it, and since when it holds."""

    value: str
    entry: int
    on: str


Facts = dict[str, FactValue]


@dataclass(slots=True)
class Entity:
    """A party, engagement or service order as of a date: its reference and what is known of it."""

    ref: str
    facts: Facts = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        """Return a fact's value, or None if it was never recorded."""
        held = self.facts.get(name)
        return None if held is None else held.value

    def entry(self, name: str) -> list[int]:
        """Return the entry that asserted a fact, as a list that is empty when there is none."""
        held = self.facts.get(name)
        return [] if held is None else [held.entry]

    def pairs(self, name: str) -> list[Any]:
        """Return a fact that is a list: of [party, role] or [code, parts of a million]."""
        value = self.get(name)
        return [] if value is None else msgspec.json.decode(value)


def names_of(parties: Mapping[str, Entity]) -> PartyNames:
    """Return the names of these parties."""

    def look_up(ref: str) -> str | None:
        party = parties.get(ref)
        return party.get("name") if party else None

    return PartyNames(look_up)


class Queries:
    """Reads the projections as of a date and as known at a position; what was read once is kept."""

    def __init__(self, db: Connection, as_of: BitemporalPoint) -> None:
        """Read from `db`."""
        self.db = db
        self.as_of = as_of
        self._parties: dict[str, Entity] | None = None
        self._engagements: dict[str, Entity] | None = None
        self._statuses: dict[str, str] | None = None
        self._settings: Facts | None = None
        self._end: int | None = None

    @property
    def _is_at_end(self) -> bool:
        # Then what was known no more is asked for in one way that an index answers: `known_to` is empty.
        if self._end is None:
            self._end = self.db.execute(select(tracking.c.position)).scalar() or 0
        return self.as_of.known_at >= self._end

    def asserted(self, table: FromClause, *, by_end: bool = True) -> ColumnElement[bool]:
        """Return what holds of rows that stand at the as-of.

        Without `by_end` they are asked for in the same way at the end of the log as before it: what is found by its
        reference is to be looked up by that.
        """
        known = self.as_of.known_at
        if by_end and self._is_at_end:
            return and_(table.c.known_to.is_(None), table.c.effective_on <= self.as_of.on)
        return and_(
            table.c.known_from <= known,
            # In one expression: of two, SQLite would go through two indexes.
            func.coalesce(table.c.known_to, _OPEN) > known,
            table.c.effective_on <= self.as_of.on,
        )

    def current(self, table: FromClause, *, by_end: bool = True) -> ColumnElement[bool]:
        """Return what holds of rows that stand at the as-of and that nothing has superseded: one of each subject."""
        later = table.c.superseded_on > self.as_of.on
        if not by_end or not self._is_at_end:
            later = or_(later, table.c.superseded_at > self.as_of.known_at)
        return and_(self.asserted(table, by_end=by_end), later)

    def _rows(self, table: Table, *where: ColumnElement[bool]) -> Sequence[Row[Any]]:
        order = (table.c.effective_on, table.c.entry, table.c.line)
        return self.db.execute(select(table).where(self.asserted(table), *where).order_by(*order)).all()

    def _entities(
        self, *subject: Column[Any], where: Iterable[ColumnElement[bool]] = (), by_end: bool = True
    ) -> dict[Any, Entity]:
        table = subject[0].table
        columns = (*subject, table.c.fact, table.c.value, table.c.entry, table.c.effective_on)
        rows = self.db.execute(select(*columns).where(self.current(table, by_end=by_end), *where))
        entities: dict[Any, Entity] = {}
        # As the driver gives them: there are many, and what they hold needs no conversion.
        for row in rows.cursor.fetchall():
            *key, fact, value, entry, on = row
            ref = key[0] if len(key) == 1 else tuple(key)
            entity = entities.get(ref)
            if entity is None:
                entity = entities[ref] = Entity(key[-1])
            entity.facts[fact] = FactValue(value, entry, on)
        return entities

    def parties(self) -> dict[str, Entity]:
        """Return third parties by reference: name, type, membership, country."""
        if self._parties is None:
            named = party_facts.c.fact.not_in(("alias", "identifier"))
            self._parties = self._entities(party_facts.c.party, where=[named])
        return self._parties

    def other_names(self) -> Iterator[tuple[str, str, str]]:
        """Yield party, `alias` or `identifier`, and its text; a former name is an alias."""
        for row in self._rows(party_facts, party_facts.c.fact.in_(("alias", "identifier", "name"))):
            if row.fact != "name":
                yield row.party, row.fact, row.value
            elif row.value != self.parties()[row.party].get("name"):
                yield row.party, "alias", row.value

    def engagements(self) -> dict[str, Entity]:
        """Return engagements by reference: status and particulars, with the status `expired` derived."""
        if self._engagements is None:
            found = self._entities(engagement_facts.c.engagement)
            self._engagements = {ref: self._aged(entity) for ref, entity in found.items() if "status" in entity.facts}
        return self._engagements

    def statuses(self) -> dict[str, str]:
        """Return the status of each engagement, and nothing more about them; `expired` is derived."""
        if self._statuses is None:
            fact, ref, value = engagement_facts.c.fact, engagement_facts.c.engagement, engagement_facts.c.value
            # The names of the facts stand in the query itself: only so is the index of such facts alone taken.
            found = self._statuses = dict(self.facts(ref, value, where=[fact == literal_column("'status'")]))
            ended = self.facts(ref, value, where=[fact == literal_column("'ends_on'"), value < self.as_of.on])
            for engagement, ends_on in ended:
                if engagement in found:
                    found[engagement] = status_on(found[engagement], ends_on, self.as_of.on)
        return self._statuses

    def facts(self, *columns: Column[Any], where: Iterable[ColumnElement[bool]] = ()) -> Sequence[Any]:
        """Return columns of the rows of facts that count, as the driver gives them: there are many."""
        return self.db.execute(select(*columns).where(self.current(columns[0].table), *where)).cursor.fetchall()

    def movements(self, measure: str) -> Sequence[Any]:
        """Return the money of a measure: engagement, who pays or is paid, order, currency, minor units, day, entry."""
        of = engagement_facts.c.engagement
        there = select(of).where(engagement_facts.c.fact == "status", self.current(engagement_facts))
        columns = (
            money.c.engagement, money.c.party, money.c.order_number, money.c.currency, money.c.minor,
            money.c.effective_on, money.c.entry,
        )  # fmt: skip
        asked = select(*columns).where(self.asserted(money), money.c.measure == measure, money.c.engagement.in_(there))
        return self.db.execute(asked).cursor.fetchall()

    def waiting_facets(self) -> set[tuple[str, str, str]]:
        """Return engagement, facet and number of what there is to tell and no document has covered."""
        return set(map(tuple, self.facts(facets.c.engagement, facets.c.facet, facets.c.number)))

    def count(self, table: Table, *where: ColumnElement[bool]) -> int:
        """Return how many rows of facts count."""
        return self.db.execute(select(func.count()).select_from(table).where(self.current(table), *where)).scalar() or 0

    def entities(self, of: Column[Any], refs: Iterable[str], *facts: str) -> dict[str, Entity]:
        """Return parties or engagements with these references alone, and only these facts of them if any are named.

        `of` is the column of the references. What has none of the facts is left out.
        """
        table, left = of.table, iter(refs)
        named = [table.c.fact.in_(facts)] if facts else []
        found: dict[str, Entity] = {}
        while some := list(islice(left, _AT_ONCE)):
            found |= self._entities(of, where=[of.in_(some), *named], by_end=False)
        return found

    def value_history(self, fact: str) -> dict[str, list[FactValue]]:
        """Return every value that a fact of engagements had, by reference, in the order in which they came to hold."""
        found: dict[str, list[FactValue]] = {}
        for row in self._rows(engagement_facts, engagement_facts.c.fact == fact):
            found.setdefault(row.engagement, []).append(FactValue(row.value, row.entry, row.effective_on))
        return found

    def _aged(self, entity: Entity) -> Entity:
        status, ends = entity.facts["status"], entity.facts.get("ends_on")
        if ends and status_on(status.value, ends.value, self.as_of.on) != status.value:
            entity.facts["status"] = FactValue(EXPIRED, status.entry, ends.value)
        return entity

    def money(self, measures: Iterable[str]) -> Sequence[Row[Any]]:
        """Return movements of money of these measures, in minor units."""
        return self._rows(money, money.c.measure.in_(list(measures)))

    def orders(self) -> dict[tuple[str, str], Entity]:
        """Return service orders by engagement and number."""
        entities = self._entities(order_facts.c.engagement, order_facts.c.number)
        return {key: entity for key, entity in entities.items() if "status" in entity.facts}

    def sums(self, by: Sequence[Column[Any]], *where: ColumnElement[bool]) -> Sequence[Any]:
        """Return what money adds up to in minor units, `minor`, by columns of its table, in their order."""
        query = select(*by, func.sum(money.c.minor).cast(NUMBER).label("minor")).where(self.asserted(money), *where)
        return self.db.execute(query.group_by(*by).order_by(*by)).all()

    def distinct(self, *columns: Column[Any], where: Iterable[ColumnElement[bool]] = ()) -> set[Any]:
        """Return what columns of a table hold, each once: values of one column, or tuples of several."""
        query = select(*columns).distinct().where(self.asserted(columns[0].table, by_end=False), *where)
        found = self.db.execute(query).cursor.fetchall()
        return {row[0] for row in found} if len(columns) == 1 else set(map(tuple, found))

    def payments(self) -> Sequence[Row[Any]]:
        """Return payments and reversals."""
        return self._rows(payments)

    def outcomes(self, status: str = "reached") -> list[Row[Any]]:
        """Return outcomes, `reached` or `planned`; of one key the last statement."""
        last = {(row.engagement, row.outcome): row for row in self._rows(outcomes, outcomes.c.status == status)}
        return list(last.values())

    def assertions(self, table: Table) -> Sequence[Row[Any]]:
        """Return the rows of a table, in the order in which they came to be so: the later one counts."""
        return self._rows(table)

    def disclosures(self) -> dict[str, Row[Any]]:
        """Return documents that disclosed, by symbol."""
        return {row.document: row for row in self._rows(disclosures)}

    def coverage(self) -> Sequence[Row[Any]]:
        """Return what documents covered: a facet, or a service order with its number."""
        return self._rows(coverage)

    def rates(self) -> Sequence[Row[Any]]:
        """Return rates of exchange, oldest first."""
        return self._rows(rates)

    def settings(self) -> dict[str, FactValue]:
        """Return settings in force, lists as JSON."""
        if self._settings is None:
            rows = self._rows(settings)
            self._settings = {row.name: FactValue(row.value, row.entry, row.effective_on) for row in rows}
        return self._settings

    def setting_list(self, name: str, default: tuple[str, ...]) -> tuple[tuple[str, ...], list[int]]:
        """Return a setting that is a list, and the entry that set it, if one did."""
        held = self.settings().get(name)
        return (default, []) if held is None else (tuple(msgspec.json.decode(held.value)), [held.entry])

    def reporting_currency(self) -> FactValue:
        """Return the currency that reports are in."""
        return self.settings()["reporting-currency"]

"""SELECTs on the projections at an as-of: every value comes with the entry that recorded it.

Queries that the tables answer are here. The runner reads the tables too, to follow the log and to verify them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import msgspec

from ledger.domain.engagement.statuses import EXPIRED, status_on
from projections.history.party_names import PartyNames
from projections.queries.asserted import AssertedRows, BitemporalPoint, Entity, Facts, FactValue, batches
from projections.tables.named import (
    corrections,
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
)
from projections.tables.noted import (
    Column,
    ColumnElement,
    Row,
    Table,
    and_,
    exists,
    func,
    literal_column,
    select,
    true,
    union,
)
from projections.tables.shown import shown, shown_withheld

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection

_HIGH = 10**9
ANY_BODY = "any body"
"""Stands for no body in particular: a disclosure to any body counts."""
IS_CLASS = party_facts.c.fact.not_in(("alias", "identifier"))
"""Facts of parties that have one value each."""


def names_of(parties: Mapping[str, Entity]) -> PartyNames:
    """Return the names of these parties."""

    def look_up(ref: str) -> str | None:
        party = parties.get(ref)
        return party.get("name") if party else None

    return PartyNames(look_up)


class Queries(AssertedRows):
    """Queries of the projections at an as-of; parties, engagements, statuses and settings are cached.

    Those limited by `within` read rows of some engagements only, and cost what these have.
    """

    def __init__(
        self,
        db: "Connection | sqlite3.Connection",
        as_of: BitemporalPoint,
        body: str | None = None,
        limits: Mapping[str, Sequence[str]] = MappingProxyType({}),
        without: Sequence[str] = (),
    ) -> None:
        """Read from `db`. Only disclosures to `body` count, by default that in the setting; none of those `without`."""
        super().__init__(db, as_of, limits)
        self._body = body
        self._without = without
        self._parties: dict[str, Entity] | None = None
        self._named: dict[str, Entity | None] | None = None
        self._engagements: dict[str, Entity] | None = None
        self._statuses: dict[str, str] | None = None
        self._settings: Facts | None = None

    def within(self, engagements: Sequence[str]) -> "Queries":
        """Return queries of these engagements, at most AT_ONCE.

        Parties are read when they are asked for, and documents only if they disclosed something of the engagements.
        """
        return self._limited({"engagement": engagements})

    def of_parties(self, parties: Sequence[str]) -> "Queries":
        """Return queries of these parties, at most AT_ONCE, for what is recorded of parties."""
        return self._limited({"party": parties})

    def _limited(self, limits: Mapping[str, Sequence[str]]) -> "Queries":
        # What is one for all of them is not read again.
        limited = Queries(self.db, self.as_of, self._body, limits, self._without)
        limited._end, limited._last_step, limited._settings = self._end, self._last_step, self._settings
        return limited

    def at(self, as_of: BitemporalPoint) -> "Queries":
        """Return the same queries at another as-of."""
        return Queries(self.db, as_of, self._body, self.limits, self._without)

    def in_batches(self, engagements: Iterable[str]) -> Iterator["Queries"]:
        """Yield queries that are limited to some of these engagements each, in their order."""
        for batch in batches(engagements):
            yield self.within(batch)

    def by_engagement(self, start: str = "") -> Iterator["Queries"]:
        """Yield queries of some engagements each, in order of reference, from `start` on; those of limits, if any."""
        if "engagement" in self.limits:
            yield self
            return
        for refs in self.references(engagement_facts.c.engagement, start):
            yield self.within(refs)

    def by_party(self, start: str = "") -> Iterator["Queries"]:
        """Yield queries of some parties each, in order of reference, from `start` on."""
        for refs in self.references(party_facts.c.party, start):
            yield self.of_parties(refs)

    def parties(self) -> dict[str, Entity]:
        """Return third parties by reference, with name, type, membership and country."""
        if self._parties is None:
            self._parties = self.subjects(party_facts.c.party, where=[IS_CLASS])
        return self._parties

    def party(self, ref: str) -> Entity | None:
        """Return a third party, or None if there is none with this reference.

        Queries that are limited to engagements read it when it is asked for, and the parties of these at once.
        """
        if "engagement" not in self.limits:
            return self.parties().get(ref)
        if self._named is None:  # the parties of all these engagements at once
            refs = {party for engagement in self.engagements().values() for party, _ in engagement.pairs("parties")}
            self._named = dict(self._parties_with(sorted(refs)))
        if ref not in self._named:
            self._named[ref] = self._parties_with([ref]).get(ref)
        return self._named[ref]

    def _parties_with(self, refs: list[str]) -> dict[str, Entity]:
        known: dict[str, Entity] = {}
        for batch in batches(refs):
            known |= self.subjects(party_facts.c.party, where=[party_facts.c.party.in_(batch), IS_CLASS], by_end=False)
        return known

    def names(self, refs: Iterable[str] = ()) -> PartyNames:
        """Return the names of parties; queries that are limited to engagements read those of `refs` at once."""
        if "engagement" in self.limits:
            self.party("")
            assert self._named is not None
            self._named |= self._parties_with(sorted(set(refs) - self._named.keys()))

        def look_up(ref: str) -> str | None:
            party = self.party(ref)
            return party.get("name") if party else None

        return PartyNames(look_up)

    def other_names(self) -> Iterator[tuple[str, str, str]]:
        """Yield (party, `alias` or `identifier`, text); a former name is an alias."""
        for row in self.rows(party_facts, party_facts.c.fact.in_(("alias", "identifier", "name"))):
            if row.fact == "identifier":
                yield row.party, row.fact, row.value
            elif row.value != self.parties()[row.party].get("name"):
                yield row.party, "alias", row.value

    def engagements(self) -> dict[str, Entity]:
        """Return engagements by reference, with status and particulars; the status `expired` is derived."""
        if self._engagements is None:
            entities = self.subjects(engagement_facts.c.engagement)
            self._engagements = {
                ref: self._with_expiry(entity) for ref, entity in entities.items() if "status" in entity.facts
            }
        return self._engagements

    def engagements_of_parties(self, start: str = "") -> Iterator[tuple[str, int]]:
        """Yield parties that have a part in engagements, with the number of these, in order of reference."""
        facts, status = engagement_facts, engagement_facts.alias()
        pair = func.json_each(facts.c.value).table_valued("value")
        party = func.json_extract(pair.c.value, "$[0]")
        existing = select(status.c.engagement).where(self.current(status), self.is_fact(status, "status"))
        is_part = and_(self.current(facts), self.is_fact(facts, "parties"), facts.c.engagement.in_(existing))
        query = select(party, func.count(facts.c.engagement.distinct())).select_from(facts.join(pair, true()))
        query = query.where(is_part, party >= start).group_by(party).order_by(party)
        yield from map(tuple, self.run(query))

    def ever_recorded(self, fact: str) -> list[str]:
        """Return the engagements of which a fact was recorded at some time, even if that is voided or not known yet."""
        ref = engagement_facts.c.engagement
        limits = [ref.in_(refs) for name, refs in self.limits.items() if name == "engagement"]
        query = select(ref).distinct().where(self.is_fact(engagement_facts, fact), *limits).order_by(ref)
        return list(self.run(query).scalars())

    def statuses(self) -> dict[str, str]:
        """Return only the status of each engagement; `expired` is derived."""
        if self._statuses is None:
            fact, ref, value = engagement_facts.c.fact, engagement_facts.c.engagement, engagement_facts.c.value
            # Literals, not parameters: only then does the database use the partial index of these facts.
            is_status, is_end = fact == literal_column("'status'"), fact == literal_column("'ends_on'")
            if self.limits:
                is_status, is_end = (self.is_fact(engagement_facts, name) for name in ("status", "ends_on"))
            statuses = self._statuses = dict(self.facts(ref, value, where=[is_status]))
            ended = self.facts(ref, value, where=[is_end, value < self.as_of.on])
            for engagement, ends_on in ended:
                if engagement in statuses:
                    statuses[engagement] = status_on(statuses[engagement], ends_on, self.as_of.on)
        return self._statuses

    def facts(self, *columns: Column[Any], where: Iterable[ColumnElement[bool]] = ()) -> Sequence[Any]:
        """Return columns of the current rows, as raw rows of the driver: there are many."""
        return self.run(select(*columns).where(self.current(columns[0].table), *where)).plain()

    def movements(self, measure: str) -> Sequence[Any]:
        """Return movements of a measure: engagement, party, order, currency, minor units, day, entry."""
        columns = (
            money.c.engagement, money.c.party, money.c.order_number, money.c.currency, money.c.minor,
            money.c.effective_on, money.c.entry,
        )  # fmt: skip
        query = select(*columns).where(self.asserted(money), money.c.measure == measure)
        return self.run(query).plain()

    def waiting_facets(self) -> set[tuple[str, str, str]]:
        """Return (engagement, facet, number) of recorded facets that no document has disclosed to any body."""
        if self._without:
            return self.recorded_facets() - self.disclosed_keys()
        return set(map(tuple, self.facts(facets.c.engagement, facets.c.facet, facets.c.number)))

    def recorded_facets(self) -> set[tuple[str, str, str]]:
        """Return (engagement, facet, number) of all recorded facets."""
        return self.distinct(facets.c.engagement, facets.c.facet, facets.c.number)

    def count(self, table: Table, *where: ColumnElement[bool]) -> int:
        """Return the number of current rows."""
        return self.run(select(func.count()).select_from(table).where(self.current(table), *where)).scalar() or 0

    def entities(self, of: Column[Any], refs: Iterable[str], *facts: str) -> dict[str, Entity]:
        """Return the parties or engagements with these references, limited to some facts if any are named.

        `of` is the column of the references. Entities without any of the facts are left out.
        """
        table = of.table
        named = [table.c.fact.in_(facts)] if facts else []
        entities: dict[str, Entity] = {}
        for batch in batches(refs):
            entities |= self.subjects(of, where=[of.in_(batch), *named], by_end=False)
        return entities

    def value_history(self, fact: str) -> dict[str, list[FactValue]]:
        """Return all values that a fact of engagements had, by reference, in order of their effective dates."""
        values: dict[str, list[FactValue]] = {}
        for row in self.rows(engagement_facts, self.is_fact(engagement_facts, fact)):
            values.setdefault(row.engagement, []).append(FactValue(row.value, row.entry, row.effective_on))
        return values

    def _with_expiry(self, entity: Entity) -> Entity:
        status, ends = entity.facts["status"], entity.facts.get("ends_on")
        if ends and status_on(status.value, ends.value, self.as_of.on) != status.value:
            entity.facts["status"] = FactValue(EXPIRED, status.entry, ends.value)
        return entity

    def money(self, measures: Iterable[str]) -> Sequence[Row[Any]]:
        """Return the movements of money of these measures, in minor units."""
        # An expression, for which there is no index: that of the limits is used.
        measure = money.c.measure.concat("") if self.limits else money.c.measure
        return self.rows(money, measure.in_(list(measures)))

    def orders(self) -> dict[tuple[str, str], Entity]:
        """Return service orders by engagement and number."""
        entities = self.subjects(order_facts.c.engagement, order_facts.c.number)
        return {key: entity for key, entity in entities.items() if "status" in entity.facts}

    def sums(self, by: Sequence[Column[Any]], *where: ColumnElement[bool]) -> list[tuple[Any, ...]]:
        """Return sums of money in minor units after the columns of its table by which they are grouped and ordered."""
        # SQLite's sum() fails beyond 64 bits, and its total() is not exact: digits are summed in two groups.
        parts = func.sum(money.c.minor.op("/")(_HIGH)), func.sum(money.c.minor.op("%")(_HIGH))
        query = select(*by, *parts).where(self.asserted(money), *where).group_by(*by).order_by(*by)
        return [(*values, high * _HIGH + low) for *values, high, low in self.run(query)]

    def distinct(self, *columns: Column[Any], where: Iterable[ColumnElement[bool]] = ()) -> set[Any]:
        """Return the distinct values of one column, or tuples of several columns, of asserted rows."""
        query = select(*columns).distinct().where(self.asserted(columns[0].table, by_end=False), *where)
        rows = self.run(query).plain()
        return {row[0] for row in rows} if len(columns) == 1 else set(map(tuple, rows))

    def payments(self) -> Sequence[Row[Any]]:
        """Return payments and reversals."""
        return self.rows(payments)

    def outcomes(self, status: str = "reached") -> list[Row[Any]]:
        """Return the outcomes that are `reached` or `planned`; for each key the last statement."""
        last = {(row.engagement, row.outcome): row for row in self.rows(outcomes, outcomes.c.status == status)}
        return list(last.values())

    def assertions(self, table: Table) -> Sequence[Row[Any]]:
        """Return the rows of a table in order of their effective dates: a later row supersedes an earlier one."""
        return self.rows(table)

    def disclosures(self) -> dict[str, Row[Any]]:
        """Return published documents by symbol."""
        covering = select(coverage.c.document).where(self.asserted(coverage))
        of_limits = [disclosures.c.document.in_(covering)] if "engagement" in self.limits else []
        return {row.document: row for row in self.rows(disclosures, *of_limits, *self._counting(disclosures))}

    def corrections(self) -> Sequence[Row[Any]]:
        """Return the corrections of documents."""
        return self.rows(corrections, *self._counting(corrections))

    def _counting(self, documents: Any) -> list[ColumnElement[bool]]:
        return [documents.c.document.not_in(self._without)] if self._without else []

    def coverage(self, facet: str | None = None) -> Sequence[Row[Any]]:
        """Return what documents disclosed: one row for each facet, or service order with its number.

        Each row has the document's or correction's symbol, day and entry, and the as-of that it shows. What it lists
        and did not show is left out (projections.tables.shown). With a facet, only that is read.
        """
        limits = partial(self._both, facet=facet)
        parts = *shown(_coverage_columns, limits), *shown_withheld(_coverage_columns, limits)
        rows = {row for part in parts for row in self.run(part)}  # faster than a union that is sorted
        return sorted(rows, key=lambda row: (row.effective_on, row.entry, row.line, row.stood))

    def covered_by_document(self) -> dict[str, tuple[int, int]]:
        """Return the number of engagements and of service orders that each document disclosed, by symbol."""
        every = union(*shown(_coverage_columns, self._both), *shown_withheld(_coverage_columns, self._both)).subquery()
        order = every.c.engagement.concat("\n").concat(func.nullif(every.c.number, ""))  # NULL is not counted
        counts = func.count(every.c.engagement.distinct()), func.count(order.distinct())
        query = select(every.c.document, *counts).group_by(every.c.document)
        return {document: (engagements, orders) for document, engagements, orders in self.run(query)}

    def disclosed_keys(self) -> set[tuple[str, str, str]]:
        """Return (engagement, facet, number) of what documents disclosed to the body of the queries."""
        published = disclosures.alias()
        to_body = [self.asserted(published), *([] if self.body() is None else [published.c.body == self.body()])]

        def limits(covering: Any, document: Any) -> ColumnElement[bool]:
            is_published = exists().where(published.c.document == covering.c.document, *to_body)
            return and_(self._both(covering, document), is_published)

        query = union(*shown(_key_columns, limits), *shown_withheld(_key_columns, limits)).subquery()
        keys = [query.c[name] for name in ("engagement", "facet", "number")]
        return set(map(tuple, self.run(select(*keys)).plain()))

    def _both(self, covering: Any, document: Any, facet: str | None = None) -> ColumnElement[bool]:
        is_of_facet = true() if facet is None else covering.c.facet == facet
        return and_(self.asserted(covering), self.asserted(document), *self._counting(covering), is_of_facet)

    def rates(self) -> Sequence[Row[Any]]:
        """Return rates of exchange, oldest first."""
        return self.rows(rates)

    def settings(self) -> dict[str, FactValue]:
        """Return the settings in force; lists are JSON."""
        if self._settings is None:
            rows = self.rows(settings)
            self._settings = {row.name: FactValue(row.value, row.entry, row.effective_on) for row in rows}
        return self._settings

    def setting_list(self, name: str, default: tuple[str, ...]) -> tuple[tuple[str, ...], list[int]]:
        """Return a setting that is a list, and the entry that set it, if any."""
        setting = self.settings().get(name)
        return (default, []) if setting is None else (tuple(msgspec.json.decode(setting.value)), [setting.entry])

    def settings_in_force(self, defaults: Mapping[str, str]) -> dict[str, str]:
        """Return the settings named in `defaults` as texts for people: the values in force, or else the defaults."""
        found = self.settings()
        return {name: _in_words(found[name].value) if name in found else text for name, text in defaults.items()}

    def body(self) -> str | None:
        """Return the body to which disclosures count; None if they count to any body."""
        setting = self.settings().get("governing-body")
        body = self._body or (setting.value if setting else ANY_BODY)
        return None if body == ANY_BODY else body

    def reporting_currency(self) -> FactValue:
        """Return the reporting currency."""
        return self.settings()["reporting-currency"]


def _key_columns(covering: Any, _: Any) -> list[ColumnElement[Any]]:
    return [covering.c.engagement, covering.c.facet, covering.c.number]


def _coverage_columns(covering: Any, document: Any) -> list[ColumnElement[Any]]:
    own = [column for name, column in covering.c.items() if name not in ("known_from", "known_to")]
    published = [document.c.effective_on.label("published_on"), document.c.entry.label("published_at")]
    return [*own, *published, document.c.as_of_on, document.c.as_of_position]


def _in_words(setting: str) -> str:
    return "; ".join(msgspec.json.decode(setting, type=list[str])) if setting[:1] == "[" else setting

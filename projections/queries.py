"""The only SELECTs: every one takes an as-of, and says which entry each value comes from."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, or_, select

from projections.schema import (
    coverage,
    disclosures,
    engagement_facts,
    money,
    order_facts,
    outcomes,
    party_facts,
    payments,
    rates,
    settings,
)


@dataclass(frozen=True, slots=True)
class AsOf:
    """The state on a date (effective), as known at a position of the log."""

    on: str
    known_at: int


class Asserted(NamedTuple):
    """A value, the entry that asserted it, and since when it holds."""

    value: str
    entry: int
    on: str


Facts = dict[str, Asserted]


@dataclass(slots=True)
class Thing:
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
        return [] if value is None else json.loads(value)


class Queries:
    """Reads the projections as of a date and as known at a position."""

    def __init__(self, db: Connection, as_of: AsOf) -> None:
        """Read from `db`."""
        self.db = db
        self.as_of = as_of

    def _stands(self, table: Table, on: str | None = None) -> ColumnElement[bool]:
        known = self.as_of.known_at
        return and_(
            table.c.known_from <= known,
            or_(table.c.known_to.is_(None), table.c.known_to > known),
            table.c.effective_on <= (on or self.as_of.on),
        )

    def _rows(self, table: Table, *where: ColumnElement[bool], on: str | None = None) -> Iterator[Row[Any]]:
        order = (table.c.effective_on, table.c.entry, table.c.line)
        yield from self.db.execute(select(table).where(self._stands(table, on), *where).order_by(*order))

    def _things(self, table: Table, subject: str, *where: ColumnElement[bool]) -> dict[str, Thing]:
        # Rows come in the order of (effective_on, entry): the last assertion of a fact is the one that counts.
        things: dict[str, Thing] = {}
        for row in self._rows(table, *where):
            ref = getattr(row, subject)
            thing = things.get(ref) or things.setdefault(ref, Thing(ref))
            thing.facts[row.fact] = Asserted(row.value, row.entry, row.effective_on)
        return things

    def parties(self, ref: str | None = None) -> dict[str, Thing]:
        """Return third parties by reference: name, type, membership, country."""
        where: list[ColumnElement[bool]] = [party_facts.c.fact.not_in(("alias", "identifier"))]
        if ref is not None:
            where.append(party_facts.c.party == ref)
        return self._things(party_facts, "party", *where)

    def other_names(self) -> Iterator[tuple[str, str, str]]:
        """Yield party, `alias` or `identifier`, and its text."""
        for row in self._rows(party_facts, party_facts.c.fact.in_(("alias", "identifier"))):
            yield row.party, row.fact, row.value

    def engagements(self, ref: str | None = None) -> dict[str, Thing]:
        """Return engagements by reference: status and particulars, with the status `expired` derived."""
        where = [] if ref is None else [engagement_facts.c.engagement == ref]
        found = self._things(engagement_facts, "engagement", *where)
        for thing in found.values():
            status, ends = thing.facts.get("status"), thing.facts.get("ends_on")
            if status and ends and status.value == "signed" and ends.value < self.as_of.on:
                thing.facts["status"] = Asserted("expired", status.entry, ends.value)
        return {name: thing for name, thing in found.items() if "status" in thing.facts}

    def money(self, measures: Iterable[str], engagement: str | None = None) -> list[Row[Any]]:
        """Return movements of money of these measures, in minor units."""
        where: list[ColumnElement[bool]] = [money.c.measure.in_(list(measures))]
        if engagement is not None:
            where.append(money.c.engagement == engagement)
        return list(self._rows(money, *where))

    def orders(self, engagement: str | None = None) -> dict[tuple[str, str], Thing]:
        """Return service orders by engagement and number."""
        where = [] if engagement is None else [order_facts.c.engagement == engagement]
        things: dict[tuple[str, str], Thing] = {}
        for row in self._rows(order_facts, *where):
            key = (row.engagement, row.number)
            thing = things.get(key) or things.setdefault(key, Thing(row.number))
            thing.facts[row.fact] = Asserted(row.value, row.entry, row.effective_on)
        return {key: thing for key, thing in things.items() if "status" in thing.facts}

    def payments(self, engagement: str | None = None) -> list[Row[Any]]:
        """Return payments and reversals."""
        where = [] if engagement is None else [payments.c.engagement == engagement]
        return list(self._rows(payments, *where))

    def outcomes(self, engagement: str | None = None) -> list[Row[Any]]:
        """Return outcomes; of one key the last statement."""
        where = [] if engagement is None else [outcomes.c.engagement == engagement]
        last = {(row.engagement, row.outcome): row for row in self._rows(outcomes, *where)}
        return list(last.values())

    def disclosures(self) -> dict[str, Row[Any]]:
        """Return documents that disclosed, by symbol."""
        return {row.document: row for row in self._rows(disclosures)}

    def coverage(self, engagement: str | None = None) -> list[Row[Any]]:
        """Return what documents covered: a facet, or a service order with its number."""
        where = [] if engagement is None else [coverage.c.engagement == engagement]
        return list(self._rows(coverage, *where))

    def rates(self) -> list[Row[Any]]:
        """Return rates of exchange, oldest first."""
        return list(self._rows(rates))

    def settings(self) -> dict[str, Asserted]:
        """Return settings in force, lists as JSON."""
        return {row.name: Asserted(row.value, row.entry, row.effective_on) for row in self._rows(settings)}

    def setting_list(self, name: str, default: tuple[str, ...]) -> tuple[tuple[str, ...], list[int]]:
        """Return a setting that is a list, and the entry that set it, if one did."""
        held = self.settings().get(name)
        return (default, []) if held is None else (tuple(json.loads(held.value)), [held.entry])

    def reporting_currency(self) -> Asserted:
        """Return the currency that reports are in."""
        return self.settings()["reporting-currency"]

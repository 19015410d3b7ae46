"""Totals of money by party, class, region, year and other dimensions."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ledger.domain.fields import ORGANIZATION
from projections.queries.bitemporal import Queries
from projections.queries.conversion import Converter, shared_out
from projections.tables.named import engagement_facts, order_facts, party_facts
from projections.tables.noted import Column

NOT_RECORDED = "not recorded"
DIMENSIONS = ("party", "counterparty", "party-type", "membership", "region", "priority", "kind", "year", "currency")
ITSELF = "the organization itself"
SEVERAL = "several parties"
"""The counterparty of what the organisation commits in an engagement with more than one party."""
WHOLE = 1_000_000
"""The whole, in parts of a million."""
Shares = list[tuple[str, int]]
"""The groups that an amount belongs to, each with its share in parts of a million."""


@dataclass(slots=True)
class Total:
    """The total of one group: minor units by currency, and the part that has a rate in the reporting currency."""

    group: str
    by_currency: dict[str, int] = field(default_factory=dict)
    reported: int = 0
    count: int = 0
    left_out: int = 0
    engagements: set[str] = field(default_factory=set)


class Totals:
    """The totals of one measure. Measures are never mixed."""

    def __init__(self, queries: Queries, measure: str, year: str | None = None) -> None:
        """Read from the queries; with `year`, only money that is effective in it counts."""
        self.year = year
        self.queries = queries
        self.measure = measure
        self.converter = Converter(queries)

    def by(self, dimension: str) -> list[Total]:
        """Return the totals of each group, largest first, then by name."""
        totals: dict[str, Total] = {}
        groups = self._groups(dimension)
        for row in self.queries.movements(self.measure):
            engagement, _, _, currency, minor, day, _ = row
            if self.year and day[:4] != self.year:
                continue
            shares = groups(row)
            amounts = {shares[0][0]: minor} if len(shares) == 1 else shared_out(minor, shares)
            for group, part in amounts.items():
                total = totals.get(group) or totals.setdefault(group, Total(group))
                total.engagements.add(engagement)
                self._add(total, currency, part, day)
        return sorted(totals.values(), key=lambda total: (-total.reported, total.group))

    def _add(self, total: Total, currency: str, minor: int, day: str) -> None:
        total.count += 1
        total.by_currency[currency] = total.by_currency.get(currency, 0) + minor
        worth = self.converter.worth(currency, minor, day)
        if worth is None:
            total.left_out += 1
        else:
            total.reported += worth

    def _groups(self, dimension: str) -> Callable[[Any], Shares]:
        """Return a function that returns the groups of a movement."""
        if dimension == "year":
            return lambda row: [(row[5][:4], WHOLE)]
        if dimension == "currency":
            return lambda row: [(row[3], WHOLE)]
        if dimension == "kind":
            kinds = self._values(engagement_facts.c.engagement, "kind")
            return lambda row: [(kinds.get(row[0]) or NOT_RECORDED, WHOLE)]
        if dimension == "counterparty":
            return self._by_counterparty()
        if dimension in ("region", "priority"):
            shares = self._values(engagement_facts.c.engagement, "regions" if dimension == "region" else "priorities")
            return lambda row: _shares(shares.get(row[0], ""))
        return self._by_party({"party": "name", "party-type": "type"}.get(dimension, dimension))

    def _by_party(self, fact: str) -> Callable[[Any], Shares]:
        names = self._values(party_facts.c.party, "name")
        classes = names if fact == "name" else self._values(party_facts.c.party, fact)
        groups = {ref: classes.get(ref) or NOT_RECORDED for ref in names} | {ORGANIZATION: ITSELF}
        vendors = self._vendors()

        def group(row: Any) -> Shares:
            ref = row[1] or vendors.get(row[:1] + row[2:3]) or ""
            return [(groups.get(ref) or ref or NOT_RECORDED, WHOLE)]

        return group

    def _by_counterparty(self) -> Callable[[Any], Shares]:
        # What the organisation commits itself goes to the other side of the engagement.
        by_party = self._by_party("name")
        roles = self._values(engagement_facts.c.engagement, "parties")

        def group(row: Any) -> Shares:
            if row[1] != ORGANIZATION:
                return by_party(row)
            parties = {party for party, _ in json.loads(roles.get(row[0]) or "[]")}
            return by_party((row[0], parties.pop(), *row[2:])) if len(parties) == 1 else [(SEVERAL, WHOLE)]

        return group

    def _vendors(self) -> dict[Any, str]:
        """Return the vendors of service orders, by engagement and number, if the measure is one of orders."""
        if self.measure not in ("ordered", "accepted", "paid"):
            return {}
        columns = (order_facts.c.engagement, order_facts.c.number, order_facts.c.value)
        vendors = self.queries.facts(*columns, where=[order_facts.c.fact == "vendor"])
        return {(ref, number): vendor for ref, number, vendor in vendors}

    def _values(self, of: Column[Any], fact: str) -> dict[str, str]:
        """Return the values of a fact of all parties, or engagements, by reference."""
        columns = of.table.c
        return dict(self.queries.facts(of, columns.value, where=[columns.fact == fact]))


@cache
def _shares(text: str) -> Shares:
    return [(code, parts) for code, parts in json.loads(text or "[]")] or [(NOT_RECORDED, WHOLE)]

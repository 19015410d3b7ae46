"""Money added up: by party, class, region, year and so on; each total with the entries behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ledger.domain.fields import ORGANIZATION
from projections.amounts import Converter, shared_out
from projections.queries import Queries, Thing

NOT_RECORDED = "not recorded"
DIMENSIONS = ("party", "party-type", "membership", "region", "priority", "kind", "year", "currency")
ITSELF = "the organization itself"


@dataclass(slots=True)
class Total:
    """What one group adds up to: minor units by currency, and in the reporting currency what has a rate."""

    group: str
    by_currency: dict[str, int] = field(default_factory=dict)
    reported: int = 0
    count: int = 0
    left_out: int = 0
    engagements: set[str] = field(default_factory=set)
    entries: set[int] = field(default_factory=set)


class Totals:
    """Adds up one measure. Measures are never mixed."""

    def __init__(self, queries: Queries, measure: str, year: str | None = None) -> None:
        """Read what is needed once; with `year`, only money that is effective in it counts."""
        self.year = year
        self.queries = queries
        self.measure = measure
        self.converter = Converter(queries)
        self.parties = queries.parties()
        self.engagements = queries.engagements()
        self.orders = queries.orders() if measure in ("ordered", "accepted", "paid") else {}

    def by(self, dimension: str) -> list[Total]:
        """Return the totals of each group, largest first, then by name."""
        totals: dict[str, Total] = {}
        for row in self.queries.money([self.measure]):
            engagement = self.engagements.get(row.engagement)
            if engagement is None or (self.year and row.effective_on[:4] != self.year):
                continue
            parts = list(self._groups(dimension, row, engagement))
            amounts = shared_out(row.minor, [(group, share) for group, share, _ in parts])
            for group, _, entries in parts:
                total = totals.get(group) or totals.setdefault(group, Total(group))
                self._add(total, row, amounts[group])
                total.entries.update((row.entry, *entries))
                total.engagements.add(row.engagement)
        return sorted(totals.values(), key=lambda total: (-total.reported, total.group))

    def _add(self, total: Total, row: Any, minor: int) -> None:
        total.count += 1
        total.by_currency[row.currency] = total.by_currency.get(row.currency, 0) + minor
        worth = self.converter.convert(row.currency, minor, row.effective_on)
        if worth is None:
            total.left_out += 1
        else:
            total.reported += worth.minor
            total.entries.update(worth.entries)

    def _groups(self, dimension: str, row: Any, engagement: Thing) -> Iterator[tuple[str, int, list[int]]]:
        if dimension in ("region", "priority"):
            name = "regions" if dimension == "region" else "priorities"
            shares = engagement.pairs(name) or [(NOT_RECORDED, 1_000_000)]
            yield from ((code, parts, engagement.entry(name)) for code, parts in shares)
        elif dimension == "kind":
            yield engagement.get("kind") or NOT_RECORDED, 1_000_000, engagement.entry("kind")
        elif dimension == "year":
            yield row.effective_on[:4], 1_000_000, []
        elif dimension == "currency":
            yield row.currency, 1_000_000, []
        else:
            yield self._by_party(dimension, row)

    def _by_party(self, dimension: str, row: Any) -> tuple[str, int, list[int]]:
        ref: str = row.party
        entries: list[int] = []
        if not ref:
            order = self.orders.get((row.engagement, row.order_number))
            ref, entries = (order.get("vendor") or "", order.entry("vendor")) if order else ("", [])
        if ref == ORGANIZATION:
            return ITSELF, 1_000_000, entries
        party = self.parties.get(ref)
        if party is None:
            return ref or NOT_RECORDED, 1_000_000, entries
        fact = {"party": "name", "party-type": "type"}.get(dimension, dimension)
        return party.get(fact) or NOT_RECORDED, 1_000_000, [*entries, *party.entry(fact)]

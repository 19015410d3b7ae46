"""What parties do in other engagements: what was ordered from them within some days, and whether they also give."""

from typing import Any

from ledger.domain.dates import days_after
from projections.compliance.amounts import Sum
from projections.compliance.records import Held
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.queries.implied_conflicts import implied_conflicts
from projections.queries.oversight import AffiliationGroups
from projections.tables.named import order_facts


class Network:
    """Orders by vendor, and parties that belong together; read for the whole ledger when a rule first asks for it."""

    def __init__(self, queries: Queries) -> None:
        """Read by queries of the whole ledger."""
        self.queries = queries
        self._vendors: dict[tuple[str, str], Held] | None = None
        self._orders: dict[str, list[Any]] = {}
        self._groups: AffiliationGroups | None = None
        self._interests: dict[str, dict[str, set[int]]] = {}

    def vendor(self, engagement: str, number: str) -> Held | None:
        """Return the vendor of a service order, or None if it is not recorded."""
        return self._read().get((engagement, number))

    def _read(self) -> dict[tuple[str, str], Held]:
        if self._vendors is None:
            vendors = self._vendors = {
                (row.engagement, row.number): Held(row.effective_on, row.entry, row.value)
                for row in self.queries.rows(order_facts, order_facts.c.fact == "vendor")
            }
            ended = {row.entry for row in self.queries.rows(order_facts, order_facts.c.fact == "status")}
            ended -= {vendor.entry for vendor in vendors.values()}
            for row in self.queries.money(["ordered"]):
                held = vendors.get((row.engagement, row.order_number))
                if held is not None and row.entry not in ended:
                    self._orders.setdefault(held.value, []).append(row)
        return self._vendors

    def ordered(self, vendor: str, day: str, days: int) -> Sum:
        """Return what was ordered from a vendor and those it belongs together with, in `days` days up to a day."""
        self._read()
        if self._groups is None:
            self._groups = AffiliationGroups(self.queries)
        first = days_after(day, 1 - days)
        by_currency: dict[str, int] = {}
        entries: set[int] = set()
        for party, links in self._groups.of(vendor).items():
            for row in self._orders.get(party, ()):
                if first <= row.effective_on <= day:
                    by_currency[row.currency] = by_currency.get(row.currency, 0) + row.minor
                    entries.update((row.entry, *links))
        return Sum(by_currency, tuple(sorted(entries)))

    def paid_and_giving(self, engagement: str, day: str) -> tuple[int, ...]:
        """Return the entries that show that a party of an engagement is paid and gives; empty if they show it not.

        Whether the conflict was declared or assessed does not matter to that.
        """
        interests = self._interests.get(day)
        if interests is None:
            interests = self._interests[day] = {}
            for implied in implied_conflicts(self.queries.at(BitemporalPoint(day, self.queries.as_of.known_at))):
                declared = implied.conflict.entries if implied.conflict is not None else ()
                interests.setdefault(implied.engagement, set()).update({*implied.entries}.difference(declared))
        return tuple(sorted(interests.get(engagement, ())))

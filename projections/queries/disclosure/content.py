"""The disclosable content of each engagement: its facets, the text of each, since when it holds, and its entries."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from ledger.domain.engagement.statuses import DISCLOSABLE
from ledger.domain.money import from_minor
from projections.queries.asserted import BitemporalPoint, Entity, FactValue
from projections.queries.bitemporal import Queries
from projections.queries.disclosure.coverage import CoverageIndex
from projections.tables.words import MEASURES, UNDATED

WITHHELD = "not disclosed"
"""The text of a facet that the source does not disclose."""


class Facet(NamedTuple):
    """One facet of an engagement, or one service order: its text, since when it holds, and the entries behind it.

    `happened` is the entry that recorded what happened on `since`. `dated` is false if that day is not known: it
    happened on that day or before. The first of the `entries` is the signature, without which nothing is disclosable.
    """

    facet: str
    number: str
    since: str
    text: str
    happened: int
    entries: tuple[int, ...]
    dated: bool = True


class DisclosableContent:
    """The facets of the engagements of the queries that can be disclosed."""

    def __init__(self, queries: Queries) -> None:
        """Read engagements, orders, money and outcomes once."""
        self.engagements = {
            ref: engagement
            for ref, engagement in queries.engagements().items()
            if engagement.get("status") in DISCLOSABLE
        }
        self._queries = queries
        self._facets: dict[str, tuple[Facet, ...]] = {}
        self.name = queries.names()
        self.orders_of: dict[str, list[tuple[str, Entity]]] = {}
        for (engagement, number), order in sorted(queries.orders().items()):
            self.orders_of.setdefault(engagement, []).append((number, order))
        self._money = _by_engagement(queries.money(MEASURES))
        self._planned = _by_engagement(queries.outcomes("planned"))
        self._reached = _by_engagement(queries.outcomes())

    @cached_property
    def coverage(self) -> CoverageIndex:
        """The documents that disclosed each of these facets."""
        return CoverageIndex(self._queries)

    @property
    def as_of(self) -> BitemporalPoint:
        """The as-of of the content."""
        return self._queries.as_of

    def facets(self, ref: str) -> tuple[Facet, ...]:
        """Return the facets of an engagement for which something is recorded, and each of its service orders."""
        facets = self._facets.get(ref)
        if facets is None:
            facets = self._facets[ref] = tuple(self._facets_of(ref))
        return facets

    def _facets_of(self, ref: str) -> Iterator[Facet]:
        engagement = self.engagements[ref]
        signed = engagement.facts.get("signed_on") or engagement.facts["status"]
        withheld = engagement.pairs("withheld")
        roles = [f"{self.name(party)} ({role})" for party, role in engagement.pairs("parties")]
        yield _since_signed("parties", "; ".join(sorted(roles)), signed, engagement.entry("parties"))
        sums, rows = self._sums(ref, "")
        if sums:
            yield _since_first("financials", sums, signed, rows)
        elif "financials" in withheld:
            yield _since_signed("financials", WITHHELD, signed, engagement.entry("withheld"))
        duration = [engagement.get(name) or "" for name in ("starts_on", "ends_on")]
        if any(duration):
            entries = [*engagement.entry("starts_on"), *engagement.entry("ends_on")]
            yield _since_signed("duration", " to ".join(duration), signed, entries)
        yield from self._orders(ref, signed)
        if "service-orders" in withheld and ref not in self.orders_of:
            yield _since_signed("service-orders", WITHHELD, signed, engagement.entry("withheld"))
        yield from self._outcomes(ref, signed)

    def naming_entries(self, ref: str) -> list[int]:
        """Return the entries that gave the parties of an engagement, and the vendors of its orders, their names."""
        named = [party for party, _ in self.engagements[ref].pairs("parties")]
        named += [vendor for _, order in self.orders_of.get(ref, ()) if (vendor := order.get("vendor"))]
        parties = [self._queries.party(party) for party in dict.fromkeys(named)]
        return [entry for party in parties if party for entry in party.entry("name")]

    def in_words(self, ref: str, number: str, text: str) -> str:
        """Return the text of a service order with the name of its vendor, which is no part of what is compared."""
        vendors = (order.get("vendor") for own, order in self.orders_of.get(ref, ()) if own == number)
        vendor = next(vendors, None)
        return "; ".join(self.name(part) if part == vendor else part for part in text.split("; "))

    def _orders(self, ref: str, signed: FactValue) -> Iterator[Facet]:
        for number, order in self.orders_of.get(ref, []):
            particulars = [order.get(name) or "" for name in ("subject", "vendor", "status")]
            sums, rows = self._sums(ref, number)
            entries = {fact.entry for fact in order.facts.values()} | set(_entries(rows))
            issued = order.facts["vendor"]
            text = "; ".join(filter(None, [*particulars, _period(order), sums]))
            yield Facet("service-orders", number, issued.on, text, issued.entry, (signed.entry, *sorted(entries)))

    def _outcomes(self, ref: str, signed: FactValue) -> Iterator[Facet]:
        planned = sorted(self._planned.get(ref, []), key=lambda row: row.outcome)
        reached = sorted(self._reached.get(ref, []), key=lambda row: row.outcome)
        texts = [_outcome_text(f"{row.outcome} planned", row, target=row.target, due=row.due_on) for row in planned]
        texts += [_outcome_text(row.outcome, row, actual=row.actual, evidence=row.evidence) for row in reached]
        if texts:
            yield _since_first("outcomes", "; ".join(texts), signed, [*planned, *reached])

    def _sums(self, ref: str, number: str) -> tuple[str, list[Any]]:
        sums: dict[tuple[str, str], int] = {}
        rows = [row for row in self._money.get(ref, []) if row.order_number == number]
        for row in rows:
            key = (row.measure, row.currency)
            sums[key] = sums.get(key, 0) + row.minor
        texts = [f"{measure} {from_minor(currency, minor)}" for (measure, currency), minor in sorted(sums.items())]
        return "; ".join(texts), rows


def _period(order: Entity) -> str:
    starts, ends = order.get("starts_on"), order.get("ends_on")
    if starts and ends:
        return f"{starts} to {ends}"
    return f"from {starts}" if starts else f"until {ends}" if ends else ""


def _since_signed(facet: str, text: str, signed: FactValue, entries: list[int]) -> Facet:
    return Facet(facet, "", signed.on, text, signed.entry, (signed.entry, *entries), signed.value != UNDATED)


def _since_first(facet: str, text: str, signed: FactValue, rows: list[Any]) -> Facet:
    first = min(rows, key=lambda row: (row.effective_on, row.entry))
    # If the source does not date the signature, it does not date what it reports together with the signature either.
    dated = signed.value != UNDATED or first.effective_on != signed.on
    return Facet(facet, "", first.effective_on, text, first.entry, (signed.entry, *_entries(rows)), dated)


def _outcome_text(head: str, row: Any, **details: str | None) -> str:
    recorded = ", ".join(f"{label} {text}" for label, text in details.items() if text)
    summary = str(row.summary).removesuffix(".")
    return f"{head}: {summary} ({recorded})" if recorded else f"{head}: {summary}"


def _by_engagement(rows: Any) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.engagement, []).append(row)
    return grouped


def _entries(rows: list[Any]) -> tuple[int, ...]:
    return tuple(sorted({row.entry for row in rows}))

"""What there is to disclose of each engagement: its facets, what each says, since when, and by which entries."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from ledger.domain.engagement.state import DISCLOSABLE
from ledger.domain.money import from_minor
from projections.projectors.engagements import UNDATED
from projections.projectors.money import MEASURES
from projections.queries.queries import Entity, FactValue, Queries, names_of

WITHHELD = "not disclosed"
"""What a facet says that the source does not disclose."""


class Facet(NamedTuple):
    """One facet of an engagement, or one service order: since when it is so, what it says, and the entries behind.

    `happened` is the entry that recorded what happened on `since`; `dated` is false where that day is not known: it
    happened then or before. The first of the `entries` is the signature, without which there is nothing to disclose.
    """

    facet: str
    number: str
    since: str
    says: str
    happened: int
    entries: tuple[int, ...]
    dated: bool = True


class DisclosableContent:
    """What there is to disclose of each engagement."""

    def __init__(self, queries: Queries) -> None:
        """Read it once."""
        self.engagements = {
            ref: thing for ref, thing in queries.engagements().items() if thing.get("status") in DISCLOSABLE
        }
        self._parties = queries.parties()
        self.name = names_of(self._parties)
        self.orders_of: dict[str, list[tuple[str, Entity]]] = {}
        for (engagement, number), thing in sorted(queries.orders().items()):
            self.orders_of.setdefault(engagement, []).append((number, thing))
        self._money = _by_engagement(queries.money(MEASURES))
        self._planned = _by_engagement(queries.outcomes("planned"))
        self._reached = _by_engagement(queries.outcomes())

    def facets(self, ref: str) -> Iterator[Facet]:
        """Yield the facets that there are, and each service order."""
        thing = self.engagements[ref]
        signed = thing.facts.get("signed_on") or thing.facts["status"]
        withheld = thing.pairs("withheld")
        roles = [f"{self.name(party)} ({role})" for party, role in thing.pairs("parties")]
        yield _since_signed("parties", "; ".join(sorted(roles)), signed, thing.entry("parties"))
        sums, rows = self._sums(ref, "")
        if sums:
            yield _since_first("financials", sums, signed, rows)
        elif "financials" in withheld:
            yield _since_signed("financials", WITHHELD, signed, thing.entry("withheld"))
        duration = [thing.get(name) or "" for name in ("starts_on", "ends_on")]
        if any(duration):
            entries = [*thing.entry("starts_on"), *thing.entry("ends_on")]
            yield _since_signed("duration", " to ".join(duration), signed, entries)
        yield from self._orders(ref, signed)
        if "service-orders" in withheld and ref not in self.orders_of:
            yield _since_signed("service-orders", WITHHELD, signed, thing.entry("withheld"))
        yield from self._outcomes(ref, signed)

    def named(self, ref: str) -> list[int]:
        """Return the entries that gave the parties of an engagement their names."""
        parties = [self._parties.get(party) for party, _ in self.engagements[ref].pairs("parties")]
        return [entry for party in parties if party for entry in party.entry("name")]

    def _orders(self, ref: str, signed: FactValue) -> Iterator[Facet]:
        for number, order in self.orders_of.get(ref, []):
            told = [order.get(name) or "" for name in ("subject", "vendor", "status", "starts_on", "ends_on")]
            sums, rows = self._sums(ref, number)
            entries = {held.entry for held in order.facts.values()} | set(_entries(rows))
            issued = order.facts["vendor"]
            says = "; ".join([*told, sums])
            yield Facet("service-orders", number, issued.on, says, issued.entry, (signed.entry, *sorted(entries)))

    def _outcomes(self, ref: str, signed: FactValue) -> Iterator[Facet]:
        planned = sorted(self._planned.get(ref, []), key=lambda row: row.outcome)
        reached = sorted(self._reached.get(ref, []), key=lambda row: row.outcome)
        told = [_labelled(f"{row.outcome} planned", row, target=row.target, due=row.due_on) for row in planned]
        told += [_labelled(row.outcome, row, actual=row.actual, evidence=row.evidence) for row in reached]
        if told:
            yield _since_first("outcomes", "; ".join(told), signed, [*planned, *reached])

    def _sums(self, ref: str, number: str) -> tuple[str, list[Any]]:
        sums: dict[tuple[str, str], int] = {}
        rows = [row for row in self._money.get(ref, []) if row.order_number == number]
        for row in rows:
            key = (row.measure, row.currency)
            sums[key] = sums.get(key, 0) + row.minor
        told = [f"{measure} {from_minor(currency, minor)}" for (measure, currency), minor in sorted(sums.items())]
        return "; ".join(told), rows


def _since_signed(facet: str, says: str, signed: FactValue, entries: list[int]) -> Facet:
    return Facet(facet, "", signed.on, says, signed.entry, (signed.entry, *entries), signed.value != UNDATED)


def _since_first(facet: str, says: str, signed: FactValue, rows: list[Any]) -> Facet:
    first = min(rows, key=lambda row: (row.effective_on, row.entry))
    # What a source tells together with a signature that it does not date, it does not date either.
    dated = signed.value != UNDATED or first.effective_on != signed.on
    return Facet(facet, "", first.effective_on, says, first.entry, (signed.entry, *_entries(rows)), dated)


def _labelled(head: str, row: Any, **more: str | None) -> str:
    told = ", ".join(f"{label} {text}" for label, text in more.items() if text)
    summary = str(row.summary).removesuffix(".")
    return f"{head}: {summary} ({told})" if told else f"{head}: {summary}"


def _by_engagement(rows: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.engagement, []).append(row)
    return found


def _entries(rows: list[Any]) -> tuple[int, ...]:
    return tuple(sorted({row.entry for row in rows}))

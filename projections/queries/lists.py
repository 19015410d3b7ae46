"""The lists of the register as plain rows, the same for tables, JSON and CSV."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from ledger.domain.money import from_minor
from projections.queries.asserted import AT_ONCE, Entity
from projections.queries.bitemporal import Queries
from projections.queries.disclosure.coverage import CoverageIndex
from projections.queries.in_order import ByEngagement, InOrder, Plain
from projections.queries.oversight import (
    AffiliationGroups,
    CheckRecord,
    checks,
    corrections,
    flags,
    gifts,
    preparations,
)
from projections.tables.named import order_facts
from projections.tables.named import payments as payments_table
from projections.tables.words import UNDATED

NONE = (0, 0)
GIVEN = ("signed", "received", "refunded", "in-kind")
"""Measures of contributions; contributions in kind are never added to what was signed."""


def _texts(sums: dict[str, int]) -> list[str]:
    return [str(from_minor(currency, minor)) for currency, minor in sorted(sums.items()) if minor]


def _less(sums: dict[str, int], taken: dict[str, int]) -> dict[str, int]:
    return {currency: minor - taken.get(currency, 0) for currency, minor in sums.items()}


def sums(queries: Queries, measure: str, by: tuple[str, ...]) -> dict[tuple[str, ...], dict[str, int]]:
    """Return a measure by the given columns of money: minor units by currency."""
    grouped: dict[tuple[str, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in queries.money([measure]):
        grouped[tuple(getattr(row, name) for name in by)][row.currency] += row.minor
    return grouped


class _Parties(InOrder):
    """Third parties in order of reference."""

    def __call__(self, queries: Queries, start: str = "") -> Iterator[Plain]:
        """Yield the rows from that of the party `start` on."""
        links = AffiliationGroups(queries).links
        counts = _Counts(queries.engagements_of_parties(start))
        for some in queries.by_party(start):
            yield from self._rows(some, counts, links)

    def _rows(self, queries: Queries, counts: "_Counts", links: Mapping[str, Iterable[str]]) -> Iterator[Plain]:
        others: dict[tuple[str, str], list[str]] = defaultdict(list)
        for ref, fact, text in queries.other_names():
            if text not in others[(ref, fact)]:
                others[(ref, fact)].append(text)
        checked: dict[str, list[str]] = defaultdict(list)
        for check in checks(queries):
            checked[check.party].append(_checked(check))
        flagged: dict[str, list[str]] = defaultdict(list)
        for flag in flags(queries):
            if not flag.lifted_on:
                flagged[flag.party].append(flag.flag)
        for ref, entity in sorted(queries.parties().items()):
            yield {
                "party": ref,
                "name": entity.get("name"),
                "type": entity.get("type"),
                "membership": entity.get("membership"),
                "country": entity.get("country"),
                "engagements": counts.of(ref),
                "aliases": others[(ref, "alias")],
                "identifiers": others[(ref, "identifier")],
                "checks": checked[ref],
                "flags": flagged[ref],
                "affiliates": sorted(links.get(ref, {})),
            }


parties = _Parties()


class _Counts:
    """Counts in order of reference, read along with rows in the same order."""

    def __init__(self, counts: Iterator[tuple[str, int]]) -> None:
        """Take the counts."""
        self._counts = counts
        self._next = next(counts, None)

    def of(self, ref: str) -> int:
        """Return the count of a reference that is not before one asked for earlier; 0 if it has none."""
        while self._next is not None and self._next[0] < ref:
            self._next = next(self._counts, None)
        return self._next[1] if self._next is not None and self._next[0] == ref else 0


def _checked(check: CheckRecord) -> str:
    against = f" against {check.name}" if check.kind == "screening" else f" ({check.name})"
    until = f", valid until {check.valid_until}" if check.valid_until else ""
    return f"{check.kind}{against}: {check.result}{until}"


@ByEngagement
def engagements(queries: Queries) -> list[Plain]:
    """Return engagements in order of reference."""
    name = queries.names()
    signed = sums(queries, "signed", ("engagement",))
    return [
        {
            "engagement": ref,
            "title": entity.get("title"),
            "kind": entity.get("kind"),
            "status": entity.get("status"),
            "parties": [name(party) for party, _ in entity.pairs("parties")],
            "unit": entity.get("unit"),
            "signed_on": _signed_on(entity),
            "starts_on": entity.get("starts_on"),
            "ends_on": entity.get("ends_on"),
            "signed": _texts(signed.get((ref,), {})),
            "withheld": list(entity.pairs("withheld")),
            "party_refs": [party for party, _ in entity.pairs("parties")],
            "ceiling": [ceiling] if (ceiling := entity.get("ceiling")) else [],
        }
        for ref, entity in sorted(queries.engagements().items())
    ]


def _signed_on(entity: Entity) -> str | None:
    # If the source does not date a signature, its effective date is that of the source, not of the signature.
    signed = entity.facts.get("signed_on")
    return signed.on if signed and signed.value != UNDATED else None


@ByEngagement
def contributions(queries: Queries) -> list[Plain]:
    """Return what each payer committed, paid in, got back and gave in kind, by engagement and currency."""
    amounts: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in queries.money(GIVEN):
        amounts[(row.engagement, row.party, row.currency)][row.measure] += row.minor
    given: dict[tuple[str, str], list[str]] = defaultdict(list)
    for gift in gifts(queries):
        given[(gift.engagement, gift.party)].append(f"{gift.item} {gift.what}")
    name = queries.names(party for _, party, _ in amounts)
    return [
        {
            "engagement": engagement,
            "payer": name(party),
            "currency": currency,
            **{measure.replace("-", "_"): from_minor(currency, of[measure]).value for measure in GIVEN},
            "items": given[(engagement, party)],
            "payer_ref": party,
        }
        for (engagement, party, currency), of in sorted(amounts.items())
    ]


@ByEngagement
def orders(queries: Queries) -> list[Plain]:
    """Return service orders with their amounts, and the documents that disclosed them."""
    issued = sorted(queries.orders().items())
    name = queries.names(entity.get("vendor") or "" for _, entity in issued)
    by = ("engagement", "order_number")
    ordered, accepted, paid = (sums(queries, measure, by) for measure in ("ordered", "accepted", "paid"))
    coverage = CoverageIndex(queries)
    return [
        {
            "engagement": key[0],
            "number": key[1],
            "subject": entity.get("subject"),
            "vendor": name(entity.get("vendor") or "") or None,
            "status": entity.get("status"),
            "starts_on": entity.get("starts_on"),
            "ends_on": entity.get("ends_on"),
            "deliverables": json.loads(entity.get("deliverables") or "[]"),
            "ordered": _texts(ordered.get(key, {})),
            "accepted": _texts(accepted.get(key, {})),
            "paid": _texts(paid.get(key, {})),
            "open": _texts(_less(ordered.get(key, {}), accepted.get(key, {}))),
            "disclosed_in": coverage.symbols((key[0], "service-orders", key[1])),
            "vendor_ref": entity.get("vendor"),
            **_issue(entity),
        }
        for key, entity in issued
    ]


def _issue(entity: Entity) -> Plain:
    # Only the issue states the vendor, and nothing supersedes it.
    issue = entity.facts.get("vendor")
    return {"issued_on": issue and issue.on, "position": issue and issue.entry}


def payments(queries: Queries) -> Iterator[Plain]:
    """Yield payments and reversals, in order of date."""
    ref, number, vendor = order_facts.c.engagement, order_facts.c.number, order_facts.c.value
    paid = queries.flowing(payments_table)
    while rows := list(islice(paid, AT_ONCE)):
        some = queries.within(sorted({row.engagement for row in rows}))
        issued = some.facts(ref, number, vendor, where=[some.is_fact(order_facts, "vendor")])
        payees = {(engagement, order): party for engagement, order, party in issued}
        name = some.names(payees.values())
        for row in rows:
            yield {
                "engagement": row.engagement,
                "order": row.order_number,
                "payment": row.payment,
                "status": row.status,
                "on": row.effective_on,
                "currency": row.currency,
                "amount": from_minor(row.currency, row.minor).value,
                "position": row.entry,
                "payee": (payee := payees.get((row.engagement, row.order_number))) and name(payee),
                "payee_ref": payee,
            }


def documents(queries: Queries) -> list[Plain]:
    """Return published documents, in order of publication, and those in preparation.

    The planned coverage of a document in preparation is only in its own stream: its counts are None.
    """
    covered = queries.covered_by_document()
    corrected: dict[str, list[str]] = defaultdict(list)
    for row in corrections(queries):
        corrected[row.document].append(row.correction)
    published = [
        {
            "document": document,
            "body": row.body,
            "title": row.title or None,
            "published_on": row.effective_on,
            "shows_on": row.as_of_on,
            "shows_position": row.as_of_position,
            "engagements": covered.get(document, NONE)[0],
            "orders": covered.get(document, NONE)[1],
            "status": "published",
            "planned_on": None,
            "corrected_by": corrected[document],
        }
        for document, row in queries.disclosures().items()
    ]
    return [*published, *(_prepared(row) for row in preparations(queries))]


def _prepared(row: Any) -> Plain:
    unknown = dict.fromkeys(("published_on", "shows_on", "shows_position", "engagements", "orders"))
    document = {"document": row.document, "body": row.body, "title": row.title or None, **unknown}
    return {**document, "status": "in preparation", "planned_on": row.planned_on or None, "corrected_by": []}


def rates(queries: Queries) -> list[Plain]:
    """Return exchange rates, oldest first."""
    return [
        {"base": row.base, "quote": row.quote, "rate": row.rate, "on": row.effective_on, "source": row.source}
        for row in queries.rates()
    ]


def settings(queries: Queries) -> list[Plain]:
    """Return the identity of the ledger, its settings in force, and those that are not set."""
    from ledger.domain.organisation.settings import SETTINGS  # noqa: PLC0415 - it loads types of events

    in_force = queries.settings()
    return [
        {
            "name": name,
            "value": _setting(in_force[name].value) if name in in_force else None,
            "since_position": in_force[name].entry if name in in_force else None,
            "meaning": SETTINGS.get(name, "given when the ledger was made"),
        }
        for name in sorted({*in_force, *SETTINGS})
    ]


def _setting(value: str) -> Any:
    return json.loads(value) if value.startswith("[") else value

"""Lists of what there is, as plain rows: the same for tables, JSON and CSV."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from ledger.domain.money import from_minor
from projections.queries import Queries, Thing

Plain = dict[str, Any]


def _texts(sums: dict[str, int]) -> list[str]:
    return [str(from_minor(currency, minor)) for currency, minor in sorted(sums.items()) if minor]


class Names:
    """Names of parties by reference, as of the queries."""

    def __init__(self, parties: dict[str, Thing]) -> None:
        """Know the parties."""
        self.parties = parties

    def __call__(self, ref: str) -> str:
        """Return the name, or the reference where there is none."""
        party = self.parties.get(ref)
        return (party.get("name") if party else None) or ref


def sums(queries: Queries, measure: str, by: tuple[str, ...]) -> dict[tuple[str, ...], dict[str, int]]:
    """Return a measure by the given columns of money: to minor units by currency."""
    found: dict[tuple[str, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in queries.money([measure]):
        found[tuple(getattr(row, name) for name in by)][row.currency] += row.minor
    return found


def parties(queries: Queries) -> list[Plain]:
    """Return third parties in order of reference."""
    count = Counter(
        ref for thing in queries.engagements().values() for ref in {party for party, _ in thing.pairs("parties")}
    )
    others: dict[tuple[str, str], list[str]] = defaultdict(list)
    for ref, fact, text in queries.other_names():
        if text not in others[(ref, fact)]:
            others[(ref, fact)].append(text)
    return [
        {
            "party": ref,
            "name": thing.get("name"),
            "type": thing.get("type"),
            "membership": thing.get("membership"),
            "country": thing.get("country"),
            "engagements": count[ref],
            "aliases": others[(ref, "alias")],
            "identifiers": others[(ref, "identifier")],
        }
        for ref, thing in sorted(queries.parties().items())
    ]


def engagements(queries: Queries) -> list[Plain]:
    """Return engagements in order of reference."""
    name = Names(queries.parties())
    signed = sums(queries, "signed", ("engagement",))
    return [
        {
            "engagement": ref,
            "title": thing.get("title"),
            "kind": thing.get("kind"),
            "status": thing.get("status"),
            "parties": [name(party) for party, _ in thing.pairs("parties")],
            "unit": thing.get("unit"),
            "signed_on": thing.facts["signed_on"].on if "signed_on" in thing.facts else None,
            "starts_on": thing.get("starts_on"),
            "ends_on": thing.get("ends_on"),
            "signed": _texts(signed.get((ref,), {})),
        }
        for ref, thing in sorted(queries.engagements().items())
    ]


def contributions(queries: Queries) -> list[Plain]:
    """Return what each payer committed, paid in and got back, by engagement and currency."""
    name = Names(queries.parties())
    found: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in queries.money(["signed", "received", "refunded"]):
        found[(row.engagement, row.party, row.currency)][row.measure] += row.minor
    return [
        {
            "engagement": engagement,
            "payer": name(party),
            "currency": currency,
            **{measure: from_minor(currency, of[measure]).value for measure in ("signed", "received", "refunded")},
        }
        for (engagement, party, currency), of in sorted(found.items())
    ]


def orders(queries: Queries) -> list[Plain]:
    """Return service orders with what was ordered, paid, and in which documents each was disclosed."""
    name = Names(queries.parties())
    ordered = sums(queries, "ordered", ("engagement", "order_number"))
    paid = sums(queries, "paid", ("engagement", "order_number"))
    told = defaultdict(list)
    for row in queries.coverage():
        if row.number:
            told[(row.engagement, row.number)].append(row.document)
    return [
        {
            "engagement": key[0],
            "number": key[1],
            "subject": thing.get("subject"),
            "vendor": name(thing.get("vendor") or ""),
            "status": thing.get("status"),
            "starts_on": thing.get("starts_on"),
            "ends_on": thing.get("ends_on"),
            "deliverables": json.loads(thing.get("deliverables") or "[]"),
            "ordered": _texts(ordered.get(key, {})),
            "paid": _texts(paid.get(key, {})),
            "disclosed_in": told[key],
        }
        for key, thing in sorted(queries.orders().items())
    ]


def payments(queries: Queries) -> Iterator[Plain]:
    """Yield payments and reversals, in order of date."""
    for row in queries.payments():
        yield {
            "engagement": row.engagement,
            "order": row.order_number,
            "payment": row.payment,
            "status": row.status,
            "on": row.effective_on,
            "currency": row.currency,
            "amount": from_minor(row.currency, row.minor).value,
            "position": row.entry,
        }


def outcomes(queries: Queries) -> Iterator[Plain]:
    """Yield outcomes in order of engagement and key."""
    for row in sorted(queries.outcomes(), key=lambda row: (row.engagement, row.outcome)):
        yield {
            "engagement": row.engagement,
            "outcome": row.outcome,
            "on": row.effective_on,
            "summary": row.summary,
            "indicator": row.indicator or None,
            "actual": row.actual or None,
            "evidence": row.evidence or None,
        }


def documents(queries: Queries) -> list[Plain]:
    """Return documents that disclosed, in order of publication."""
    covered: dict[str, set[str]] = defaultdict(set)
    orders_of: Counter[str] = Counter()
    for row in queries.coverage():
        covered[row.document].add(row.engagement)
        orders_of[row.document] += bool(row.number)
    return [
        {
            "document": document,
            "body": row.body,
            "title": row.title or None,
            "published_on": row.effective_on,
            "shows_on": row.as_of_on,
            "shows_position": row.as_of_position,
            "engagements": len(covered[document]),
            "orders": orders_of[document],
        }
        for document, row in queries.disclosures().items()
    ]


def rates(queries: Queries) -> list[Plain]:
    """Return rates of exchange, oldest first."""
    return [
        {"base": row.base, "quote": row.quote, "rate": row.rate, "on": row.effective_on, "source": row.source}
        for row in queries.rates()
    ]


def settings(queries: Queries) -> list[Plain]:
    """Return what the ledger is and its settings in force."""
    return [
        {"name": name, "value": _setting(held.value), "since_position": held.entry}
        for name, held in sorted(queries.settings().items())
    ]


def _setting(value: str) -> Any:
    return json.loads(value) if value.startswith("[") else value

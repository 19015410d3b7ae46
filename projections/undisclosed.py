"""Disclosure history: what no document has covered, and what changed since a document covered it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection

from ledger.domain.dates import days_between
from ledger.domain.money import from_minor
from projections.lists import Names
from projections.queries import AsOf, Queries, Thing

DISCLOSABLE = ("signed", "expired", "suspended", "terminated", "completed", "closed")
"""States in which an engagement is to be disclosed: from its signature on."""


class Undisclosed(NamedTuple):
    """A facet or a service order that no document has covered, and for how many days by now."""

    engagement: str
    title: str
    facet: str
    number: str
    since: str
    days: int


class Content:
    """What there is to disclose of each engagement: facets with what they say, and since when."""

    def __init__(self, queries: Queries) -> None:
        """Read it once."""
        self.engagements = {
            ref: thing for ref, thing in queries.engagements().items() if thing.get("status") in DISCLOSABLE
        }
        self.name = Names(queries.parties())
        self.orders = queries.orders()
        self._orders_of: dict[str, list[tuple[str, Thing]]] = {}
        for (engagement, number), thing in sorted(self.orders.items()):
            self._orders_of.setdefault(engagement, []).append((number, thing))
        self._money: dict[str, list[Any]] = {}
        for row in queries.money(["signed", "received", "refunded", "ordered", "paid"]):
            self._money.setdefault(row.engagement, []).append(row)
        self._outcomes: dict[str, list[Any]] = {}
        for row in queries.outcomes():
            self._outcomes.setdefault(row.engagement, []).append(row)

    def facets(self, ref: str) -> Iterator[tuple[str, str, str, str]]:
        """Yield facet, number of the service order if it is one, since when it is so, and what it says."""
        thing = self.engagements[ref]
        signed_on = thing.facts["signed_on"].on if "signed_on" in thing.facts else thing.facts["status"].on
        roles = [f"{self.name(party)} ({role})" for party, role in thing.pairs("parties")]
        yield "parties", "", signed_on, "; ".join(sorted(roles))
        sums = self._sums(ref, "")
        if sums:
            yield "financials", "", min(row.effective_on for row in self._money[ref] if not row.order_number), sums
        duration = [thing.get(name) or "" for name in ("starts_on", "ends_on")]
        if any(duration):
            yield "duration", "", signed_on, " to ".join(duration)
        for number, order in self._orders_of.get(ref, []):
            told = [order.get(name) or "" for name in ("subject", "vendor", "status", "starts_on", "ends_on")]
            yield "service-orders", number, order.facts["vendor"].on, "; ".join([*told, self._sums(ref, number)])
        found = sorted(self._outcomes.get(ref, []), key=lambda row: row.outcome)
        if found:
            told = [f"{row.outcome}: {row.summary} {row.actual} {row.evidence}" for row in found]
            yield "outcomes", "", min(row.effective_on for row in found), "; ".join(told)

    def _sums(self, ref: str, number: str) -> str:
        sums: dict[tuple[str, str], int] = {}
        for row in self._money.get(ref, []):
            if row.order_number == number:
                key = (row.measure, row.currency)
                sums[key] = sums.get(key, 0) + row.minor
        return "; ".join(
            f"{measure} {from_minor(currency, minor)}" for (measure, currency), minor in sorted(sums.items())
        )


def undisclosed(queries: Queries) -> list[Undisclosed]:
    """Return what no document has covered, longest first."""
    content = Content(queries)
    covered = {(row.engagement, row.facet, row.number) for row in queries.coverage()}
    found = [
        Undisclosed(ref, thing.get("title") or "", facet, number, since, days_between(since, queries.as_of.on))
        for ref, thing in content.engagements.items()
        for facet, number, since, _ in content.facets(ref)
        if (ref, facet, number) not in covered
    ]
    return sorted(found, key=lambda one: (-one.days, one.engagement, one.facet, one.number))


class Changed(NamedTuple):
    """A facet that no longer says what the last document that covered it showed."""

    engagement: str
    title: str
    facet: str
    number: str
    document: str
    disclosed_on: str
    then: str
    now: str


def changed_since(db: Connection, queries: Queries) -> list[Changed]:
    """Return what changed since it was last disclosed: the difference between two as-ofs."""
    content = Content(queries)
    documents = queries.disclosures()
    last = {(row.engagement, row.facet, row.number): documents[row.document] for row in queries.coverage()
            if row.document in documents}  # fmt: skip
    shown: dict[AsOf, Content] = {}
    found = []
    for (ref, facet, number), document in last.items():
        if ref not in content.engagements or (facet == "service-orders" and not number):
            continue
        then = AsOf(document.as_of_on, document.as_of_position)
        if then not in shown:
            shown[then] = Content(Queries(db, then))
        before, after = _said(shown[then], ref, facet, number), _said(content, ref, facet, number)
        if before != after:
            title = content.engagements[ref].get("title") or ""
            found.append(Changed(ref, title, facet, number, document.document, document.effective_on, before, after))
    return sorted(found)


def _said(content: Content, ref: str, facet: str, number: str) -> str:
    if ref not in content.engagements:
        return "not signed"
    for name, order, _, text in content.facets(ref):
        if (name, order) == (facet, number):
            return text
    return "not recorded"


class Told(NamedTuple):
    """When something was first disclosed: the days from its effective date, and the lag of recording it."""

    engagement: str
    facet: str
    number: str
    document: str
    body: str
    happened_on: str
    disclosed_on: str
    days: int


def told(queries: Queries) -> list[Told]:
    """Return the first disclosure of each facet and service order, in order of publication."""
    content = Content(queries)
    documents = queries.disclosures()
    first: dict[tuple[str, str, str], Any] = {}
    for row in queries.coverage():
        document = documents.get(row.document)
        key = (row.engagement, row.facet, row.number)
        if document is not None and (key not in first or document.effective_on < first[key].effective_on):
            first[key] = document
    found = []
    for ref in content.engagements:
        for facet, number, since, _ in content.facets(ref):
            document = first.get((ref, facet, number))
            if document is not None:
                days = days_between(since, document.effective_on)
                found.append(
                    Told(ref, facet, number, document.document, document.body, since, document.effective_on, days)
                )
    return sorted(found, key=lambda one: (one.disclosed_on, one.document, one.engagement, one.facet, one.number))

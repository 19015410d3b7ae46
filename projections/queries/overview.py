"""Overview of the ledger: engagements by status, money by measure, and counts of what is not disclosed."""

from collections import Counter
from typing import Any

from ledger.domain.money import from_minor
from projections.queries.bitemporal import Queries
from projections.queries.disclosure.state import waiting_facets
from projections.tables.named import money, order_facts, party_facts
from projections.tables.words import MEASURES

STATUSES = (
    "proposed", "under review", "approved", "signed", "active", "suspended", "expired", "completed", "terminated",
    "closed", "rejected", "cancelled",
)  # fmt: skip


def by_status(queries: Queries) -> list[dict[str, Any]]:
    """Return the number of engagements in each state, with the amounts signed, by currency."""
    statuses = queries.statuses()
    count = Counter(statuses.values())
    signed: dict[tuple[str, str], int] = {}
    for engagement, currency, minor in queries.sums(
        [money.c.engagement, money.c.currency], money.c.measure == "signed"
    ):
        if engagement in statuses:
            key = statuses[engagement], currency
            signed[key] = signed.get(key, 0) + minor
    return [
        {
            "status": status,
            "engagements": count[status],
            "signed": [
                str(from_minor(cur, minor)) for (of, cur), minor in sorted(signed.items()) if of == status and minor
            ],
        }
        for status in STATUSES
        if count[status]
    ]


def summary(queries: Queries) -> dict[str, Any]:
    """Return the counts and sums of the whole ledger."""
    sums: dict[str, list[str]] = {}
    for measure, currency, minor in queries.sums([money.c.measure, money.c.currency]):
        sums.setdefault(measure, []).append(str(from_minor(currency, minor)))
    statuses = queries.statuses()
    waiting = waiting_facets(queries, statuses)
    return {
        "engagements": len(statuses),
        "parties": queries.count(party_facts, party_facts.c.fact == "name"),
        "service orders": queries.count(order_facts, order_facts.c.fact == "status"),
        **{measure: sums[measure] for measure in MEASURES if measure in sums},
        "documents that disclosed": len(queries.disclosures()),
        "engagements with something not disclosed": len({engagement for engagement, _, _ in waiting}),
        "service orders not disclosed": sum(1 for _, _, number in waiting if number),
    }

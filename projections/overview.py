"""Where things stand: engagements by status, money by measure, and how much no document has covered."""

from collections import Counter
from typing import Any

from ledger.domain.money import from_minor
from projections.moneys import MEASURES
from projections.queries import Queries
from projections.undisclosed import undisclosed

STATUSES = (
    "proposed", "under review", "approved", "signed", "active", "suspended", "expired", "completed", "terminated",
    "closed", "rejected", "cancelled",
)  # fmt: skip


def by_status(queries: Queries) -> list[dict[str, Any]]:
    """Return the number of engagements in each state, with what was signed, by currency."""
    found = queries.engagements()
    count = Counter(thing.get("status") or "" for thing in found.values())
    signed: dict[tuple[str, str], int] = {}
    for row in queries.money(["signed"]):
        if row.engagement in found:
            key = (found[row.engagement].get("status") or "", row.currency)
            signed[key] = signed.get(key, 0) + row.minor
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
    """Return the counts and sums that tell where things stand."""
    money: dict[str, dict[str, int]] = {}
    for row in queries.money(MEASURES):
        of = money.setdefault(row.measure, {})
        of[row.currency] = of.get(row.currency, 0) + row.minor
    waiting = undisclosed(queries)
    return {
        "engagements": len(queries.engagements()),
        "parties": len(queries.parties()),
        "service orders": len(queries.orders()),
        **{
            measure: [str(from_minor(currency, minor)) for currency, minor in sorted(money[measure].items())]
            for measure in MEASURES
            if measure in money
        },
        "documents that disclosed": len(queries.disclosures()),
        "engagements with something not disclosed": len({one.engagement for one in waiting}),
        "service orders not disclosed": sum(1 for one in waiting if one.number),
    }

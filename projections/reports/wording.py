"""How reports say things: measures, facets, amounts and lists in words."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ledger.domain.money import from_minor
from projections.queries.queries import Entity
from projections.reports.model import NOT_RECORDED, Cell

MEASURE_LABELS = {
    "signed": "Signed by payers", "received": "Received", "refunded": "Refunded", "in-kind": "Valued in kind",
    "ordered": "Ordered", "accepted": "Accepted", "paid": "Paid",
}  # fmt: skip
"""Measures as a reader of the report knows them."""
AMOUNT = re.compile(r"[A-Z]{3} -?[0-9]+(\.[0-9]+)?")
"""An amount as it is written plainly."""
ENDS = (".", "!", "?", "…", "。", "؟", "।")
"""How sentences end, in the scripts that they may be written in."""
FACET_LABELS = {
    "parties": "parties", "financials": "financial implication", "service-orders": "service orders",
    "duration": "duration", "outcomes": "outcomes",
}  # fmt: skip
"""Facets as a reader of the report knows them."""


def listed(refs: list[str], most: int = 12) -> str:
    """Return references as a list that is cut after so many."""
    more = f" and {len(refs) - most:,} more" if len(refs) > most else ""
    return f"{', '.join(refs[:most])}{more}"


def capitalized(text: str) -> str:
    """Return a text with a capital first; what is in it, like the number of an order, stays as it is."""
    return text[:1].upper() + text[1:]


def period_of(engagement: Entity) -> str:
    """Return the period of an engagement, in words."""
    starts, ends = engagement.get("starts_on"), engagement.get("ends_on")
    if starts is None and ends is None:
        return NOT_RECORDED
    return f"{starts or NOT_RECORDED} to {ends or NOT_RECORDED}"


def days(number: int | None) -> Cell:
    """Return the cell of a number of days, which is not recorded where the day is not."""
    return Cell(NOT_RECORDED if number is None else f"{number:,}")


def since(day: str, number: int | None) -> Cell:
    """Return the cell of the day on which something happened: that day or before, where its days are not recorded."""
    return Cell(f"{day} or before" if number is None else day)


def amount(currency: str, minor: int) -> str:
    """Return an amount in minor units with its currency and separated thousands: `USD 60,000.00`."""
    return f"{currency} {Decimal(from_minor(currency, minor).value):,}"


def separated(text: str) -> str:
    """Return an amount that is written plainly, `USD 60000.00`, with separated thousands."""
    currency, _, value = text.partition(" ")
    return f"{currency} {Decimal(value):,}"


def amounts(rows: Iterable[Any]) -> str:
    """Return what rows of money add up to, by currency."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.currency] = sums.get(row.currency, 0) + row.minor
    return "; ".join(amount(currency, minor) for currency, minor in sorted(sums.items())) or NOT_RECORDED


def order_ending(order: Entity) -> str:
    """Return how a service order ended, to stand after its subject; nothing while it has not."""
    status = order.get("status")
    return "" if status == "issued" else f" ({status})"


def difference_from(text: str, earlier: str) -> str:
    """Return what of a facet's words is not in the other's; `nothing more` where all of it is."""
    known = earlier.split("; ")
    return "; ".join(_measured(part) for part in text.split("; ") if part not in known) or "nothing more"


def _measured(part: str) -> str:
    # `paid USD 49861.74` is read like all other amounts of a report; texts that were recorded stay as they are.
    measure, _, text = part.partition(" ")
    return f"{measure} {separated(text)}" if measure in MEASURE_LABELS and AMOUNT.fullmatch(text) else part


def sentence(text: str, more: str = "") -> str:
    """Return a text as a sentence that ends once; `more` stands in it, in parentheses."""
    if more:
        return f"{text.removesuffix('.')} ({more})."
    return text if text.endswith(ENDS) else f"{text}."

"""Texts that several reports share: labels of measures and facets, periods, amounts and lists."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ledger.domain.money import from_minor
from projections.queries.asserted import Entity
from projections.reports.model import NOT_RECORDED, Cell

MEASURE_LABELS = {
    "signed": "Signed by payers", "received": "Received", "refunded": "Refunded", "in-kind": "Valued in kind",
    "ordered": "Ordered", "accepted": "Accepted", "paid": "Paid",
}  # fmt: skip
"""Measures as reports name them."""
AMOUNT = re.compile(r"[A-Z]{3} -?[0-9]+(\.[0-9]+)?")
"""An amount without thousands separators: `USD 60000.00`."""
ENDS = (".", "!", "?", "…", "。", "؟", "।")
"""Marks that end a sentence, in the scripts that recorded texts may use."""
FACET_LABELS = {
    "parties": "parties", "financials": "financial implication", "service-orders": "service orders",
    "duration": "duration", "outcomes": "outcomes",
}  # fmt: skip
"""Facets as reports name them."""


def listed(refs: list[str], most: int = 12) -> str:
    """Return references as a list, cut after `most` of them: `A, B and 5 more`."""
    more = f" and {len(refs) - most:,} more" if len(refs) > most else ""
    return f"{', '.join(refs[:most])}{more}"


def capitalized(text: str) -> str:
    """Return a text with its first letter capitalized; the rest, such as the number of an order, is unchanged."""
    return text[:1].upper() + text[1:]


def period_of(engagement: Entity) -> str:
    """Return the period of an engagement as `START to END`; a missing date is `not recorded`."""
    starts, ends = engagement.get("starts_on"), engagement.get("ends_on")
    if starts is None and ends is None:
        return NOT_RECORDED
    return f"{starts or NOT_RECORDED} to {ends or NOT_RECORDED}"


def days(number: int | None) -> Cell:
    """Return the cell of a number of days; `not recorded` for None."""
    return Cell(NOT_RECORDED if number is None else f"{number:,}")


def since(day: str, number: int | None) -> Cell:
    """Return the cell of the day of an event; `DAY or before` if its `number` of days is not known."""
    return Cell(f"{day} or before" if number is None else day)


def amount(currency: str, minor: int) -> str:
    """Return an amount in minor units with its currency and thousands separators: `USD 60,000.00`."""
    return f"{currency} {Decimal(from_minor(currency, minor).value):,}"


def separated(text: str) -> str:
    """Return an amount such as `USD 60000.00` with thousands separators."""
    currency, _, value = text.partition(" ")
    return f"{currency} {Decimal(value):,}"


def amounts(rows: Iterable[Any]) -> str:
    """Return the sums of money rows by currency: `CHF 5.00; USD 60,000.00`."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.currency] = sums.get(row.currency, 0) + row.minor
    return "; ".join(amount(currency, minor) for currency, minor in sorted(sums.items())) or NOT_RECORDED


def order_ending(order: Entity) -> str:
    """Return the final status of a service order in parentheses, or an empty text while it is only issued."""
    status = order.get("status")
    return "" if status == "issued" else f" ({status})"


def difference_from(text: str, earlier: str) -> str:
    """Return the parts of a facet's text that `earlier` lacks; `nothing more` if there are none."""
    known = earlier.split("; ")
    return "; ".join(_measured(part) for part in text.split("; ") if part not in known) or "nothing more"


def _measured(part: str) -> str:
    # `paid USD 49861.74` gets thousands separators like all amounts of a report; recorded texts stay unchanged.
    measure, _, text = part.partition(" ")
    return f"{measure} {separated(text)}" if measure in MEASURE_LABELS and AMOUNT.fullmatch(text) else part


def sentence(text: str, more: str = "") -> str:
    """Return a text as a sentence with exactly one end mark; `more` is put before it, in parentheses."""
    if more:
        return f"{text.removesuffix('.')} ({more})."
    return text if text.endswith(ENDS) else f"{text}."

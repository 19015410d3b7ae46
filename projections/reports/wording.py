"""Texts that several reports share: labels of measures and facets, periods, amounts and lists."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ledger.domain.money import from_minor
from projections.queries.asserted import Entity
from projections.reports.model import NOT_RECORDED, Cell
from projections.reports.phrases import Number, Phrase, joined

MEASURE_LABELS = {
    "signed": Phrase("Signed by payers", "measure-was-signed"), "received": Phrase("Received", "measure-was-received"),
    "refunded": Phrase("Refunded", "measure-was-refunded"), "in-kind": Phrase("Valued in kind", "measure-was-in-kind"),
    "ordered": Phrase("Ordered", "measure-was-ordered"), "accepted": Phrase("Accepted", "measure-was-accepted"),
    "paid": Phrase("Paid", "measure-was-paid"),
}  # fmt: skip
"""Measures as reports name them."""
AMOUNT = re.compile(r"[A-Z]{3} -?[0-9]+(\.[0-9]+)?")
"""An amount without thousands separators: `USD 60000.00`."""
ENDS = (".", "!", "?", "…", "。", "؟", "।")
"""Marks that end a sentence, in the scripts that recorded texts may use."""
FACET_LABELS = {
    "parties": Phrase("parties", "facet-parties"), "financials": Phrase("financial implication", "facet-financials"),
    "service-orders": Phrase("service orders", "facet-service-orders"),
    "duration": Phrase("duration", "facet-duration"), "outcomes": Phrase("outcomes", "facet-outcomes"),
}  # fmt: skip
"""Facets as reports name them."""


def facet_label(facet: str, number: str = "") -> str:
    """Return a facet as reports name it, or the service order of a number."""
    return Phrase(f"service order {number}", "facet-order", number=number) if number else FACET_LABELS[facet]


def listed(refs: list[str], most: int = 12) -> str:
    """Return references as a list, cut after `most` of them: `A, B and 5 more`."""
    more = f" and {len(refs) - most:,} more" if len(refs) > most else ""
    return f"{', '.join(refs[:most])}{more}"


def period_of(engagement: Entity) -> str:
    """Return the period of an engagement as `START to END`; a missing date is `not recorded`."""
    starts, ends = engagement.get("starts_on"), engagement.get("ends_on")
    if starts is None and ends is None:
        return NOT_RECORDED
    starts, ends = starts or NOT_RECORDED, ends or NOT_RECORDED
    return Phrase(f"{starts} to {ends}", "period-from-to", starts=starts, ends=ends)


def days(number: int | None) -> Cell:
    """Return the cell of a number of days; `not recorded` for None."""
    return Cell(NOT_RECORDED if number is None else f"{number:,}")


def since(day: str, number: int | None) -> Cell:
    """Return the cell of the day of an event; `DAY or before` if its `number` of days is not known."""
    return Cell(f"{day} or before" if number is None else day)


def amount(currency: str, minor: int) -> str:
    """Return an amount in minor units with its currency and thousands separators: `USD 60,000.00`."""
    return _amount(Decimal(from_minor(currency, minor).value), currency)


def separated(text: str) -> str:
    """Return an amount such as `USD 60000.00` with thousands separators."""
    currency, _, value = text.partition(" ")
    return _amount(Decimal(value), currency)


def _amount(value: Decimal, currency: str) -> str:
    return Phrase(f"{currency} {value:,}", "an-amount", amount=Number(value, currency))


def amounts(rows: Iterable[Any]) -> str:
    """Return the sums of money rows by currency: `CHF 5.00; USD 60,000.00`."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.currency] = sums.get(row.currency, 0) + row.minor
    return joined(amount(currency, minor) for currency, minor in sorted(sums.items())) or NOT_RECORDED


def order_ending(order: Entity) -> str:
    """Return the final status of a service order in parentheses, or an empty text while it is only issued."""
    status = order.get("status") or ""
    return "" if status == "issued" else Phrase(f" ({status})", f"order-was-{status}")


def difference_from(text: str, earlier: str) -> str:
    """Return the parts of a facet's text that `earlier` lacks; `nothing more` if there are none."""
    known = earlier.split("; ")
    more = joined(_measured(part) for part in text.split("; ") if part not in known)
    return more or Phrase("nothing more", "nothing-more")


def _measured(part: str) -> str:
    # `paid USD 49861.74` gets thousands separators like all amounts of a report; recorded texts stay unchanged.
    measure, _, text = part.partition(" ")
    if measure not in MEASURE_LABELS or not AMOUNT.fullmatch(text):
        return part
    return Phrase(f"{measure} {separated(text)}", f"measured-{measure}", amount=separated(text))


def sentence(text: str, more: str = "") -> str:
    """Return a text as a sentence with exactly one end mark; `more` is put before it, in parentheses."""
    if more:
        return f"{text.removesuffix('.')} ({more})."
    return text if text.endswith(ENDS) else f"{text}."

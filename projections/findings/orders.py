"""Service orders of an engagement with all that was done under them, and what engagements are examined with."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from projections.compliance.cases import Case, signature
from projections.compliance.records import Record
from projections.findings.recording import Sources
from projections.tables import named as schema


@dataclass(slots=True)
class Order:
    """A service order at the as-of; amounts are in minor units of its currency."""

    number: str
    vendor: str
    on: str
    entry: int
    currency: str = ""
    issued: int = 0
    changes: list[Any] = field(default_factory=list)
    """Rows of money that raise or lower it, other than by its end."""
    ended: str = ""
    ended_at: int = 0
    released: int = 0
    accepted: list[Any] = field(default_factory=list)
    made: list[Any] = field(default_factory=list)
    """All payments; `paid` leaves out those that were reversed."""
    reversed: dict[str, Any] = field(default_factory=dict)

    @property
    def ordered(self) -> int:
        """Its amount, less what its end released."""
        return self.issued - self.released + sum(int(row.minor) for row in self.changes)

    @property
    def paid(self) -> list[Any]:
        """The payments that were not reversed."""
        return [row for row in self.made if row.payment not in self.reversed]

    @property
    def entries(self) -> list[int]:
        """The entries that give its amount, and what was paid of it."""
        own = [self.entry, *(row.entry for row in self.changes), *(row.entry for row in self.made)]
        return [*own, self.ended_at, *(row.entry for row in self.reversed.values())]


@dataclass(slots=True)
class Movement:
    """What was ordered, accepted or paid on a day, in words for a sentence."""

    kind: str
    what: str
    on: str
    entry: int
    order: Order
    minor: int


def orders_of(record: Record) -> dict[str, Order]:
    """Return the service orders of an engagement by number."""
    facts = record.rows(schema.order_facts)
    # Only the issue states the vendor.
    orders = {
        row.number: Order(row.number, row.value, row.effective_on, row.entry) for row in facts if row.fact == "vendor"
    }
    for row in facts:
        if row.fact == "status" and row.value != "issued" and row.number in orders:
            orders[row.number].ended, orders[row.number].ended_at = row.value, row.entry
    for row in record.rows(schema.money):
        if row.measure == "ordered" and row.order_number in orders:
            _add_amount(orders[row.order_number], row)
    for row in record.rows(schema.acceptances):
        if row.order_number in orders:
            orders[row.order_number].accepted.append(row)
    for row in record.rows(schema.payments):
        if row.order_number in orders and row.status == "made":
            orders[row.order_number].made.append(row)
        elif row.order_number in orders:
            orders[row.order_number].reversed[row.payment] = row
    return orders


def _add_amount(order: Order, row: Any) -> None:
    if row.entry == order.entry:
        order.currency, order.issued = row.currency, row.minor
    elif row.entry == order.ended_at:
        order.released = -row.minor
    else:
        order.changes.append(row)


def movements(orders: dict[str, Order]) -> Iterator[Movement]:
    """Yield what was ordered, accepted and paid, order by order."""
    for number, order in orders.items():
        yield Movement("ordered", f"service order {number}", order.on, order.entry, order, order.issued)
        for row in order.changes:
            if row.minor > 0:
                yield Movement(
                    "ordered", f"increase of service order {number}", row.effective_on, row.entry, order, row.minor
                )
        for row in order.accepted:
            yield Movement("accepted", f"acceptance {row.acceptance}", row.effective_on, row.entry, order, row.minor)
        for row in order.made:
            yield Movement("paid", f"payment {row.payment}", row.effective_on, row.entry, order, row.minor)


class Examined:
    """An engagement that is examined, with what the controls share."""

    def __init__(self, record: Record, sources: Sources) -> None:
        """Examine what is recorded of an engagement, and how it was recorded."""
        self.record = record
        self.sources = sources

    @property
    def ref(self) -> str:
        """Its reference."""
        return self.record.ref

    @property
    def on(self) -> str:
        """The day of the as-of."""
        return self.record.on

    @cached_property
    def orders(self) -> dict[str, Order]:
        """Its service orders by number."""
        return orders_of(self.record)

    @cached_property
    def signed(self) -> Case | None:
        """Its signature."""
        return signature(self.record)

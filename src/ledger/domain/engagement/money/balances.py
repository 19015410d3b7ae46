"""Balances of an engagement in minor units: contributions, service orders, acceptances and payments."""

from typing import Literal

import msgspec

from ledger.domain.running_total import RunningTotal

MOST_ALIKE = 3
"""How many orders or payments that may be the same are named to who records another."""


class Order(msgspec.Struct):
    """A service order; amounts are in minor units of `currency`."""

    subject: str
    vendor: str
    currency: str
    ordered: int
    starts_on: str | None = None
    ends_on: str | None = None
    deliverables: tuple[str, ...] = ()
    ended: Literal["", "cancelled", "closed"] = ""
    accepted: int = 0
    paid: int = 0
    issued_on: str = ""
    ex_post_facto: str | None = None
    room: RunningTotal = msgspec.field(default_factory=RunningTotal)
    """Orders less acceptances, by day; an acceptance from before the order takes its part from the day of the order."""
    due: RunningTotal = msgspec.field(default_factory=RunningTotal)
    """Acceptances less payments, by day."""

    @property
    def open(self) -> int:
        """Ordered and not accepted, in minor units."""
        return self.ordered - self.accepted

    @property
    def owed(self) -> int:
        """Accepted and not paid, in minor units."""
        return self.accepted - self.paid


class Acceptance(msgspec.Struct):
    """An acceptance under a service order, in minor units of the order's currency."""

    order: str
    minor: int
    on: str
    deliverable: str | None = None
    evidence: str | None = None
    ex_post_facto: str | None = None


class Payment(msgspec.Struct):
    """A payment under a service order, in minor units of the order's currency."""

    order: str
    minor: int
    on: str
    ex_post_facto: str | None = None
    reversed: bool = False


class Contribution(msgspec.Struct):
    """What one payer committed, paid in and was refunded in one currency, in minor units."""

    committed: int = 0
    received: int = 0
    refunded: int = 0
    pledged: RunningTotal = msgspec.field(default_factory=RunningTotal)
    """Commitments, by day."""
    held: RunningTotal = msgspec.field(default_factory=RunningTotal)
    """Receipts less refunds, by day."""


class InKindContribution(msgspec.Struct):
    """A contribution in kind: payer, description, and value in minor units of `currency`."""

    by: str
    what: str
    currency: str
    value: RunningTotal = msgspec.field(default_factory=RunningTotal)


class Balances(msgspec.Struct):
    """The balances of one engagement."""

    contributions: dict[tuple[str, str], Contribution] = {}
    in_kind: dict[str, InKindContribution] = {}
    orders: dict[str, Order] = {}
    acceptances: dict[str, Acceptance] = {}
    payments: dict[str, Payment] = {}
    ordered: dict[str, RunningTotal] = {}
    """Total of all orders in a currency, by day."""
    alike_orders: dict[tuple[str, str, int, str], dict[str, None]] = {}
    """The orders of a vendor, a currency, an amount and a day of issue."""
    alike_payments: dict[tuple[str, int, str], dict[str, None]] = {}
    """The payments under an order of an amount on a day, in the order in which they were recorded."""

    def contribution(self, payer: str, currency: str) -> Contribution:
        """Return the payer's contribution in this currency; create it if there is none."""
        contribution = self.contributions.get((payer, currency))
        if contribution is None:
            contribution = self.contributions[(payer, currency)] = Contribution()
        return contribution

    def currencies(self, payer: str) -> list[str]:
        """Return the currencies in which the payer has a commitment."""
        return sorted(currency for by, currency in self.contributions if by == payer)

    def use_of(self, party: str) -> str | None:
        """Return what a party has here, in words: an order that is not cancelled, money, a gift; None for nothing."""
        for number, order in self.orders.items():
            if order.vendor == party and (order.ended != "cancelled" or order.accepted):
                return f"the service order {number}"
        for (by, currency), money in self.contributions.items():
            if by == party and (money.committed or money.received or money.refunded):
                return f"contributions in {currency}"
        for item, gift in self.in_kind.items():
            if gift.by == party and gift.value.total:
                return f"the contribution in kind {item}"
        return None

    def order(self, number: str, on: str, minor: int) -> None:
        """Add `minor` (negative to lower) to the amount of a service order from the day `on`."""
        order = self.orders[number]
        before = self.alike_orders.get(_likeness(order), {})
        if number in before:
            del before[number]
            if not before:
                del self.alike_orders[_likeness(order)]
        order.ordered += minor
        self.alike_orders.setdefault(_likeness(order), {})[number] = None
        order.room.add(on, minor)
        self.ordered.setdefault(order.currency, RunningTotal()).add(on, minor)

    def pay(self, ref: str, payment: Payment) -> None:
        """Add a payment."""
        self.payments[ref] = payment
        self.alike_payments.setdefault((payment.order, payment.minor, payment.on), {})[ref] = None
        order = self.orders[payment.order]
        order.paid += payment.minor
        order.due.add(payment.on, -payment.minor)


def _likeness(order: Order) -> tuple[str, str, int, str]:
    return order.vendor, order.currency, order.ordered, order.issued_on

"""Service orders: issued to a party of the engagement within the ceiling, amended, and cancelled or closed.

The three-way rule, which holds on every day: orders <= ceiling, acceptances <= orders, payments <= acceptances.
"""

from collections.abc import Iterable
from typing import ClassVar, Literal

import msgspec

from ledger.domain.dates import check_period
from ledger.domain.engagement.money.balances import Order
from ledger.domain.engagement.state import IN_FORCE, RUNNING, Engagement
from ledger.domain.errors import LedgerError
from ledger.domain.kernel import Event, Fact
from ledger.domain.money import Money, from_minor
from ledger.domain.refusals import NotPositive, WrongCurrency
from ledger.domain.running_total import RunningTotal


class DuplicateOrder(LedgerError):
    """The engagement has a service order with this number already."""

    code = "duplicate-order"

    def __init__(self, number: str) -> None:
        """Refuse the number."""
        super().__init__(
            f"There is a service order {number} already.", "Give another number, or use 'ledger order amend'."
        )


class OverCeiling(LedgerError):
    """Orders would add up to more than the ceiling of the engagement."""

    code = "over-ceiling"

    def __init__(self, total: Money, ceiling: Money) -> None:
        """Refuse orders that add up to `total` under `ceiling`."""
        super().__init__(
            f"Orders would add up to {total}, over the ceiling of {ceiling}.",
            "Raise the ceiling first with 'ledger engagement amend --ceiling', or order less.",
        )


class EndedOrder(LedgerError):
    """The service order was cancelled or closed, and nothing more can be ordered or accepted under it."""

    code = "order-ended"

    def __init__(self, number: str, ended: str) -> None:
        """Refuse what was asked of order `number`, which was `ended`."""
        super().__init__(
            f"Service order {number} was {ended}.", "Issue another order, or void the entry that ended this one."
        )


class BelowAccepted(LedgerError):
    """A service order would become lower than what was accepted under it."""

    code = "below-accepted"

    def __init__(self, number: str, accepted: Money) -> None:
        """Refuse to lower order `number`, under which `accepted` was accepted."""
        super().__init__(
            f"{accepted} was accepted under service order {number}.",
            "It cannot be less; 'ledger void' takes an acceptance back.",
        )


class Unpaid(LedgerError):
    """A service order would be closed while something accepted is unpaid."""

    code = "order-unpaid"

    def __init__(self, number: str, owed: Money) -> None:
        """Refuse to close order `number`, under which `owed` is owed."""
        super().__init__(
            f"{owed} that was accepted under service order {number} is not paid.",
            "Pay it first with 'ledger payment make', or void the acceptance.",
        )


def check_running(state: Engagement, fact: Fact, wind_down: str | None, ex_post_facto: str | None) -> None:
    """Raise ForbiddenTransition if the status on the day allows no orders and payments.

    A suspended or terminated engagement allows them only with `wind_down`, the decision to wind it down; before the
    signature they stand only with `ex_post_facto`, which says why.
    """
    usual, winding = (*IN_FORCE, "completed"), ("suspended", "terminated")
    is_winding = state.status_on(fact.effective_on) in winding
    unless = "Name the decision that allows it with --wind-down." if is_winding else ""
    state.check_signed(fact, (*usual, *winding) if wind_down else usual, ex_post_facto, unless)


def _check_ceiling(state: Engagement, fact: Fact, amount: Money) -> None:
    # On every day from its own on: the ceiling may be another later, and other orders may come.
    if amount.minor <= 0 or "ceiling" not in state.assertions:
        return
    ordered = state.balances.ordered.get(amount.currency, RunningTotal())
    changes = {*ordered.days} | {ceiling.on for ceiling in state.assertions.get("ceiling", ())}
    for day in sorted({fact.effective_on} | {on for on in changes if on > fact.effective_on}):
        ceiling: Money | None = state.on("ceiling", day)
        if ceiling is None:
            continue
        if ceiling.currency != amount.currency:
            raise WrongCurrency(amount.currency, [ceiling.currency], "the ceiling")
        total = ordered.on(day) + amount.minor
        if total > ceiling.minor:
            raise OverCeiling(from_minor(amount.currency, total), ceiling)


class ServiceOrderIssued(Event, tag="order.issued", frozen=True):
    """A service order was issued to a party of the engagement.

    `ex_post_facto` says why it came before the signature.
    """

    number: str
    subject: str
    vendor: str
    amount: Money
    starts_on: str | None = None
    ends_on: str | None = None
    deliverables: tuple[str, ...] = ()
    wind_down: str | None = None
    ex_post_facto: str | None = None

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check status, number, vendor, period and amount, and that all orders stay within the ceiling.

        Raises ForbiddenTransition, DuplicateOrder, NotAPartyHere, EndsBeforeStart, NotPositive, WrongCurrency,
        OverCeiling.
        """
        check_running(state, fact, self.wind_down, self.ex_post_facto)
        if self.number in state.balances.orders:
            raise DuplicateOrder(self.number)
        state.check_party(self.vendor)
        check_period(self.starts_on, self.ends_on)
        if self.amount.minor <= 0:
            raise NotPositive(str(self.amount))
        _check_ceiling(state, fact, self.amount)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Add the order."""
        state.balances.orders[self.number] = Order(
            self.subject, self.vendor, self.amount.currency, 0,
            self.starts_on, self.ends_on, self.deliverables, issued_on=fact.effective_on,
            ex_post_facto=self.ex_post_facto,
        )  # fmt: skip
        state.balances.order(self.number, fact.effective_on, self.amount.minor)

    def mentions(self) -> Iterable[str]:
        """Return the vendor."""
        return (f"party/{self.vendor}",)


class ServiceOrderAmended(Event, tag="order.amended", frozen=True):
    """A service order was changed; `difference` is the change of its amount."""

    ahead = True

    number: str
    difference: Money | None = None
    subject: str | None = None
    starts_on: str | None = None
    ends_on: str | None = None
    deliverables: tuple[str, ...] | None = None

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check status, period and currency, and that the amount stays between acceptances and ceiling.

        Raises ForbiddenTransition, UnknownOrder, EndedOrder, BeforeItsTime, EndsBeforeStart, WrongCurrency,
        BelowAccepted, OverCeiling.
        """
        rises = self.difference is not None and self.difference.minor > 0
        state.check_status(fact, (*IN_FORCE, "completed") if rises else RUNNING)
        order = live(state, self.number)
        state.check_after(fact, f"service order {self.number}", order.issued_on)
        check_period(self.starts_on or order.starts_on, self.ends_on or order.ends_on)
        if self.difference is not None:
            if self.difference.currency != order.currency:
                raise WrongCurrency(self.difference.currency, [order.currency], "the order")
            if order.room.lowest(fact.effective_on, self.difference.minor) < 0:
                raise BelowAccepted(self.number, from_minor(order.currency, order.accepted))
            _check_ceiling(state, fact, self.difference)

    def restated(self, was: Engagement, now: Engagement, on: str) -> "ServiceOrderAmended | None":
        """Return the amendment that leads to the same amount, with the members that still change something."""
        before, after = was.balances.orders.get(self.number), now.balances.orders.get(self.number)
        if before is None or after is None:
            return self
        names = ("subject", "starts_on", "ends_on", "deliverables")
        changes: dict[str, object] = {name: None for name in names if getattr(self, name) == getattr(after, name)}
        if self.difference is not None and after.currency == self.difference.currency:
            minor = before.ordered + self.difference.minor - after.ordered
            changes["difference"] = from_minor(after.currency, minor) if minor else None
        fresh = msgspec.structs.replace(self, **changes)
        return None if fresh == ServiceOrderAmended(number=self.number) else fresh

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Set the members that are given and add the difference to the amount."""
        order = state.balances.orders[self.number]
        if self.difference:
            state.balances.order(self.number, fact.effective_on, self.difference.minor)
        order.subject = self.subject or order.subject
        order.starts_on = self.starts_on or order.starts_on
        order.ends_on = self.ends_on or order.ends_on
        order.deliverables = order.deliverables if self.deliverables is None else self.deliverables


class _OrderEnded(Event, frozen=True):
    """The end of a service order; `released` is the amount ordered and not accepted."""

    ended: ClassVar[Literal["cancelled", "closed"]]

    number: str
    released: Money

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the books and the order are open, and that `released` is the open amount.

        Raises ForbiddenTransition, UnknownOrder, EndedOrder, BeforeItsTime, BelowAccepted, WrongRelease.
        """
        state.check_books_open(fact)
        order = live(state, self.number)
        state.check_after(fact, f"service order {self.number}", order.issued_on)
        if order.room.lowest(fact.effective_on, -self.released.minor) < 0:
            raise BelowAccepted(self.number, from_minor(order.currency, order.accepted))
        if self.released != from_minor(order.currency, order.open):
            raise WrongRelease(self.number, self.ended, self.released, from_minor(order.currency, order.open))

    def restated(self, was: Engagement, now: Engagement, on: str) -> Event:
        """Return the end that releases what is open now."""
        order = now.balances.orders.get(self.number)
        return msgspec.structs.replace(self, released=from_minor(order.currency, order.open)) if order else self

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Release the open amount and end the order."""
        state.balances.order(self.number, fact.effective_on, -self.released.minor)
        state.balances.orders[self.number].ended = self.ended


class ServiceOrderCancelled(_OrderEnded, tag="order.cancelled", frozen=True):
    """A service order was cancelled; `released` is what had been ordered and not accepted."""

    ended = "cancelled"


class ServiceOrderClosed(_OrderEnded, tag="order.closed", frozen=True):
    """A service order was carried out and paid; `released` is what had been ordered and was not needed."""

    ended = "closed"

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check also that every acceptance is paid, by now and by the day of closing. Raises Unpaid."""
        super().validate(state, fact)
        order = state.balances.orders[self.number]
        owed = order.owed or order.due.on(fact.effective_on)
        if owed:
            raise Unpaid(self.number, from_minor(order.currency, owed))


class WrongRelease(LedgerError):
    """Ending a service order would release another amount than is open."""

    code = "wrong-release"

    def __init__(self, number: str, ended: str, given: Money, expected: Money) -> None:
        """Refuse to release `given` of order `number`, of which `expected` is open when it is `ended`."""
        super().__init__(
            f"Service order {number} {ended}: that releases {expected}, not {given}.",
            f"Void the entry by which it was {ended} together with this one, then end it again.",
        )


def live(state: Engagement, number: str) -> Order:
    """Return the service order with this number if it has not ended. Raises UnknownOrder, EndedOrder.

    Payments do not use this function: what was accepted may be paid after the order ended.
    """
    order = state.order(number)
    if order.ended:
        raise EndedOrder(number, order.ended)
    return order

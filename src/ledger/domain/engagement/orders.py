"""Service orders: issued under an engagement to one of its parties, amended, cancelled; within the ceiling."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec

from ledger.domain.dates import check_period, checked_date
from ledger.domain.engagement.state import RUNNING, Engagement, Order
from ledger.domain.errors import LedgerError
from ledger.domain.fields import (
    Amount,
    Day,
    EngagementRef,
    LongText,
    OrderNumber,
    PartyName,
    Text,
    about,
    checked_reference,
)
from ledger.domain.kernel import Command, Event, Fact, World
from ledger.domain.money import Money, from_minor
from ledger.domain.refusals import MissingField, NotPositive, WrongCurrency


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


class CancelledOrder(LedgerError):
    """The service order was cancelled, and nothing more can happen to it."""

    code = "order-cancelled"

    def __init__(self, number: str) -> None:
        """Refuse what was asked of order `number`."""
        super().__init__(f"Service order {number} was cancelled.", "Issue another order, or void the cancellation.")


class BelowPaid(LedgerError):
    """A service order would become lower than what was paid under it."""

    code = "below-paid"

    def __init__(self, number: str, paid: Money) -> None:
        """Refuse to lower order `number`, under which `paid` was paid."""
        super().__init__(f"{paid} was paid under service order {number}.", "It cannot be less; reverse payments first.")


def check_running(state: Engagement, fact: Fact, wind_down: str | None) -> None:
    """Raise ForbiddenTransition unless orders and payments are possible on the day; after termination, to wind down."""
    state.check_status(fact, ("signed", "completed", "terminated") if wind_down else ("signed", "completed"))


def _check_ceiling(state: Engagement, currency: str, more: int) -> None:
    ceiling: Money | None = state.get("ceiling")
    if ceiling is None or more <= 0:
        return
    if ceiling.currency != currency:
        raise WrongCurrency(currency, [ceiling.currency], "the ceiling")
    total = state.accounts.ordered(currency) + more
    if total > ceiling.minor:
        raise OverCeiling(from_minor(currency, total), ceiling)


class ServiceOrderIssued(Event, tag="order.issued", frozen=True):
    """A service order was issued to a party of the engagement."""

    number: str
    subject: str
    vendor: str
    amount: Money
    starts_on: str | None = None
    ends_on: str | None = None
    deliverables: tuple[str, ...] = ()
    wind_down: str | None = None

    def judge(self, state: Engagement, fact: Fact) -> None:
        """Refuse it outside the engagement's running, over the ceiling, to strangers, twice."""
        check_running(state, fact, self.wind_down)
        if self.number in state.accounts.orders:
            raise DuplicateOrder(self.number)
        state.check_party(self.vendor)
        check_period(self.starts_on, self.ends_on)
        if self.amount.minor <= 0:
            raise NotPositive(str(self.amount))
        _check_ceiling(state, self.amount.currency, self.amount.minor)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Know the order."""
        state.accounts.orders[self.number] = Order(
            self.subject, self.vendor, self.amount.currency, self.amount.minor,
            self.starts_on, self.ends_on, self.deliverables, issued_on=fact.effective_on,
        )  # fmt: skip
        state.accounts.orders[self.number].balance.add(fact.effective_on, self.amount.minor)

    def mentions(self) -> Iterable[str]:
        """Return the vendor."""
        return (f"party/{self.vendor}",)


class ServiceOrderAmended(Event, tag="order.amended", frozen=True):
    """A service order was changed; `difference` is what its amount rose (or, negative, fell) by."""

    ahead = True

    number: str
    difference: Money | None = None
    subject: str | None = None
    starts_on: str | None = None
    ends_on: str | None = None
    deliverables: tuple[str, ...] | None = None

    def judge(self, state: Engagement, fact: Fact) -> None:
        """Refuse it for an order that is not there or over, over the ceiling, below what was paid."""
        rises = self.difference is not None and self.difference.minor > 0
        state.check_status(fact, ("signed", "completed") if rises else RUNNING)
        order = _live(state, self.number)
        state.check_after(fact, f"service order {self.number}", order.issued_on)
        check_period(self.starts_on or order.starts_on, self.ends_on or order.ends_on)
        if self.difference is not None:
            if self.difference.currency != order.currency:
                raise WrongCurrency(self.difference.currency, [order.currency], "the order")
            if order.balance.lowest(fact.effective_on, self.difference.minor) < 0:
                raise BelowPaid(self.number, from_minor(order.currency, order.paid))
            _check_ceiling(state, order.currency, self.difference.minor)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Change the order."""
        order = state.accounts.orders[self.number]
        if self.difference:
            order.ordered += self.difference.minor
            order.balance.add(fact.effective_on, self.difference.minor)
        order.subject = self.subject or order.subject
        order.starts_on = self.starts_on or order.starts_on
        order.ends_on = self.ends_on or order.ends_on
        order.deliverables = order.deliverables if self.deliverables is None else self.deliverables


class ServiceOrderCancelled(Event, tag="order.cancelled", frozen=True):
    """A service order was cancelled; `released` is what had been ordered and not paid."""

    number: str
    released: Money

    def judge(self, state: Engagement, fact: Fact) -> None:
        """Refuse it once the books are closed, for an order that is not there or over, and unless all is released."""
        state.check_books_open(fact)
        order = _live(state, self.number)
        state.check_after(fact, f"service order {self.number}", order.issued_on)
        if order.balance.lowest(fact.effective_on, -self.released.minor) < 0:
            raise BelowPaid(self.number, from_minor(order.currency, order.paid))
        if self.released != from_minor(order.currency, order.open):
            raise WrongRelease(self.number, self.released, from_minor(order.currency, order.open))

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Release what was not paid."""
        order = state.accounts.orders[self.number]
        order.ordered -= self.released.minor
        order.balance.add(fact.effective_on, -self.released.minor)
        order.cancelled = True


class WrongRelease(LedgerError):
    """A cancellation would release another amount than is open."""

    code = "wrong-release"

    def __init__(self, number: str, given: Money, expected: Money) -> None:
        """Refuse to release `given` of order `number`, of which `expected` is open."""
        super().__init__(
            f"Cancelling service order {number} releases {expected}, not {given}.",
            "Void the cancellation together with this entry, then cancel again.",
        )


def _live(state: Engagement, number: str) -> Order:
    order = state.order(number)
    if order.cancelled:
        raise CancelledOrder(number)
    return order


class Ordering(Command, frozen=True):
    """A command on a service order of an engagement."""

    stream_kind = "engagement"
    key = "engagement"

    engagement: Annotated[EngagementRef, msgspec.Meta(extra={"argument": True})]
    number: Annotated[OrderNumber, msgspec.Meta(extra={"argument": True})]


class IssueOrder(Ordering, tag="order issue", frozen=True):
    """Record that a service order was issued."""

    example = "IDS-2026-001 SO-1 --subject 'Inception report' --amount 'USD 40000.00'"

    subject: Annotated[Text, msgspec.Meta(description="what is ordered")]
    amount: Annotated[Amount, msgspec.Meta(description="for how much, like 'USD 40000.00'")]
    vendor: Annotated[PartyName, msgspec.Meta(description="to which party; the only one if not given")] | None = None
    starts_on: Annotated[Day, msgspec.Meta(description="first day of its period")] | None = None
    ends_on: Annotated[Day, msgspec.Meta(description="last day of its period")] | None = None
    deliverables: Annotated[
        tuple[LongText, ...],
        msgspec.Meta(
            description="what is to be delivered; may be repeated", extra={"as": "texts", "option": "deliverable"}
        ),
    ] = ()
    wind_down: Annotated[str, about("after termination: the decision to wind down that allows it")] | None = None

    def decide(self, state: Engagement, world: World) -> Iterator[Event]:
        """Issue it."""
        world.engagement(self.engagement)
        refs = {role.party for role in state.roles()}
        if self.vendor is None and len(refs) != 1:
            raise MissingField("vendor", "the engagement has more than one party")
        yield ServiceOrderIssued(
            number=checked_reference(self.number),
            subject=self.subject,
            vendor=world.party(self.vendor) if self.vendor else refs.pop(),
            amount=self.amount.checked(),
            starts_on=self.starts_on and checked_date(self.starts_on),
            ends_on=self.ends_on and checked_date(self.ends_on),
            deliverables=self.deliverables,
            wind_down=self.wind_down,
        )


class AmendOrder(Ordering, tag="order amend", frozen=True):
    """Change a service order: `--amount` is its new amount."""

    example = "IDS-2026-001 SO-1 --amount 'USD 45000.00'"

    subject: Annotated[Text, msgspec.Meta(description="what is ordered")] | None = None
    amount: Annotated[Amount, msgspec.Meta(description="its new amount")] | None = None
    starts_on: Annotated[Day, msgspec.Meta(description="first day of its period")] | None = None
    ends_on: Annotated[Day, msgspec.Meta(description="last day of its period")] | None = None
    deliverables: (
        Annotated[
            tuple[LongText, ...],
            msgspec.Meta(
                description="what is to be delivered; repeatable", extra={"as": "texts", "option": "deliverable"}
            ),
        ]
        | None
    ) = None

    def decide(self, state: Engagement, world: World) -> Iterator[Event]:
        """Record what differs."""
        world.engagement(self.engagement)
        order = state.order(self.number, self.engagement)
        changed: dict[str, object] = {
            name: value
            for name in ("subject", "starts_on", "ends_on", "deliverables")
            if (value := getattr(self, name)) is not None and value != getattr(order, name)
        }
        for name in ("starts_on", "ends_on"):
            if name in changed:
                checked_date(str(changed[name]))
        if self.amount is not None:
            amount = self.amount.checked()
            same = amount.currency == order.currency
            difference = amount.minor - (order.ordered if same else 0)
            if difference or not same:
                changed["difference"] = from_minor(amount.currency, difference)
        if changed:
            yield ServiceOrderAmended(number=self.number, **changed)  # type: ignore[arg-type]


class CancelOrder(Ordering, tag="order cancel", frozen=True):
    """Cancel a service order: what was not paid is released."""

    example = "IDS-2026-001 SO-1 --reason 'No longer needed'"

    def decide(self, state: Engagement, world: World) -> Iterator[Event]:
        """Release what is open."""
        world.engagement(self.engagement)
        order = _live(state, self.number)
        yield ServiceOrderCancelled(number=self.number, released=from_minor(order.currency, order.open))

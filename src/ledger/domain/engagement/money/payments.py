"""Payments under service orders, at most what was accepted. A reversal always reverses a whole payment."""

from collections.abc import Iterator
from itertools import islice
from typing import Annotated

import msgspec

from ledger.domain.engagement.command import EngagementCommand
from ledger.domain.engagement.money.balances import MOST_ALIKE, Payment
from ledger.domain.engagement.money.order_commands import ExPostFacto, OrderCommand
from ledger.domain.engagement.money.orders import check_running
from ledger.domain.engagement.state import EX_POST_FACTO, Engagement
from ledger.domain.errors import LedgerError, listed
from ledger.domain.fields import Amount, about, checked_reference, next_number
from ledger.domain.kernel import DecisionContext, Event, Fact
from ledger.domain.money import Money, from_minor
from ledger.domain.refusals import NotPositive, WrongCurrency


class DuplicatePayment(LedgerError):
    """The engagement has a payment with this reference already."""

    code = "duplicate-payment"

    def __init__(self, ref: str) -> None:
        """Refuse the reference `ref`."""
        super().__init__(f"There is a payment {ref} already.", "Give another --payment, or none to have one made.")


class UnknownPayment(LedgerError):
    """The engagement has no payment with this reference, or it was reversed."""

    code = "unknown-payment"

    def __init__(self, ref: str, known: list[str]) -> None:
        """Refuse `ref`; `known` are the payments that are not reversed."""
        has = listed(known, "and")
        super().__init__(f"The engagement has no payment '{ref}'.", f"It has {has}." if has else "It has none.")


class OverAccepted(LedgerError):
    """More would be paid than was accepted."""

    code = "over-accepted"

    def __init__(self, number: str, left: Money) -> None:
        """Refuse a payment under order `number`, of which `left` is accepted and not paid."""
        super().__init__(
            f"Only {left} of what was accepted under service order {number} is left to pay on that day.",
            "Pay no more than that, or record first with 'ledger order accept' what was delivered.",
        )


class PaymentMade(Event, tag="payment.made", frozen=True):
    """A payment was made under a service order.

    `ex_post_facto` says why it came before the order, or before the signature.
    """

    order: str
    payment: str
    amount: Money
    wind_down: str | None = None
    ex_post_facto: str | None = None

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check status, reference, currency and amount: at most what was accepted, on every day from its own on.

        Raises ForbiddenTransition, UnknownOrder, DuplicatePayment, WrongCurrency, NotPositive, BeforeItsTime,
        OverAccepted.
        """
        check_running(state, fact, self.wind_down, self.ex_post_facto)
        order = state.order(self.order)
        if self.payment in state.balances.payments:
            raise DuplicatePayment(self.payment)
        if self.amount.currency != order.currency:
            raise WrongCurrency(self.amount.currency, [order.currency], "the order")
        if self.amount.minor <= 0:
            raise NotPositive(str(self.amount))
        if not self.ex_post_facto:
            state.check_after(fact, f"service order {self.order}", order.issued_on, EX_POST_FACTO)
        lowest = order.due.lowest(fact.effective_on, -self.amount.minor)
        if lowest < 0:
            raise OverAccepted(self.order, from_minor(order.currency, lowest + self.amount.minor))

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Add the payment, and its amount to what the order paid; as of a day before the order, there is none."""
        if self.order in state.balances.orders:
            payment = Payment(self.order, self.amount.minor, fact.effective_on, self.ex_post_facto)
            state.balances.pay(self.payment, payment)


class PaymentReversed(Event, tag="payment.reversed", frozen=True):
    """A whole payment came back; `order` and `amount` are the payment's."""

    order: str
    payment: str
    amount: Money

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the books are open and that the payment exists with this order and amount.

        Raises ForbiddenTransition, UnknownPayment, BeforeItsTime.
        """
        state.check_books_open(fact)
        made = state.balances.payments.get(self.payment)
        currency = state.order(self.order).currency
        if made is None or made.reversed or from_minor(currency, made.minor) != self.amount or made.order != self.order:
            raise UnknownPayment(self.payment, _unreversed(state))
        state.check_after(fact, f"payment {self.payment}", made.on)

    def restated(self, was: Engagement, now: Engagement, on: str) -> "PaymentReversed":
        """Return the reversal of what the payment is now."""
        made = now.balances.payments.get(self.payment)
        if made is None or made.order not in now.balances.orders:
            return self
        amount = from_minor(now.balances.orders[made.order].currency, made.minor)
        return msgspec.structs.replace(self, order=made.order, amount=amount)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Mark the payment as reversed and subtract its amount from what the order paid, if the order is there."""
        order = state.balances.orders.get(self.order)
        if order is None:
            return
        state.balances.payments[self.payment].reversed = True
        order.paid -= self.amount.minor
        order.due.add(fact.effective_on, self.amount.minor)


def _unreversed(state: Engagement) -> list[str]:
    return [ref for ref, payment in state.balances.payments.items() if not payment.reversed]


class MakePayment(OrderCommand, tag="payment make", frozen=True):
    """Record a payment under a service order."""

    example = "IDS-2026-001 SO-1 'USD 10000.00' --payment PV-2026-17"
    numbered = "payment"

    amount: Annotated[Amount, msgspec.Meta(extra={"argument": True})]
    payment: Annotated[str, about("its reference; made from the order's number if not given")] | None = None
    wind_down: Annotated[str, about("while suspended or after termination: the decision that allows it")] | None = None
    ex_post_facto: ExPostFacto | None = None

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the payment. Raises UnknownEngagement, UnknownOrder, BadReference, BadAmount."""
        context.engagement(self.engagement)
        state.order(self.number, self.engagement)
        balances, amount = state.balances, self.amount.checked()
        alike = balances.alike_payments.get((self.number, amount.minor, context.effective_on), ())
        for ref in islice((ref for ref in alike if not balances.payments[ref].reversed), MOST_ALIKE):
            context.note(f"Payment {ref} has the same order, amount and day: is this the same payment?")
        yield PaymentMade(
            order=self.number,
            payment=checked_reference(self.payment or next_number(f"{self.number}/", balances.payments)),
            amount=amount,
            wind_down=self.wind_down,
            ex_post_facto=self.ex_post_facto,
        )


class ReversePayment(EngagementCommand, tag="payment reverse", frozen=True):
    """Record that a whole payment came back."""

    example = "IDS-2026-001 PV-2026-17 --reason 'Paid twice'"

    payment: Annotated[str, about("reference of the payment", argument=True)]

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the reversal, with order and amount of the payment. Raises UnknownEngagement, UnknownPayment."""
        context.engagement(self.engagement)
        made = state.balances.payments.get(self.payment)
        if made is None or made.reversed:
            raise UnknownPayment(self.payment, _unreversed(state))
        currency = state.order(made.order).currency
        yield PaymentReversed(order=made.order, payment=self.payment, amount=from_minor(currency, made.minor))

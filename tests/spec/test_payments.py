"""Payments under service orders, at most what was accepted; reversed as a whole."""

import pytest

from ledger.domain.engagement.lifecycle_commands import ResumeEngagement, SuspendEngagement, TerminateEngagement
from ledger.domain.engagement.money.balances import Order, Payment
from ledger.domain.engagement.money.order_commands import AmendOrder, CancelOrder
from ledger.domain.engagement.money.payments import (
    DuplicatePayment,
    OverAccepted,
    PaymentMade,
    PaymentReversed,
    ReversePayment,
    UnknownPayment,
)
from ledger.domain.engagement.state import Engagement, ForbiddenTransition
from ledger.domain.fields import BadReference
from ledger.domain.kernel import Fact
from ledger.domain.money import WrongDecimals
from ledger.domain.refusals import InTheFuture, NotPositive, UnknownEngagement, UnknownOrder, WrongCurrency
from ledger.domain.voiding import VoidEntries
from tests.spec.scenario import Scenario, money
from tests.spec.stories import LIVES, PARTIES, SIGNED, SINCE_SIGNED, acceptance, order, payment

ACCEPTED = (*PARTIES, *SIGNED, order(), acceptance())


def paid(amount: str, ref: str = "SO-1/1", number: str = "SO-1", wind_down: str | None = None) -> PaymentMade:
    """Return a payment event."""
    return PaymentMade(order=number, payment=ref, amount=money(amount), wind_down=wind_down)


def reverse(ref: str = "SO-1/1") -> ReversePayment:
    """Return a command that reverses a payment."""
    return ReversePayment(engagement="E1", payment=ref)


@pytest.mark.parametrize("status", SINCE_SIGNED)
def test_paying_in_each_state(spec: Scenario, status: str) -> None:
    """Payments are made while in force or completed; to wind down, also while suspended or terminated."""
    first, *rest = LIVES[status]
    spec.given(*PARTIES, first, order(), acceptance(), *rest)
    spec.when(payment())
    if status in ("signed", "active", "completed"):
        spec.then(paid("USD 40.00"))
    else:
        spec.then_refused(ForbiddenTransition, f"is {status}: payment made on 2026-01-15")
    spec.when(payment(wind_down="Decision 7"))
    if status in ("signed", "active", "completed"):
        spec.then(paid("USD 40.00", "SO-1/2", wind_down="Decision 7"))
    elif status in ("suspended", "terminated"):
        spec.then(paid("USD 40.00", wind_down="Decision 7"))
    else:
        spec.then_refused(ForbiddenTransition, f"is {status}")


def test_the_state_on_the_day_of_the_payment_counts(spec: Scenario) -> None:
    """A payment is checked against the status on its own date, whenever it is recorded."""
    spec.given(*ACCEPTED)
    spec.given(SuspendEngagement(engagement="E1"), effective="2024-06-01")
    spec.when(payment(), effective="2024-05-31").then(paid("USD 40.00"))
    spec.given(ResumeEngagement(engagement="E1"), effective="2024-09-01")
    spec.when(payment(), effective="2024-08-31").then_refused(ForbiddenTransition, "payment made on 2024-08-31")
    spec.given(TerminateEngagement(engagement="E1"), effective="2025-01-01")
    spec.when(payment(), effective="2024-12-31").then(paid("USD 40.00", "SO-1/2"))


def test_payments_are_no_more_than_what_was_accepted(spec: Scenario) -> None:
    """The limit is exact to the cent; ordered amounts cannot be paid before acceptance."""
    spec.given(*PARTIES, *SIGNED, order())
    spec.when(payment("USD 0.01")).then_refused(OverAccepted, "Only USD 0.00 of what was accepted under service order")
    spec.given(acceptance("USD 70.00"), payment("USD 60.00"))
    spec.when(payment("USD 10.01")).then_refused(OverAccepted, "Only USD 10.00", "SO-1", "ledger order accept")
    spec.when(payment("USD 10")).then(paid("USD 10.00", "SO-1/2"))
    spec.given(AmendOrder(engagement="E1", number="SO-1", amount=money("USD 150")))
    spec.when(payment("USD 0.01")).then_refused(OverAccepted, "Only USD 0.00")
    spec.given(acceptance())
    spec.when(payment("USD 80")).then(paid("USD 80.00", "SO-1/3"))
    spec.given(order("SO-2"), CancelOrder(engagement="E1", number="SO-2"))
    spec.when(payment("USD 1", "SO-2")).then_refused(OverAccepted, "Only USD 0.00", "service order SO-2")


def test_payments_name_what_they_pay(spec: Scenario) -> None:
    """Engagement and order must exist; the amount is positive and in the order's currency."""
    spec.given(*PARTIES).when(payment()).then_refused(UnknownEngagement, "E1")
    spec.given(*SIGNED, order())
    spec.when(payment(number="SO-9")).then_refused(UnknownOrder, "Engagement E1 has no service order 'SO-9'")
    spec.when(payment("CHF 1")).then_refused(WrongCurrency, "in CHF, but the order is in USD")
    for text in ("USD 0", "USD -1"):
        spec.when(payment(text)).then_refused(NotPositive)
    spec.when(payment("USD 1.001")).then_refused(WrongDecimals)
    spec.when(payment(), effective="2026-01-17").then_refused(InTheFuture, "payment.made")
    spec.when(payment(payment="a=b")).then_refused(BadReference, "'a=b'")


def test_references_of_payments(spec: Scenario) -> None:
    """A given reference is unique; a generated one is the next number of its order."""
    spec.given(*ACCEPTED, order("SO-2"), acceptance(number="SO-2"), payment("USD 1.00", payment="PV-1"))
    spec.when(payment("USD 1", payment="PV-1")).then_refused(DuplicatePayment, "There is a payment PV-1 already")
    spec.given(payment("USD 1.00", payment="SO-1/2"))
    spec.when(payment("USD 1")).then(paid("USD 1.00", "SO-1/3"))
    spec.when(payment("USD 1", "SO-2")).then(paid("USD 1.00", "SO-2/1", "SO-2"))


def test_references_after_a_void(spec: Scenario) -> None:
    """After a void, a generated reference is not that of another payment."""
    spec.given(*ACCEPTED, payment("USD 1.00"), payment("USD 2.00"))
    spec.given(VoidEntries(positions=(spec.position(PaymentMade),), reason="Paid by another office"))
    spec.when(payment("USD 3")).then(paid("USD 3.00", "SO-1/3"))


def test_a_reversal_takes_back_the_whole_payment(spec: Scenario) -> None:
    """The reversal has order and amount of the payment; a new payment needs a new reference."""
    spec.given(*ACCEPTED, payment("USD 100.00"))
    spec.when(reverse()).then(PaymentReversed(order="SO-1", payment="SO-1/1", amount=money("USD 100.00")))
    assert 10_000 == spec.state("engagement/E1").balances.orders["SO-1"].owed
    spec.when(reverse()).then_refused(UnknownPayment, "The engagement has no payment 'SO-1/1'", "It has none")
    spec.when(payment("USD 100", payment="SO-1/1")).then_refused(DuplicatePayment)
    spec.when(payment("USD 100")).then(paid("USD 100.00", "SO-1/2"))


def test_only_what_was_paid_is_reversed(spec: Scenario) -> None:
    """The error for an unknown payment lists the payments that can be reversed."""
    spec.given(*ACCEPTED, payment("USD 1.00"), payment("USD 2.00"))
    spec.when(reverse("SO-1/9")).then_refused(UnknownPayment, "'SO-1/9'", "It has SO-1/1 and SO-1/2")
    spec.when(reverse(), effective="2026-01-17").then_refused(InTheFuture, "payment.reversed")


@pytest.mark.parametrize("status", [status for status in SINCE_SIGNED if status != "closed"])
def test_reversing_in_each_state(spec: Scenario, status: str) -> None:
    """Payments can be reversed in every state in which the books are open."""
    first, *rest = LIVES[status]
    spec.given(*PARTIES, first, order(), acceptance(), payment("USD 1.00"), *rest)
    spec.when(reverse()).then(PaymentReversed(order="SO-1", payment="SO-1/1", amount=money("USD 1.00")))


@pytest.mark.parametrize(("number", "amount"), [("SO-1", "USD 2.00"), ("SO-2", "USD 1.00")])
def test_a_reversal_is_of_its_payment(number: str, amount: str) -> None:
    """A reversal event with another order or amount than the payment is invalid."""
    state = Engagement()
    for name in ("SO-1", "SO-2"):
        state.balances.orders[name] = Order("Report", "ALPHA", "USD", 500)
    state.balances.payments["PV-1"] = Payment("SO-1", 100, "2024-03-01")
    event = PaymentReversed(order=number, payment="PV-1", amount=money(amount))
    with pytest.raises(UnknownPayment, match="The engagement has no payment 'PV-1'"):
        event.validate(state, Fact(1, "2024-03-01", event))

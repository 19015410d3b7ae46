"""Orders, acceptances and payments that came before the signature, or before their order: ex post facto."""

import pytest

from ledger.domain.engagement.lifecycle_commands import AmendEngagement, SuspendEngagement
from ledger.domain.engagement.money.acceptances import DeliverableAccepted, OverOrder
from ledger.domain.engagement.money.order_commands import AmendOrder, CancelOrder, CloseOrder
from ledger.domain.engagement.money.orders import BelowAccepted, OverCeiling, ServiceOrderIssued
from ledger.domain.engagement.money.payments import OverAccepted, PaymentMade, ReversePayment
from ledger.domain.engagement.particulars import BelowOrders
from ledger.domain.engagement.state import Engagement, ForbiddenTransition
from ledger.domain.kernel import Command
from ledger.domain.refusals import BeforeItsTime
from ledger.domain.voiding import VoidBreaks, VoidEntries, fold_as_of
from tests.spec.scenario import SIGNED_ON, Scenario, money
from tests.spec.stories import LIVES, PARTIES, SIGNED, acceptance, order, payment, signature

WHY = "The office was closed"
BEFORE = "2024-02-01"
"""A day before the signature."""
HINT = "--ex-post-facto"


def early_order(**members: str) -> Command:
    """Return a command that issues an order before the signature."""
    return order(ex_post_facto=WHY, **members)


def early_acceptance(amount: str | None = "USD 40.00") -> Command:
    """Return a command that accepts a delivery before the signature, or before the order."""
    return acceptance(amount, ex_post_facto=WHY)


def early_payment(amount: str = "USD 40.00") -> Command:
    """Return a command that pays before the signature, or before the order."""
    return payment(amount, ex_post_facto=WHY)


def test_before_the_signature_it_is_refused_and_allowed_with_a_reason(spec: Scenario) -> None:
    """Without a reason each is refused with the option in the hint; with one it stands, and says why."""
    spec.given(*PARTIES, *SIGNED)
    for bare, why, event in (
        (order(), early_order(), ServiceOrderIssued),
        (acceptance("USD 40.00"), early_acceptance(), DeliverableAccepted),
        (payment("USD 40.00"), early_payment(), PaymentMade),
    ):
        spec.when(bare, effective=BEFORE).then_refused(ForbiddenTransition, HINT)
        spec.given(why, effective=BEFORE)
        recorded = spec.entry(spec.size).event
        assert isinstance(recorded, event)
        assert WHY == recorded.ex_post_facto


@pytest.mark.parametrize("status", ["proposed", "under review", "approved"])
def test_a_signature_is_needed(spec: Scenario, status: str) -> None:
    """Of an engagement that was never signed nothing is ordered, whatever the reason."""
    spec.given(*PARTIES, *LIVES[status])
    spec.when(early_order()).then_refused(ForbiddenTransition, f"is {status}: order issued")


def test_it_keeps_the_signature(spec: Scenario) -> None:
    """The signature is not voided without what came before it."""
    spec.given(*PARTIES, *SIGNED)
    signed = spec.size - 1
    spec.given(early_order(), effective=BEFORE)
    spec.when(VoidEntries(positions=(signed, signed + 1), reason="Not ours")).then_refused(VoidBreaks)


def test_a_suspension_still_needs_its_decision(spec: Scenario) -> None:
    """The reason lifts the signature only: while suspended, an order needs the decision that allows it."""
    spec.given(*PARTIES, *SIGNED, SuspendEngagement(engagement="E1"))
    spec.when(early_order(), effective="2024-03-02").then_refused(ForbiddenTransition, "--wind-down")


def test_before_the_order(spec: Scenario) -> None:
    """What was accepted and paid before its order is refused without a reason, and stands with one."""
    spec.given(*PARTIES, *SIGNED).given(order(), effective="2024-06-01")
    spec.when(acceptance("USD 40.00"), effective="2024-05-10").then_refused(BeforeItsTime, HINT)
    spec.given(early_acceptance(), effective="2024-05-10")
    spec.when(payment("USD 40.00"), effective="2024-05-11").then_refused(BeforeItsTime, HINT)
    spec.given(early_payment(), effective="2024-05-11")
    spec.given(ReversePayment(engagement="E1", payment="SO-1/1"), effective="2024-05-12")
    state = spec.state("engagement/E1").balances.orders["SO-1"]
    assert (10_000, 4_000, 0) == (state.ordered, state.accepted, state.paid)


def test_an_early_acceptance_takes_its_part_of_the_order(spec: Scenario) -> None:
    """It is within what was ordered first, and what is left is all that is accepted later or released."""
    spec.given(*PARTIES, *SIGNED).given(order(), effective="2024-06-01")
    spec.given(AmendOrder(engagement="E1", number="SO-1", amount=money("USD 150.00")), effective="2024-09-01")
    spec.when(early_acceptance("USD 100.01"), effective="2024-05-10").then_refused(OverOrder, "Only USD 100.00")
    spec.given(early_acceptance("USD 90.00"), effective="2024-05-10")
    spec.when(acceptance("USD 10.01"), effective="2024-06-01").then_refused(OverOrder, "Only USD 10.00")
    lower = AmendOrder(engagement="E1", number="SO-1", amount=money("USD 139.99"))
    spec.when(lower, effective="2024-06-02").then_refused(BelowAccepted)
    spec.given(CancelOrder(engagement="E1", number="SO-1"), effective="2024-10-01")
    assert 9_000 == spec.state("engagement/E1").balances.orders["SO-1"].ordered


def test_a_payment_follows_its_acceptance(spec: Scenario) -> None:
    """No reason lets more be paid, on any day, than was accepted by then."""
    spec.given(*PARTIES, *SIGNED).given(order(), effective="2024-06-01").given(
        early_acceptance(), effective="2024-05-10"
    )
    spec.when(early_payment(), effective="2024-05-09").then_refused(OverAccepted, "Only USD 0.00")
    spec.when(early_payment("USD 40.01"), effective="2024-05-10").then_refused(OverAccepted, "Only USD 40.00")
    spec.given(early_payment(), effective="2024-05-10")
    spec.given(CloseOrder(engagement="E1", number="SO-1"), effective="2024-06-02")


def test_the_ceiling_holds_from_the_day_on_which_there_is_one(spec: Scenario) -> None:
    """An early order counts under the ceiling of the signature, and a later ceiling covers it."""
    spec.given(*PARTIES, signature(ceiling=money("USD 120.00")))
    spec.when(early_order(amount="USD 120.01"), effective=BEFORE).then_refused(OverCeiling)
    spec.given(early_order(), effective=BEFORE)
    spec.when(order("SO-2", "USD 20.01")).then_refused(OverCeiling)
    spec.when(AmendEngagement(engagement="E1", ceiling=money("USD 99.99")), effective="2024-05-01")
    spec.then_refused(BelowOrders)


@pytest.mark.parametrize(
    ("day", "known"),
    [("2024-02-28", None), (SIGNED_ON, ()), ("2024-05-31", ()), ("2024-06-01", (10_000, 9_000, 4_000))],
)
def test_as_of_a_day_between(spec: Scenario, day: str, known: tuple[int, ...] | None) -> None:
    """As of a day before the order there is no order; from its day on, what came before counts."""
    spec.given(*PARTIES, *SIGNED).given(order(), effective="2024-06-01")
    spec.given(early_acceptance("USD 90.00"), effective=BEFORE).given(early_payment(), effective=BEFORE)
    state = fold_as_of(Engagement(), spec.ledger.facts("engagement/E1"), day)
    assert isinstance(state, Engagement)
    assert state.exists == (known is not None)
    orders = state.balances.orders.values()
    assert (known or ()) == next(((of.ordered, of.accepted, of.paid) for of in orders), ())


def test_a_description_says_why(spec: Scenario) -> None:
    """The description of an order that came early says why."""
    spec.given(*PARTIES, *SIGNED).given(early_order(), effective=BEFORE)
    assert WHY == spec.description("engagement/E1")["service order SO-1 ex post facto"]

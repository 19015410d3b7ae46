"""Late facts: a fact is checked on its own date and on every later day."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.disclosure.commands import CoverMore, PublishDisclosure
from ledger.domain.disclosure.disclosure import Coverage
from ledger.domain.engagement.lifecycle_commands import AmendEngagement, CloseEngagement, CompleteEngagement
from ledger.domain.engagement.money.acceptances import DeliverableAccepted, OverOrder
from ledger.domain.engagement.money.contributions import (
    BelowZero,
    CommitContribution,
    ContributionCommitted,
    ContributionRefunded,
    OverReceived,
    ReceiveContribution,
    RefundContribution,
)
from ledger.domain.engagement.money.order_commands import AmendOrder, CancelOrder, CloseOrder
from ledger.domain.engagement.money.orders import BelowAccepted, OverCeiling
from ledger.domain.engagement.money.payments import OverAccepted, PaymentMade, ReversePayment
from ledger.domain.engagement.particulars import BelowOrders, EngagementAmended
from ledger.domain.engagement.state import ForbiddenTransition
from ledger.domain.kernel import Command
from ledger.domain.refusals import BeforeItsTime
from ledger.domain.running_total import RunningTotal
from tests.spec.scenario import Scenario, money
from tests.spec.stories import PARTIES, SIGNED, acceptance, order, payment, pledge, signature

EARLY: list[tuple[tuple[Command, ...], Command]] = [
    ((), acceptance("USD 1.00")),
    ((acceptance("USD 1.00"),), payment("USD 1.00")),
    ((), AmendOrder(engagement="E1", number="SO-1", amount=money("USD 90.00"))),
    ((), AmendOrder(engagement="E1", number="SO-1", subject="Final report")),
    ((), CancelOrder(engagement="E1", number="SO-1")),
    ((), CloseOrder(engagement="E1", number="SO-1")),
]


@pytest.mark.parametrize(("given", "command"), EARLY)
def test_nothing_happens_to_an_order_before_it_is_issued(
    spec: Scenario, given: tuple[Command, ...], command: Command
) -> None:
    """Acceptance, payment, amendment, cancellation and closing are dated on the day of issue or later."""
    spec.given(*PARTIES, *SIGNED).given(order(), *given, effective="2024-06-01")
    spec.when(command, effective="2024-05-31").then_refused(
        BeforeItsTime, "effective on 2024-05-31, but service order SO-1 is dated 2024-06-01"
    )
    spec.given(command, effective="2024-06-01")


def test_a_payment_is_not_reversed_before_it_is_made(spec: Scenario) -> None:
    """A reversal is dated on the day of the payment or later."""
    spec.given(*PARTIES, *SIGNED, order(), acceptance()).given(payment(), effective="2024-06-01")
    reverse = ReversePayment(engagement="E1", payment="SO-1/1")
    spec.when(reverse, effective="2024-05-31").then_refused(BeforeItsTime, "payment SO-1/1 is dated 2024-06-01")
    spec.given(reverse, effective="2024-06-01")


def test_a_document_covers_nothing_before_it_is_published(spec: Scenario) -> None:
    """Late coverage is dated on the day of publication or later."""
    spec.given(*PARTIES, *SIGNED).given(
        PublishDisclosure(document="D1", body="Council", as_of_on="2024-06-01"), effective="2024-06-01"
    )
    more = CoverMore(document="D1", cover=(Coverage("E1", ("parties",)),))
    spec.when(more, effective="2024-05-31").then_refused(BeforeItsTime, "the document is dated 2024-06-01")
    spec.given(more, effective="2024-06-01")


def test_a_late_acceptance_is_within_what_was_ordered_then(spec: Scenario) -> None:
    """An increase of September does not cover an acceptance of June, which lowers what is open in September."""
    spec.given(*PARTIES, *SIGNED, order())
    spec.given(AmendOrder(engagement="E1", number="SO-1", amount=money("USD 150")), effective="2024-09-01")
    spec.when(acceptance("USD 100.01"), effective="2024-08-31")
    spec.then_refused(OverOrder, "Only USD 100.00", "on that day")
    spec.given(acceptance("USD 120.00"), effective="2024-09-01")
    spec.when(acceptance("USD 30.01"), effective="2024-06-01").then_refused(OverOrder, "Only USD 30.00")
    spec.when(acceptance("USD 30.00"), effective="2024-06-01")
    spec.then(DeliverableAccepted(order="SO-1", acceptance="SO-1/A2", amount=money("USD 30.00")))


def test_a_late_payment_is_within_what_was_accepted_then(spec: Scenario) -> None:
    """An acceptance of September does not cover a payment of June, which lowers what is due in September."""
    spec.given(*PARTIES, *SIGNED, order("SO-1", "USD 150.00"), acceptance("USD 100.00"))
    spec.given(acceptance("USD 50.00"), effective="2024-09-01")
    spec.when(payment("USD 100.01"), effective="2024-08-31")
    spec.then_refused(OverAccepted, "Only USD 100.00", "on that day", "ledger order accept")
    spec.given(payment("USD 120.00"), effective="2024-09-01")
    spec.when(payment("USD 30.01"), effective="2024-06-01").then_refused(OverAccepted, "Only USD 30.00")
    spec.when(payment("USD 30.00"), effective="2024-06-01")
    spec.then(PaymentMade(order="SO-1", payment="SO-1/2", amount=money("USD 30.00")))


def test_an_order_is_not_lowered_below_what_was_accepted_then(spec: Scenario) -> None:
    """An order accepted in June cannot be lowered from May on, although it is raised in September."""
    spec.given(*PARTIES, *SIGNED, order()).given(acceptance("USD 100.00"), effective="2024-06-01")
    spec.given(AmendOrder(engagement="E1", number="SO-1", amount=money("USD 150")), effective="2024-09-01")
    lower = AmendOrder(engagement="E1", number="SO-1", amount=money("USD 140"))
    spec.when(lower, effective="2024-05-01").then_refused(BelowAccepted, "USD 100.00 was accepted")
    spec.given(lower, effective="2024-09-01")


def test_what_is_released_was_there_on_the_day(spec: Scenario) -> None:
    """An increase of September can be released from September on, not in July."""
    spec.given(*PARTIES, *SIGNED, order()).given(acceptance("USD 100.00"), effective="2024-06-01")
    spec.given(AmendOrder(engagement="E1", number="SO-1", amount=money("USD 150")), effective="2024-09-01")
    cancel = CancelOrder(engagement="E1", number="SO-1")
    spec.when(cancel, effective="2024-07-01").then_refused(BelowAccepted, "service order SO-1")
    spec.given(cancel, effective="2024-09-01")


def test_a_late_refund_is_within_what_had_come_in(spec: Scenario) -> None:
    """A receipt of June does not cover a refund of May."""
    spec.given(*PARTIES, *SIGNED)
    receive = ReceiveContribution(engagement="E1", payer="BETA", amount=money("USD 10"))
    refund = RefundContribution(engagement="E1", payer="BETA", amount=money("USD 10"))
    spec.given(receive, effective="2024-04-01").given(receive, effective="2024-06-01")
    spec.given(refund, effective="2024-07-01")
    spec.when(refund, effective="2024-03-31").then_refused(OverReceived, "Only USD 0.00", "on that day")
    spec.when(refund, effective="2024-05-01").then(ContributionRefunded(by="BETA", amount=money("USD 10.00")))
    spec.when(refund, effective="2024-05-02").then_refused(OverReceived, "Only USD 0.00")


def test_a_late_amendment_leaves_no_day_below_zero(spec: Scenario) -> None:
    """A commitment of zero from July to September cannot be lowered by a cent in April."""
    spec.given(*PARTIES, *SIGNED)
    more = CommitContribution(engagement="E1", payer="BETA", amount=money("USD 500"))
    spec.given(more, effective="2024-09-01")
    less = AmendEngagement(engagement="E1", contributions=(pledge("BETA", "USD 500"),))
    spec.when(less, effective="2024-07-01").then(ContributionCommitted(by="BETA", amount=money("USD -1000.00")))
    less = AmendEngagement(engagement="E1", contributions=(pledge("BETA", "USD 499.99"),))
    spec.when(less, effective="2024-04-01").then_refused(BelowZero, "BETA would become USD -0.01")
    spec.when(less, effective="2024-09-01").then(ContributionCommitted(by="BETA", amount=money("USD -0.01")))


DAYS = st.integers(1, 9).map(lambda day: f"2024-01-0{day}")
MOVES = st.lists(st.tuples(DAYS, st.integers(-5, 5)), max_size=8)


@settings(max_examples=200, deadline=None)
@given(MOVES, DAYS, st.integers(-5, 5))
def test_the_lowest_sum(moves: list[tuple[str, int]], on: str, minor: int) -> None:
    """It equals the minimum of the totals counted day by day, in whatever order the movements were added."""
    timeline = RunningTotal()
    for move in moves:
        timeline.add(*move)
    days = [f"2024-01-0{day}" for day in range(1, 10)]
    totals = [sum(amount for day, amount in [*moves, (on, minor)] if day <= last) for last in days]
    assert min(amount for day, amount in zip(days, totals, strict=True) if day >= on) == timeline.lowest(on, minor)


def test_an_order_is_within_the_ceiling_of_its_days(spec: Scenario) -> None:
    """An order must be within every ceiling that is in force on or after its day."""
    spec.given(*PARTIES, signature(ceiling=money("USD 100.00")))
    spec.given(AmendEngagement(engagement="E1", ceiling=money("USD 500")), effective="2025-01-01")
    spec.given(AmendEngagement(engagement="E1", ceiling=money("USD 900")), effective="2027-01-01")
    late = order("SO-1", "USD 100.01")
    spec.when(late, effective="2024-06-01").then_refused(OverCeiling, "USD 100.01", "ceiling of USD 100.00")
    spec.given(late, effective="2025-01-01")
    spec.when(order("SO-2", "USD 400.00")).then_refused(OverCeiling, "USD 500.01", "ceiling of USD 500.00")
    rise = AmendOrder(engagement="E1", number="SO-1", amount=money("USD 900"))
    spec.when(rise, effective="2026-12-31").then_refused(OverCeiling, "USD 900.00, over the ceiling of USD 500.00")
    spec.given(rise, effective="2027-01-01")
    spec.when(order("SO-2", "USD 0.01")).then_refused(OverCeiling, "USD 900.01, over the ceiling of USD 900.00")


def test_a_ceiling_is_above_the_orders_of_its_days(spec: Scenario) -> None:
    """A ceiling is compared with the orders of the days on which it is in force, and no others."""
    spec.given(*PARTIES, signature(ceiling=money("USD 500.00"))).given(order("SO-1"), effective="2024-05-01")
    spec.given(AmendEngagement(engagement="E1", ceiling=money("USD 900")), effective="2024-09-01")
    spec.given(order("SO-2", "USD 700.00"), effective="2024-09-01")
    lower = AmendEngagement(engagement="E1", ceiling=money("USD 99.99"))
    spec.when(lower, effective="2024-06-01").then_refused(BelowOrders, "USD 99.99")
    lower = AmendEngagement(engagement="E1", ceiling=money("USD 100"))
    spec.when(lower, effective="2024-09-01").then_refused(BelowOrders, "USD 100.00")
    spec.given(lower, effective="2024-06-01")
    spec.given(CancelOrder(engagement="E1", number="SO-2"), effective="2025-01-01")
    spec.when(lower, effective="2024-12-31").then_refused(BelowOrders, "USD 100.00")
    spec.given(lower, effective="2025-01-01")


def test_closed_books(spec: Scenario) -> None:
    """After closing, cancellations and reversals are possible only for days on which the books were open."""
    spec.given(*PARTIES, *SIGNED, order(), acceptance("USD 10.00"))
    spec.given(payment("USD 10.00"), effective="2024-04-01")
    spec.given(CompleteEngagement(engagement="E1"), CloseEngagement(engagement="E1"), effective="2024-06-01")
    cancel, reverse = CancelOrder(engagement="E1", number="SO-1"), ReversePayment(engagement="E1", payment="SO-1/1")
    spec.when(cancel, effective="2024-06-01").then_refused(ForbiddenTransition, "is closed", "order cancelled")
    spec.when(reverse, effective="2024-06-01").then_refused(ForbiddenTransition, "is closed", "payment reversed")
    spec.given(reverse, effective="2024-05-01").given(cancel, effective="2024-05-02")


def test_amending_an_earlier_day(spec: Scenario) -> None:
    """An amendment is compared with the value in force on its own date."""
    spec.given(*PARTIES, *SIGNED)
    spec.given(AmendEngagement(engagement="E1", title="Renamed"), effective="2024-07-01")
    spec.when(AmendEngagement(engagement="E1", title="Renamed"), effective="2024-08-01").then_nothing()
    spec.when(AmendEngagement(engagement="E1", title="Renamed"), effective="2024-05-01")
    spec.then(EngagementAmended(title="Renamed"))

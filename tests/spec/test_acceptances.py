"""The three-way rule: acceptances <= orders, payments <= acceptances; an order closes when all is paid."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.domain.engagement.lifecycle_commands import CloseEngagement, CompleteEngagement, TerminateEngagement
from ledger.domain.engagement.money.acceptances import DeliverableAccepted, DuplicateAcceptance, OverOrder
from ledger.domain.engagement.money.order_commands import AmendOrder, CancelOrder, CloseOrder
from ledger.domain.engagement.money.orders import (
    EndedOrder,
    OverCeiling,
    ServiceOrderClosed,
    ServiceOrderIssued,
    Unpaid,
    WrongRelease,
)
from ledger.domain.engagement.money.payments import PaymentMade, ReversePayment
from ledger.domain.engagement.state import Engagement, ForbiddenTransition
from ledger.domain.errors import LedgerError
from ledger.domain.fields import BadReference
from ledger.domain.kernel import Command, Fact
from ledger.domain.money import WrongDecimals
from ledger.domain.refusals import InTheFuture, NotPositive, UnknownEngagement, UnknownOrder, WrongCurrency
from ledger.domain.voiding import VoidEntries
from tests.spec.scenario import Scenario, money
from tests.spec.stories import LIVES, PARTIES, SIGNED, SINCE_SIGNED, acceptance, order, payment, signature

CLOSE = CloseOrder(engagement="E1", number="SO-1")


def accepted(amount: str, ref: str = "SO-1/A1", **members: str) -> DeliverableAccepted:
    """Return an acceptance event."""
    return DeliverableAccepted(order="SO-1", acceptance=ref, amount=money(amount), **members)


@pytest.mark.parametrize("status", SINCE_SIGNED)
def test_accepting_in_each_state(spec: Scenario, status: str) -> None:
    """Deliverables are accepted until the books are closed, also while suspended and after termination."""
    first, *rest = LIVES[status]
    spec.given(*PARTIES, first, order(), *rest).when(acceptance("USD 40"))
    if status == "closed":
        spec.then_refused(ForbiddenTransition, "is closed: deliverable accepted on 2026-01-15")
    else:
        spec.then(accepted("USD 40.00"))


def test_acceptances_are_no_more_than_the_order(spec: Scenario) -> None:
    """The limit is exact to the cent and includes increases; without an amount, all that is open is accepted."""
    spec.given(*PARTIES, *SIGNED, order(), acceptance("USD 60.00"))
    spec.when(acceptance("USD 40.01")).then_refused(OverOrder, "Only USD 40.00 of service order SO-1 is left to accept")
    spec.when(acceptance()).then(accepted("USD 40.00", "SO-1/A2"))
    spec.when(acceptance()).then_refused(OverOrder, "Nothing of service order SO-1 is left to accept")
    spec.given(AmendOrder(engagement="E1", number="SO-1", amount=money("USD 150")))
    spec.when(acceptance()).then(accepted("USD 50.00", "SO-1/A3"))


def test_what_an_acceptance_says(spec: Scenario) -> None:
    """The event contains deliverable and evidence; a reference is given or generated, and is unique."""
    details = {"deliverable": "Inception\nreport", "evidence": "Minutes\nof 3 June"}
    spec.given(*PARTIES, *SIGNED, order())
    spec.when(acceptance("USD 1", acceptance="AC-7", **details)).then(accepted("USD 1.00", "AC-7", **details))
    spec.when(acceptance("USD 1", acceptance="AC-7")).then_refused(DuplicateAcceptance, "an acceptance AC-7 already")
    spec.when(acceptance("USD 1", acceptance="a=b")).then_refused(BadReference, "'a=b'")
    spec.given(acceptance("USD 1.00", acceptance="SO-1/A4"))
    spec.when(acceptance("USD 1")).then(accepted("USD 1.00", "SO-1/A5"))


def test_acceptances_name_what_they_accept(spec: Scenario) -> None:
    """Engagement and order must exist; the amount is positive, in the order's currency, and not in the future."""
    spec.given(*PARTIES).when(acceptance("USD 1")).then_refused(UnknownEngagement, "E1")
    spec.given(*SIGNED, order())
    spec.when(acceptance("USD 1", "SO-9")).then_refused(UnknownOrder, "no service order 'SO-9'")
    spec.when(acceptance("CHF 1")).then_refused(WrongCurrency, "in CHF, but the order is in USD")
    for text in ("USD 0", "USD -1"):
        spec.when(acceptance(text)).then_refused(NotPositive)
    spec.when(acceptance("USD 1.001")).then_refused(WrongDecimals)
    spec.when(acceptance("USD 1"), effective="2026-01-17").then_refused(InTheFuture, "deliverable.accepted")


def test_the_state_on_the_day_of_the_acceptance_counts(spec: Scenario) -> None:
    """An acceptance dated before the closing of the books can be recorded after it."""
    spec.given(*PARTIES, *SIGNED, order())
    spec.given(CompleteEngagement(engagement="E1"), CloseEngagement(engagement="E1"), effective="2024-06-01")
    spec.when(acceptance(), effective="2024-06-01").then_refused(ForbiddenTransition, "is closed")
    spec.when(acceptance(), effective="2024-05-31").then(accepted("USD 100.00"))


# Closing an order.


def test_closing_releases_what_was_not_needed(spec: Scenario) -> None:
    """Closing a paid order releases the open amount under the ceiling; the order then allows no further change."""
    spec.given(*PARTIES, signature(ceiling=money("USD 100.00")), order(), acceptance("USD 40.00"))
    spec.given(payment("USD 40.00"))
    spec.when(CLOSE).then(ServiceOrderClosed(number="SO-1", released=money("USD 60.00")))
    assert "yes" == spec.description("engagement/E1")["service order SO-1 closed"]
    ended: tuple[Command, ...] = (CLOSE, CancelOrder(engagement="E1", number="SO-1"), acceptance("USD 1"))
    for command in (*ended, AmendOrder(engagement="E1", number="SO-1", subject="More")):
        spec.when(command).then_refused(EndedOrder, "Service order SO-1 was closed")
    spec.when(order("SO-2", "USD 60.01")).then_refused(OverCeiling, "USD 100.01")
    spec.given(order("SO-2", "USD 60.00"), effective="2026-01-15")


def test_an_order_is_closed_when_all_is_paid(spec: Scenario) -> None:
    """The error states the amount owed; all must be paid by the day of closing."""
    spec.given(*PARTIES, *SIGNED, order(), acceptance())
    spec.when(CLOSE).then_refused(Unpaid, "USD 100.00 that was accepted under service order SO-1 is not paid")
    spec.given(payment("USD 99.00"), effective="2024-06-01")
    spec.when(CLOSE).then_refused(Unpaid, "USD 1.00 that")
    spec.given(payment("USD 1.00"), effective="2024-06-01")
    spec.when(CLOSE, effective="2024-05-31").then_refused(Unpaid, "USD 100.00 that")
    spec.when(CLOSE, effective="2024-06-01").then(ServiceOrderClosed(number="SO-1", released=money("USD 0.00")))


def test_what_comes_back_after_closing_is_owed_again(spec: Scenario) -> None:
    """A payment under a closed order can be reversed and made again."""
    spec.given(*PARTIES, *SIGNED, order(), acceptance(), payment("USD 100.00"), CLOSE)
    spec.given(ReversePayment(engagement="E1", payment="SO-1/1"))
    spec.when(payment("USD 100")).then(PaymentMade(order="SO-1", payment="SO-1/2", amount=money("USD 100.00")))


def test_what_was_accepted_before_a_cancellation_is_paid(spec: Scenario) -> None:
    """A cancelled order allows no acceptance, but its debts can be paid, also when winding down."""
    spec.given(*PARTIES, *SIGNED, order(), acceptance("USD 40.00"), CancelOrder(engagement="E1", number="SO-1"))
    spec.given(TerminateEngagement(engagement="E1"), effective="2024-06-01")
    spec.when(payment("USD 40")).then_refused(ForbiddenTransition, "is terminated")
    spec.when(payment("USD 40", wind_down="Decision 7"))
    spec.then(PaymentMade(order="SO-1", payment="SO-1/1", amount=money("USD 40.00"), wind_down="Decision 7"))


@pytest.mark.parametrize("status", SINCE_SIGNED)
def test_closing_in_each_state(spec: Scenario, status: str) -> None:
    """An order can be closed while the books of the engagement are open."""
    first, *rest = LIVES[status]
    spec.given(*PARTIES, first, order(), acceptance(), payment("USD 100.00"), *rest).when(CLOSE)
    if status == "closed":
        spec.then_refused(ForbiddenTransition, "is closed: order closed on 2026-01-15")
    else:
        spec.then(ServiceOrderClosed(number="SO-1", released=money("USD 0.00")))


def test_closing_releases_all_that_is_open() -> None:
    """A closing event that releases another amount than the open one is invalid."""
    state = Engagement()
    issued = ServiceOrderIssued(number="SO-1", subject="Report", vendor="ALPHA", amount=money("USD 100.00"))
    for version, fact in enumerate((issued, accepted("USD 40.00")), 1):
        fact.evolve(state, Fact(version, "2024-03-01", fact))
    event = ServiceOrderClosed(number="SO-1", released=money("USD 1.00"))
    with pytest.raises(WrongRelease, match=r"SO-1 closed: that releases USD 60[.]00, not USD 1[.]00"):
        event.validate(state, Fact(3, "2024-03-01", event))


# On every day.

DAYS = st.sampled_from(["2024-04-01", "2024-05-01", "2024-06-01", "2024-07-01"])
AMOUNTS = st.sampled_from(["USD 10.00", "USD 30.00", "USD 60.00"])
MOVES = st.one_of(
    st.builds(order, st.sampled_from(["SO-1", "SO-2"]), AMOUNTS),
    st.builds(acceptance, AMOUNTS),
    st.builds(payment, AMOUNTS),
    st.builds(lambda amount: AmendOrder(engagement="E1", number="SO-1", amount=money(amount)), AMOUNTS),
    st.sampled_from([CLOSE, CancelOrder(engagement="E1", number="SO-1")]),
    st.builds(lambda nth: ReversePayment(engagement="E1", payment=f"SO-1/{nth}"), st.integers(1, 3)),
    st.builds(lambda position: VoidEntries(positions=(position,), reason="x"), st.integers(5, 16)),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(MOVES, DAYS), min_size=4, max_size=14))
def test_the_three_way_rule_on_every_day(moves: list[tuple[Command, str]]) -> None:
    """For any sequence of commands and dates, paid <= accepted <= ordered at the end of every day."""
    spec = Scenario()
    spec.given(*PARTIES, *SIGNED, order())
    for command, day in moves:
        try:
            spec.ledger.record(spec.request(command, effective_on=day))
        except LedgerError:
            continue
    facts = [fact for fact in spec.ledger.facts("engagement/E1") if fact.event.tag() != "entry.voided"]
    state = spec.state("engagement/E1")
    days = sorted({fact.effective_on for fact in facts})
    for service_order in state.balances.orders.values():
        assert 0 <= service_order.paid <= service_order.accepted <= service_order.ordered
        for day in days:
            assert min(service_order.room.on(day), service_order.due.on(day)) >= 0
        assert (service_order.open, service_order.owed) == (service_order.room.total, service_order.due.total)
    spec.close()

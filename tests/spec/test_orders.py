"""Service orders: issued to a party of the engagement within its ceiling, amended, cancelled, and wound down."""

import msgspec
import pytest

from ledger.domain.dates import BadDate, EndsBeforeStart
from ledger.domain.engagement.lifecycle_commands import AmendEngagement
from ledger.domain.engagement.money.contributions import AmendContribution
from ledger.domain.engagement.money.order_commands import AmendOrder, CancelOrder, CloseOrder
from ledger.domain.engagement.money.orders import (
    BelowAccepted,
    DuplicateOrder,
    EndedOrder,
    OverCeiling,
    ServiceOrderAmended,
    ServiceOrderCancelled,
    ServiceOrderIssued,
    WrongRelease,
)
from ledger.domain.engagement.money.payments import OverAccepted, PaymentMade
from ledger.domain.engagement.state import Engagement, ForbiddenTransition
from ledger.domain.fields import BadReference, Role
from ledger.domain.kernel import Fact
from ledger.domain.money import WrongDecimals
from ledger.domain.refusals import (
    InTheFuture,
    MissingField,
    NotAPartyHere,
    NotPositive,
    UnknownEngagement,
    UnknownOrder,
    UnknownParty,
    WrongCurrency,
)
from tests.spec.scenario import Scenario, money
from tests.spec.stories import LIVES, PARTIES, SIGNED, SINCE_SIGNED, acceptance, order, party, payment, signature

ISSUED = ServiceOrderIssued(number="SO-1", subject="Inception report", vendor="ALPHA", amount=money("USD 100.00"))


def amend(amount: str | None = None, number: str = "SO-1", **members: str) -> AmendOrder:
    """Return a command that amends a service order."""
    return AmendOrder(engagement="E1", number=number, amount=money(amount) if amount else None, **members)  # type: ignore[arg-type]


def cancel(number: str = "SO-1") -> CancelOrder:
    """Return a command that cancels a service order."""
    return CancelOrder(engagement="E1", number=number)


def close(number: str = "SO-1") -> CloseOrder:
    """Return a command that closes a service order."""
    return CloseOrder(engagement="E1", number=number)


def raised(difference: str) -> ServiceOrderAmended:
    """Return the event that changes the amount of SO-1 by a difference."""
    return ServiceOrderAmended(number="SO-1", difference=money(difference))


@pytest.mark.parametrize("status", LIVES)
def test_issuing_in_each_state(spec: Scenario, status: str) -> None:
    """Orders are issued while the engagement is in force or completed."""
    spec.given(*PARTIES, *LIVES[status]).when(order())
    if status in ("signed", "active", "completed"):
        spec.then(ISSUED)
    elif status:
        spec.then_refused(ForbiddenTransition, f"is {status}: order issued on 2026-01-15 is not possible")
    else:
        spec.then_refused(UnknownEngagement, "E1")


@pytest.mark.parametrize("status", [status for status in LIVES if status])
def test_winding_down_in_each_state(spec: Scenario, status: str) -> None:
    """With a decision to wind down, they are also issued while suspended and after termination."""
    spec.given(*PARTIES, *LIVES[status]).when(order(wind_down="Decision 7"))
    if status in ("signed", "active", "completed", "suspended", "terminated"):
        spec.then(msgspec.structs.replace(ISSUED, wind_down="Decision 7"))
    else:
        spec.then_refused(ForbiddenTransition, f"is {status}")


def test_all_that_an_order_says(spec: Scenario) -> None:
    """The event contains number, subject, vendor, amount, period, deliverables and the decision to wind down."""
    members = {"starts_on": "2024-04-01", "ends_on": "2024-04-01", "wind_down": "Decision 7"}
    deliverables = ("Report", "Two\nlines")
    spec.given(*PARTIES, *LIVES["terminated"])
    spec.when(order(amount="USD 100", vendor="alpha university", deliverables=deliverables, **members))
    spec.then(
        ServiceOrderIssued(
            number="SO-1", subject="Inception report", vendor="ALPHA", amount=money("USD 100.00"),
            deliverables=deliverables, **members,
        )
    )  # fmt: skip


def test_the_vendor_is_a_party(spec: Scenario) -> None:
    """The vendor defaults to the only party; with several it must be given; it must be a party of the engagement."""
    spec.given(*PARTIES, party("GAMMA", "Gamma Ltd"), *SIGNED)
    spec.when(order(vendor=None)).then_refused(MissingField, "'vendor' is missing")
    spec.when(order(vendor="GAMMA")).then_refused(NotAPartyHere, "GAMMA", "ALPHA and BETA")
    spec.when(order(vendor="organization")).then_refused(UnknownParty, "organization")
    spec.given(AmendContribution(engagement="E1", payer="BETA", amount=money("USD 0.00")))
    spec.given(AmendEngagement(engagement="E1", parties=(Role("ALPHA"), Role("ALPHA", "host"))))
    spec.when(order(vendor=None)).then(ISSUED)


def test_numbers_are_used_once(spec: Scenario) -> None:
    """A number is unique, also after cancellation, and must be a valid reference."""
    spec.given(*PARTIES, *SIGNED, order(), order("SO-2"), cancel("SO-2"))
    spec.when(order()).then_refused(DuplicateOrder, "There is a service order SO-1 already")
    spec.when(order("SO-2")).then_refused(DuplicateOrder, "SO-2")
    spec.when(order("SO=3")).then_refused(BadReference, "'SO=3'")
    for command in (amend("USD 1", "SO-9"), cancel("SO-9")):
        spec.when(command).then_refused(UnknownOrder, "no service order 'SO-9'", "It has SO-1 and SO-2.")


def test_dates_of_orders(spec: Scenario) -> None:
    """Orders cannot be issued in the future, but amended; a period must be possible."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(order(), effective="2026-01-17").then_refused(InTheFuture, "order.issued")
    spec.when(order(), effective="2024-02-29").then_refused(ForbiddenTransition, "order issued on 2024-02-29")
    period = {"starts_on": "2024-05-01", "ends_on": "2024-04-30"}
    spec.when(order(**period)).then_refused(EndsBeforeStart, "2024-04-30")
    spec.when(order(starts_on="2024-04-31")).then_refused(BadDate, "'2024-04-31'")
    spec.given(order(starts_on="2024-05-01"))
    spec.when(amend(ends_on="2024-04-30")).then_refused(EndsBeforeStart, "2024-04-30")
    spec.when(amend(ends_on="2024-06-31")).then_refused(BadDate, "'2024-06-31'")
    spec.when(amend("USD 120"), effective="2027-01-01").then(raised("USD 20.00"))


@pytest.mark.parametrize("text", ["USD 0", "USD -1"])
def test_an_order_is_for_more_than_zero(spec: Scenario, text: str) -> None:
    """An amount of zero or less is refused."""
    spec.given(*PARTIES, *SIGNED).when(order(amount=text)).then_refused(NotPositive, "is not more than zero")


def test_orders_stay_within_the_ceiling(spec: Scenario) -> None:
    """Issues and amendments may reach the ceiling, not exceed it."""
    spec.given(*PARTIES, signature(ceiling=money("USD 250.00")), order())
    spec.when(order("SO-2", "USD 150.01")).then_refused(OverCeiling, "add up to USD 250.01", "ceiling of USD 250.00")
    spec.given(order("SO-2", "USD 150.00"))
    spec.when(amend("USD 100.01")).then_refused(OverCeiling, "USD 250.01")
    spec.when(order("SO-3", "CHF 1")).then_refused(WrongCurrency, "The amount is in CHF, but the ceiling is in USD")
    spec.given(AmendEngagement(engagement="E1", ceiling=money("USD 300")))
    spec.when(amend("USD 150")).then(raised("USD 50.00"))


def test_cancelling_releases_what_is_open(spec: Scenario) -> None:
    """Cancellation releases the open amount under the ceiling; what was accepted stays ordered and payable."""
    spec.given(*PARTIES, signature(ceiling=money("USD 100.00")), order(), acceptance("USD 40.00"))
    spec.when(cancel()).then(ServiceOrderCancelled(number="SO-1", released=money("USD 60.00")))
    spec.when(order("SO-2", "USD 60.01")).then_refused(OverCeiling, "USD 100.01")
    spec.when(order("SO-2", "USD 60.00"))
    spec.then(ServiceOrderIssued(number="SO-2", subject="Inception report", vendor="ALPHA", amount=money("USD 60.00")))
    spec.when(payment("USD 40.01")).then_refused(OverAccepted, "Only USD 40.00")
    spec.when(payment("USD 40")).then(PaymentMade(order="SO-1", payment="SO-1/1", amount=money("USD 40.00")))


def test_nothing_happens_to_a_cancelled_order(spec: Scenario) -> None:
    """A cancelled order cannot be amended, accepted, cancelled or closed."""
    spec.given(*PARTIES, *SIGNED, order(), cancel())
    for command in (amend("USD 120"), amend(subject="Final report"), acceptance("USD 1"), cancel(), close()):
        spec.when(command).then_refused(EndedOrder, "Service order SO-1 was cancelled")


def test_amending_records_what_differs(spec: Scenario) -> None:
    """A new amount is recorded as the difference; equal values record nothing."""
    spec.given(*PARTIES, *SIGNED, order())
    spec.when(amend("USD 100", subject="Inception report")).then_nothing()
    spec.when(amend("USD 70", subject="Final report", ends_on="2024-12-31"))
    spec.then(
        ServiceOrderAmended(number="SO-1", difference=money("USD -30.00"), subject="Final report", ends_on="2024-12-31")
    )
    issued = spec.state("engagement/E1").balances.orders["SO-1"]
    assert ("Final report", "ALPHA", "USD", 7_000) == (issued.subject, issued.vendor, issued.currency, issued.ordered)
    assert (None, "2024-12-31") == (issued.starts_on, issued.ends_on)


def test_amending_deliverables(spec: Scenario) -> None:
    """Given deliverables replace the recorded ones; otherwise they stay."""
    spec.given(*PARTIES, *SIGNED, order(deliverables=("Report",)))
    command = AmendOrder(engagement="E1", number="SO-1", deliverables=("Report", "Data"))
    spec.when(command).then(ServiceOrderAmended(number="SO-1", deliverables=("Report", "Data")))
    spec.given(amend(subject="Final report"))
    assert ("Report", "Data") == spec.state("engagement/E1").balances.orders["SO-1"].deliverables


def test_the_currency_of_an_order_stays(spec: Scenario) -> None:
    """An amendment cannot change the currency, not even with an amount of zero; decimals are checked."""
    spec.given(*PARTIES, *SIGNED, order())
    for text in ("CHF 120", "CHF 0"):
        spec.when(amend(text)).then_refused(WrongCurrency, "in CHF, but the order is in USD")
    spec.when(amend("USD 120.001")).then_refused(WrongDecimals, "USD has 2 decimals")


def test_an_order_is_not_below_what_was_accepted(spec: Scenario) -> None:
    """An order can be lowered to the accepted amount, not below."""
    spec.given(*PARTIES, *SIGNED, order(), acceptance("USD 40.00"))
    spec.when(amend("USD 39.99")).then_refused(BelowAccepted, "USD 40.00 was accepted under service order SO-1")
    spec.when(amend("USD 40")).then(raised("USD -60.00"))


@pytest.mark.parametrize("status", SINCE_SIGNED)
def test_amending_in_each_state(spec: Scenario, status: str) -> None:
    """An order is raised only where it could be issued; it may be lowered while suspended and after termination."""
    first, *rest = LIVES[status]
    spec.given(*PARTIES, first, order(), *rest)
    for command, event, states in (
        (amend("USD 120"), raised("USD 20.00"), ("signed", "active", "completed")),
        (amend("USD 90"), raised("USD -30.00"), ("signed", "active", "completed", "suspended", "terminated")),
    ):
        spec.when(command)
        if status not in states:
            spec.then_refused(ForbiddenTransition, f"is {status}")
        elif status in ("signed", "active", "completed"):
            spec.then(event)
        else:
            spec.then(raised("USD -10.00"))


@pytest.mark.parametrize("status", ["signed", "active", "suspended", "terminated", "completed"])
def test_cancelling_in_each_state(spec: Scenario, status: str) -> None:
    """An order can be cancelled in every state in which the books are open."""
    first, *rest = LIVES[status]
    spec.given(*PARTIES, first, order(), *rest)
    spec.when(cancel()).then(ServiceOrderCancelled(number="SO-1", released=money("USD 100.00")))


def test_a_cancellation_releases_all_that_is_open() -> None:
    """A cancellation event that releases another amount than the open one is invalid."""
    state = Engagement()
    ISSUED.evolve(state, Fact(1, "2024-03-01", ISSUED))
    event = ServiceOrderCancelled(number="SO-1", released=money("USD 60.00"))
    with pytest.raises(WrongRelease, match=r"releases USD 100[.]00, not USD 60[.]00"):
        event.validate(state, Fact(2, "2024-03-01", event))

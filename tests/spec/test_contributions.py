"""Contributions: committed, received and refunded by parties or the organisation, never negative on any day."""

import pytest

from ledger.domain.engagement.lifecycle_commands import TerminateEngagement
from ledger.domain.engagement.money.contributions import (
    AmendContribution,
    BelowZero,
    CommitContribution,
    ContributionCommitted,
    ContributionReceived,
    ContributionRefunded,
    OverReceived,
    PledgedTwice,
    ReceiveContribution,
    RefundContribution,
)
from ledger.domain.engagement.state import ForbiddenTransition
from ledger.domain.errors import LedgerError
from ledger.domain.kernel import Command, Event
from ledger.domain.money import BadAmount, UnknownCurrency, WrongDecimals
from ledger.domain.refusals import (
    InTheFuture,
    NotAPartyHere,
    NothingCommitted,
    NotPositive,
    UnknownEngagement,
    UnknownParty,
    WrongCurrency,
)
from tests.spec.scenario import Scenario, money
from tests.spec.stories import LIVES, PARTIES, SIGNED, party, pledge, signature


def commit(text: str, payer: str = "BETA") -> CommitContribution:
    """Return a command that adds a commitment."""
    return CommitContribution(engagement="E1", payer=payer, amount=money(text))


def amend(text: str, payer: str = "BETA") -> AmendContribution:
    """Return a command that sets the total of a commitment."""
    return AmendContribution(engagement="E1", payer=payer, amount=money(text))


def receive(text: str, payer: str = "BETA") -> ReceiveContribution:
    """Return a command that records a receipt."""
    return ReceiveContribution(engagement="E1", payer=payer, amount=money(text))


def refund(text: str, payer: str = "BETA") -> RefundContribution:
    """Return a command that records a refund."""
    return RefundContribution(engagement="E1", payer=payer, amount=money(text))


MOVES: list[tuple[Command, Event]] = [
    (commit("USD 7.00"), ContributionCommitted(by="BETA", amount=money("USD 7.00"))),
    (amend("USD 900"), ContributionCommitted(by="BETA", amount=money("USD -100.00"))),
    (receive("USD 7.00"), ContributionReceived(by="BETA", amount=money("USD 7.00"))),
]

RUNNING = {"signed", "active", "suspended", "completed", "terminated"}


@pytest.mark.parametrize(("command", "event"), MOVES)
@pytest.mark.parametrize("status", LIVES)
def test_money_in_each_state(spec: Scenario, status: str, command: Command, event: Event) -> None:
    """Commitments and receipts are recorded from signature until the books are closed."""
    spec.given(*PARTIES, *LIVES[status]).when(command)
    if status in RUNNING:
        spec.then(event)
    elif status:
        spec.then_refused(ForbiddenTransition, f"The engagement is {status}")
    else:
        spec.then_refused(UnknownEngagement, "E1")


@pytest.mark.parametrize("status", sorted(RUNNING))
def test_refunds_in_each_state(spec: Scenario, status: str) -> None:
    """Refunds are recorded from signature until the books are closed."""
    spec.given(*PARTIES, *LIVES[status], receive("USD 50.00")).when(refund("USD 50.00"))
    spec.then(ContributionRefunded(by="BETA", amount=money("USD 50.00")))


def test_late_money(spec: Scenario) -> None:
    """A receipt dated before the closing can be recorded after it; one dated before signature cannot."""
    spec.given(*PARTIES, *SIGNED).given(TerminateEngagement(engagement="E1"), effective="2024-09-01")
    spec.when(receive("USD 9"), effective="2024-05-01").then(ContributionReceived(by="BETA", amount=money("USD 9.00")))
    spec.when(receive("USD 9"), effective="2024-02-29").then_refused(ForbiddenTransition, "received on 2024-02-29")


def test_only_commitments_may_be_in_the_future(spec: Scenario) -> None:
    """A commitment may be dated in the future; a receipt or refund may not."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(commit("USD 9"), effective="2027-01-01").then(ContributionCommitted(by="BETA", amount=money("USD 9.00")))
    for command in (receive("USD 9"), refund("USD 9")):
        spec.when(command, effective="2026-01-17").then_refused(InTheFuture, "2026-01-17 is after today, 2026-01-15")


def test_a_payer_is_a_party_or_the_organisation(spec: Scenario) -> None:
    """A payer that is unknown, or not a party of the engagement, is refused."""
    spec.given(*PARTIES, party("GAMMA", "Gamma Ltd"), *SIGNED)
    spec.when(commit("USD 5", "organization")).then(ContributionCommitted(by="organization", amount=money("USD 5.00")))
    for command in (
        commit("USD 5", "GAMMA"),
        receive("USD 5", "Gamma Ltd"),
        refund("USD 5", "GAMMA"),
        amend("USD 5", "GAMMA"),
    ):
        spec.when(command).then_refused(NotAPartyHere, "GAMMA is not a party", "ALPHA, BETA and organization")
    spec.when(commit("USD 5", "DELTA")).then_refused(UnknownParty, "No party is known as 'DELTA'")
    spec.when(signature("E2", contributions=(pledge("GAMMA", "USD 1"),))).then_refused(NotAPartyHere, "GAMMA")


@pytest.mark.parametrize("text", ["USD 0", "USD -5"])
def test_money_moves_by_more_than_zero(spec: Scenario, text: str) -> None:
    """Commitments, receipts and refunds must be positive."""
    spec.given(*PARTIES, *SIGNED, receive("USD 50.00"))
    for command in (commit(text), receive(text), refund(text)):
        spec.when(command).then_refused(NotPositive, "is not more than zero")
    spec.when(signature("E2", contributions=(pledge("BETA", text),))).then_refused(NotPositive)


def test_a_commitment_is_not_less_than_zero(spec: Scenario) -> None:
    """A commitment can be amended to zero, not below."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(amend("USD -0.01")).then_refused(BelowZero, "BETA would become USD -0.01")
    spec.when(amend("USD 0")).then(ContributionCommitted(by="BETA", amount=money("USD -1000.00")))
    spec.when(amend("USD 0")).then_nothing()


def test_one_amount_a_payer_and_currency(spec: Scenario) -> None:
    """Two amounts of one payer in one currency are refused, however the payer is named."""
    spec.given(*PARTIES)
    twice = (pledge("BETA", "USD 1"), pledge("Beta Foundation", "USD 2"))
    spec.when(signature(contributions=twice)).then_refused(PledgedTwice, "BETA has two")
    spec.given(signature(contributions=(pledge("BETA", "USD 1"), pledge("BETA", "CHF 2"))))
    contributions = spec.state("engagement/E1").balances.contributions
    assert {("BETA", "USD"): 100, ("BETA", "CHF"): 200} == {
        key: contribution.committed for key, contribution in contributions.items()
    }


def test_receipts_are_in_a_currency_that_was_committed(spec: Scenario) -> None:
    """An amount in another currency than the commitment is refused; the error names the currencies."""
    spec.given(*PARTIES, *SIGNED)
    for command in (receive("EUR 5"), refund("EUR 5")):
        spec.when(command).then_refused(WrongCurrency, "The amount is in EUR, but the commitment is in USD")
    spec.when(receive("USD 5", "ALPHA")).then_refused(NothingCommitted, "ALPHA has committed nothing to")


def test_more_money_than_was_committed_is_noted(spec: Scenario) -> None:
    """It is recorded: the money is there. A note says so once it is more, without what went back."""
    spec.given(*PARTIES, *SIGNED, receive("USD 1000"), refund("USD 300"))
    spec.when(receive("USD 300")).then(ContributionReceived(by="BETA", amount=money("USD 300.00")))
    assert [] == spec.ledger.notes
    spec.when(receive("USD 0.01")).then(ContributionReceived(by="BETA", amount=money("USD 0.01")))
    assert ["BETA has paid in USD 1000.01, more than the USD 1000.00 that it committed."] == spec.ledger.notes


def test_refunds_are_no_more_than_what_came_in(spec: Scenario) -> None:
    """Refunds add up to at most the receipts, exact to the cent."""
    spec.given(*PARTIES, *SIGNED, receive("USD 10.00"), refund("USD 4.00"))
    spec.when(refund("USD 6.01")).then_refused(OverReceived, "Only USD 6.00 of what BETA paid in is left")
    spec.when(refund("USD 6")).then(ContributionRefunded(by="BETA", amount=money("USD 6.00")))
    spec.when(refund("USD 0.01")).then_refused(OverReceived, "Only USD 0.00")


def test_more_may_come_in_than_was_committed(spec: Scenario) -> None:
    """Receipts may exceed the commitment."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(receive("USD 1000.01")).then(ContributionReceived(by="BETA", amount=money("USD 1000.01")))


@pytest.mark.parametrize(
    ("text", "error", "part"),
    [
        ("USD 1.005", WrongDecimals, "USD has 2 decimals"),
        ("JPY 1.0", WrongDecimals, "JPY has 0 decimals"),
        ("XXX 1", UnknownCurrency, "'XXX'"),
        ("usd 1", UnknownCurrency, "'usd'"),
        ("USD 1,000.00", BadAmount, "'1,000.00'"),
        ("USD 1e3", BadAmount, "'1e3'"),
        ("USD 1000000000000000", BadAmount, "'1000000000000000'"),
    ],
)
def test_amounts_are_checked_in_every_command(spec: Scenario, text: str, error: type[LedgerError], part: str) -> None:
    """Every command refuses an amount that is not in canonical form."""
    spec.given(*PARTIES, *SIGNED)
    for command in (commit(text), amend(text), receive(text), refund(text)):
        spec.when(command).then_refused(error, part)
    spec.when(signature("E2", contributions=(pledge("BETA", text),))).then_refused(error, part)


def test_differences_stay_within_what_amounts_may_be(spec: Scenario) -> None:
    """Commitments may add up beyond the largest amount, but a difference beyond it is refused."""
    most = "USD 999999999999999.99"
    spec.given(*PARTIES, signature(contributions=(pledge("BETA", most),)), commit(most))
    spec.when(amend("USD 0")).then_refused(BadAmount, "-1999999999999999.98")
    spec.when(amend(most)).then(ContributionCommitted(by="BETA", amount=money(f"USD -{most[4:]}")))

"""Contributions in kind: valued, and revalued by the difference."""

import pytest

from ledger.domain.engagement.money.contributions import BelowZero
from ledger.domain.engagement.money.in_kind import AnothersGift, ContributionValued, ValueInKind
from ledger.domain.engagement.state import ForbiddenTransition
from ledger.domain.fields import BadReference
from ledger.domain.money import WrongDecimals
from ledger.domain.refusals import (
    InTheFuture,
    MissingField,
    NotAPartyHere,
    NotPositive,
    UnknownEngagement,
    UnknownParty,
    WrongCurrency,
)
from ledger.domain.voiding import EntryVoided, VoidBreaks, VoidEntries, VoidReferred
from tests.spec.scenario import Scenario, money
from tests.spec.stories import LIVES, PARTIES, SIGNED, SINCE_SIGNED, party


def value(amount: str, by: str = "BETA", what: str | None = "Experts", **members: str) -> ValueInKind:
    """Return a command that values a contribution in kind."""
    return ValueInKind(engagement="E1", payer=by, amount=money(amount), what=what, **members)


def valued(
    amount: str, by: str = "BETA", item: str = "K1", what: str = "Experts", **members: str
) -> ContributionValued:
    """Return a valuation event."""
    return ContributionValued(by=by, item=item, what=what, amount=money(amount), **members)


@pytest.mark.parametrize("status", LIVES)
def test_valuing_in_each_state(spec: Scenario, status: str) -> None:
    """Contributions in kind are valued from signature until the books are closed."""
    spec.given(*PARTIES, *LIVES[status]).when(value("USD 7"))
    if status in SINCE_SIGNED and status != "closed":
        spec.then(valued("USD 7.00"))
    elif status:
        spec.then_refused(ForbiddenTransition, f"is {status}: contribution valued on 2026-01-15")
    else:
        spec.then_refused(UnknownEngagement, "E1")


def test_all_that_a_contribution_in_kind_says(spec: Scenario) -> None:
    """Each contribution has a given or generated key, a description and a basis; the organisation may contribute."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(value("USD 7", "beta foundation", basis="Standard cost")).then(valued("USD 7.00", basis="Standard cost"))
    spec.when(value("CHF 5.5", "organization", "Rooms")).then(valued("CHF 5.50", "organization", "K2", "Rooms"))
    spec.when(value("USD 1", item="rooms")).then(valued("USD 1.00", item="rooms"))
    description = spec.description("engagement/E1")
    assert "Experts, valued at USD 7.00" == description["in kind K1 by BETA"]
    assert "Rooms, valued at CHF 5.50" == description["in kind K2 by organization"]


def test_it_is_no_money(spec: Scenario) -> None:
    """A contribution in kind changes neither commitments nor receipts."""
    spec.given(*PARTIES, *SIGNED, value("USD 7.00"), value("CHF 5.00"))
    contributions = spec.state("engagement/E1").balances.contributions
    assert {("BETA", "USD"): (100_000, 0)} == {
        key: (contribution.committed, contribution.received) for key, contribution in contributions.items()
    }


def test_valuing_again(spec: Scenario) -> None:
    """A new value is recorded as the difference, down to zero; an equal one records nothing."""
    spec.given(*PARTIES, *SIGNED, value("USD 7.00"))
    again = {"what": None, "item": "K1"}
    spec.when(value("USD 7.00", **again)).then_nothing()  # type: ignore[arg-type]
    spec.when(value("USD 9.00", **again)).then(valued("USD 2.00"))  # type: ignore[arg-type]
    spec.when(value("USD 0.00", **again)).then(valued("USD -9.00"))  # type: ignore[arg-type]
    spec.when(value("USD 0.00", what="Two experts", item="K1")).then(valued("USD 0.00", what="Two experts"))
    spec.when(value("USD -0.01", **again)).then_refused(BelowZero, "The value of K1 would become USD -0.01")  # type: ignore[arg-type]
    assert "Two experts, valued at USD 0.00" == spec.description("engagement/E1")["in kind K1 by BETA"]


def test_valued_again_on_an_earlier_day(spec: Scenario) -> None:
    """The value is not negative on any day: a contribution of June cannot be lowered in May."""
    spec.given(*PARTIES, *SIGNED).given(value("USD 7.00"), effective="2024-06-01")
    lower = value("USD 4.00", item="K1")
    spec.when(lower, effective="2024-05-31").then_refused(BelowZero, "USD -3.00", "on any day")
    spec.when(lower, effective="2024-06-01").then(valued("USD -3.00"))


def test_valuations_that_cannot_be(spec: Scenario) -> None:
    """Description and a positive value are required; payer and currency cannot change."""
    spec.given(*PARTIES, party("GAMMA", "Gamma Ltd"), *SIGNED)
    spec.when(value("USD 7", what=None)).then_refused(MissingField, "'what' is missing")
    spec.when(value("USD 0")).then_refused(NotPositive, "USD 0.00")
    spec.when(value("USD -1")).then_refused(BelowZero, "The value of K1 would become USD -1.00")
    spec.when(value("USD 1.001")).then_refused(WrongDecimals)
    spec.when(value("USD 7", "GAMMA")).then_refused(NotAPartyHere, "GAMMA")
    spec.when(value("USD 7", "Nobody")).then_refused(UnknownParty, "'Nobody'")
    spec.when(value("USD 7", item="a=b")).then_refused(BadReference, "'a=b'")
    spec.when(value("USD 7"), effective="2026-01-17").then_refused(InTheFuture, "contribution.valued")
    spec.when(value("USD 7"), effective="2024-02-29").then_refused(ForbiddenTransition, "2024-02-29")
    spec.given(value("USD 7.00"))
    spec.when(value("USD 8", "ALPHA", item="K1")).then_refused(AnothersGift, "in kind K1 is given by BETA")
    spec.when(value("CHF 8", item="K1")).then_refused(WrongCurrency, "in CHF, but the value of K1 is in USD")


def test_a_valuation_is_voided(spec: Scenario) -> None:
    """A valuation that a later one lowered cannot be voided alone, nor the registration of its payer."""
    spec.given(*PARTIES, *SIGNED, value("USD 7.00"), value("USD 4.00", item="K1"))
    spec.when(VoidEntries(positions=(6,), reason="x")).then_refused(VoidBreaks, "contribution.valued", "USD -3.00")
    spec.when(VoidEntries(positions=(7,), reason="x")).then(EntryVoided(version=4, reason="x"))
    spec.when(VoidEntries(positions=(3,), reason="x")).then_refused(VoidReferred, "contribution.valued in engagement")

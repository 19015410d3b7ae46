"""Particulars of an engagement: amended from a date on, with valid shares, periods, roles and ceilings."""

import json
from typing import Any

import pytest

from ledger.application.request import command_from
from ledger.domain.dates import BadDate, EndsBeforeStart
from ledger.domain.engagement.lifecycle import EngagementProposed, EngagementSigned
from ledger.domain.engagement.lifecycle_commands import AmendEngagement
from ledger.domain.engagement.money.contributions import ContributionCommitted
from ledger.domain.engagement.particulars import BelowOrders, EngagementAmended, RoleTwice
from ledger.domain.engagement.state import ForbiddenTransition
from ledger.domain.errors import LedgerError
from ledger.domain.fields import BadReference, BadShare, Role, Share, SharesNotWhole
from ledger.domain.money import WrongDecimals
from ledger.domain.refusals import MissingField, UnknownEngagement, UnknownParty, WrongCurrency
from tests.spec.scenario import Scenario, money
from tests.spec.stories import LIVES, PARTIES, SIGNED, order, pledge, proposal, signature

AMENDABLE = {"proposed", "under review", "active", "approved", "signed", "suspended", "completed"}


@pytest.mark.parametrize("status", LIVES)
def test_amending_in_each_state(spec: Scenario, status: str) -> None:
    """Planned, running and completed engagements can be amended; rejected, terminated and closed ones cannot."""
    spec.given(*PARTIES, *LIVES[status]).when(AmendEngagement(engagement="E1", unit="BDT"))
    if status in AMENDABLE:
        spec.then(EngagementAmended(unit="BDT"))
    elif status:
        spec.then_refused(ForbiddenTransition, f"The engagement is {status}", "amended on 2026-01-15")
    else:
        spec.then_refused(UnknownEngagement, "E1")


def test_amending_before_the_first_entry(spec: Scenario) -> None:
    """An amendment dated before the first entry is refused."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(AmendEngagement(engagement="E1", unit="BDT"), effective="2024-02-29")
    spec.then_refused(ForbiddenTransition, "amended on 2024-02-29")


def test_every_particular_can_be_given(spec: Scenario) -> None:
    """A proposal contains all given particulars, with amounts in canonical form."""
    given: dict[str, Any] = {
        "title": "Data platform",
        "kind": "consultancy",
        "parties": (Role("ALPHA"),),
        "purpose": "First line\nsecond line",
        "objective": "Connect",
        "unit": "BDT",
        "regions": (Share("AFR", "60"), Share("ARB", "40")),
        "priorities": (Share("P1"),),
        "starts_on": "2024-03-01",
        "ends_on": "2024-03-01",
        "basis": "Resolution 5",
    }
    spec.given(*PARTIES).when(proposal(**given, ceiling=money("USD 5")))
    spec.then(EngagementProposed(**given, ceiling=money("USD 5.00")))


def test_amending_records_what_differs(spec: Scenario) -> None:
    """An amendment contains only the members that differ; without any, nothing is recorded."""
    spec.given(*PARTIES, signature(unit="BDT", regions=(Share("AFR"),)))
    same = AmendEngagement(
        engagement="E1", title="Data platform", unit="BDT", regions=(Share("AFR"),),
        parties=(Role("Alpha University"), Role("BETA", "funder")),
    )  # fmt: skip
    spec.when(same).then_nothing()
    spec.when(AmendEngagement(engagement="E1", title="Data platform", unit="TSB")).then(EngagementAmended(unit="TSB"))


def test_amending_ahead_and_late(spec: Scenario) -> None:
    """An amendment may be dated in the future or the past; the latest date counts, not the latest entry."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(AmendEngagement(engagement="E1", unit="TSB"), effective="2027-01-01").then(EngagementAmended(unit="TSB"))
    spec.when(AmendEngagement(engagement="E1", unit="BDT"), effective="2025-01-01").then(EngagementAmended(unit="BDT"))
    assert "TSB" == spec.state("engagement/E1").get("unit")


def test_amending_money_records_the_difference(spec: Scenario) -> None:
    """A new total of a payer is recorded as the difference."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(AmendEngagement(engagement="E1", contributions=(pledge("Beta Foundation", "USD 800"),)))
    spec.then(ContributionCommitted(by="BETA", amount=money("USD -200.00")))
    spec.when(AmendEngagement(engagement="E1", contributions=(pledge("BETA", "USD 800"),))).then_nothing()
    assert 80_000 == spec.state("engagement/E1").balances.contributions["BETA", "USD"].committed


@pytest.mark.parametrize(
    ("shares", "error", "part"),
    [
        ((Share("AFR", "60"), Share("ARB", "39.9999")), SharesNotWhole, "add up to 99.9999 per cent"),
        ((Share("AFR", "60"), Share("ARB", "50")), SharesNotWhole, "add up to 110 per cent"),
        ((Share("AFR", "50"), Share("AFR", "50")), SharesNotWhole, "each code once"),
        ((Share("AFR", "0"),), SharesNotWhole, "add up to 0 per cent"),
        ((Share("AFR", "100.5"),), BadShare, "'100.5'"),
        ((Share("AFR", "-5"), Share("ARB", "105")), BadShare, "'-5'"),
        ((Share("AFR", "1e2"),), BadShare, "'1e2'"),
        ((Share("AFR", "33.33333"),), BadShare, "'33.33333'"),
        ((Share("AFR", "007"),), BadShare, "'007'"),
    ],
)
@pytest.mark.parametrize("what", ["regions", "priorities"])
def test_shares_add_up(
    spec: Scenario, shares: tuple[Share, ...], error: type[LedgerError], part: str, what: str
) -> None:
    """Shares have at most four decimals and add up to 100, each code once, in proposals and amendments."""
    members: dict[str, Any] = {what: shares}
    spec.given(*PARTIES)
    spec.when(signature(**members)).then_refused(error, part)
    spec.given(*SIGNED)
    spec.when(AmendEngagement(engagement="E1", **members)).then_refused(error, part)


def test_thirds_add_up(spec: Scenario) -> None:
    """33.3333, 33.3333 and 33.3334 are 100."""
    shares = (Share("AFR", "33.3333"), Share("ARB", "33.3333"), Share("CIS", "33.3334"))
    spec.given(*PARTIES, *SIGNED)
    spec.when(AmendEngagement(engagement="E1", regions=shares)).then(EngagementAmended(regions=shares))


def test_periods(spec: Scenario) -> None:
    """A period must not end before it starts, whether its days are given or recorded; one day is a period."""
    spec.given(*PARTIES)
    both = {"starts_on": "2024-05-01", "ends_on": "2024-04-30"}
    spec.when(signature(**both)).then_refused(EndsBeforeStart, "end on 2024-04-30, before it starts on 2024-05-01")
    spec.given(signature(starts_on="2024-05-01", ends_on="2024-05-01"))
    spec.when(AmendEngagement(engagement="E1", ends_on="2024-04-30")).then_refused(EndsBeforeStart)
    spec.when(AmendEngagement(engagement="E1", starts_on="2024-05-02")).then_refused(EndsBeforeStart)
    for day in ("2023-02-29", "2024-13-01", "20240501", "1864-12-31", "2200-01-01", "tomorrow"):
        spec.when(AmendEngagement(engagement="E1", ends_on=day)).then_refused(BadDate, f"'{day}' is not a date")


def test_roles(spec: Scenario) -> None:
    """A party may have two roles, but not one twice; at least one party is required."""
    spec.given(*PARTIES)
    twice = (Role("ALPHA"), Role("Alpha University"))
    spec.when(signature(parties=twice)).then_refused(RoleTwice, "ALPHA is given as partner twice")
    spec.when(signature(parties=())).then_refused(MissingField, "'party' is missing")
    spec.given(signature(parties=(Role("ALPHA"), Role("ALPHA", "host"))))
    spec.when(AmendEngagement(engagement="E1", parties=())).then_refused(MissingField, "'party' is missing")
    spec.when(AmendEngagement(engagement="E1", parties=(Role("GAMMA"),))).then_refused(UnknownParty, "'GAMMA'")


def test_defaults_are_left_out_however_they_are_given(spec: Scenario) -> None:
    """A default role or share is omitted even if it is given, so that there is one encoding."""
    members = json.loads(
        """{"command": "engagement sign", "engagement": "E1", "title": "T", "kind": "k", "regions":
        [{"code": "AFR", "percent": "100"}], "parties": [{"party": "ALPHA", "role": "partner"}]}"""
    )
    spec.given(*PARTIES, command_from(members))
    assert {"party": "ALPHA"} == json.loads(spec.store.entry(4) or b"")["event"]["parties"][0]
    assert {"code": "AFR"} == json.loads(spec.store.entry(4) or b"")["event"]["regions"][0]
    assert EngagementSigned is type(spec.entry(4).event)


def test_a_ceiling_is_not_below_what_is_ordered(spec: Scenario) -> None:
    """A ceiling can be lowered to the ordered amount, not below."""
    spec.given(*PARTIES, signature(ceiling=money("USD 500.00")), order(amount="USD 300.00"))
    spec.when(AmendEngagement(engagement="E1", ceiling=money("USD 299.99"))).then_refused(BelowOrders, "USD 299.99")
    spec.when(AmendEngagement(engagement="E1", ceiling=money("USD 300"))).then(
        EngagementAmended(ceiling=money("USD 300.00"))
    )
    spec.when(AmendEngagement(engagement="E1", ceiling=money("USD -1"))).then_refused(BelowOrders)
    spec.when(AmendEngagement(engagement="E1", ceiling=money("USD 1.001"))).then_refused(WrongDecimals, "USD has 2")


def test_a_ceiling_is_in_the_currency_of_the_orders(spec: Scenario) -> None:
    """A ceiling in another currency than the orders is refused."""
    spec.given(*PARTIES, *SIGNED, order(amount="USD 300.00"))
    spec.when(AmendEngagement(engagement="E1", ceiling=money("CHF 1000.00")))
    spec.then_refused(WrongCurrency, "in CHF", "in USD")


@pytest.mark.parametrize(
    "ref",
    ["a  b", "E=1", "E;1", "E|1", "E%1", "x" * 129, "E*"],
)
def test_references_that_cannot_be(spec: Scenario, ref: str) -> None:
    """A reference has at most 128 letters, digits, some signs, and single spaces inside."""
    spec.given(*PARTIES)
    spec.when(signature(ref)).then_refused(BadReference, "cannot be a reference")


@pytest.mark.parametrize("ref", ["E", "C26/32(Add.1)-E", "ПРОЕКТ 7", "协议_1", "A&B #4, 'x' @y", "x" * 128, "a.b:c+d"])
def test_references_that_can_be(spec: Scenario, ref: str) -> None:
    """References of other organisations are accepted unchanged."""
    spec.given(*PARTIES, signature(ref))
    assert "signed" == spec.state(f"engagement/{ref}").status

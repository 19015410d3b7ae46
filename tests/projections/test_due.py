"""What is due: each thing from the day on which it comes into sight until it is done, and never once it is."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from ledger.domain.disclosure.commands import PrepareDisclosure, PublishDisclosure
from ledger.domain.disclosure.disclosure import Coverage
from ledger.domain.engagement.lifecycle_commands import (
    AmendEngagement,
    CloseEngagement,
    CompleteEngagement,
    ExtendEngagement,
    SuspendEngagement,
    TerminateEngagement,
)
from ledger.domain.engagement.oversight.conflicts import AssessConflict, DeclareConflict
from ledger.domain.engagement.oversight.outcomes import PlanOutcome, RecordOutcome
from ledger.domain.engagement.oversight.reviews import CloseAction, HoldReview, ScheduleReview, Task
from ledger.domain.engagement.oversight.risks import AssessRisk
from ledger.domain.facets import FACETS
from ledger.domain.fields import Role
from ledger.domain.kernel import Command
from ledger.domain.party.affiliation import AffiliateParty
from ledger.domain.party.due_diligence import CompleteDiligence, LiftFlag, RaiseFlag, ScreenParty
from projections.queries.due import Due, due
from projections.queries.queries import BitemporalPoint, Queries
from tests.spec.scenario import Scenario
from tests.spec.stories import LIVES, PARTIES, acceptance, order, payment, pledge, proposal, signature

Ask = Callable[..., list[Due]]
E1 = "E1"
DISCLOSED = PublishDisclosure(document="C24/1", body="Council", cover=(Coverage(E1, FACETS),))
"""Keeps what is not disclosed out of the answers of tests that are about something else."""


@pytest.fixture
def spec() -> Iterator[Scenario]:
    """Return a fresh scenario with two parties."""
    scenario = Scenario().given(*PARTIES)
    yield scenario
    scenario.close()


@pytest.fixture
def ask(spec: Scenario, projected: Callable[..., Engine]) -> Ask:
    """Return a function that asks what is due on a day, within some days."""

    def asked(on: str, within: int = 30, planned: dict[str, list[str]] | None = None) -> list[Due]:
        with projected(spec.ledger).connect() as db:
            return due(Queries(db, BitemporalPoint(on, spec.size)), within, planned)

    return asked


def _days(found: list[Due], what: str) -> list[int | None]:
    return [one.days for one in found if one.what == what]


def _signed(*commands: Command) -> tuple[Command, ...]:
    return (signature(unit="IDS", ends_on="2026-12-31"), DISCLOSED, *commands)


@pytest.mark.parametrize(
    ("on", "days"), [("2025-03-01", []), ("2025-03-02", [30]), ("2025-04-01", [0]), ("2025-04-11", [-10])]
)
def test_a_review_comes_into_sight(spec: Scenario, ask: Ask, on: str, days: list[int]) -> None:
    """It is told from 30 days before it is due, with the days left; below zero once the day is past."""
    spec.given(*_signed(ScheduleReview(engagement=E1, due_on="2025-04-01", subject="Yearly review")))
    assert days == _days(ask(on), "review")


def test_a_review_that_was_held_is_not_due(spec: Scenario, ask: Ask) -> None:
    """What it asked for is due then: actions without a day from the start, others when their day comes into sight."""
    tasks = (Task("Renegotiate", due_on="2025-06-30"), Task("Publish the terms"))
    spec.given(*_signed(ScheduleReview(engagement=E1, due_on="2025-04-01")))
    spec.given(HoldReview(engagement=E1, findings="On track", actions=tasks), effective="2025-03-20")
    assert [] == _days(ask("2025-05-01"), "review")
    assert [("A2", None)] == [(one.key, one.due_on) for one in ask("2025-05-01")]
    assert [("A1", 29), ("A2", None)] == [(one.key, one.days) for one in ask("2025-06-01")]
    spec.given(CloseAction(engagement=E1, action="A1", how="Done"), effective="2025-06-02")
    assert ["A2"] == [one.key for one in ask("2025-12-01")]


def test_an_outcome_is_due_until_it_is_reached(spec: Scenario, ask: Ask) -> None:
    """A plan without a day is never due; a result under the key of the plan ends it, also a late one."""
    spec.given(
        *_signed(
            PlanOutcome(engagement=E1, summary="Plans", due_on="2025-05-01"),
            PlanOutcome(engagement=E1, summary="Some day"),
        )
    )
    assert [-31] == _days(ask("2025-06-01"), "outcome")
    spec.given(RecordOutcome(engagement=E1, summary="Plans", outcome="O1"), effective="2025-06-01")
    assert [] == _days(ask("2025-06-01"), "outcome")
    assert [-30] == _days(ask("2025-05-31"), "outcome")


def test_an_agreement_that_ends(spec: Scenario, ask: Ask) -> None:
    """It is to be extended before its end, and completed after it; extended, completed or terminated, it is not due."""
    spec.given(signature(ends_on="2025-06-30"), DISCLOSED)
    assert [] == ask("2025-05-30")
    assert [(30, "extend")] == [(one.days, one.command[1]) for one in ask("2025-05-31")]
    assert [(-1, "complete")] == [(one.days, one.command[1]) for one in ask("2025-07-01")]
    spec.given(ExtendEngagement(engagement=E1, ends_on="2025-12-31"), effective="2025-06-15")
    assert [] == _days(ask("2025-07-01"), "end")
    spec.given(CompleteEngagement(engagement=E1), effective="2025-12-20")
    assert [] == _days(ask("2026-01-10"), "end")


def test_what_is_not_disclosed_stands_in_two_lines(spec: Scenario, ask: Ask) -> None:
    """One for the facets of an engagement, one for its service orders, with the days since the first was so."""
    spec.given(signature(unit="IDS", starts_on="2024-03-01"))
    spec.given(order(), order("SO-2"), effective="2024-04-01")
    told = {one.what: (one.key, one.days, one.command[-1]) for one in ask("2024-04-11")}
    assert ("duration, parties", -41, "E1=duration,parties") == told["undisclosed facets"]
    assert ("SO-1, SO-2", -10, "E1=service-orders") == told["undisclosed orders"]
    spec.given(DISCLOSED, effective="2024-05-01")
    assert [] == ask("2024-05-01")


def test_a_day_of_signature_that_is_not_known_gives_no_days(spec: Scenario, ask: Ask) -> None:
    """What happened on a day that nobody recorded is told without one."""
    spec.given(signature(undated=True))
    assert [("undisclosed facets", None, None)] == [(one.what, one.due_on, one.days) for one in ask("2024-04-11")]


def test_a_document_in_preparation(spec: Scenario, ask: Ask) -> None:
    """It is due by the day that is planned, in each unit that it is to cover; published, it is not; undated, never."""
    spec.given(signature(unit="IDS"), signature("E2", unit="HR"))
    spec.given(DISCLOSED, PublishDisclosure(document="C24/2", body="Council", cover=(Coverage("E2", FACETS),)))
    spec.given(
        PrepareDisclosure(document="C25/1", body="Council", planned_on="2025-06-30"),
        PrepareDisclosure(document="C25/2", body="Council"),
    )
    planned = {"C25/1": ["E2", E1]}
    assert [("HR", 29), ("IDS", 29)] == [(one.unit, one.days) for one in ask("2025-06-01", 30, planned)]
    assert [None] == [one.unit for one in ask("2025-06-01")]
    spec.given(PublishDisclosure(document="C25/1", body="Council"), effective="2025-06-02")
    assert [] == ask("2025-06-02", 30, planned)


def test_checks_of_parties_run_out(spec: Scenario, ask: Ask) -> None:
    """The last screening against each list counts, and the last due diligence; each unit with the party is told."""
    spec.given(
        ScreenParty(party="ALPHA", list="Sanctions", result="clear", valid_until="2025-01-31"),
        CompleteDiligence(party="ALPHA", outcome="accepted", level="basic", valid_until="2025-02-10"),
    )
    assert [] == ask("2025-02-01"), "nothing runs with this party yet"
    spec.given(*_signed(), signature("E2", unit="HR", parties=(Role("ALPHA"),)))
    found = [one for one in ask("2025-02-01") if not one.what.startswith("undisclosed")]
    assert [
        ("HR", "E2", "screening", -1),
        ("HR", "E2", "due diligence", 9),
        ("IDS", E1, "screening", -1),
        ("IDS", E1, "due diligence", 9),
    ] == [(one.unit, one.engagement, one.what, one.days) for one in found]
    spec.given(ScreenParty(party="ALPHA", list="Sanctions", result="clear"), effective="2025-02-01")
    assert [] == _days(ask("2025-02-01"), "screening"), "the newer one has no end"


def test_a_risk_flag_is_told_until_it_is_lifted(spec: Scenario, ask: Ask) -> None:
    """Of a party in an engagement that runs or may come about, since the day on which it was raised."""
    spec.given(proposal(unit="IDS"))
    spec.given(RaiseFlag(party="ALPHA", what="Court case"), effective="2025-01-01")
    assert [-31] == _days(ask("2025-02-01"), "risk flag")
    spec.given(LiftFlag(party="ALPHA", flag="F1", why="Dismissed"), effective="2025-02-01")
    assert [] == ask("2025-02-01")


@pytest.mark.parametrize("status", [status for status in LIVES if status])
def test_risks_of_engagements_that_are_over_are_not_looked_at_again(spec: Scenario, ask: Ask, status: str) -> None:
    """A risk is to be looked at again as long as the engagement runs or may come about."""
    risk = AssessRisk(engagement=E1, risk="access", likelihood="low", impact="high", review_on="2025-01-01")
    spec.given(*LIVES[status], risk)
    over = ("rejected", "cancelled", "terminated", "completed", "closed")
    assert ([] if status in over else [-31]) == _days(ask("2025-02-01"), "risk")


def test_conflicts_of_interest(spec: Scenario, ask: Ask) -> None:
    """One that the record shows is to be declared; declared, to be assessed; assessed, it is done."""
    roles = (Role("ALPHA", "consultant"), Role("BETA", "funder"))
    spec.given(signature(unit="IDS", parties=roles, contributions=(pledge("BETA", "USD 10.00"),)), DISCLOSED)
    assert [] == ask("2024-04-01")
    spec.given(AffiliateParty(party="BETA", other="ALPHA"))
    assert [("conflict declare E1 … --between ALPHA --between BETA", None)] == [
        (" ".join(one.command), one.days) for one in ask("2024-04-01")
    ]
    spec.given(DeclareConflict(engagement=E1, nature="A donor", between=("ALPHA", "BETA")), effective="2024-03-22")
    assert [("C1", -10)] == [(one.key, one.days) for one in ask("2024-04-01")]
    spec.given(AssessConflict(engagement=E1, conflict="C1", outcome="mitigated"), effective="2024-04-01")
    assert [] == ask("2024-04-01")


def test_accepted_and_not_paid(spec: Scenario, ask: Ask) -> None:
    """What was accepted first is paid first: it waits since the oldest acceptance that payments do not reach."""
    spec.given(*_signed())
    spec.given(order(), DISCLOSED_ORDER, effective="2024-04-01")
    spec.given(acceptance("USD 30.00"), effective="2024-05-01")
    spec.given(acceptance("USD 20.00"), effective="2024-06-01")
    found = ask("2024-06-11")
    assert [(-41, "USD 50.00")] == [(one.days, one.command[-1]) for one in found]
    spec.given(payment("USD 30.00"), effective="2024-06-02")
    assert [(-10, "USD 20.00")] == [(one.days, one.command[-1]) for one in ask("2024-06-11")]
    spec.given(payment("USD 20.00"), effective="2024-06-10")
    assert [] == ask("2024-06-11")


DISCLOSED_ORDER = PublishDisclosure(document="C24/2", body="Council", cover=(Coverage(E1, (), ("SO-1",)),))


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ((SuspendEngagement(engagement=E1),), "payment make E1 SO-1 USD 5.00 --wind-down …"),
        ((TerminateEngagement(engagement=E1),), "payment make E1 SO-1 USD 5.00 --wind-down …"),
        ((CompleteEngagement(engagement=E1),), "payment make E1 SO-1 USD 5.00"),
        ((CompleteEngagement(engagement=E1), CloseEngagement(engagement=E1)), "engagement reopen E1"),
    ],
)
def test_how_it_is_paid_in_each_state(spec: Scenario, ask: Ask, step: tuple[Command, ...], words: str) -> None:
    """The command is one that the state allows."""
    spec.given(*_signed(order(), DISCLOSED_ORDER, acceptance("USD 5.00"), *step))
    assert [words] == [" ".join(one.command) for one in ask("2024-06-11") if one.what == "payment"]


def test_units_stand_together_and_the_most_urgent_first(spec: Scenario, ask: Ask) -> None:
    """Within a unit the longest overdue comes first, what has no day last; engagements without a unit come last."""
    spec.given(signature("E3"), signature("E2", unit="HR", ends_on="2024-01-31", starts_on="2024-01-01"))
    spec.given(*_signed(), ScheduleReview(engagement="E2", due_on="2024-02-01"))
    spec.given(HoldReview(engagement="E2", findings="Fine", review="R9", actions=(Task("Tell them"),)))
    found = ask("2024-04-01")
    assert [
        ("HR", "end"),
        ("HR", "review"),
        ("HR", "undisclosed facets"),
        ("HR", "action"),
        (None, "undisclosed facets"),
    ] == [(one.unit, one.what) for one in found]
    spec.given(AmendEngagement(engagement="E3", unit="IDS"), effective="2024-03-15")
    assert "IDS" == ask("2024-04-01")[-1].unit


def test_nothing_is_due_of_what_came_to_nothing(spec: Scenario, ask: Ask) -> None:
    """Reviews, outcomes and conflicts of an engagement that was rejected or cancelled are nobody's work."""
    before = (
        ScheduleReview(engagement=E1, due_on="2024-04-01"),
        PlanOutcome(engagement=E1, summary="Plans", due_on="2024-04-01"),
        DeclareConflict(engagement=E1, nature="A donor", between=("ALPHA",)),
    )
    spec.given(LIVES["rejected"][0], *before)
    assert {"review", "outcome", "conflict of interest"} == {one.what for one in ask("2024-05-01")}
    spec.given(*LIVES["rejected"][1:])
    assert [] == ask("2024-05-01")

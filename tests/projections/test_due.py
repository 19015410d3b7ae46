"""Due items: each is listed from the day on which it is near until it is done."""

from collections.abc import Callable, Iterator

import msgspec
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
from ledger.domain.engagement.money.order_commands import AmendOrder, CancelOrder, CloseOrder
from ledger.domain.engagement.oversight.conflicts import AssessConflict, DeclareConflict
from ledger.domain.engagement.oversight.outcomes import PlanOutcome, RecordOutcome
from ledger.domain.engagement.oversight.reviews import CloseAction, HoldReview, ScheduleReview, Task
from ledger.domain.engagement.oversight.risks import AssessRisk
from ledger.domain.facets import FACETS
from ledger.domain.fields import Role
from ledger.domain.kernel import Command
from ledger.domain.party.affiliation import AffiliateParty
from ledger.domain.party.due_diligence import CompleteDiligence, LiftFlag, RaiseFlag, ScreenParty
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.queries.due import Due, due
from tests.spec.scenario import Scenario
from tests.spec.stories import LIVES, PARTIES, acceptance, order, payment, pledge, proposal, signature

Ask = Callable[..., list[Due]]
E1 = "E1"
WHEN = "2024-03-01"
"""The day of what is given, unless a test says otherwise."""
DISCLOSED = PublishDisclosure(document="C24/1", body="Council", as_of_on=WHEN, cover=(Coverage(E1, FACETS),))
"""Discloses everything of E1, so that tests of other items list no undisclosed facets."""


@pytest.fixture
def spec() -> Iterator[Scenario]:
    """Return a fresh scenario with two parties."""
    scenario = Scenario().given(*PARTIES)
    yield scenario
    scenario.close()


@pytest.fixture
def ask(spec: Scenario, projected: Callable[..., Engine]) -> Ask:
    """Return a function that lists what is due on a day or within some days after it."""

    def list_due(on: str, within: int = 30, planned: dict[str, list[str]] | None = None) -> list[Due]:
        with projected(spec.ledger).connect() as db:
            return list(due(Queries(db, BitemporalPoint(on, spec.size)), within, planned))

    return list_due


def _days(items: list[Due], what: str) -> list[int | None]:
    return [item.days for item in items if item.what == what]


def _signed(*commands: Command) -> tuple[Command, ...]:
    return (signature(unit="IDS", ends_on="2026-12-31"), DISCLOSED, *commands)


@pytest.mark.parametrize(
    ("on", "days"), [("2025-03-01", []), ("2025-03-02", [30]), ("2025-04-01", [0]), ("2025-04-11", [-10])]
)
def test_a_review_is_listed_when_it_is_near(spec: Scenario, ask: Ask, on: str, days: list[int]) -> None:
    """It is listed from 30 days before its due date with the days left, which are negative after the due date."""
    spec.given(*_signed(ScheduleReview(engagement=E1, due_on="2025-04-01", subject="Yearly review")))
    assert days == _days(ask(on), "review")


def test_a_review_that_was_held_is_not_due(spec: Scenario, ask: Ask) -> None:
    """Its actions are due then: those without a due date at once, the others when their due date is near."""
    tasks = (Task("Renegotiate", due_on="2025-06-30"), Task("Publish the terms"))
    spec.given(*_signed(ScheduleReview(engagement=E1, due_on="2025-04-01")))
    spec.given(HoldReview(engagement=E1, findings="On track", actions=tasks), effective="2025-03-20")
    assert [] == _days(ask("2025-05-01"), "review")
    assert [("A2", None)] == [(item.key, item.due_on) for item in ask("2025-05-01")]
    assert [("A1", 29), ("A2", None)] == [(item.key, item.days) for item in ask("2025-06-01")]
    spec.given(CloseAction(engagement=E1, action="A1", how="Done"), effective="2025-06-02")
    assert ["A2"] == [item.key for item in ask("2025-12-01")]


def test_an_outcome_is_due_until_it_is_reached(spec: Scenario, ask: Ask) -> None:
    """A plan without a due date is never due; a result with the key of the plan ends it, even a late item."""
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
    """Before its end it is to be extended, after its end to be completed; then it is not due."""
    spec.given(signature(ends_on="2025-06-30"), DISCLOSED)
    assert [] == ask("2025-05-30")
    assert [(30, "extend")] == [(item.days, item.command[1]) for item in ask("2025-05-31")]
    assert [(-1, "complete")] == [(item.days, item.command[1]) for item in ask("2025-07-01")]
    spec.given(ExtendEngagement(engagement=E1, ends_on="2025-12-31"), effective="2025-06-15")
    assert [] == _days(ask("2025-07-01"), "end")
    spec.given(CompleteEngagement(engagement=E1), effective="2025-12-20")
    assert [] == _days(ask("2026-01-10"), "end")


def test_undisclosed_facets_and_orders_are_two_items(spec: Scenario, ask: Ask) -> None:
    """One item for the facets of an engagement and item for its service orders, with the days since the first."""
    spec.given(signature(unit="IDS", starts_on="2024-03-01"))
    spec.given(order(), order("SO-2"), effective="2024-04-01")
    items = {item.what: (item.key, item.days, item.command[-1]) for item in ask("2024-04-11")}
    assert ("duration, parties", -41, "E1=duration,parties") == items["undisclosed facets"]
    assert ("SO-1, SO-2", -10, "E1=service-orders") == items["undisclosed orders"]
    told = msgspec.structs.replace(DISCLOSED, as_of_on="2024-05-01")
    spec.given(told, effective="2024-05-01")
    assert [] == ask("2024-05-01")


def test_an_undated_signature_gives_no_days(spec: Scenario, ask: Ask) -> None:
    """If the day is not recorded, the item has no due date and no days."""
    spec.given(signature(undated=True))
    assert [("undisclosed facets", None, None)] == [(item.what, item.due_on, item.days) for item in ask("2024-04-11")]


def test_a_document_in_preparation(spec: Scenario, ask: Ask) -> None:
    """It is due on the planned day in each unit that it is to cover, until it is published; without a day, never."""
    spec.given(signature(unit="IDS"), signature("E2", unit="HR"))
    spec.given(
        DISCLOSED, PublishDisclosure(document="C24/2", body="Council", as_of_on=WHEN, cover=(Coverage("E2", FACETS),))
    )
    spec.given(
        PrepareDisclosure(document="C25/1", body="Council", planned_on="2025-06-30"),
        PrepareDisclosure(document="C25/2", body="Council"),
    )
    planned = {"C25/1": ["E2", E1]}
    assert [("HR", 29), ("IDS", 29)] == [(item.unit, item.days) for item in ask("2025-06-01", 30, planned)]
    assert [None] == [item.unit for item in ask("2025-06-01")]
    spec.given(PublishDisclosure(document="C25/1", body="Council", as_of_on="2025-06-02"), effective="2025-06-02")
    assert [] == ask("2025-06-02", 30, planned)


def test_checks_of_parties_expire(spec: Scenario, ask: Ask) -> None:
    """The last screening against each list and the last due diligence count, in each unit with the party."""
    spec.given(
        ScreenParty(party="ALPHA", list="Sanctions", result="clear", valid_until="2025-01-31"),
        CompleteDiligence(party="ALPHA", outcome="accepted", level="basic", valid_until="2025-02-10"),
    )
    assert [] == ask("2025-02-01"), "nothing runs with this party yet"
    spec.given(*_signed(), signature("E2", unit="HR", parties=(Role("ALPHA"),)))
    items = [item for item in ask("2025-02-01") if not item.what.startswith("undisclosed")]
    assert [
        ("HR", "E2", "screening", -1),
        ("HR", "E2", "due diligence", 9),
        ("IDS", E1, "screening", -1),
        ("IDS", E1, "due diligence", 9),
    ] == [(item.unit, item.engagement, item.what, item.days) for item in items]
    spec.given(ScreenParty(party="ALPHA", list="Sanctions", result="clear"), effective="2025-02-01")
    assert [] == _days(ask("2025-02-01"), "screening"), "the newer item has no end"


def test_a_risk_flag_is_listed_until_it_is_lifted(spec: Scenario, ask: Ask) -> None:
    """It is listed for a party of an engagement that runs or may come about, from the day on which it was raised."""
    spec.given(proposal(unit="IDS"))
    spec.given(RaiseFlag(party="ALPHA", what="Court case"), effective="2025-01-01")
    assert [-31] == _days(ask("2025-02-01"), "risk flag")
    spec.given(LiftFlag(party="ALPHA", flag="F1", why="Dismissed"), effective="2025-02-01")
    assert [] == ask("2025-02-01")


@pytest.mark.parametrize("status", [status for status in LIVES if status])
def test_risks_of_engagements_that_are_over_are_not_reviewed(spec: Scenario, ask: Ask, status: str) -> None:
    """A risk is to be reviewed as long as the engagement runs or may come about."""
    risk = AssessRisk(engagement=E1, risk="access", likelihood="low", impact="high", review_on="2025-01-01")
    spec.given(*LIVES[status], risk)
    over = ("rejected", "cancelled", "terminated", "completed", "closed")
    assert ([] if status in over else [-31]) == _days(ask("2025-02-01"), "risk")


def test_conflicts_of_interest(spec: Scenario, ask: Ask) -> None:
    """An implied conflict is to be declared, then to be assessed; then it is done."""
    roles = (Role("ALPHA", "consultant"), Role("BETA", "funder"))
    spec.given(signature(unit="IDS", parties=roles, contributions=(pledge("BETA", "USD 10.00"),)), DISCLOSED)
    assert [] == ask("2024-04-01")
    spec.given(AffiliateParty(party="BETA", other="ALPHA"))
    assert [("conflict declare E1 … --between ALPHA --between BETA", None)] == [
        (" ".join(item.command), item.days) for item in ask("2024-04-01")
    ]
    spec.given(DeclareConflict(engagement=E1, nature="A donor", between=("ALPHA", "BETA")), effective="2024-03-22")
    assert [("C1", -10)] == [(item.key, item.days) for item in ask("2024-04-01")]
    spec.given(AssessConflict(engagement=E1, conflict="C1", outcome="mitigated"), effective="2024-04-01")
    assert [] == ask("2024-04-01")


def test_accepted_and_not_paid(spec: Scenario, ask: Ask) -> None:
    """Payments settle the oldest acceptances first; the item is due since the oldest item that they do not cover."""
    spec.given(*_signed())
    spec.given(order(), DISCLOSED_ORDER, effective="2024-04-01")
    spec.given(acceptance("USD 30.00"), effective="2024-05-01")
    spec.given(acceptance("USD 20.00"), effective="2024-06-01")
    items = ask("2024-06-11")
    assert [(-41, "USD 50.00")] == [(item.days, item.command[-1]) for item in items]
    spec.given(payment("USD 30.00"), effective="2024-06-02")
    assert [(-10, "USD 20.00")] == [(item.days, item.command[-1]) for item in ask("2024-06-11")]
    spec.given(payment("USD 20.00"), effective="2024-06-10")
    assert [] == ask("2024-06-11")


DISCLOSED_ORDER = PublishDisclosure(
    document="C24/2", body="Council", as_of_on="2024-04-01", cover=(Coverage(E1, (), ("SO-1",)),)
)


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
    """The suggested command is item that the state allows."""
    spec.given(*_signed(order(), DISCLOSED_ORDER, acceptance("USD 5.00"), *step))
    assert [words] == [" ".join(item.command) for item in ask("2024-06-11") if item.what == "payment"]


def test_items_are_sorted_by_unit_and_urgency(spec: Scenario, ask: Ask) -> None:
    """Within a unit the longest overdue item is first and items without a day are last; no unit comes last."""
    spec.given(signature("E3"), signature("E2", unit="HR", ends_on="2024-01-31", starts_on="2024-01-01"))
    spec.given(*_signed(), ScheduleReview(engagement="E2", due_on="2024-02-01"))
    spec.given(HoldReview(engagement="E2", findings="Fine", review="R9", actions=(Task("Tell them"),)))
    items = ask("2024-04-01")
    assert [
        ("HR", "end"),
        ("HR", "review"),
        ("HR", "undisclosed facets"),
        ("HR", "action"),
        (None, "undisclosed facets"),
    ] == [(item.unit, item.what) for item in items]
    spec.given(AmendEngagement(engagement="E3", unit="IDS"), effective="2024-03-15")
    assert "IDS" == ask("2024-04-01")[-1].unit


def test_nothing_is_due_for_abandoned_engagements(spec: Scenario, ask: Ask) -> None:
    """Reviews, outcomes and conflicts of a rejected or cancelled engagement are not due."""
    before = (
        ScheduleReview(engagement=E1, due_on="2024-04-01"),
        PlanOutcome(engagement=E1, summary="Plans", due_on="2024-04-01"),
        DeclareConflict(engagement=E1, nature="A donor", between=("ALPHA",)),
    )
    spec.given(LIVES["rejected"][0], *before)
    assert {"review", "outcome", "conflict of interest"} == {item.what for item in ask("2024-05-01")}
    spec.given(*LIVES["rejected"][1:])
    assert [] == ask("2024-05-01")


@pytest.mark.parametrize(
    ("day", "days"), [("2024-05-31", None), ("2024-06-01", 29), ("2024-06-30", 0), ("2024-07-10", -10)]
)
def test_an_order_that_ends(spec: Scenario, ask: Ask, day: str, days: int | None) -> None:
    """An order of which something is not accepted is due on its last day, and overdue from the day after it."""
    spec.given(signature(), order(ends_on="2024-06-30"), acceptance("USD 40.00"), effective=WHEN)
    found = [item for item in ask(day, 29) if item.what == "order"]
    assert ([] if days is None else [days]) == [item.days for item in found]
    for item in found:
        assert ("E1", "SO-1", "2024-06-30") == (item.engagement, item.key, item.due_on)
        assert "service order SO-1 of E1: Inception report, USD 60.00 not accepted" == item.summary
        assert ("order", "accept", "E1", "SO-1") == item.command


@pytest.mark.parametrize(
    "done",
    [
        acceptance(),
        CancelOrder(engagement="E1", number="SO-1"),
        CloseOrder(engagement="E1", number="SO-1"),
        AmendOrder(engagement="E1", number="SO-1", ends_on="2024-12-31"),
    ],
)
def test_an_order_that_is_done(spec: Scenario, ask: Ask, done: Command) -> None:
    """An order that is accepted as a whole, cancelled, closed or prolonged is not due."""
    spec.given(signature(), order(ends_on="2024-06-30"), order("SO-2"), effective=WHEN)
    assert ["SO-1"] == [item.key for item in ask("2024-08-01") if item.what == "order"]
    spec.given(done, effective="2024-07-01")
    assert [] == [item.key for item in ask("2024-08-01") if item.what == "order"]
    assert ["SO-1"] == [item.key for item in ask("2024-06-30") if item.what == "order"]

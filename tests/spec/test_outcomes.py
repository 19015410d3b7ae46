"""Outcomes: planned until the engagement is over, recorded from signature on."""

import pytest

from ledger.domain.dates import BadDate
from ledger.domain.engagement.oversight.outcomes import OutcomePlanned, OutcomeRecorded, PlanOutcome, RecordOutcome
from ledger.domain.engagement.state import ForbiddenTransition
from ledger.domain.fields import BadReference
from ledger.domain.refusals import InTheFuture, UnknownEngagement
from ledger.domain.voiding import VoidEntries
from tests.spec.scenario import Scenario
from tests.spec.stories import LIVES, PARTIES, SIGNED, SINCE_SIGNED

SAID = RecordOutcome(engagement="E1", summary="Draft plan delivered")
AIM = PlanOutcome(engagement="E1", summary="Countries with a plan")


@pytest.mark.parametrize("status", LIVES)
def test_outcomes_in_each_state(spec: Scenario, status: str) -> None:
    """Results are recorded in every state from signature on."""
    spec.given(*PARTIES, *LIVES[status]).when(SAID)
    if status in SINCE_SIGNED:
        spec.then(OutcomeRecorded(outcome="O1", summary="Draft plan delivered"))
    elif status:
        spec.then_refused(ForbiddenTransition, f"The engagement is {status}")
    else:
        spec.then_refused(UnknownEngagement, "E1")


def test_all_that_an_outcome_says(spec: Scenario) -> None:
    """Summary and evidence may have several lines; indicator and value are separate members."""
    members = {"summary": "Two\nlines", "indicator": "Plans", "actual": "1", "evidence": "C26/32\nC26/33"}
    spec.given(*PARTIES, *SIGNED).when(RecordOutcome(engagement="E1", outcome="plan", **members))
    spec.then(OutcomeRecorded(outcome="plan", **members))


def test_the_later_statement_counts(spec: Scenario) -> None:
    """The latest result under a key counts."""
    spec.given(*PARTIES, *SIGNED, SAID, RecordOutcome(engagement="E1", outcome="O1", summary="Final plan delivered"))
    outcome = spec.state("engagement/E1").outcomes["O1"]
    assert (None, "Final plan delivered") == (outcome.planned, str(outcome.reached.value))


def test_keys_are_made(spec: Scenario) -> None:
    """A generated key has the next number, and is never in use, also after a void."""
    spec.given(*PARTIES, *SIGNED, SAID, SAID, RecordOutcome(engagement="E1", outcome="plan", summary="Plan"))
    spec.given(VoidEntries(positions=(spec.position(OutcomeRecorded),), reason="Said twice"))
    spec.when(SAID).then(OutcomeRecorded(outcome="O3", summary="Draft plan delivered"))


def test_outcomes_that_cannot_be(spec: Scenario) -> None:
    """A result must not precede the signature or be in the future, and its key must be a reference."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(SAID, effective="2026-01-17").then_refused(InTheFuture, "outcome.recorded")
    spec.when(SAID, effective="2024-02-29").then_refused(ForbiddenTransition, "outcome recorded on 2024-02-29")
    spec.when(RecordOutcome(engagement="E1", outcome="a=b", summary="x")).then_refused(BadReference, "'a=b'")


# Planned.


@pytest.mark.parametrize("status", LIVES)
def test_planning_in_each_state(spec: Scenario, status: str) -> None:
    """Outcomes are planned from proposal on, until the engagement is over, rejected or cancelled."""
    spec.given(*PARTIES, *LIVES[status]).when(AIM)
    if status in ("proposed", "under review", "approved", "signed", "active", "suspended"):
        spec.then(OutcomePlanned(outcome="O1", summary="Countries with a plan"))
    elif status:
        spec.then_refused(ForbiddenTransition, f"is {status}: outcome planned on 2026-01-15")
    else:
        spec.then_refused(UnknownEngagement, "E1")


def test_all_that_a_plan_says(spec: Scenario) -> None:
    """Summary, indicator, target and date are in the event and in the description."""
    members = {"summary": "Two\nlines", "indicator": "Plans", "target": "12", "due_on": "2027-06-30"}
    spec.given(*PARTIES, *SIGNED).when(PlanOutcome(engagement="E1", outcome="plans", **members))
    spec.then(OutcomePlanned(outcome="plans", **members))
    description = spec.description("engagement/E1")
    assert {"outcome plans planned": "Two\nlines; indicator Plans; target 12; due 2027-06-30"} == {
        label: text for label, text in description.items() if "outcome" in label
    }


def test_plan_and_result_are_separate(spec: Scenario) -> None:
    """A result does not replace the plan under its key; the latest plan counts."""
    spec.given(*PARTIES, *SIGNED, AIM, PlanOutcome(engagement="E1", outcome="O1", summary="Twelve plans"))
    spec.given(RecordOutcome(engagement="E1", outcome="O1", summary="Seven plans"))
    outcome = spec.state("engagement/E1").outcomes["O1"]
    assert ("Twelve plans", "Seven plans") == (str(outcome.planned.value), str(outcome.reached.value))
    spec.when(SAID).then(OutcomeRecorded(outcome="O2", summary="Draft plan delivered"))


def test_plans_that_cannot_be(spec: Scenario) -> None:
    """A plan is not in the future, its key must be a reference, and the due date must exist."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(AIM, effective="2026-01-17").then_refused(InTheFuture, "outcome.planned")
    spec.when(PlanOutcome(engagement="E1", summary="x", outcome="a=b")).then_refused(BadReference, "'a=b'")
    spec.when(PlanOutcome(engagement="E1", summary="x", due_on="2027-02-29")).then_refused(BadDate, "'2027-02-29'")

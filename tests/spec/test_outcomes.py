"""Outcomes: recorded from signature on, also after the books are closed; a later statement replaces an earlier one."""

import pytest

from ledger.domain.engagement.outcomes import OutcomeRecorded, RecordOutcome
from ledger.domain.engagement.state import ForbiddenTransition
from ledger.domain.fields import BadReference
from ledger.domain.refusals import InTheFuture, UnknownEngagement
from ledger.domain.voiding import VoidEntries
from tests.spec.scenario import Scenario
from tests.spec.stories import LIVES, PARTIES, SIGNED

SAID = RecordOutcome(engagement="E1", summary="Draft plan delivered")


@pytest.mark.parametrize("status", LIVES)
def test_outcomes_in_each_state(spec: Scenario, status: str) -> None:
    """What came of an engagement can be said once it was signed, whatever became of it."""
    spec.given(*PARTIES, *LIVES[status]).when(SAID)
    if status in ("signed", "suspended", "completed", "terminated", "closed"):
        spec.then(OutcomeRecorded(outcome="O1", summary="Draft plan delivered"))
    elif status:
        spec.then_refused(ForbiddenTransition, f"The engagement is {status}")
    else:
        spec.then_refused(UnknownEngagement, "E1")


def test_all_that_an_outcome_says(spec: Scenario) -> None:
    """Summary and evidence may have several lines; indicator and value stand beside them."""
    members = {"summary": "Two\nlines", "indicator": "Plans", "actual": "1", "evidence": "C26/32\nC26/33"}
    spec.given(*PARTIES, *SIGNED).when(RecordOutcome(engagement="E1", outcome="plan", **members))
    spec.then(OutcomeRecorded(outcome="plan", **members))


def test_the_later_statement_counts(spec: Scenario) -> None:
    """Recorded again under its key an outcome is what was said last."""
    spec.given(*PARTIES, *SIGNED, SAID, RecordOutcome(engagement="E1", outcome="O1", summary="Final plan delivered"))
    assert {"O1": "Final plan delivered"} == spec.state("engagement/E1").outcomes


def test_keys_are_made(spec: Scenario) -> None:
    """A key that is made is the next number, and never one that an outcome has, also after a void."""
    spec.given(*PARTIES, *SIGNED, SAID, SAID, RecordOutcome(engagement="E1", outcome="plan", summary="Plan"))
    spec.given(VoidEntries(positions=(spec.position(OutcomeRecorded),), reason="Said twice"))
    spec.when(SAID).then(OutcomeRecorded(outcome="O3", summary="Draft plan delivered"))


def test_outcomes_that_cannot_be(spec: Scenario) -> None:
    """An outcome has been reached, after signature, under a key that is a reference."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(SAID, effective="2026-01-17").then_refused(InTheFuture, "outcome.recorded")
    spec.when(SAID, effective="2024-02-29").then_refused(ForbiddenTransition, "outcome recorded on 2024-02-29")
    spec.when(RecordOutcome(engagement="E1", outcome="a=b", summary="x")).then_refused(BadReference, "'a=b'")

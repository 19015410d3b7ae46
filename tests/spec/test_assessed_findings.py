"""Assessments of findings: an outcome, why, and the entries that they count for."""

from typing import Any

import pytest

from ledger.domain.dates import BadDate, EndsBeforeStart
from ledger.domain.fields import BadReference
from ledger.domain.findings.assessment import AssessFinding, FindingAssessed, NotEarlier, UnknownAssessment
from ledger.domain.refusals import InTheFuture, MissingField
from ledger.domain.voiding import VoidEntries
from tests.spec.scenario import Scenario
from tests.spec.stories import PARTIES, SIGNED

KEY = "before-signature/E1"


def assess(**members: Any) -> AssessFinding:
    """Return a command that dismisses a finding."""
    return AssessFinding(
        **{"finding": KEY, "outcome": "dismissed", "why": "A letter of intent", "entries": (2,)} | members
    )


def assessed(**members: Any) -> FindingAssessed:
    """Return its event."""
    given = {"finding": KEY, "outcome": "dismissed", "why": "A letter of intent", "entries": (2,)}
    return FindingAssessed(**{"control": "before-signature"} | given | members)


@pytest.mark.parametrize("outcome", ["dismissed", "confirmed", "remedied"])
def test_outcomes(spec: Scenario, outcome: str) -> None:
    """A finding is dismissed, confirmed or remedied, with the reasons; the control is the first part of its key."""
    spec.given(*PARTIES, *SIGNED).when(assess(outcome=outcome)).then(assessed(outcome=outcome))


def test_other_outcomes(spec: Scenario) -> None:
    """There is no other outcome."""
    spec.given(*PARTIES, *SIGNED).when(assess(outcome="closed")).then_refused(UnknownAssessment, "'closed'")


def test_entries(spec: Scenario) -> None:
    """It names entries of the log, each once and in order; at least one."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(assess(entries=(3, 2, 3))).then(assessed(entries=(2, 3)))
    spec.when(assess(entries=())).then_refused(MissingField, "entries")
    spec.when(assess(entries=(0,))).then_refused(NotEarlier, "Entry 0")
    spec.when(assess(entries=(99,))).then_refused(NotEarlier, "Entry 99")


def test_days(spec: Scenario) -> None:
    """It is not dated in the future, and does not end before it begins, nor on a day that does not exist."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(assess(until="2024-02-30")).then_refused(BadDate, "'2024-02-30'")
    spec.when(assess(until="2024-01-01"), effective="2024-01-02").then_refused(EndsBeforeStart)
    spec.when(assess(until="2024-01-02"), effective="2024-01-02").then(assessed(until="2024-01-02"))
    spec.when(assess(), effective="2099-01-01").then_refused(InTheFuture)


def test_keys(spec: Scenario) -> None:
    """The key is the name of the stream, so it is written like one."""
    spec.given(*PARTIES, *SIGNED).when(assess(finding="a=b")).then_refused(BadReference, "'a=b'")


def test_the_latest_counts(spec: Scenario) -> None:
    """A finding may be assessed again, and the latest assessment counts; a void brings back the one before."""
    spec.given(*PARTIES, *SIGNED, assess(), assess(outcome="confirmed"))
    state = spec.state(f"finding/{KEY}")
    assert ["confirmed: A letter of intent"] == [line.value for line in state.describe()]
    last = spec.ledger.store.head().size
    spec.given(VoidEntries(positions=(last,), reason="Not so"))
    assert ["dismissed: A letter of intent"] == [line.value for line in spec.state(f"finding/{KEY}").describe()]

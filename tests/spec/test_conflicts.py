"""Conflicts of interest: declared between parties, then assessed."""

import pytest

from ledger.domain.engagement.oversight.conflicts import (
    OUTCOMES,
    AssessConflict,
    ConflictAssessed,
    ConflictDeclared,
    DeclareConflict,
    DuplicateConflict,
    UnknownConclusion,
    UnknownConflict,
)
from ledger.domain.fields import BadReference
from ledger.domain.refusals import BeforeItsTime, InTheFuture, MissingField, UnknownEngagement, UnknownParty
from ledger.domain.voiding import VoidBreaks, VoidEntries, VoidReferred
from tests.spec.scenario import Scenario
from tests.spec.stories import LIVES, PARTIES, SIGNED, party

NATURE = "The consultant belongs\nto a donor"


def declare(*between: str, **members: str) -> DeclareConflict:
    """Return a command that declares a conflict of interest."""
    return DeclareConflict(engagement="E1", nature=NATURE, between=between or ("ALPHA", "BETA"), **members)


def assess(outcome: str = "mitigated", conflict: str = "C1", **members: str) -> AssessConflict:
    """Return a command that assesses it."""
    return AssessConflict(engagement="E1", conflict=conflict, outcome=outcome, **members)


def test_declaring(spec: Scenario) -> None:
    """Parties are recorded by reference, each once; they need not be parties to the engagement."""
    spec.given(*PARTIES, party("GAMMA", "Gamma Ltd"), *SIGNED)
    spec.when(declare("gamma ltd", "ALPHA", "Alpha University"))
    spec.then(ConflictDeclared(conflict="C1", between=("GAMMA", "ALPHA"), nature=NATURE))
    description = spec.description("engagement/E1")["conflict of interest C1"]
    assert f"between GAMMA and ALPHA: {NATURE}; not assessed" == description


def test_keys_of_conflicts(spec: Scenario) -> None:
    """A key is given or generated, is unique, and must be a valid reference."""
    spec.given(*PARTIES, *SIGNED, declare(conflict="donor"))
    spec.when(declare()).then(ConflictDeclared(conflict="C1", between=("ALPHA", "BETA"), nature=NATURE))
    spec.when(declare(conflict="donor")).then_refused(DuplicateConflict, "conflict of interest donor already")
    spec.when(declare(conflict="a=b")).then_refused(BadReference, "'a=b'")


def test_parties_of_conflicts(spec: Scenario) -> None:
    """A conflict names at least one party, and the parties are registered."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(DeclareConflict(engagement="E1", nature=NATURE, between=())).then_refused(MissingField, "'between'")
    spec.when(declare("Nobody")).then_refused(UnknownParty, "'Nobody'")


@pytest.mark.parametrize("status", LIVES)
def test_conflicts_in_each_state(spec: Scenario, status: str) -> None:
    """Conflicts are declared and assessed in every state from proposal on."""
    spec.given(*PARTIES, *LIVES[status]).when(declare())
    if not status:
        spec.then_refused(UnknownEngagement, "E1").when(assess()).then_refused(UnknownEngagement, "E1")
        return
    spec.then(ConflictDeclared(conflict="C1", between=("ALPHA", "BETA"), nature=NATURE))
    spec.when(assess()).then(ConflictAssessed(conflict="C1", outcome="mitigated"))


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_assessing(spec: Scenario, outcome: str) -> None:
    """Outcome and measures are described; the latest assessment counts."""
    spec.given(*PARTIES, *SIGNED, declare(), assess("accepted", measures="None"))
    spec.when(assess(outcome, measures="Units\napart"))
    spec.then(ConflictAssessed(conflict="C1", outcome=outcome, measures="Units\napart"))
    description = spec.description("engagement/E1")["conflict of interest C1"]
    assert description.endswith(f"; {outcome}, Units\napart")


def test_assessments_that_cannot_be(spec: Scenario) -> None:
    """The conflict must be declared by the day, and the outcome must be a known one."""
    spec.given(*PARTIES, *SIGNED).when(assess()).then_refused(UnknownConflict, "'C1'", "ledger conflict declare")
    spec.given(declare(), effective="2024-06-01")
    spec.when(assess(conflict="C2")).then_refused(UnknownConflict, "'C2'", "It has C1.")
    spec.when(assess("fine")).then_refused(UnknownConclusion, "no conflict, mitigated, accepted or not acceptable")
    spec.when(assess(), effective="2024-05-31").then_refused(BeforeItsTime, "conflict of interest C1", "2024-06-01")
    spec.when(assess(), effective="2026-01-17").then_refused(InTheFuture, "conflict.assessed")
    spec.when(declare(), effective="2026-01-17").then_refused(InTheFuture, "conflict.declared")


def test_a_conflict_that_was_assessed_stays(spec: Scenario) -> None:
    """An assessed declaration cannot be voided alone, nor the registration of a party in conflict."""
    spec.given(*PARTIES, party("GAMMA", "Gamma Ltd"), *SIGNED, declare("GAMMA"))
    spec.when(VoidEntries(positions=(4,), reason="x")).then_refused(VoidReferred, "conflict.declared in engagement/E1")
    spec.given(assess())
    spec.when(VoidEntries(positions=(7,), reason="x")).then_refused(VoidBreaks, "conflict.assessed")

"""Checks of third parties: screening, due diligence and risk flags."""

from collections.abc import Callable

import pytest

from ledger.domain.dates import BadDate, EndsBeforeStart
from ledger.domain.fields import BadReference
from ledger.domain.kernel import Command
from ledger.domain.party.due_diligence import (
    CONCLUSIONS,
    DILIGENCE,
    RESULTS,
    CompleteDiligence,
    DueDiligenceCompleted,
    DuplicateFlag,
    LiftFlag,
    PartyScreened,
    RaiseFlag,
    RiskFlagLifted,
    RiskFlagRaised,
    ScreenParty,
    UnknownFlag,
    UnknownWord,
)
from ledger.domain.party.party import NotRegistered
from ledger.domain.refusals import BeforeItsTime, InTheFuture, UnknownParty
from ledger.domain.voiding import VoidBreaks, VoidEntries
from tests.spec.scenario import Scenario
from tests.spec.stories import ALPHA

CLEAR = ScreenParty(party="ALPHA", list="Sanctions", result="clear")
DUE = CompleteDiligence(party="ALPHA", outcome="accepted", level="basic")
FLAG = RaiseFlag(party="ALPHA", what="Court case")
LIFT = LiftFlag(party="ALPHA", flag="F1", why="Dismissed")


@pytest.mark.parametrize("result", RESULTS)
def test_screening(spec: Scenario, result: str) -> None:
    """The event contains the list, its version, the result and its validity."""
    members = {"list": "Sanctions", "result": result, "list_version": "2026-01", "valid_until": "2027-01-15"}
    spec.given(ALPHA).when(ScreenParty(party="alpha  UNIVERSITY", **members)).then(PartyScreened(**members))


def test_a_screening_is_recorded_each_time(spec: Scenario) -> None:
    """An equal result is recorded again; the latest date of each list counts."""
    spec.given(ALPHA, CLEAR).when(CLEAR).then(PartyScreened(list="Sanctions", result="clear"))
    spec.given(ScreenParty(party="ALPHA", list="Debarred", result="match"), effective="2024-05-01")
    spec.given(ScreenParty(party="ALPHA", list="Sanctions", result="match"), effective="2024-01-01")
    description = spec.description("party/ALPHA")
    assert ("clear", "match") == (description["screened against Sanctions"], description["screened against Debarred"])


@pytest.mark.parametrize("level", DILIGENCE)
@pytest.mark.parametrize("outcome", CONCLUSIONS)
def test_due_diligence(spec: Scenario, level: str, outcome: str) -> None:
    """The event contains level, outcome, grounds for exclusion and validity."""
    command = CompleteDiligence(
        party="ALPHA", outcome=outcome, level=level, exclusions=("Tobacco", "Arms"), valid_until="2026-01-15"
    )
    spec.given(ALPHA).when(command)
    spec.then(
        DueDiligenceCompleted(
            level=level, outcome=outcome, exclusions=("Tobacco", "Arms"), valid_until="2026-01-15"
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("command", "known"),
    [
        (ScreenParty(party="ALPHA", list="Sanctions", result="Clear"), "clear, possible match or match"),
        (
            CompleteDiligence(party="ALPHA", outcome="ok", level="basic"),
            "accepted, accepted with conditions or refused",
        ),
        (CompleteDiligence(party="ALPHA", outcome="accepted", level="deep"), "basic, standard or enhanced"),
    ],
)
def test_unknown_words(spec: Scenario, command: Command, known: str) -> None:
    """Results, levels and conclusions are from fixed lists, which the error states."""
    spec.given(ALPHA).when(command).then_refused(UnknownWord, f"is not one of {known}")


VALID: list[Callable[[str], Command]] = [
    lambda day: ScreenParty(party="ALPHA", list="Sanctions", result="clear", valid_until=day),
    lambda day: CompleteDiligence(party="ALPHA", outcome="accepted", level="basic", valid_until=day),
]


@pytest.mark.parametrize("make", VALID)
def test_validity(spec: Scenario, make: Callable[[str], Command]) -> None:
    """The validity may end on the same day, not before it, and the day must exist."""
    spec.given(ALPHA)
    spec.when(make("2024-02-29"), effective="2024-03-01").then_refused(EndsBeforeStart, "2024-02-29")
    spec.when(make("2025-02-29"), effective="2024-03-01").then_refused(BadDate, "'2025-02-29'")
    spec.given(make("2024-03-01"), effective="2024-03-01")


def test_flags(spec: Scenario) -> None:
    """A flag has a given or generated key; a lifted flag states the reason."""
    spec.given(ALPHA).when(FLAG).then(RiskFlagRaised(flag="F1", what="Court case"))
    spec.when(RaiseFlag(party="ALPHA", what="Debt", flag="debt")).then(RiskFlagRaised(flag="debt", what="Debt"))
    spec.when(FLAG).then(RiskFlagRaised(flag="F2", what="Court case"))
    spec.when(RaiseFlag(party="ALPHA", what="Debt", flag="F1")).then_refused(DuplicateFlag, "risk flag F1 already")
    spec.when(RaiseFlag(party="ALPHA", what="Debt", flag="a=b")).then_refused(BadReference, "'a=b'")
    spec.when(LIFT).then(RiskFlagLifted(flag="F1", why="Dismissed"))
    spec.when(LIFT).then_refused(UnknownFlag, "No risk flag 'F1' is raised", "Raised: debt and F2.")
    spec.when(RaiseFlag(party="ALPHA", what="Again", flag="F1")).then_refused(DuplicateFlag, "F1")
    description = spec.description("party/ALPHA")
    assert ("Court case; lifted: Dismissed", "Debt") == (description["risk flag F1"], description["risk flag debt"])


def test_a_flag_is_lifted_after_it_was_raised(spec: Scenario) -> None:
    """A flag is lifted on the day it was raised or later; an unknown flag is refused."""
    spec.given(ALPHA).when(LIFT).then_refused(UnknownFlag, "'F1'", "None is raised.")
    spec.given(FLAG, effective="2024-06-01")
    spec.when(LIFT, effective="2024-05-31").then_refused(BeforeItsTime, "risk flag F1 is dated 2024-06-01")
    spec.given(LIFT, effective="2024-06-01")


def test_a_flag_that_was_lifted_stays(spec: Scenario) -> None:
    """A flag that was lifted cannot be voided without the lifting."""
    spec.given(ALPHA, FLAG, LIFT)
    spec.when(VoidEntries(positions=(3,), reason="x")).then_refused(VoidBreaks, "party.flag_lifted", "No risk flag")


@pytest.mark.parametrize("command", [CLEAR, DUE, FLAG])
def test_checks_of_a_registered_party(spec: Scenario, command: Command) -> None:
    """The party must be registered, its registration cannot be voided alone, and checks are not in the future."""
    spec.when(command).then_refused(UnknownParty, "'ALPHA'")
    spec.given(ALPHA).when(command, effective="2026-01-17").then_refused(InTheFuture, "2026-01-17")
    spec.given(command)
    needed = NotRegistered(spec.entry(3).event.tag()).sentence
    spec.when(VoidEntries(positions=(2,), reason="x")).then_refused(VoidBreaks, needed)

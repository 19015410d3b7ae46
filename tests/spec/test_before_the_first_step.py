"""What was done for an engagement before the first step of its life that the ledger has."""

import pytest

from ledger.domain.disclosure.commands import PublishDisclosure
from ledger.domain.disclosure.disclosure import Coverage
from ledger.domain.disclosure.standing import NotShown
from ledger.domain.engagement.oversight.analysis import AnalysisRecorded, AssessMateriality, RecordAnalysis
from ledger.domain.engagement.oversight.approvals import ApprovalEvidenced, EvidenceApproval
from ledger.domain.engagement.oversight.conflicts import AssessConflict, DeclareConflict
from ledger.domain.engagement.oversight.documents import AttachDocument
from ledger.domain.engagement.oversight.information import RequestInformation
from ledger.domain.engagement.oversight.outcomes import PlanOutcome, RecordOutcome
from ledger.domain.engagement.oversight.reviews import HoldReview, ScheduleReview
from ledger.domain.engagement.oversight.risks import AssessRisk
from ledger.domain.engagement.state import Engagement, ForbiddenTransition
from ledger.domain.fields import BadReference
from ledger.domain.kernel import Command
from ledger.domain.refusals import InTheFuture, UnknownEngagement
from ledger.domain.voiding import VoidBreaks, VoidEntries, fold_as_of
from tests.spec.scenario import KEPT, Scenario
from tests.spec.stories import LIVES, PARTIES, SIGNED

BEFORE = "2024-01-15"
"""A day before the signature, which is the first entry of the engagement."""
EARLY: dict[str, Command] = {
    "an analysis": RecordAnalysis(engagement="E1", conclusion="Outsource"),
    "materiality": AssessMateriality(engagement="E1", strategic="yes", why="It shapes the plan"),
    "a risk": AssessRisk(engagement="E1", risk="access", likelihood="low", impact="high"),
    "a conflict": DeclareConflict(engagement="E1", nature="A donor", between=("ALPHA", "BETA"), conflict="C1"),
    "a plan": PlanOutcome(engagement="E1", summary="Countries with a plan"),
    "a document": AttachDocument(engagement="E1", title="Terms", content=KEPT),
    "a review": ScheduleReview(engagement="E1", due_on="2024-06-30"),
    "a request": RequestInformation(engagement="E1", what="Spending by region", by="Council", due_on="2024-06-30"),
    "an approval": EvidenceApproval(engagement="E1", authority="Contracts Committee", document="CC/7"),
}


@pytest.mark.parametrize("what", EARLY)
def test_it_may_precede_the_first_step(spec: Scenario, what: str) -> None:
    """Of an engagement that exists, each is recorded with its own day, and of another one it is refused."""
    spec.given(*PARTIES)
    spec.when(EARLY[what], effective=BEFORE).then_refused(UnknownEngagement, "E1")
    spec.given(*SIGNED).given(EARLY[what], effective=BEFORE)
    assert ("engagement/E1", BEFORE) == (spec.entry(spec.size).stream, spec.entry(spec.size).effective_on)


@pytest.mark.parametrize("what", EARLY)
def test_it_keeps_the_first_step(spec: Scenario, what: str) -> None:
    """Without its first step there is no engagement that it could be about: they are voided together."""
    spec.given(*PARTIES, *SIGNED).given(EARLY[what], effective=BEFORE)
    signed = tuple(range(spec.size - len(SIGNED) - 1, spec.size))
    spec.when(VoidEntries(positions=signed, reason="Not ours")).then_refused(VoidBreaks, "is not recorded yet")
    spec.given(VoidEntries(positions=(*signed, spec.size), reason="Not ours"))


@pytest.mark.parametrize("what", EARLY)
def test_on_that_day_there_is_no_engagement(spec: Scenario, what: str) -> None:
    """As of a day before the first step, the engagement does not exist, whatever was done for it by then."""
    spec.given(*PARTIES, *SIGNED).given(EARLY[what], effective=BEFORE)
    facts = spec.ledger.facts("engagement/E1")
    assert not fold_as_of(Engagement(), facts, "2024-02-28").exists
    assert fold_as_of(Engagement(), facts, "2024-03-01").exists


def test_a_conflict_is_assessed_early_too(spec: Scenario) -> None:
    """The assessment follows the declaration, not the first step."""
    spec.given(*PARTIES, *SIGNED).given(EARLY["a conflict"], effective=BEFORE)
    spec.given(AssessConflict(engagement="E1", conflict="C1", outcome="accepted"), effective="2024-01-20")


@pytest.mark.parametrize(
    "command", [HoldReview(engagement="E1", findings="On track"), RecordOutcome(engagement="E1", summary="A plan")]
)
def test_results_follow_the_signature(spec: Scenario, command: Command) -> None:
    """Reviews are held, and outcomes reached, from signature on."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(command, effective=BEFORE).then_refused(ForbiddenTransition, "is not recorded yet")


def test_no_document_shows_a_plan_from_before(spec: Scenario) -> None:
    """A document as of a day before the signature shows nothing of the engagement; one as of that day does."""
    spec.given(*PARTIES, *SIGNED).given(EARLY["a plan"], effective=BEFORE)
    cover = (Coverage("E1", ("outcomes",)),)
    spec.when(PublishDisclosure(document="D1", body="Council", as_of_on="2024-02-28", cover=cover))
    spec.then_refused(NotShown, "E1 (outcomes)")
    spec.given(PublishDisclosure(document="D1", body="Council", as_of_on="2024-03-01", cover=cover))


@pytest.mark.parametrize("status", LIVES)
def test_an_approval_in_each_state(spec: Scenario, status: str) -> None:
    """An approval from elsewhere is recorded in every state, and moves none."""
    spec.given(*PARTIES, *LIVES[status])
    spec.when(EARLY["an approval"])
    if not status:
        spec.then_refused(UnknownEngagement, "E1")
        return
    spec.then(ApprovalEvidenced(authority="Contracts Committee", document="CC/7"))
    assert status == spec.state("engagement/E1").status


def test_an_approval_says_who_and_where(spec: Scenario) -> None:
    """Each authority has a line; of two approvals by one, the later one counts, whichever was recorded first."""
    spec.given(*PARTIES, *SIGNED)
    spec.given(EvidenceApproval(engagement="E1", authority="Contracts Committee", document="CC/9"))
    spec.given(EARLY["an approval"], EvidenceApproval(engagement="E1", authority="Council"), effective=BEFORE)
    described = spec.description("engagement/E1")
    assert ("given, CC/9", "given") == (described["approval by Contracts Committee"], described["approval by Council"])


def test_an_approval_is_past_and_names_a_document(spec: Scenario) -> None:
    """It is not in the future, and what it names can be the symbol of a document."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(EARLY["an approval"], effective="2099-01-01").then_refused(InTheFuture)
    spec.when(EvidenceApproval(engagement="E1", authority="Council", document="a|b")).then_refused(BadReference)


def test_an_approval_is_voided(spec: Scenario) -> None:
    """Voided, it leaves nothing; the void of the void brings it back."""
    spec.given(*PARTIES, *SIGNED).given(EARLY["an approval"], effective=BEFORE)
    at = spec.size
    spec.given(VoidEntries(positions=(at,), reason="Another engagement"))
    assert "approval by Contracts Committee" not in spec.description("engagement/E1")
    spec.given(VoidEntries(positions=(at + 1,), reason="It was this one"))
    assert "given, CC/7" == spec.description("engagement/E1")["approval by Contracts Committee"]


def test_the_latest_analysis_counts(spec: Scenario) -> None:
    """An analysis from before signature does not take the place of one from after it."""
    later = RecordAnalysis(engagement="E1", conclusion="Own staff")
    spec.given(*PARTIES, *SIGNED, later).given(EARLY["an analysis"], effective=BEFORE)
    assert AnalysisRecorded(conclusion="Own staff") == spec.state("engagement/E1").get("strategic analysis")

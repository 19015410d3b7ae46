"""The lifecycle of an engagement: members of the events, steps back, and the order of dates."""

import pytest

from ledger.domain.dates import BadDate, EndsBeforeStart
from ledger.domain.engagement.lifecycle import (
    EngagementApproved,
    EngagementExtended,
    EngagementProposed,
    EngagementReopened,
    EngagementResumed,
    EngagementSigned,
    EngagementSubmitted,
    EngagementSuspended,
    NotLater,
    WrongReturn,
)
from ledger.domain.engagement.lifecycle_commands import (
    ActivateEngagement,
    ApproveEngagement,
    CloseEngagement,
    CompleteEngagement,
    ExtendEngagement,
    ProposeEngagement,
    ReopenEngagement,
    ResumeEngagement,
    SignEngagement,
    SubmitEngagement,
    SuspendEngagement,
    TerminateEngagement,
)
from ledger.domain.engagement.money.contributions import ContributionCommitted
from ledger.domain.engagement.state import Engagement, ForbiddenTransition
from ledger.domain.fields import Role
from ledger.domain.kernel import Command, Event, Fact
from ledger.domain.refusals import GoesBack, InTheFuture, MissingField, UnknownEngagement, UnknownParty
from ledger.domain.voiding import VoidBreaks, VoidEntries
from tests.spec.scenario import Scenario, money
from tests.spec.steps import LEADS, STEPS
from tests.spec.stories import LIVES, PARTIES, SIGNED, pledge, proposal, signature


def test_review_and_approval_name_who(spec: Scenario) -> None:
    """The events contain the reviewing and the approving authority."""
    spec.given(*PARTIES, *LIVES["proposed"])
    spec.when(SubmitEngagement(engagement="E1", authority="Contracts Committee"))
    spec.then(EngagementSubmitted(authority="Contracts Committee"))
    spec.when(ApproveEngagement(engagement="E1", authority="Contracts Committee"))
    spec.then(EngagementApproved(authority="Contracts Committee"))


def test_signing_first_needs_what_it_is(spec: Scenario) -> None:
    """An engagement signed as its first entry needs title, kind and party."""
    bare = {"title": "Data platform", "kind": "partnership agreement", "parties": (Role("ALPHA"),)}
    spec.given(*PARTIES)
    for name, field in (("title", "'title'"), ("kind", "'kind'"), ("parties", "'party'")):
        given = {key: value for key, value in bare.items() if key != name}
        spec.when(SignEngagement(engagement="E1", **given))  # type: ignore[arg-type]
        spec.then_refused(MissingField, f"{field} is missing")
    spec.when(ProposeEngagement(engagement="E1")).then_refused(MissingField, "'title' is missing")


def test_signing_emits_one_commitment_per_payer(spec: Scenario) -> None:
    """The signature contains no amount; each payer's commitment is a separate event."""
    spec.given(*PARTIES)
    spec.when(signature(contributions=(pledge("BETA", "USD 1000"), pledge("organization", "CHF 5.50"))))
    spec.then(
        EngagementSigned(
            title="Data platform", kind="partnership agreement", parties=(Role("ALPHA"), Role("BETA", "funder"))
        ),
        ContributionCommitted(by="BETA", amount=money("USD 1000.00")),
        ContributionCommitted(by="organization", amount=money("CHF 5.50")),
    )
    assert [(1, 3), (2, 3), (3, 3)] == [spec.entry(position).part for position in (4, 5, 6)]


def test_signing_what_was_approved_records_only_what_differs(spec: Scenario) -> None:
    """The signature does not repeat particulars of the proposal."""
    spec.given(*PARTIES, *LIVES["approved"])
    spec.when(SignEngagement(engagement="E1", title="Data platform", kind="consultancy"))
    spec.then(EngagementSigned(kind="consultancy"))


def test_parties_are_named_by_reference(spec: Scenario) -> None:
    """A party given by name is recorded by reference; an unknown one is refused."""
    spec.given(*PARTIES)
    spec.when(proposal(parties=(Role("beta  FOUNDATION", "donor"),)))
    spec.then(EngagementProposed(title="Data platform", kind="partnership agreement", parties=(Role("BETA", "donor"),)))
    spec.when(proposal("E2", parties=(Role("Nobody"),))).then_refused(UnknownParty, "'Nobody'")


def test_an_unknown_engagement_has_near_ones(spec: Scenario) -> None:
    """The error for an unknown reference suggests similar ones, or names the list if there are none."""
    spec.given(*PARTIES, signature("BDT-2024-001"), signature("BDT-2024-002"))
    spec.when(CompleteEngagement(engagement="BDT-2024-01"))
    spec.then_refused(UnknownEngagement, "'BDT-2024-01'", "Did you mean BDT-2024-001 or BDT-2024-002?")
    spec.when(CompleteEngagement(engagement="X")).then_refused(UnknownEngagement, "See 'ledger engagement list'.")


def test_a_suspension_leads_back_to_where_it_began(spec: Scenario) -> None:
    """A resumed engagement has its former status, and can be suspended again."""
    spec.given(*PARTIES, *LIVES["suspended"], ResumeEngagement(engagement="E1"))
    assert spec.state("engagement/E1").status == "signed"
    spec.when(SuspendEngagement(engagement="E1")).then(EngagementSuspended())


RETURNS: dict[str, tuple[tuple[Command, ...], str]] = {
    "resumed work": ((ActivateEngagement(engagement="E1"), SuspendEngagement(engagement="E1")), "active"),
    "completed": ((CompleteEngagement(engagement="E1"),), "signed"),
    "completed work": ((ActivateEngagement(engagement="E1"), CompleteEngagement(engagement="E1")), "active"),
    "closed": ((CompleteEngagement(engagement="E1"), CloseEngagement(engagement="E1")), "completed"),
    "terminated": ((TerminateEngagement(engagement="E1"), CloseEngagement(engagement="E1")), "terminated"),
    "reopened": (
        (
            SuspendEngagement(engagement="E1"), ResumeEngagement(engagement="E1"), CompleteEngagement(engagement="E1"),
            CloseEngagement(engagement="E1"), ReopenEngagement(engagement="E1"),
        ),
        "signed",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RETURNS)
def test_where_a_step_leads_back_to(spec: Scenario, name: str) -> None:
    """A step back restores the status before suspension, completion or closing, also when repeated."""
    steps, status = RETURNS[name]
    back: Command = ReopenEngagement(engagement="E1")
    event: Event = EngagementReopened(back_to=status)
    if name == "resumed work":
        back, event = ResumeEngagement(engagement="E1"), EngagementResumed(back_to=status)
    spec.given(*PARTIES, *SIGNED, *steps).when(back).then(event)
    assert status == spec.state("engagement/E1").status


@pytest.mark.parametrize("status", ["rejected", "cancelled"])
def test_a_reopened_rejection_is_a_proposal(spec: Scenario, status: str) -> None:
    """A reopened rejected or cancelled engagement is a proposal, whatever its former status, and can be signed."""
    spec.given(*PARTIES, *LIVES[status]).when(ReopenEngagement(engagement="E1"), effective="2024-03-01")
    spec.then(EngagementReopened(back_to="proposed"))
    spec.when(SignEngagement(engagement="E1")).then_refused(ForbiddenTransition, "is proposed: signed is not possible")
    spec.given(SubmitEngagement(engagement="E1"), ApproveEngagement(engagement="E1"), SignEngagement(engagement="E1"))
    assert "signed" == spec.state("engagement/E1").status


@pytest.mark.parametrize(
    ("before", "back"),
    [("suspended", EngagementResumed), ("completed", EngagementReopened), ("rejected", EngagementReopened)],
)
def test_leading_back_elsewhere_is_refused(before: str, back: type[EngagementResumed | EngagementReopened]) -> None:
    """A resumption or reopening to another status than the former one is invalid."""
    state = Engagement()
    for version, status in enumerate(("signed", before), 1):
        state.step(status, Fact(version, "2024-03-01", EngagementSuspended()))
    expected = "proposed" if before == "rejected" else "signed"
    event = back(back_to="approved")
    with pytest.raises(WrongReturn, match=f"This returns to {expected}, not to approved"):
        event.validate(state, Fact(3, "2024-03-01", event))


def test_a_step_back_needs_what_it_led_back_to(spec: Scenario) -> None:
    """A step that a resumption restored cannot be voided alone, but together with it."""
    spec.given(*PARTIES, *SIGNED, ActivateEngagement(engagement="E1"), SuspendEngagement(engagement="E1"))
    spec.given(ResumeEngagement(engagement="E1"))
    began = spec.size - 2
    void = VoidEntries(positions=(began,), reason="It began later")
    spec.when(void).then_refused(VoidBreaks, "engagement.resumed", "returns to signed, not to active")
    spec.given(VoidEntries(positions=(began, began + 2), reason="It began later"))
    assert "suspended" == spec.state("engagement/E1").status


@pytest.mark.parametrize("status", [status for status in LIVES if status])
def test_steps_do_not_go_back_in_time(spec: Scenario, status: str) -> None:
    """A step may have the date of the last one, not an earlier one."""
    command, event = STEPS[next(iter(LEADS[status]))]
    spec.given(*PARTIES, *LIVES[status])
    spec.when(command, effective="2024-02-29").then_refused(GoesBack, "2024-02-29", "2024-03-01", status)
    spec.given(command, effective="2024-03-01")
    assert event is type(spec.entry(spec.size).event)


@pytest.mark.parametrize("step", STEPS)
def test_no_step_is_in_the_future(spec: Scenario, step: str) -> None:
    """A step two days ahead is refused; one day ahead is accepted, for the sake of time zones."""
    status = next(status for status, steps in LEADS.items() if step in steps and (status or step == "propose"))
    command, event = STEPS[step]
    spec.given(*PARTIES, *LIVES[status])
    spec.when(command, effective="2026-01-17").then_refused(InTheFuture, event.tag(), "2026-01-17", "2026-01-15")
    spec.given(command, effective="2026-01-16")


def test_an_extension_may_be_agreed_ahead(spec: Scenario) -> None:
    """An extension may be dated in the future."""
    spec.given(*PARTIES, signature(ends_on="2026-12-31"))
    spec.when(ExtendEngagement(engagement="E1", ends_on="2027-12-31"), effective="2027-01-01")
    spec.then(EngagementExtended(ends_on="2027-12-31"))


def test_an_extension_is_later(spec: Scenario) -> None:
    """An extension to the same or an earlier day is refused; the error states the recorded end."""
    spec.given(*PARTIES, signature(ends_on="2026-12-31"))
    for day in ("2026-12-31", "2026-06-30"):
        spec.when(ExtendEngagement(engagement="E1", ends_on=day)).then_refused(NotLater, day, "the end, 2026-12-31")
    spec.when(ExtendEngagement(engagement="E1", ends_on="2027-02-29")).then_refused(BadDate, "'2027-02-29'")


def test_an_extension_does_not_end_before_the_start(spec: Scenario) -> None:
    """Without a recorded end, the new end must not precede the start."""
    spec.given(*PARTIES, signature(starts_on="2024-04-01"))
    spec.when(ExtendEngagement(engagement="E1", ends_on="2024-03-31")).then_refused(EndsBeforeStart, "2024-03-31")
    spec.when(ExtendEngagement(engagement="E1", ends_on="2024-04-01")).then(EngagementExtended(ends_on="2024-04-01"))


def test_the_state_on_a_day(spec: Scenario) -> None:
    """The status on a day is that of the last step dated on or before it."""
    spec.given(*PARTIES, *SIGNED).given(SuspendEngagement(engagement="E1"), effective="2024-06-01")
    spec.given(ResumeEngagement(engagement="E1"), effective="2024-09-01")
    state = spec.state("engagement/E1")
    statuses = [state.status_on(day) for day in ("2024-02-29", "2024-03-01", "2024-05-31", "2024-06-01", "2024-09-01")]
    assert ["", "signed", "signed", "suspended", "signed"] == statuses

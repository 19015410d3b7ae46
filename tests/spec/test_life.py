"""The life of an engagement: every state against every step, and that dates of steps do not go back."""

import pytest

from ledger.domain.dates import BadDate, EndsBeforeStart
from ledger.domain.engagement.contributions import (
    ContributionCommitted,
)
from ledger.domain.engagement.life import (
    ApproveEngagement,
    CloseEngagement,
    CompleteEngagement,
    DuplicateEngagement,
    EngagementApproved,
    EngagementClosed,
    EngagementCompleted,
    EngagementExtended,
    EngagementProposed,
    EngagementRejected,
    EngagementResumed,
    EngagementSigned,
    EngagementSuspended,
    EngagementTerminated,
    ExtendEngagement,
    NotLater,
    ProposeEngagement,
    RejectEngagement,
    ResumeEngagement,
    SignEngagement,
    SuspendEngagement,
    TerminateEngagement,
    WrongReturn,
)
from ledger.domain.engagement.state import TRANSITIONS, Engagement, ForbiddenTransition
from ledger.domain.fields import Role
from ledger.domain.kernel import Command, Event, Fact
from ledger.domain.refusals import GoesBack, InTheFuture, MissingField, UnknownEngagement, UnknownParty
from tests.spec.scenario import Scenario, money
from tests.spec.stories import LIVES, PARTIES, SIGNED, pledge, proposal, signature

STEPS: dict[str, tuple[Command, Event]] = {
    "propose": (
        proposal(),
        EngagementProposed(title="Data platform", kind="partnership agreement", parties=(Role("ALPHA"),)),
    ),
    "approve": (ApproveEngagement(engagement="E1"), EngagementApproved()),
    "reject": (RejectEngagement(engagement="E1"), EngagementRejected()),
    "sign": (SignEngagement(engagement="E1"), EngagementSigned()),
    "suspend": (SuspendEngagement(engagement="E1"), EngagementSuspended()),
    "resume": (ResumeEngagement(engagement="E1"), EngagementResumed(back_to="signed")),
    "terminate": (TerminateEngagement(engagement="E1"), EngagementTerminated()),
    "complete": (CompleteEngagement(engagement="E1"), EngagementCompleted()),
    "close": (CloseEngagement(engagement="E1"), EngagementClosed()),
    "extend": (ExtendEngagement(engagement="E1", ends_on="2030-12-31"), EngagementExtended(ends_on="2030-12-31")),
}

# DESIGN §4, without what later issues add (review, return, cancel, reopen): a line for each state of life, and what may
# follow it. "Imports enter at the state that their rows give": signing may be the first entry.
ALLOWED = {
    "": "propose sign",
    "proposed": "approve reject",
    "approved": "sign",
    "rejected": "",
    "signed": "suspend terminate complete extend",
    "suspended": "resume terminate extend",
    "terminated": "close",
    "completed": "close",
    "closed": "",
}


def _pairs(*, allowed: bool) -> list[tuple[str, str]]:
    return [
        (status, step)
        for status in LIVES
        for step in STEPS
        if (step in ALLOWED[status].split()) is allowed and (status, step) != ("", "sign")
    ]


def test_the_table_of_this_test_knows_every_state_and_step() -> None:
    """A state or a step of life that is added in the code must be added to the table here."""
    states = {status for between in TRANSITIONS.values() for status in (*between, *between.values())}
    assert states - {"where it was suspended"} == set(ALLOWED)
    assert {event.tag() for _, event in STEPS.values()} == {*TRANSITIONS, "engagement.extended"}


@pytest.mark.parametrize(("status", "step"), _pairs(allowed=True))
def test_allowed_step(spec: Scenario, status: str, step: str) -> None:
    """Each step that the table allows in a state is recorded as its event."""
    command, event = STEPS[step]
    spec.given(*PARTIES, *LIVES[status]).when(command).then(event)


@pytest.mark.parametrize(("status", "step"), _pairs(allowed=False))
def test_forbidden_step(spec: Scenario, status: str, step: str) -> None:
    """Each other step is refused, and the refusal tells the state; of what is not there, that it is not known."""
    command, _ = STEPS[step]
    spec.given(*PARTIES, *LIVES[status]).when(command)
    if not status:
        spec.then_refused(UnknownEngagement, "No engagement has the reference 'E1'")
    elif step == "propose" or (step == "sign" and any(isinstance(one, SignEngagement) for one in LIVES[status])):
        spec.then_refused(DuplicateEngagement, "There is an engagement E1 already", "engagement amend")
    else:
        spec.then_refused(ForbiddenTransition, f"The engagement is {status}")


@pytest.mark.parametrize("status", [status for status in LIVES if status])
def test_a_refused_step_tells_what_is_allowed(spec: Scenario, status: str) -> None:
    """The hint names the steps of life that the state allows, or that there are none."""
    events = {step: event.tag().partition(".")[2] for step, (_, event) in STEPS.items() if step != "extend"}
    allowed = [word for step, word in events.items() if step in ALLOWED[status].split()]
    command, _ = STEPS["close" if status in ("proposed", "approved", "signed", "suspended") else "complete"]
    spec.given(*PARTIES, *LIVES[status]).when(command)
    spec.then_refused(ForbiddenTransition, *(allowed or ["Nothing more can happen to it"]))


def test_approval_names_who_approved(spec: Scenario) -> None:
    """The body that approved stands in the event."""
    spec.given(*PARTIES, *LIVES["proposed"])
    spec.when(ApproveEngagement(engagement="E1", authority="Contracts Committee"))
    spec.then(EngagementApproved(authority="Contracts Committee"))


def test_signing_first_needs_what_it_is(spec: Scenario) -> None:
    """An agreement signed elsewhere enters as signed, but must say title, kind and party."""
    bare = {"title": "Data platform", "kind": "partnership agreement", "parties": (Role("ALPHA"),)}
    spec.given(*PARTIES)
    for name, field in (("title", "'title'"), ("kind", "'kind'"), ("parties", "'party'")):
        given = {key: value for key, value in bare.items() if key != name}
        spec.when(SignEngagement(engagement="E1", **given))  # type: ignore[arg-type]
        spec.then_refused(MissingField, f"{field} is missing")
    spec.when(ProposeEngagement(engagement="E1")).then_refused(MissingField, "'title' is missing")


def test_signing_emits_one_commitment_per_payer(spec: Scenario) -> None:
    """One amount, one event: the signature carries no money; each payer's commitment is an entry beside it."""
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
    """What the proposal said already is not said again."""
    spec.given(*PARTIES, *LIVES["approved"])
    spec.when(SignEngagement(engagement="E1", title="Data platform", kind="consultancy"))
    spec.then(EngagementSigned(kind="consultancy"))


def test_parties_are_named_by_reference(spec: Scenario) -> None:
    """A party may be given by name; the event holds its reference. One that is not known is refused."""
    spec.given(*PARTIES)
    spec.when(proposal(parties=(Role("beta  FOUNDATION", "donor"),)))
    spec.then(EngagementProposed(title="Data platform", kind="partnership agreement", parties=(Role("BETA", "donor"),)))
    spec.when(proposal("E2", parties=(Role("Nobody"),))).then_refused(UnknownParty, "'Nobody'")


def test_an_unknown_engagement_has_near_ones(spec: Scenario) -> None:
    """A misspelt reference is refused with those like it; one like none, with the list to look in."""
    spec.given(*PARTIES, signature("BDT-2024-001"), signature("BDT-2024-002"))
    spec.when(CompleteEngagement(engagement="BDT-2024-01"))
    spec.then_refused(UnknownEngagement, "'BDT-2024-01'", "Did you mean BDT-2024-001 or BDT-2024-002?")
    spec.when(CompleteEngagement(engagement="X")).then_refused(UnknownEngagement, "See 'ledger engagement list'.")


def test_a_suspension_leads_back_to_where_it_began(spec: Scenario) -> None:
    """After resuming the engagement is signed, and can be suspended again."""
    spec.given(*PARTIES, *LIVES["suspended"], ResumeEngagement(engagement="E1"))
    assert spec.state("engagement/E1").status == "signed"
    spec.when(SuspendEngagement(engagement="E1")).then(EngagementSuspended())


def test_resuming_elsewhere_is_refused() -> None:
    """A resumption that would lead to another state than the suspended one is no rule of life."""
    state = Engagement()
    for version, event in enumerate((EngagementSigned(), EngagementSuspended()), 1):
        event.evolve(state, Fact(version, "2024-03-01", event))
    event = EngagementResumed(back_to="approved")
    with pytest.raises(WrongReturn, match="Resuming leads back to signed, not to approved"):
        event.judge(state, Fact(3, "2024-03-01", event))


@pytest.mark.parametrize("status", ["proposed", "approved", "signed", "suspended", "terminated", "completed"])
def test_life_does_not_go_back(spec: Scenario, status: str) -> None:
    """A step may be on the day of the last one, and not a day before it."""
    step = next(step for step in ALLOWED[status].split() if step != "extend")
    command, event = STEPS[step]
    spec.given(*PARTIES, *LIVES[status])
    spec.when(command, effective="2024-02-29").then_refused(GoesBack, "2024-02-29", "2024-03-01", status)
    spec.when(command, effective="2024-03-01").then(event)


@pytest.mark.parametrize("step", [step for step in STEPS if step != "extend"])
def test_no_step_of_life_is_in_the_future(spec: Scenario, step: str) -> None:
    """A step has happened: two days ahead is refused; one day is not, since somewhere it is tomorrow already."""
    status = next(
        status for status, steps in ALLOWED.items() if step in steps.split() and (status or step == "propose")
    )
    command, event = STEPS[step]
    spec.given(*PARTIES, *LIVES[status])
    spec.when(command, effective="2026-01-17").then_refused(InTheFuture, event.tag(), "2026-01-17", "2026-01-15")
    spec.when(command, effective="2026-01-16").then(event)


def test_an_extension_may_be_agreed_ahead(spec: Scenario) -> None:
    """An extension from next year on is recorded now."""
    spec.given(*PARTIES, signature(ends_on="2026-12-31"))
    spec.when(ExtendEngagement(engagement="E1", ends_on="2027-12-31"), effective="2027-01-01")
    spec.then(EngagementExtended(ends_on="2027-12-31"))


def test_an_extension_is_later(spec: Scenario) -> None:
    """An extension to the same day or an earlier one is refused with the end that is held."""
    spec.given(*PARTIES, signature(ends_on="2026-12-31"))
    for day in ("2026-12-31", "2026-06-30"):
        spec.when(ExtendEngagement(engagement="E1", ends_on=day)).then_refused(NotLater, day, "the end, 2026-12-31")
    spec.when(ExtendEngagement(engagement="E1", ends_on="2027-02-29")).then_refused(BadDate, "'2027-02-29'")


def test_an_extension_does_not_end_before_the_start(spec: Scenario) -> None:
    """Where no end was held, the extension must still be after the start."""
    spec.given(*PARTIES, signature(starts_on="2024-04-01"))
    spec.when(ExtendEngagement(engagement="E1", ends_on="2024-03-31")).then_refused(EndsBeforeStart, "2024-03-31")
    spec.when(ExtendEngagement(engagement="E1", ends_on="2024-04-01")).then(EngagementExtended(ends_on="2024-04-01"))


def test_the_state_on_a_day(spec: Scenario) -> None:
    """A late step counts from its effective date: the state on a day is that of the last step on or before it."""
    spec.given(*PARTIES, *SIGNED).given(SuspendEngagement(engagement="E1"), effective="2024-06-01")
    spec.given(ResumeEngagement(engagement="E1"), effective="2024-09-01")
    state = spec.state("engagement/E1")
    told = [state.status_on(day) for day in ("2024-02-29", "2024-03-01", "2024-05-31", "2024-06-01", "2024-09-01")]
    assert ["", "signed", "signed", "suspended", "signed"] == told

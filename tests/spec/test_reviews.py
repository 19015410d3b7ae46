"""Reviews: scheduled, held once, with actions that are closed once."""

import pytest

from ledger.domain.dates import BadDate
from ledger.domain.engagement.oversight.reviews import (
    ActionClosed,
    CloseAction,
    DuplicateAction,
    HeldAlready,
    HoldReview,
    ReviewAction,
    ReviewHeld,
    ReviewScheduled,
    ScheduleReview,
    Task,
    UnknownAction,
)
from ledger.domain.engagement.state import ForbiddenTransition
from ledger.domain.fields import BadReference
from ledger.domain.refusals import BeforeItsTime, InTheFuture, UnknownEngagement
from ledger.domain.voiding import VoidBreaks, VoidEntries
from tests.spec.scenario import Scenario
from tests.spec.stories import LIVES, PARTIES, SIGNED, SINCE_SIGNED


def schedule(due_on: str = "2027-03-31", **members: str) -> ScheduleReview:
    """Return a command that schedules a review."""
    return ScheduleReview(engagement="E1", due_on=due_on, **members)


def hold(*actions: Task, **members: str) -> HoldReview:
    """Return a command that records a review."""
    return HoldReview(engagement="E1", findings="On\ntrack", actions=actions, **members)


def held(*actions: ReviewAction, review: str = "R1") -> ReviewHeld:
    """Return its event."""
    return ReviewHeld(review=review, findings="On\ntrack", actions=actions)


def close(action: str = "A1") -> CloseAction:
    """Return a command that closes an action."""
    return CloseAction(engagement="E1", action=action, how="New\nrates")


@pytest.mark.parametrize("status", LIVES)
def test_reviews_in_each_state(spec: Scenario, status: str) -> None:
    """Reviews are scheduled from proposal on and held from signature on, also after the books are closed."""
    spec.given(*PARTIES, *LIVES[status])
    if not status:
        for command in (schedule(), hold(), close()):
            spec.when(command).then_refused(UnknownEngagement, "E1")
        return
    spec.when(schedule()).then(ReviewScheduled(review="R1", due_on="2027-03-31"))
    spec.when(hold(Task("Renegotiate")))
    if status not in SINCE_SIGNED:
        spec.then_refused(ForbiddenTransition, f"is {status}: review held on 2026-01-15")
    else:
        spec.then(held(ReviewAction("A1", "Renegotiate")))
        spec.when(close()).then(ActionClosed(action="A1", how="New\nrates"))


def test_scheduling(spec: Scenario) -> None:
    """A key is given or generated; a later schedule replaces the day and keeps the subject."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(schedule(subject="Yearly review", review="Y27"))
    spec.then(ReviewScheduled(review="Y27", due_on="2027-03-31", subject="Yearly review"))
    spec.when(schedule()).then(ReviewScheduled(review="R1", due_on="2027-03-31"))
    spec.when(schedule("2027-06-30", review="Y27")).then(ReviewScheduled(review="Y27", due_on="2027-06-30"))
    description = spec.description("engagement/E1")
    assert ("Yearly review, due on 2027-06-30", "due on 2027-03-31") == (
        description["review Y27"],
        description["review R1"],
    )
    spec.when(schedule("2027-02-29")).then_refused(BadDate, "'2027-02-29'")
    spec.when(schedule(review="a=b")).then_refused(BadReference, "'a=b'")
    spec.when(schedule(), effective="2026-01-17").then_refused(InTheFuture, "review.scheduled")


def test_the_one_that_is_due_first_is_held(spec: Scenario) -> None:
    """The default is the review that is due first; without one, a review that was not scheduled."""
    spec.given(*PARTIES, *SIGNED, schedule("2027-12-31"), schedule("2026-12-31"), schedule("2028-12-31"))
    spec.when(hold()).then(held(review="R2"))
    spec.when(hold(review="R3")).then(held(review="R3"))
    spec.when(hold()).then(held())
    spec.when(hold()).then(held(review="R4"))
    assert "held on 2026-01-15: On\ntrack" == spec.description("engagement/E1")["review R4"]


def test_a_review_is_held_once(spec: Scenario) -> None:
    """A review that was held cannot be held or scheduled again."""
    spec.given(*PARTIES, *SIGNED, hold())
    for command in (hold(review="R1"), schedule(review="R1")):
        spec.when(command).then_refused(HeldAlready, "Review R1 was held on 2024-03-01")
    spec.when(hold(review="a=b")).then_refused(BadReference, "'a=b'")
    spec.when(hold(), effective="2024-02-29").then_refused(ForbiddenTransition, "review held on 2024-02-29")
    spec.when(hold(), effective="2026-01-17").then_refused(InTheFuture, "review.held")


def test_the_next_review(spec: Scenario) -> None:
    """The next review is scheduled by a separate event of the same command."""
    spec.given(*PARTIES, *SIGNED, schedule("2026-12-31", review="R7"))
    spec.when(hold(next_on="2027-12-31")).then(held(review="R7"), ReviewScheduled(review="R8", due_on="2027-12-31"))
    spec.when(hold(next_on="2028-02-30")).then_refused(BadDate, "'2028-02-30'")


def test_actions(spec: Scenario) -> None:
    """Each action has a given or generated key, which is unique, and optionally a due date."""
    spec.given(*PARTIES, *SIGNED)
    tasks = (Task("Renegotiate", "2026-06-30"), Task("Publish", action="A7"), Task("Tell"))
    spec.when(hold(*tasks))
    spec.then(
        held(ReviewAction("A1", "Renegotiate", "2026-06-30"), ReviewAction("A7", "Publish"), ReviewAction("A8", "Tell"))
    )
    description = spec.description("engagement/E1")
    assert ("Renegotiate, due on 2026-06-30", "Publish") == (description["action A1"], description["action A7"])
    for keys in (("A1",), ("x", "x")):
        again = hold(*(Task("Again", action=key) for key in keys))
        spec.when(again).then_refused(DuplicateAction, f"an action {keys[0]} already")
    spec.when(hold(Task("x", action="a=b"))).then_refused(BadReference, "'a=b'")
    spec.when(hold(Task("x", "2026-02-29"))).then_refused(BadDate, "'2026-02-29'")


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("Renegotiate", Task("Renegotiate")),
        ("Renegotiate=2026-06-30", Task("Renegotiate", "2026-06-30")),
        (" Renegotiate = 2026-06-30 ", Task("Renegotiate", "2026-06-30")),
        ("Set rate=5", Task("Set rate=5")),
        ("Set rate=5=2026-06-30", Task("Set rate=5", "2026-06-30")),
        ("=2026-06-30", Task("=2026-06-30")),
        ("Renegotiate=2026-02-30", Task("Renegotiate=2026-02-30")),
    ],
)
def test_actions_as_text(text: str, task: Task) -> None:
    """The due date follows the last `=`, if what follows is a date."""
    assert task == Task.parse(text)


def test_closing_actions(spec: Scenario) -> None:
    """An action is closed once, on the day of its review or later; the error lists the open ones."""
    spec.given(*PARTIES, *SIGNED).when(close()).then_refused(
        UnknownAction, "No action 'A1' is open here", "None is open."
    )
    spec.given(hold(Task("One"), Task("Two")), effective="2024-06-01")
    spec.when(close(), effective="2024-05-31").then_refused(BeforeItsTime, "action A1 is dated 2024-06-01")
    spec.when(close(), effective="2026-01-17").then_refused(InTheFuture, "action.closed")
    spec.given(close(), effective="2024-06-01")
    spec.when(close()).then_refused(UnknownAction, "Open: A2.")
    assert "One; closed: New\nrates" == spec.description("engagement/E1")["action A1"]
    review = spec.position(ReviewHeld)
    spec.when(VoidEntries(positions=(review,), reason="x")).then_refused(VoidBreaks, "action.closed", "'A1' is open")

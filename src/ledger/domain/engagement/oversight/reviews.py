"""Periodic reviews of an engagement: due date, findings, and the actions that follow."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Self

import msgspec

from ledger.domain.dates import BadDate, checked_date
from ledger.domain.engagement.command import EngagementCommand
from ledger.domain.engagement.parts import Action, Review
from ledger.domain.engagement.state import SINCE_SIGNED, Engagement
from ledger.domain.errors import LedgerError, listed
from ledger.domain.fields import Day, LongText, Text, about, checked_reference, next_number
from ledger.domain.kernel import DecisionContext, Event, Fact


class HeldAlready(LedgerError):
    """A review was held already."""

    code = "review-held"

    def __init__(self, review: str, on: str) -> None:
        """Refuse what was asked of `review`, held on `on`."""
        super().__init__(f"Review {review} was held on {on}.", "Give another --review, or none to have one made.")


class DuplicateAction(LedgerError):
    """The engagement has an action with this key already."""

    code = "duplicate-action"

    def __init__(self, key: str) -> None:
        """Refuse the key."""
        super().__init__(f"There is an action {key} already.", "Give it another key.")


class UnknownAction(LedgerError):
    """The engagement has no open action with this key."""

    code = "unknown-action"

    def __init__(self, key: str, known: Iterable[str]) -> None:
        """Refuse `key`; `known` are open."""
        has = listed(known, "and")
        super().__init__(f"No action '{key}' is open here.", f"Open: {has}." if has else "None is open.")


class Task(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """An action to record: what to do and, optionally, by when. Without a key, it gets the next one."""

    what: str
    due_on: str | None = None
    action: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `WHAT` or `WHAT=DATE`."""
        what, _, day = text.rpartition("=")
        try:
            return cls(what.strip(), checked_date(day.strip())) if what else cls(text.strip())
        except BadDate:
            return cls(text.strip())


class ReviewAction(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """An action that a review requested: its key, what to do and, optionally, by when."""

    action: str
    what: str
    due_on: str | None = None


class ReviewScheduled(Event, tag="review.scheduled", frozen=True):
    """A review was scheduled; if scheduled again under the same key, the later day counts."""

    review: str
    due_on: str
    subject: str | None = None

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the engagement exists and that the review was not held.

        Raises ForbiddenTransition, HeldAlready.
        """
        state.check_exists(fact)
        review = state.reviews.get(self.review)
        if review is not None and review.held_on:
            raise HeldAlready(self.review, review.held_on)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Set due date and subject, unless a later schedule is recorded."""
        review = state.reviews.setdefault(self.review, Review())
        if state.is_last(f"day of review {self.review}", fact):
            review.due_on, review.subject = self.due_on, self.subject or review.subject


class ReviewHeld(Event, tag="review.held", frozen=True):
    """A review was held: its findings, and the actions that it asks for. Another event schedules the next review."""

    review: str
    findings: str
    actions: tuple[ReviewAction, ...] = ()

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the engagement was signed, that the review was not held, and that action keys are free.

        Raises ForbiddenTransition, HeldAlready, DuplicateAction.
        """
        state.check_status(fact, SINCE_SIGNED)
        review = state.reviews.get(self.review)
        if review is not None and review.held_on:
            raise HeldAlready(self.review, review.held_on)
        keys = [task.action for task in self.actions]
        for key in keys:
            if key in state.actions or keys.count(key) > 1:
                raise DuplicateAction(key)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Set the findings and add the actions."""
        review = state.reviews.setdefault(self.review, Review())
        review.held_on, review.findings = fact.effective_on, self.findings
        for task in self.actions:
            state.actions[task.action] = Action(task.what, task.due_on, fact.effective_on, self.review)


class ActionClosed(Event, tag="action.closed", frozen=True):
    """An action that a review asked for was done, or is no longer needed."""

    action: str
    how: str

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the action is open and was requested by the day. Raises UnknownAction, BeforeItsTime."""
        action = state.actions.get(self.action)
        if action is None or action.how:
            raise UnknownAction(self.action, open_actions(state))
        state.check_after(fact, f"action {self.action}", action.asked_on)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Close the action."""
        state.actions[self.action].how = self.how


def open_actions(state: Engagement) -> list[str]:
    """Return the keys of the actions that are not closed."""
    return [key for key, action in state.actions.items() if not action.how]


class ScheduleReview(EngagementCommand, tag="review schedule", frozen=True):
    """Record when an engagement is to be reviewed."""

    example = "IDS-2026-001 2027-03-31 --subject 'Yearly review'"
    numbered = "review"

    due_on: Annotated[Day, about("the day by which it is due", argument=True)]
    subject: Annotated[Text, msgspec.Meta(description="what is reviewed")] | None = None
    review: Annotated[str, about("its key; the next R number if not given")] | None = None

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the schedule. Raises UnknownEngagement, BadReference, BadDate."""
        context.engagement(self.engagement)
        review = checked_reference(self.review or next_number("R", state.reviews))
        yield ReviewScheduled(review=review, due_on=checked_date(self.due_on), subject=self.subject)


Tasks = Annotated[
    tuple[Task, ...],
    msgspec.Meta(
        description="what is to be done: WHAT or WHAT=DATE; may be repeated", extra={"as": "tasks", "option": "action"}
    ),
]


class HoldReview(EngagementCommand, tag="review hold", frozen=True):
    """Record that a review was held: the one that is due first, unless its key is given."""

    example = "IDS-2026-001 'On track' --action 'Renegotiate the rates=2027-06-30' --next-on 2028-03-31"

    findings: Annotated[LongText, msgspec.Meta(description="its findings", extra={"argument": True})]
    actions: Tasks = ()
    next_on: Annotated[Day, msgspec.Meta(description="the day by which the next one is due")] | None = None
    review: Annotated[str, about("its key; the one that is due first if not given")] | None = None

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the review, then the schedule of the next one. Raises UnknownEngagement, BadReference, BadDate."""
        context.engagement(self.engagement)
        due = sorted((review.due_on, key) for key, review in state.reviews.items() if not review.held_on)
        review = self.review or (due[0][1] if due else next_number("R", state.reviews))
        taken = set(state.actions)
        asked = []
        for task in self.actions:
            key = checked_reference(task.action or next_number("A", taken))
            taken.add(key)
            asked.append(ReviewAction(key, task.what, task.due_on and checked_date(task.due_on)))
        yield ReviewHeld(review=checked_reference(review), findings=self.findings, actions=tuple(asked))
        if self.next_on:
            yield ReviewScheduled(review=next_number("R", state.reviews), due_on=checked_date(self.next_on))


class CloseAction(EngagementCommand, tag="action close", frozen=True):
    """Record that an action that a review asked for was done, or is not needed."""

    example = "IDS-2026-001 A1 --how 'New rates in amendment 2'"

    action: Annotated[str, about("its key", argument=True)]
    how: Annotated[LongText, msgspec.Meta(description="how it was done, or why it is not needed")]

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the closing of the action. Raises UnknownEngagement, UnknownAction."""
        context.engagement(self.engagement)
        yield ActionClosed(action=self.action, how=self.how)

"""Outcomes of an engagement: planned, then recorded with their evidence."""

from collections.abc import Iterator
from typing import Annotated

import msgspec

from ledger.domain.dates import checked_date
from ledger.domain.engagement.command import EngagementCommand
from ledger.domain.engagement.parts import Outcome
from ledger.domain.engagement.state import SINCE_SIGNED, UNTIL_OVER, Engagement
from ledger.domain.fields import Day, LongText, Text, about, checked_reference, next_number
from ledger.domain.kernel import Dated, DecisionContext, Event, Fact


class OutcomePlanned(Event, tag="outcome.planned", frozen=True):
    """An outcome was planned; if planned again under the same key, the later statement counts."""

    outcome: str
    summary: str
    indicator: str | None = None
    target: str | None = None
    due_on: str | None = None

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the engagement exists and is not over; it may be planned before the first step.

        Raises ForbiddenTransition.
        """
        state.check_status(fact, UNTIL_OVER)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Set the plan, unless a later one is recorded."""
        outcome = state.outcomes.setdefault(self.outcome, Outcome())
        if state.is_last(f"plan of {self.outcome}", fact):
            outcome.planned = Dated(fact.effective_on, fact.version, self)

    def __str__(self) -> str:
        more = {"indicator": self.indicator, "target": self.target, "due": self.due_on}
        return "; ".join([self.summary, *(f"{label} {value}" for label, value in more.items() if value)])


class OutcomeRecorded(Event, tag="outcome.recorded", frozen=True):
    """An outcome was reached; if recorded again under the same key, the later statement counts."""

    outcome: str
    summary: str
    indicator: str | None = None
    actual: str | None = None
    evidence: str | None = None

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the engagement was signed. Raises ForbiddenTransition."""
        state.check_status(fact, SINCE_SIGNED)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Set the result, unless a later one is recorded."""
        outcome = state.outcomes.setdefault(self.outcome, Outcome())
        if state.is_last(f"outcome {self.outcome}", fact):
            outcome.reached = Dated(fact.effective_on, fact.version, self)

    def __str__(self) -> str:
        return self.summary


class PlanOutcome(EngagementCommand, tag="outcome plan", frozen=True):
    """Record an outcome that an engagement is to bring about."""

    example = "IDS-2026-001 'Countries with a plan' --indicator 'Plans adopted' --target 12 --due-on 2027-06-30"
    numbered = "outcome"

    summary: Annotated[LongText, msgspec.Meta(description="what is to be reached", extra={"argument": True})]
    outcome: Annotated[str, about("its key; the next O number if not given")] | None = None
    indicator: Annotated[Text, msgspec.Meta(description="how it is measured")] | None = None
    target: Annotated[Text, msgspec.Meta(description="the target value")] | None = None
    due_on: Annotated[Day, msgspec.Meta(description="the day by which it is due")] | None = None

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the plan. Raises UnknownEngagement, BadReference, BadDate."""
        context.engagement(self.engagement)
        yield OutcomePlanned(
            outcome=checked_reference(self.outcome or next_number("O", state.outcomes)),
            summary=self.summary,
            indicator=self.indicator,
            target=self.target,
            due_on=self.due_on and checked_date(self.due_on),
        )


class RecordOutcome(EngagementCommand, tag="outcome record", frozen=True):
    """Record an outcome that was reached; with the key of a planned one, it belongs to that plan."""

    example = "IDS-2026-001 'Draft plan delivered' --evidence 'Document C26/32'"
    numbered = "outcome"

    summary: Annotated[LongText, msgspec.Meta(description="what was reached", extra={"argument": True})]
    outcome: Annotated[str, about("its key, or that of the plan; the next O number if not given")] | None = None
    indicator: Annotated[Text, msgspec.Meta(description="how it is measured")] | None = None
    actual: Annotated[Text, msgspec.Meta(description="the actual value")] | None = None
    evidence: Annotated[LongText, msgspec.Meta(description="the evidence for it")] | None = None

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the result. Raises UnknownEngagement, BadReference."""
        context.engagement(self.engagement)
        yield OutcomeRecorded(
            outcome=checked_reference(self.outcome or next_number("O", state.outcomes)),
            summary=self.summary,
            indicator=self.indicator,
            actual=self.actual,
            evidence=self.evidence,
        )

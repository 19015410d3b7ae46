"""Outcomes: what an engagement brought about, with the evidence for it."""

from collections.abc import Iterator
from typing import Annotated

import msgspec

from ledger.domain.engagement.state import Engagement
from ledger.domain.fields import EngagementRef, LongText, Text, about, checked_reference, next_number
from ledger.domain.kernel import Command, Event, Fact, World


class OutcomeRecorded(Event, tag="outcome.recorded", frozen=True):
    """An outcome was reached; recorded again under the same key, the later statement counts."""

    outcome: str
    summary: str
    indicator: str | None = None
    actual: str | None = None
    evidence: str | None = None

    def judge(self, state: Engagement, fact: Fact) -> None:
        """Refuse it before signature."""
        state.check_status(fact, ("signed", "suspended", "completed", "terminated", "closed"))

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Know the outcome."""
        state.outcomes[self.outcome] = self.summary


class RecordOutcome(Command, tag="outcome record", frozen=True):
    """Record an outcome of an engagement."""

    stream_kind = "engagement"
    key = "engagement"
    example = "IDS-2026-001 'Draft plan delivered' --evidence 'Document C26/32'"

    engagement: Annotated[EngagementRef, msgspec.Meta(extra={"argument": True})]
    summary: Annotated[LongText, msgspec.Meta(description="what was reached", extra={"argument": True})]
    outcome: Annotated[str, about("its key; the next O number if not given")] | None = None
    indicator: Annotated[Text, msgspec.Meta(description="by what it is measured")] | None = None
    actual: Annotated[Text, msgspec.Meta(description="the value that was reached")] | None = None
    evidence: Annotated[LongText, msgspec.Meta(description="what shows it")] | None = None

    def decide(self, state: Engagement, world: World) -> Iterator[Event]:
        """Record it."""
        world.engagement(self.engagement)
        yield OutcomeRecorded(
            outcome=checked_reference(self.outcome or next_number("O", state.outcomes)),
            summary=self.summary,
            indicator=self.indicator,
            actual=self.actual,
            evidence=self.evidence,
        )

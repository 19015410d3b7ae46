"""Approvals that an authority gave outside the ledger, as the record of it says; they are no step of the life."""

from collections.abc import Iterator
from typing import Annotated

import msgspec

from ledger.domain.engagement.command import EngagementCommand
from ledger.domain.engagement.state import Engagement
from ledger.domain.fields import DocumentSymbol, Text, about, checked_reference
from ledger.domain.kernel import DecisionContext, Event, Fact, Keyed

APPROVAL = "approval by"
"""The section of the facts of which each is the latest `ApprovalEvidenced` of one authority."""


class ApprovalEvidenced(Event, tag="approval.evidenced", frozen=True):
    """An authority approved the engagement elsewhere, on the effective day; `document` is where that can be read.

    The status stays: most such engagements entered the ledger when they were signed.
    """

    authority: str
    document: str | None = None

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the engagement exists; the day may precede its first step. Raises ForbiddenTransition."""
        state.check_exists(fact)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Set the approval by this authority."""
        state.put(Keyed(APPROVAL, self.authority), self, fact)

    def __str__(self) -> str:
        return f"given, {self.document}" if self.document else "given"


class EvidenceApproval(EngagementCommand, tag="approval evidence", frozen=True):
    """Record that an authority approved an engagement elsewhere: --effective is the day on which it did."""

    example = "IDS-2026-001 'Contracts Committee' --effective 2026-02-10 --document 'CC/2026/7'"

    authority: Annotated[Text, about("who approved it: a body or a function, not a person", argument=True)]
    document: Annotated[DocumentSymbol, msgspec.Meta(description="symbol of the document that says so")] | None = None

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the approval. Raises UnknownEngagement, BadReference."""
        context.engagement(self.engagement)
        yield ApprovalEvidenced(authority=self.authority, document=self.document and checked_reference(self.document))

"""Lifecycle commands of an engagement: propose, submit, approve, sign, extend, suspend, complete, close and reopen."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

import msgspec

from ledger.domain.dates import checked_date
from ledger.domain.engagement.command import EngagementCommand
from ledger.domain.engagement.lifecycle import (
    EngagementActivated,
    EngagementApproved,
    EngagementCancelled,
    EngagementClosed,
    EngagementCompleted,
    EngagementExtended,
    EngagementProposed,
    EngagementRejected,
    EngagementReopened,
    EngagementResumed,
    EngagementReturned,
    EngagementSigned,
    EngagementSubmitted,
    EngagementSuspended,
    EngagementTerminated,
)
from ledger.domain.engagement.money.contributions import amend_commitments, commit
from ledger.domain.engagement.particulars import ParticularsCommand, amendment
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import LedgerError
from ledger.domain.fields import Day, Pledges, Text, about
from ledger.domain.kernel import DecisionContext, Event


class DuplicateEngagement(LedgerError):
    """An engagement has this reference already."""

    code = "duplicate-engagement"

    def __init__(self, ref: str) -> None:
        """Refuse the reference `ref`."""
        super().__init__(
            f"There is an engagement {ref} already.",
            "Give another reference, or change it with 'ledger engagement amend'.",
        )


class ProposeEngagement(ParticularsCommand, tag="engagement propose", frozen=True):
    """Propose an engagement."""

    example = "IDS-2026-001 --title 'Data platform' --kind consultancy --party P00001=consultant"

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the proposal. Raises DuplicateEngagement."""
        if state.exists:
            raise DuplicateEngagement(self.engagement)
        yield EngagementProposed(**self.particulars(context))


class SignEngagement(ParticularsCommand, tag="engagement sign", frozen=True):
    """Record that an engagement was signed, with what each payer committed."""

    example = "IDS-2026-001 --effective 2026-03-01 --contribution 'P00001=USD 250000.00'"

    contributions: Annotated[Pledges, msgspec.Meta(extra={"option": "contribution"})] = ()
    undated: Annotated[
        bool,
        msgspec.Meta(
            description="the day of signature is not known; --effective is the date of its source",
            extra={"as": "flag"},
        ),
    ] = False

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the signature, then one commitment per pledge."""
        given = self.particulars(context)
        if not state.exists or state.status == "approved":
            fresh = {name: value for name, value in given.items() if value != state.get(name)}
            yield EngagementSigned(undated=self.undated, **fresh)
        elif state.life and any(step.status == "signed" for step in state.life):
            raise DuplicateEngagement(self.engagement)
        else:
            yield EngagementSigned()
        yield from commit(self.contributions, context)


class AmendEngagement(ParticularsCommand, tag="engagement amend", frozen=True):
    """Change the particulars of an engagement, or what payers commit to it, from a date on."""

    example = "IDS-2026-001 --effective 2026-07-01 --contribution 'P00001=USD 200000.00'"

    contributions: Annotated[Pledges, msgspec.Meta(extra={"option": "contribution"})] = ()

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the particulars that differ, then the difference between each new total and the recorded one."""
        context.engagement(self.engagement)
        yield from amendment(self.particulars(context), state, context.effective_on)
        yield from amend_commitments(self.contributions, state, context)


class LifecycleCommand(EngagementCommand, frozen=True):
    """A command that records one event of the type `makes`."""

    makes: ClassVar[type[Event]]

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the event. Raises UnknownEngagement."""
        context.engagement(self.engagement)
        yield self.makes(**self.members(state))

    def members(self, state: Engagement) -> dict[str, Any]:
        """Return the members of the event."""
        return {}


class SubmitEngagement(LifecycleCommand, tag="engagement submit", frozen=True):
    """Submit a proposal for review."""

    example = "IDS-2026-001 --authority 'Contracts Committee'"
    makes = EngagementSubmitted
    authority: Annotated[Text, about("who reviews it: a body or a function, not a person")] | None = None

    def members(self, state: Engagement) -> dict[str, Any]:
        """Return the reviewing authority."""
        return {"authority": self.authority}


class ReturnEngagement(LifecycleCommand, tag="engagement return", frozen=True):
    """Send a proposal that is under review back to its unit."""

    example = "IDS-2026-001 --reason 'The options are not compared'"
    makes = EngagementReturned


class ApproveEngagement(LifecycleCommand, tag="engagement approve", frozen=True):
    """Record that an engagement was approved."""

    example = "IDS-2026-001 --authority 'Contracts Committee'"
    makes = EngagementApproved
    authority: Annotated[Text, about("who approved it: a body or a function, not a person")] | None = None

    def members(self, state: Engagement) -> dict[str, Any]:
        """Return the approving authority."""
        return {"authority": self.authority}


class RejectEngagement(LifecycleCommand, tag="engagement reject", frozen=True):
    """Record that an engagement was rejected."""

    example = "IDS-2026-002 --reason 'No strategic need'"
    makes = EngagementRejected


class CancelEngagement(LifecycleCommand, tag="engagement cancel", frozen=True):
    """Give up an engagement before it is signed."""

    example = "IDS-2026-002 --reason 'The budget was withdrawn'"
    makes = EngagementCancelled


class ActivateEngagement(LifecycleCommand, tag="engagement activate", frozen=True):
    """Record that work under a signed engagement began."""

    example = "IDS-2026-001"
    makes = EngagementActivated


class ExtendEngagement(LifecycleCommand, tag="engagement extend", frozen=True):
    """Move the end of an engagement to a later day."""

    example = "IDS-2026-001 2027-12-31"
    makes = EngagementExtended
    ends_on: Annotated[Day, about("its new last day", argument=True)]

    def members(self, state: Engagement) -> dict[str, Any]:
        """Return the new end. Raises BadDate."""
        return {"ends_on": checked_date(self.ends_on)}


class SuspendEngagement(LifecycleCommand, tag="engagement suspend", frozen=True):
    """Suspend an engagement: nothing is ordered or paid until it is resumed."""

    example = "IDS-2026-001 --reason 'Audit finding'"
    makes = EngagementSuspended


class ResumeEngagement(LifecycleCommand, tag="engagement resume", frozen=True):
    """Resume a suspended engagement."""

    example = "IDS-2026-001"
    makes = EngagementResumed

    def members(self, state: Engagement) -> dict[str, Any]:
        """Return the status to restore."""
        return {"back_to": EngagementResumed.leads_to(state)}


class TerminateEngagement(LifecycleCommand, tag="engagement terminate", frozen=True):
    """Record that an engagement was ended before its time."""

    example = "IDS-2026-001 --reason 'By agreement'"
    makes = EngagementTerminated


class CompleteEngagement(LifecycleCommand, tag="engagement complete", frozen=True):
    """Record that an engagement was completed."""

    example = "IDS-2026-001"
    makes = EngagementCompleted


class CloseEngagement(LifecycleCommand, tag="engagement close", frozen=True):
    """Close the books of an engagement that is completed or terminated."""

    example = "IDS-2026-001"
    makes = EngagementClosed


class ReopenEngagement(LifecycleCommand, tag="engagement reopen", frozen=True):
    """Reopen an engagement that was completed, closed, rejected or cancelled."""

    example = "IDS-2026-001 --reason 'A last payment came back'"
    makes = EngagementReopened

    def members(self, state: Engagement) -> dict[str, Any]:
        """Return the status to restore."""
        return {"back_to": EngagementReopened.leads_to(state)}

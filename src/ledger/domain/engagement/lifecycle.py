"""Lifecycle events of an engagement, from proposal to closing, and the table of the transitions that they make."""

from typing import ClassVar

import msgspec

from ledger.domain.dates import check_period
from ledger.domain.engagement.particulars import Particulars, check_needed
from ledger.domain.engagement.state import BACK, IN_FORCE, TRANSITIONS, Engagement
from ledger.domain.errors import LedgerError
from ledger.domain.kernel import Event, Fact


class NotLater(LedgerError):
    """An extension does not make the engagement longer."""

    code = "not-later"

    def __init__(self, ends_on: str, present_end: str) -> None:
        """Refuse an extension to `ends_on` of what ends on `present_end`."""
        super().__init__(
            f"An extension to {ends_on} is not later than the end, {present_end}.",
            "To shorten it, use 'ledger engagement amend --ends-on'.",
        )


class _Step(Event, frozen=True):
    """A lifecycle event that only changes the status."""

    life: ClassVar[bool] = True
    to: ClassVar[str] = ""

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the transition is allowed. Raises ForbiddenTransition, GoesBack."""
        state.check_step(fact)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Change the status."""
        state.step(self.to, fact)


class _StepWithParticulars(Particulars, frozen=True):
    """A lifecycle event that also records particulars."""

    life: ClassVar[bool] = True
    to: ClassVar[str] = ""

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check the transition and the particulars; a first entry needs title, kind and a party.

        Raises ForbiddenTransition, GoesBack, MissingField, and what `Particulars.validate` raises.
        """
        state.check_step(fact)
        if not state.exists:
            check_needed(self.given())
        super().validate(state, fact)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Change the status and set the particulars."""
        state.step(self.to, fact)
        super().evolve(state, fact)


class EngagementProposed(_StepWithParticulars, tag="engagement.proposed", frozen=True):
    """A unit proposed an engagement."""

    to = "proposed"


class EngagementSubmitted(_Step, tag="engagement.submitted", frozen=True):
    """The proposal was submitted for review."""

    to = "under review"
    authority: str | None = None


class EngagementReturned(_Step, tag="engagement.returned", frozen=True):
    """The review sent the proposal back to its unit."""

    to = "proposed"


class EngagementApproved(_Step, tag="engagement.approved", frozen=True):
    """The engagement was approved by its authority."""

    to = "approved"
    authority: str | None = None


class EngagementRejected(_Step, tag="engagement.rejected", frozen=True):
    """The engagement was rejected; it can be reopened, as a proposal."""

    to = "rejected"


class EngagementCancelled(_Step, tag="engagement.cancelled", frozen=True):
    """The engagement was cancelled before it was signed."""

    to = "cancelled"


class EngagementSigned(_StepWithParticulars, tag="engagement.signed", frozen=True):
    """The engagement was signed. It may be its first entry, when it was proposed and approved elsewhere.

    `undated` says that the day of signature is not recorded: the effective date is that of the source.
    """

    to = "signed"
    undated: bool = False

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Change the status and set the particulars; mark an unrecorded day of signature."""
        super().evolve(state, fact)
        if self.undated:
            state.put("day of signature", "not recorded", fact)


class EngagementActivated(_Step, tag="engagement.activated", frozen=True):
    """Work under the engagement began."""

    to = "active"


class EngagementExtended(Event, tag="engagement.extended", frozen=True):
    """The end of the engagement was moved to a later day."""

    ahead: ClassVar[bool] = True
    ends_on: str

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the engagement is in force or suspended, and that the new end is later.

        Raises ForbiddenTransition, NotLater, EndsBeforeStart.
        """
        state.check_status(fact, (*IN_FORCE, "suspended"))
        present_end = state.get("ends_on")
        if present_end is not None and self.ends_on <= present_end:
            raise NotLater(self.ends_on, present_end)
        check_period(state.get("starts_on"), self.ends_on)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Set the new end."""
        state.put("ends_on", self.ends_on, fact)


class EngagementSuspended(_Step, tag="engagement.suspended", frozen=True):
    """The engagement was suspended: nothing is ordered or paid until it is resumed."""

    to = "suspended"


class _StepBack(_Step, frozen=True):
    """A lifecycle event that restores an earlier status, `back_to`."""

    back_to: str

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check the transition, and that `back_to` is the status to restore.

        Raises ForbiddenTransition, GoesBack, WrongReturn.
        """
        super().validate(state, fact)
        expected = self.leads_to(state)
        if self.back_to != expected:
            raise WrongReturn(self.back_to, expected)

    def restated(self, was: Engagement, now: Engagement, on: str) -> Event:
        """Return the step to the status that it restores now."""
        return msgspec.structs.replace(self, back_to=self.leads_to(now))

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Restore the earlier status."""
        state.step(self.back_to, fact)

    @staticmethod
    def leads_to(state: Engagement) -> str:
        """Return the status to restore."""
        raise NotImplementedError


class EngagementResumed(_StepBack, tag="engagement.resumed", frozen=True):
    """The suspension ended; `back_to` is the state that it interrupted."""

    @staticmethod
    def leads_to(state: Engagement) -> str:
        """Return the status before the suspension."""
        return state.before("suspended")


class EngagementReopened(_StepBack, tag="engagement.reopened", frozen=True):
    """The engagement was reopened; `back_to` is the state before it was completed, closed, rejected or cancelled.

    A rejected or cancelled engagement becomes a proposal again.
    """

    @staticmethod
    def leads_to(state: Engagement) -> str:
        """Return the status before completion or closing; `proposed` for a rejected or cancelled engagement."""
        if state.status in ("rejected", "cancelled"):
            return "proposed"
        return state.before(*({"closed"} if state.status == "closed" else {"closed", "completed"}))


class WrongReturn(LedgerError):
    """A step would return to another state than the one that it interrupted."""

    code = "wrong-return"

    def __init__(self, given: str, expected: str) -> None:
        """Refuse the return to `given`, since `expected` is where it leads."""
        super().__init__(f"This returns to {expected}, not to {given}.", "Void the step back as well.")


class EngagementTerminated(_Step, tag="engagement.terminated", frozen=True):
    """The engagement was ended before its time."""

    to = "terminated"


class EngagementCompleted(_Step, tag="engagement.completed", frozen=True):
    """The engagement was completed: what was agreed was done."""

    to = "completed"


class EngagementClosed(_Step, tag="engagement.closed", frozen=True):
    """The books of the engagement were closed."""

    to = "closed"


TRANSITIONS.update(
    {
        "engagement.proposed": {"": "proposed"},
        "engagement.submitted": {"proposed": "under review"},
        "engagement.returned": {"under review": "proposed"},
        "engagement.approved": {"proposed": "approved", "under review": "approved"},
        "engagement.rejected": {"proposed": "rejected", "under review": "rejected"},
        "engagement.cancelled": {"proposed": "cancelled", "under review": "cancelled", "approved": "cancelled"},
        "engagement.signed": {"": "signed", "approved": "signed"},
        "engagement.activated": {"signed": "active"},
        "engagement.suspended": {"signed": "suspended", "active": "suspended"},
        "engagement.resumed": {"suspended": f"{BACK}suspended"},
        "engagement.terminated": {"signed": "terminated", "active": "terminated", "suspended": "terminated"},
        "engagement.completed": {"signed": "completed", "active": "completed"},
        "engagement.closed": {"completed": "closed", "terminated": "closed"},
        "engagement.reopened": {
            "closed": f"{BACK}closed",
            "completed": f"{BACK}completed",
            "rejected": "proposed",
            "cancelled": "proposed",
        },
    }
)

"""The life of an engagement: proposed, approved, signed, and how it ends. The table of transitions is made of these."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

import msgspec

from ledger.domain.dates import check_period, checked_date
from ledger.domain.engagement.contributions import amend_commitments, commit
from ledger.domain.engagement.particulars import Describing, Particulars, amendment, check_needed
from ledger.domain.engagement.state import TRANSITIONS, Engagement
from ledger.domain.errors import LedgerError
from ledger.domain.fields import Day, EngagementRef, Pledges, Text, about
from ledger.domain.kernel import Command, Event, Fact, World


class DuplicateEngagement(LedgerError):
    """An engagement has this reference already."""

    code = "duplicate-engagement"

    def __init__(self, ref: str) -> None:
        """Refuse the reference `ref`."""
        super().__init__(
            f"There is an engagement {ref} already.",
            "Give another reference, or change it with 'ledger engagement amend'.",
        )


class NotLater(LedgerError):
    """An extension does not make the engagement longer."""

    code = "not-later"

    def __init__(self, ends_on: str, held: str) -> None:
        """Refuse an extension to `ends_on` of what ends on `held`."""
        super().__init__(
            f"An extension to {ends_on} is not later than the end, {held}.",
            "To shorten it, use 'ledger engagement amend --ends-on'.",
        )


class _Step(Event, frozen=True):
    """A step in the life that only moves the state."""

    life: ClassVar[bool] = True
    to: ClassVar[str] = ""

    def judge(self, state: Engagement, fact: Fact) -> None:
        """Refuse what the state forbids."""
        state.check_step(fact)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Move the state on."""
        state.step(self.to, fact)


class _Described(Particulars, frozen=True):
    """A step in the life that describes the engagement as well."""

    life: ClassVar[bool] = True
    to: ClassVar[str] = ""

    def judge(self, state: Engagement, fact: Fact) -> None:
        """Refuse what the state forbids, and a first entry that does not say what the engagement is."""
        state.check_step(fact)
        if not state.exists:
            check_needed(self.given())
        super().judge(state, fact)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Move the state on, and know what is described."""
        state.step(self.to, fact)
        super().evolve(state, fact)


class EngagementProposed(_Described, tag="engagement.proposed", frozen=True):
    """A unit proposed an engagement."""

    to = "proposed"


class EngagementApproved(_Step, tag="engagement.approved", frozen=True):
    """The engagement was approved by whoever may."""

    to = "approved"
    authority: str | None = None


class EngagementRejected(_Step, tag="engagement.rejected", frozen=True):
    """The engagement was rejected; nothing follows."""

    to = "rejected"


class EngagementSigned(_Described, tag="engagement.signed", frozen=True):
    """The engagement was signed. It may be its first entry, when it was proposed and approved elsewhere."""

    to = "signed"


class EngagementExtended(Event, tag="engagement.extended", frozen=True):
    """The end of the engagement was moved to a later day."""

    ahead: ClassVar[bool] = True
    ends_on: str

    def judge(self, state: Engagement, fact: Fact) -> None:
        """Refuse an extension of what is not running, or that is not later than its end or its start."""
        state.check_status(fact, ("signed", "suspended"))
        held = state.get("ends_on")
        if held is not None and self.ends_on <= held:
            raise NotLater(self.ends_on, held)
        check_period(state.get("starts_on"), self.ends_on)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Know the new end."""
        state.put("ends_on", self.ends_on, fact)


class EngagementSuspended(_Step, tag="engagement.suspended", frozen=True):
    """The engagement was suspended: nothing is ordered or paid until it is resumed."""

    to = "suspended"


class EngagementResumed(_Step, tag="engagement.resumed", frozen=True):
    """The suspension ended; `back_to` is the state that it interrupted."""

    back_to: str

    def judge(self, state: Engagement, fact: Fact) -> None:
        """Refuse it unless it leads back to where the suspension began."""
        super().judge(state, fact)
        if self.back_to != state.before_suspension():
            raise WrongReturn(self.back_to, state.before_suspension())

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Go back to where the suspension began."""
        state.step(self.back_to, fact)


class WrongReturn(LedgerError):
    """Resuming would lead to another state than the one that was suspended."""

    code = "wrong-return"

    def __init__(self, given: str, expected: str) -> None:
        """Refuse the return to `given`, since `expected` was suspended."""
        super().__init__(f"Resuming leads back to {expected}, not to {given}.", "Void the resumption as well.")


class EngagementTerminated(_Step, tag="engagement.terminated", frozen=True):
    """The engagement was ended before its time."""

    to = "terminated"


class EngagementCompleted(_Step, tag="engagement.completed", frozen=True):
    """What was agreed was done."""

    to = "completed"


class EngagementClosed(_Step, tag="engagement.closed", frozen=True):
    """The books of the engagement were closed."""

    to = "closed"


TRANSITIONS.update(
    {
        "engagement.proposed": {"": "proposed"},
        "engagement.approved": {"proposed": "approved"},
        "engagement.rejected": {"proposed": "rejected"},
        "engagement.signed": {"": "signed", "approved": "signed"},
        "engagement.suspended": {"signed": "suspended"},
        "engagement.resumed": {"suspended": "where it was suspended"},
        "engagement.terminated": {"signed": "terminated", "suspended": "terminated"},
        "engagement.completed": {"signed": "completed"},
        "engagement.closed": {"completed": "closed", "terminated": "closed"},
    }
)


class ProposeEngagement(Describing, tag="engagement propose", frozen=True):
    """Propose an engagement."""

    example = "IDS-2026-001 --title 'Data platform' --kind consultancy --party P0001=consultant"

    def decide(self, state: Engagement, world: World) -> Iterator[Event]:
        """Propose it under a reference that is free."""
        if state.exists:
            raise DuplicateEngagement(self.engagement)
        yield EngagementProposed(**self.particulars(world))


class SignEngagement(Describing, tag="engagement sign", frozen=True):
    """Record that an engagement was signed, with what each payer committed."""

    example = "IDS-2026-001 --effective 2026-03-01 --contribution 'P0001=USD 250000.00'"

    contributions: Annotated[Pledges, msgspec.Meta(extra={"option": "contribution"})] = ()

    def decide(self, state: Engagement, world: World) -> Iterator[Event]:
        """Sign it; each payer's commitment is an event of its own."""
        given = self.particulars(world)
        if not state.exists or state.status == "approved":
            yield EngagementSigned(**{name: value for name, value in given.items() if value != state.get(name)})
        elif state.life and any(step.status == "signed" for step in state.life):
            raise DuplicateEngagement(self.engagement)
        else:
            yield EngagementSigned()
        yield from commit(self.contributions, world)


class AmendEngagement(Describing, tag="engagement amend", frozen=True):
    """Change the particulars of an engagement, or what payers commit to it, from a date on."""

    example = "IDS-2026-001 --effective 2026-07-01 --contribution 'P0001=USD 200000.00'"

    contributions: Annotated[Pledges, msgspec.Meta(extra={"option": "contribution"})] = ()

    def decide(self, state: Engagement, world: World) -> Iterator[Event]:
        """Record what differs; a payer's new total becomes the difference to the old."""
        world.engagement(self.engagement)
        yield from amendment(self.particulars(world), state, world.effective_on)
        yield from amend_commitments(self.contributions, state, world)


class Living(Command, frozen=True):
    """A command on an engagement that is there."""

    stream_kind = "engagement"
    key = "engagement"
    makes: ClassVar[type[Event]]

    engagement: Annotated[EngagementRef, msgspec.Meta(extra={"argument": True})]

    def decide(self, state: Engagement, world: World) -> Iterator[Event]:
        """Make the one event that it makes of an engagement that is there."""
        world.engagement(self.engagement)
        yield self.makes(**self.members(state))

    def members(self, state: Engagement) -> dict[str, Any]:
        """Return the members of the event."""
        return {}


class ApproveEngagement(Living, tag="engagement approve", frozen=True):
    """Record that an engagement was approved."""

    example = "IDS-2026-001 --authority 'Contracts Committee'"
    makes = EngagementApproved
    authority: Annotated[Text, about("who approved it: a body or a function, not a person")] | None = None

    def members(self, state: Engagement) -> dict[str, Any]:
        """Return who approved."""
        return {"authority": self.authority}


class RejectEngagement(Living, tag="engagement reject", frozen=True):
    """Record that an engagement was rejected."""

    example = "IDS-2026-002 --reason 'No strategic need'"
    makes = EngagementRejected


class ExtendEngagement(Living, tag="engagement extend", frozen=True):
    """Move the end of an engagement to a later day."""

    example = "IDS-2026-001 2027-12-31"
    makes = EngagementExtended
    ends_on: Annotated[Day, about("its new last day", argument=True)]

    def members(self, state: Engagement) -> dict[str, Any]:
        """Return the new end."""
        return {"ends_on": checked_date(self.ends_on)}


class SuspendEngagement(Living, tag="engagement suspend", frozen=True):
    """Suspend an engagement: nothing is ordered or paid until it is resumed."""

    example = "IDS-2026-001 --reason 'Audit finding'"
    makes = EngagementSuspended


class ResumeEngagement(Living, tag="engagement resume", frozen=True):
    """Resume a suspended engagement."""

    example = "IDS-2026-001"
    makes = EngagementResumed

    def members(self, state: Engagement) -> dict[str, Any]:
        """Return the state to go back to."""
        return {"back_to": state.before_suspension()}


class TerminateEngagement(Living, tag="engagement terminate", frozen=True):
    """Record that an engagement was ended before its time."""

    example = "IDS-2026-001 --reason 'By agreement'"
    makes = EngagementTerminated


class CompleteEngagement(Living, tag="engagement complete", frozen=True):
    """Record that what was agreed was done."""

    example = "IDS-2026-001"
    makes = EngagementCompleted


class CloseEngagement(Living, tag="engagement close", frozen=True):
    """Close the books of an engagement that is completed or terminated."""

    example = "IDS-2026-001"
    makes = EngagementClosed

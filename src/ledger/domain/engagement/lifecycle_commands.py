"""Lifecycle commands of an engagement: propose, submit, approve, sign, extend, suspend, complete, close and reopen."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

import msgspec

from ledger.domain.code_lists import check_codes
from ledger.domain.dates import check_period, checked_date
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
from ledger.domain.fields import Day, PartyName, Pledges, Role, Roles, Text, about
from ledger.domain.kernel import DecisionContext, Event
from ledger.domain.refusals import NotAPartyHere


class DuplicateEngagement(LedgerError):
    """An engagement has this reference already."""

    code = "duplicate-engagement"

    def __init__(self, ref: str) -> None:
        """Refuse the reference `ref`."""
        super().__init__(
            f"There is an engagement {ref} already.",
            "Give another reference, or change it with 'ledger engagement amend'.",
        )


class PartyInUse(LedgerError):
    """An amendment would drop a party that has orders or money in the engagement."""

    code = "party-in-use"

    def __init__(self, party: str, why: str) -> None:
        """Refuse to drop `party`, which has `why`."""
        super().__init__(
            f"{party} has {why} here and cannot be dropped from the engagement.",
            "Name it with the other parties, or use --add-party and --remove-party, which leave the others.",
        )


class ProposeEngagement(ParticularsCommand, tag="engagement propose", frozen=True):
    """Propose an engagement."""

    example = "IDS-2026-001 --title 'Data platform' --kind consultancy --party P00001=consultant"
    offered = ("unit", "starts_on", "ends_on", "ceiling")

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the proposal. Raises DuplicateEngagement."""
        if state.exists:
            raise DuplicateEngagement(self.engagement)
        yield EngagementProposed(**self.particulars(state, context))


class SignEngagement(ParticularsCommand, tag="engagement sign", frozen=True):
    """Record that an engagement was signed, with what each payer committed."""

    example = "IDS-2026-001 --effective 2026-03-01 --contribution 'P00001=USD 250000.00'"
    offered = ("unit", "starts_on", "ends_on", "ceiling", "contributions")

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
        given = self.particulars(state, context)
        if (ends := given.get("ends_on")) and ends < context.effective_on and not self.undated:
            context.note(f"It ended on {ends}, before it was signed on {context.effective_on}: are both days right?")
        if not state.exists or state.status == "approved":
            fresh = {name: value for name, value in given.items() if value != state.get(name)}
            yield EngagementSigned(undated=self.undated, **fresh)
        elif state.life and any(step.status == "signed" for step in state.life):
            raise DuplicateEngagement(self.engagement)
        else:
            yield EngagementSigned()
        yield from commit(self.contributions, state, context)


class AmendEngagement(ParticularsCommand, tag="engagement amend", frozen=True):
    """Change the particulars of an engagement, or what payers commit to it, from a date on."""

    example = "IDS-2026-001 --effective 2026-07-01 --contribution 'P00001=USD 200000.00'"

    contributions: Annotated[Pledges, msgspec.Meta(extra={"option": "contribution"})] = ()
    add_parties: Annotated[
        Roles,
        msgspec.Meta(description="a party to add: PARTY or PARTY=ROLE; repeatable", extra={"option": "add-party"}),
    ] = ()
    remove_parties: Annotated[
        tuple[PartyName, ...],
        msgspec.Meta(description="a party to remove, from all its roles; repeatable", extra={"option": "remove-party"}),
    ] = ()

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the particulars that differ, then the difference between each new total and the recorded one.

        Raises PartyInUse if a party would be dropped that has orders or money, and NotAPartyHere.
        """
        context.engagement(self.engagement)
        before, given = state.roles(), self.particulars(state, context)
        if self.add_parties or self.remove_parties:
            given["parties"] = self._parties(given.get("parties"), state, context)
        yield from amendment(given, state, context.effective_on)
        yield from amend_commitments(self.contributions, state, context)
        # The amendments are in the state by now, the dropped parties are not.
        if "parties" in given:
            kept = {context.survivor(role.party) for role in given["parties"]}
            dropped = dict.fromkeys(role.party for role in before if context.survivor(role.party) not in kept)
            for party in dropped:
                if (why := state.balances.use_of(party)) is not None:
                    raise PartyInUse(party, why)
                context.note(f"{party} is no longer a party to the engagement.")

    def _parties(self, given: Roles | None, state: Engagement, context: DecisionContext) -> Roles:
        """Return the parties in force, or those that are given, with some added and some removed."""
        roles = list(given if given is not None else state.on("parties", context.effective_on) or state.roles())
        for name in self.remove_parties:
            known = [role.party for role in roles]
            refs = context.as_known(name, known)
            if refs[0] not in known:
                raise NotAPartyHere(refs[0], known)
            roles = [role for role in roles if role.party not in refs]
        known = [role.party for role in roles]
        added = [Role(context.as_known(role.party, known)[0], role.role) for role in self.add_parties]
        check_codes(context, "list.roles", [role.role for role in added])
        return (*roles, *(role for role in added if role not in roles))


class LifecycleCommand(EngagementCommand, frozen=True):
    """A command that records one event of the type `makes`."""

    makes: ClassVar[type[Event]]
    stops: ClassVar[bool] = False
    """Whether nothing is ordered after it."""

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the event. Raises UnknownEngagement."""
        context.engagement(self.engagement)
        orders = state.balances.orders if self.stops else {}
        later = [number for number, order in orders.items() if order.issued_on > context.effective_on]
        for number in (number for number in later if orders[number].ended != "cancelled"):
            context.note(f"Service order {number} is dated after {context.effective_on}: are both days right?")
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
        """Return the new end. Raises BadDate, and EndsBeforeStart for one before the engagement was signed."""
        ends_on = checked_date(self.ends_on)
        signed_on = next((step.on for step in state.life if step.status == "signed"), None)
        check_period(state.get("starts_on") or signed_on, ends_on)
        return {"ends_on": ends_on}


class SuspendEngagement(LifecycleCommand, tag="engagement suspend", frozen=True):
    """Suspend an engagement: nothing is ordered or paid until it is resumed."""

    example = "IDS-2026-001 --reason 'Audit finding'"
    makes = EngagementSuspended
    stops = True


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
    stops = True


class CompleteEngagement(LifecycleCommand, tag="engagement complete", frozen=True):
    """Record that an engagement was completed."""

    example = "IDS-2026-001"
    makes = EngagementCompleted
    stops = True


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

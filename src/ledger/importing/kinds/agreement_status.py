"""The state of agreements that rows give: the steps of the life of an engagement that lead to it."""

from collections.abc import Sequence

from ledger.domain.engagement.command import EngagementCommand
from ledger.domain.engagement.lifecycle import (
    EngagementActivated,
    EngagementClosed,
    EngagementCompleted,
    EngagementTerminated,
)
from ledger.domain.engagement.lifecycle_commands import (
    ActivateEngagement,
    CloseEngagement,
    CompleteEngagement,
    TerminateEngagement,
)
from ledger.domain.kernel import Command, Event, Fact
from ledger.domain.voiding import unvoided
from ledger.format.entry import Entry
from ledger.importing.kinds.agreement_rows import AgreementRow
from ledger.importing.row_errors import StatusDiffers

_ENDED = ("completed", "closed")
"""States that begin on the last day of an agreement, if nothing else is known."""
_STEPS: dict[tuple[str, str], tuple[type[EngagementCommand], ...]] = {
    ("signed", "active"): (ActivateEngagement,),
    ("signed", "completed"): (CompleteEngagement,),
    ("signed", "terminated"): (TerminateEngagement,),
    ("signed", "closed"): (CompleteEngagement, CloseEngagement),
    ("active", "completed"): (CompleteEngagement,),
    ("active", "terminated"): (TerminateEngagement,),
    ("active", "closed"): (CompleteEngagement, CloseEngagement),
    ("suspended", "terminated"): (TerminateEngagement,),
    ("completed", "closed"): (CloseEngagement,),
    ("terminated", "closed"): (CloseEngagement,),
}
_OF_EVENT: dict[type[Event], str] = {
    EngagementActivated: "active", EngagementCompleted: "completed", EngagementTerminated: "terminated",
    EngagementClosed: "closed",
}  # fmt: skip


def stated_steps(entries: Sequence[Entry]) -> list[Fact]:
    """Return the steps after the signature that rows recorded and that are not void, in order."""
    facts = unvoided([entry.fact for entry in entries if entry.source])
    return [fact for fact in facts if type(fact.event) in _OF_EVENT]


def stated_status(entries: Sequence[Entry]) -> str:
    """Return the status that rows gave last; empty if none gave one after the signature."""
    steps = stated_steps(entries)
    return _OF_EVENT[type(steps[-1].event)] if steps else ""


def status_commands(reference: str, current: str, wanted: str) -> list[Command]:
    """Return the commands that lead an engagement from its current status to another. Raises StatusDiffers."""
    if current == wanted:
        return []
    steps = _STEPS.get((current, wanted))
    if steps is None:
        raise StatusDiffers(wanted, current)
    return [step(engagement=reference) for step in steps]


def status_day(row: AgreementRow, today: str) -> str:
    """Return the day from which a row means its status: the one that it states, else the last day, else `today`."""
    ends_on = row.values.get("ends_on")
    if row.status_on:
        return row.status_on
    if row.status in _ENDED and ends_on and row.on <= ends_on <= today:
        return ends_on
    return max(row.on, today)

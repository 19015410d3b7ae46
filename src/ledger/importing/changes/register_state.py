"""What registers said last of an engagement or a party: entries that came from rows, not those of staff.

A row is compared with this, so that a row which has not changed adds nothing, whatever staff amended in between.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ledger.domain.engagement.lifecycle import EngagementSigned
from ledger.domain.engagement.money.contributions import ContributionCommitted
from ledger.domain.engagement.oversight.analysis import MaterialityAssessed
from ledger.domain.engagement.oversight.outcomes import OutcomeRecorded
from ledger.domain.engagement.particulars import Particulars
from ledger.domain.fields import Identifier
from ledger.domain.kernel import Event, Fact
from ledger.domain.party.party import (
    PartyAliasAdded,
    PartyIdentifierAdded,
    PartyReclassified,
    PartyRegistered,
    PartyRenamed,
)
from ledger.domain.voiding import EntryVoided, standing
from ledger.format.entry import Entry

Pot = tuple[str, str]
"""A payer (a party's reference, or `organization`) and a currency."""


@dataclass(slots=True)
class EngagementInRegister:
    """What rows said last of an engagement; empty if no row ever did. `totals` are in minor units.

    `outcomes` are summaries with the versions that state them; `assessed` is the version of the `answers`.
    """

    signed_on: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    totals: dict[Pot, int] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    assessed: int = 0


def engagement_in_register(entries: Sequence[Entry]) -> EngagementInRegister:
    """Return what rows said last of the engagement whose stream these entries are.

    Of particulars the last assertion counts. A commitment is recorded as a difference, so a row's word is the total
    as it was known right after the row.
    """
    word = EngagementInRegister()
    for fact in standing([entry.fact for entry in entries if entry.source]):
        if isinstance(fact.event, EngagementSigned):
            word.signed_on = fact.effective_on
        if isinstance(fact.event, Particulars):
            word.values.update(fact.event.given())
        if isinstance(fact.event, OutcomeRecorded):
            word.outcomes[fact.event.summary] = fact.version
        if isinstance(fact.event, MaterialityAssessed):
            said = {"financial": fact.event.financial, "strategic": fact.event.strategic}
            word.answers = {name: answer for name, answer in said.items() if answer}
            word.assessed = fact.version
    facts = [entry.fact for entry in entries]
    for pot, version in _last_moves(entries, facts).items():
        word.totals[pot] = _total(standing(facts[:version]), pot)
    return word


def _total(facts: Sequence[Fact], pot: Pot) -> int:
    commits = [fact.event for fact in facts if isinstance(fact.event, ContributionCommitted)]
    return sum(commit.amount.minor for commit in commits if pot_of(commit) == pot)


def _last_moves(entries: Sequence[Entry], facts: Sequence[Fact]) -> dict[Pot, int]:
    last: dict[Pot, int] = {}
    for entry in entries:
        if entry.source:
            event: Event = entry.event
            while isinstance(event, EntryVoided):
                event = facts[event.version - 1].event
            if pot := pot_of(event):
                last[pot] = entry.version
    return last


def pot_of(event: Event) -> Pot | None:
    """Return whose commitment in which currency an event changes, if it does."""
    return (event.by, event.amount.currency) if isinstance(event, ContributionCommitted) else None


@dataclass(slots=True)
class PartyInRegister:
    """What rows said last of a party: `said` has name, type, membership and country, by what its state calls them."""

    said: dict[str, str] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)


def party_in_register(entries: Sequence[Entry]) -> PartyInRegister:
    """Return what rows said last of the party whose stream these entries are."""
    word = PartyInRegister()
    for fact in standing([entry.fact for entry in entries if entry.source]):
        event = fact.event
        if isinstance(event, (PartyRegistered, PartyReclassified)):
            said = {"type": event.party_type, "membership": event.membership, "country": event.country}
            word.said.update({label: value for label, value in said.items() if value is not None})
        if isinstance(event, (PartyRegistered, PartyRenamed)):
            word.said["name"] = event.name
        if isinstance(event, PartyRegistered):
            word.aliases.extend(event.aliases)
            word.identifiers.extend(event.identifiers)
        if isinstance(event, PartyAliasAdded):
            word.aliases.append(event.alias)
        if isinstance(event, PartyIdentifierAdded):
            word.identifiers.append(event.identifier)
    return word

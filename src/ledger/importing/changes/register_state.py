"""The state of an engagement or a party as the register last stated it: entries from rows, without those of staff.

Each row is compared with this state, so that an unchanged row adds nothing, whatever staff amended in between.
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
from ledger.domain.voiding import EntryVoided, unvoided
from ledger.format.entry import Entry
from ledger.importing.changes.provenance import from_register

PayerCurrency = tuple[str, str]
"""A payer (a party's reference, or `organization`) and a currency."""


@dataclass(slots=True)
class EngagementInRegister:
    """An engagement as rows last stated it; empty if no row did. `totals` are in minor units.

    `outcomes` maps each summary to the version that records it; `assessed` is the version that records the `answers`.
    """

    signed_on: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    totals: dict[PayerCurrency, int] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    assessed: int = 0


def engagement_in_register(entries: Sequence[Entry]) -> EngagementInRegister:
    """Return the engagement as rows last stated it; `entries` is its whole stream.

    The last assertion of each particular counts. An entry records a commitment as a difference, so the total that a
    row stated is the total known right after its entry.
    """
    in_register = EngagementInRegister()
    from_rows = from_register(entries)
    for fact in unvoided([entry.fact for entry in from_rows]):
        if isinstance(fact.event, EngagementSigned):
            in_register.signed_on = fact.effective_on
        if isinstance(fact.event, Particulars):
            in_register.values.update(fact.event.given())
        if isinstance(fact.event, OutcomeRecorded):
            in_register.outcomes[fact.event.summary] = fact.version
        if isinstance(fact.event, MaterialityAssessed):
            answers = {"financial": fact.event.financial, "strategic": fact.event.strategic}
            in_register.answers = {name: answer for name, answer in answers.items() if answer}
            in_register.assessed = fact.version
    facts = [entry.fact for entry in entries]
    for key, version in _last_changes(from_rows, facts).items():
        in_register.totals[key] = _total(unvoided(facts[:version]), key)
    return in_register


def _total(facts: Sequence[Fact], key: PayerCurrency) -> int:
    commits = [fact.event for fact in facts if isinstance(fact.event, ContributionCommitted)]
    return sum(commit.amount.minor for commit in commits if payer_currency_of(commit) == key)


def _last_changes(from_rows: Sequence[Entry], facts: Sequence[Fact]) -> dict[PayerCurrency, int]:
    """Return the version of the last entry from a row that changed each commitment, voids included."""
    last: dict[PayerCurrency, int] = {}
    for entry in from_rows:
        event: Event = entry.event
        while isinstance(event, EntryVoided):
            event = facts[event.version - 1].event
        if key := payer_currency_of(event):
            last[key] = entry.version
    return last


def payer_currency_of(event: Event) -> PayerCurrency | None:
    """Return the payer and currency of the commitment that an event changes; None if it changes none."""
    return (event.by, event.amount.currency) if isinstance(event, ContributionCommitted) else None


@dataclass(slots=True)
class PartyInRegister:
    """A party as rows last stated it. `values` has name, type, membership and country, by their names in `Party`."""

    values: dict[str, str] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)


def party_in_register(entries: Sequence[Entry]) -> PartyInRegister:
    """Return the party as rows last stated it; `entries` is its whole stream."""
    in_register = PartyInRegister()
    for fact in unvoided([entry.fact for entry in from_register(entries)]):
        event = fact.event
        if isinstance(event, (PartyRegistered, PartyReclassified)):
            classes = {"type": event.party_type, "membership": event.membership, "country": event.country}
            in_register.values.update({label: value for label, value in classes.items() if value is not None})
        if isinstance(event, (PartyRegistered, PartyRenamed)):
            in_register.values["name"] = event.name
        if isinstance(event, PartyRegistered):
            in_register.aliases.extend(event.aliases)
            in_register.identifiers.extend(event.identifiers)
        if isinstance(event, PartyAliasAdded):
            in_register.aliases.append(event.alias)
        if isinstance(event, PartyIdentifierAdded):
            in_register.identifiers.append(event.identifier)
    return in_register

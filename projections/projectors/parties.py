"""Projectors of third parties: names, classes, aliases, identifiers, checks, risk flags and affiliations."""

from collections.abc import Iterator

from ledger.domain.party.affiliation import PartyAffiliated, PartySeparated
from ledger.domain.party.due_diligence import DueDiligenceCompleted, PartyScreened, RiskFlagLifted, RiskFlagRaised
from ledger.domain.party.party import (
    PartyAliasAdded,
    PartyIdentifierAdded,
    PartyReclassified,
    PartyRegistered,
    PartyRenamed,
)
from projections.projectors.registry import Assertion, projects
from projections.tables.schema import affiliations, checks, flags, party_facts


def _fact(party: str, fact: str, value: str) -> Assertion:
    return Assertion(party_facts, {"party": party, "fact": fact, "value": value})


@projects(PartyRegistered, PartyReclassified)
def _classes(event: PartyRegistered | PartyReclassified, party: str) -> Iterator[Assertion]:
    given = {"type": event.party_type, "membership": event.membership, "country": event.country}
    yield from (_fact(party, fact, value) for fact, value in given.items() if value is not None)


@projects(PartyRegistered, PartyRenamed)
def _names(event: PartyRegistered | PartyRenamed, party: str) -> Iterator[Assertion]:
    yield _fact(party, "name", event.name)


@projects(PartyRegistered)
def _others(event: PartyRegistered, party: str) -> Iterator[Assertion]:
    yield from (_fact(party, "alias", alias) for alias in event.aliases)
    yield from (_fact(party, "identifier", str(identifier)) for identifier in event.identifiers)


@projects(PartyAliasAdded)
def _alias(event: PartyAliasAdded, party: str) -> Iterator[Assertion]:
    yield _fact(party, "alias", event.alias)


@projects(PartyIdentifierAdded)
def _identifier(event: PartyIdentifierAdded, party: str) -> Iterator[Assertion]:
    yield _fact(party, "identifier", str(event.identifier))


@projects(PartyScreened)
def _screened(event: PartyScreened, party: str) -> Iterator[Assertion]:
    facts = {
        "party": party,
        "kind": "screening",
        "name": event.list,
        "version": event.list_version or "",
        "result": event.result,
        "found": "",
        "valid_until": event.valid_until or "",
    }
    yield Assertion(checks, facts)


@projects(DueDiligenceCompleted)
def _diligence(event: DueDiligenceCompleted, party: str) -> Iterator[Assertion]:
    facts = {
        "party": party,
        "kind": "due diligence",
        "name": event.level,
        "version": "",
        "result": event.outcome,
        "found": "; ".join(event.exclusions),
        "valid_until": event.valid_until or "",
    }
    yield Assertion(checks, facts)


@projects(RiskFlagRaised)
def _raised(event: RiskFlagRaised, party: str) -> Iterator[Assertion]:
    yield Assertion(flags, {"party": party, "flag": event.flag, "status": "raised", "what": event.what})


@projects(RiskFlagLifted)
def _lifted(event: RiskFlagLifted, party: str) -> Iterator[Assertion]:
    yield Assertion(flags, {"party": party, "flag": event.flag, "status": "lifted", "what": event.why})


@projects(PartyAffiliated)
def _affiliated(event: PartyAffiliated, party: str) -> Iterator[Assertion]:
    facts = {"party": party, "other": event.party, "status": "affiliated", "relation": event.relation or ""}
    yield Assertion(affiliations, facts)


@projects(PartySeparated)
def _separated(event: PartySeparated, party: str) -> Iterator[Assertion]:
    yield Assertion(affiliations, {"party": party, "other": event.party, "status": "separated", "relation": ""})

"""Third parties: names, classes, aliases, identifiers, each from a date on."""

from collections.abc import Iterator

from ledger.domain.party import (
    PartyAliasAdded,
    PartyIdentifierAdded,
    PartyReclassified,
    PartyRegistered,
    PartyRenamed,
)
from projections.rows import Row, projects
from projections.schema import party_facts


def _fact(party: str, fact: str, value: str) -> Row:
    return Row(party_facts, {"party": party, "fact": fact, "value": value})


@projects(PartyRegistered, PartyReclassified)
def _classes(event: PartyRegistered | PartyReclassified, party: str) -> Iterator[Row]:
    given = {"type": event.party_type, "membership": event.membership, "country": event.country}
    yield from (_fact(party, fact, value) for fact, value in given.items() if value is not None)


@projects(PartyRegistered, PartyRenamed)
def _names(event: PartyRegistered | PartyRenamed, party: str) -> Iterator[Row]:
    yield _fact(party, "name", event.name)


@projects(PartyRegistered)
def _others(event: PartyRegistered, party: str) -> Iterator[Row]:
    yield from (_fact(party, "alias", alias) for alias in event.aliases)
    yield from (_fact(party, "identifier", str(one)) for one in event.identifiers)


@projects(PartyAliasAdded)
def _alias(event: PartyAliasAdded, party: str) -> Iterator[Row]:
    yield _fact(party, "alias", event.alias)


@projects(PartyIdentifierAdded)
def _identifier(event: PartyIdentifierAdded, party: str) -> Iterator[Row]:
    yield _fact(party, "identifier", str(event.identifier))

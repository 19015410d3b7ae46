"""Affiliations of third parties: members of a network, a company and its foundation, parent and subsidiary.

An affiliation is recorded in the stream of one party and applies to both.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec

from ledger.domain.errors import LedgerError
from ledger.domain.fields import PartyName, Text
from ledger.domain.kernel import DecisionContext, Event, Fact, Keyed
from ledger.domain.party.party import AFFILIATION, Party, PartyCommand, PartyEvent


class OwnAffiliate(LedgerError):
    """A party would be affiliated with itself."""

    code = "own-affiliate"

    def __init__(self) -> None:
        """Refuse it."""
        super().__init__("A party cannot be affiliated with itself.", "Name two different parties.")


class AffiliatedAlready(LedgerError):
    """The two parties are affiliated already."""

    code = "affiliated-already"

    def __init__(self, other: str) -> None:
        """Refuse to affiliate with `other` again."""
        super().__init__(f"It is affiliated with {other} already.", "'ledger party show' shows since when and how.")


class NotAffiliated(LedgerError):
    """The record of the first party does not show an affiliation with the second."""

    code = "not-affiliated"

    def __init__(self, other: str) -> None:
        """Refuse to part from `other`."""
        super().__init__(
            f"It is not recorded here as affiliated with {other}.",
            "If the affiliation was recorded for the other party, name that one first.",
        )


NO_LONGER = ""
"""The relation of parties that were separated."""


def _with(party: str) -> Keyed:
    return Keyed(AFFILIATION, party)


class PartyAffiliated(PartyEvent, tag="party.affiliated", frozen=True):
    """Two third parties are affiliated from the effective date on; `relation` says how."""

    party: str
    relation: str | None = None

    def validate(self, state: Party, fact: Fact) -> None:
        """Check that the parties are not affiliated on the day. Raises NotRegistered, AffiliatedAlready."""
        super().validate(state, fact)
        if state.on(_with(self.party), fact.effective_on):
            raise AffiliatedAlready(self.party)

    def evolve(self, state: Party, fact: Fact) -> None:
        """Set the affiliation from the effective date on."""
        state.put(_with(self.party), self.relation or "affiliated", fact)

    def mentions(self) -> Iterable[str]:
        """Return the other party."""
        return (f"party/{self.party}",)


class PartySeparated(PartyEvent, tag="party.separated", frozen=True):
    """Two third parties are no longer affiliated."""

    party: str

    def validate(self, state: Party, fact: Fact) -> None:
        """Check that the parties are affiliated on the day. Raises NotRegistered, NotAffiliated."""
        super().validate(state, fact)
        if not state.on(_with(self.party), fact.effective_on):
            raise NotAffiliated(self.party)

    def evolve(self, state: Party, fact: Fact) -> None:
        """End the affiliation on the effective date."""
        state.put(_with(self.party), NO_LONGER, fact)

    def mentions(self) -> Iterable[str]:
        """Return the other party."""
        return (f"party/{self.party}",)


class _AffiliationCommand(PartyCommand, frozen=True):
    other: Annotated[PartyName, msgspec.Meta(description="the other party", extra={"argument": True})]

    def other_party(self, context: DecisionContext) -> str:
        """Return the reference of the other party. Raises UnknownParty, OwnAffiliate."""
        other = context.party(self.other)
        if other == context.party(self.party):
            raise OwnAffiliate
        return other

    def recorded(self, context: DecisionContext) -> Iterator[tuple[str, str]]:
        """Yield where the affiliation is recorded on the day: the record that has it, and how that names the other.

        The records are that of the party and those that were merged into it.
        """
        other = self.other_party(context)
        for ref, record in context.records(context.party(self.party)).items():
            for name in [name for name in record.facts if isinstance(name, Keyed) and name.section == AFFILIATION]:
                if record.on(name, context.effective_on) and context.survivor(name.key) == other:
                    yield ref, name.key


class AffiliateParty(_AffiliationCommand, tag="party affiliate", frozen=True):
    """Record that two third parties are affiliated; a conflict of interest of one is one of the other."""

    example = "P00001 P00002 --relation 'members of one network'"

    relation: Annotated[Text, msgspec.Meta(description="how they are affiliated")] | None = None

    def decide(self, state: Party, context: DecisionContext) -> Iterator[Event]:
        """Yield the affiliation. Raises UnknownParty, OwnAffiliate, AffiliatedAlready."""
        other = self.other_party(context)
        if any(self.recorded(context)):
            raise AffiliatedAlready(other)
        yield PartyAffiliated(party=other, relation=self.relation)


class SeparateParty(_AffiliationCommand, tag="party separate", frozen=True):
    """Record that two third parties are no longer affiliated."""

    example = "P00001 P00002 --effective 2026-12-31"

    def stream(self, context: DecisionContext) -> str:
        """Return the stream of the record that has the affiliation: of the party, or of one merged into it."""
        return f"party/{next((ref for ref, _ in self.recorded(context)), context.party(self.party))}"

    def decide(self, state: Party, context: DecisionContext) -> Iterator[Event]:
        """Yield the end of the affiliation. Raises UnknownParty, OwnAffiliate, NotAffiliated."""
        yield PartySeparated(party=next((name for _, name in self.recorded(context)), self.other_party(context)))

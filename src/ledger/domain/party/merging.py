"""Merging: two records are of one third party, and count as one from the entry on that says so.

The record that goes away says into which other one. Nothing that was recorded changes: what names the merged party is
read as if it named the other one, which keeps its own name and classes. A void of the merge parts them again.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any

import msgspec

from ledger.domain.errors import LedgerError, listed
from ledger.domain.fields import PartyName
from ledger.domain.kernel import DecisionContext, Event, Fact
from ledger.domain.party.party import (
    Party,
    PartyAliasAdded,
    PartyCommand,
    PartyEvent,
    PartyIdentifierAdded,
    PartyReclassified,
    PartyRegistered,
    PartyRenamed,
)


class OwnMerge(LedgerError):
    """A party would be merged into itself."""

    code = "own-merge"

    def __init__(self) -> None:
        """Refuse it."""
        super().__init__("A party cannot be merged into itself.", "Name two different parties.")


class MergedAlready(LedgerError):
    """A party is merged into another one already."""

    code = "merged-already"

    def __init__(self, ref: str, into: str) -> None:
        """Refuse to merge `ref`, or to merge something into it, since it is merged into `into`."""
        super().__init__(
            f"{ref} is merged into {into} already.", f"Name {into} instead; a void of the merge parts them again."
        )


class IdentifiersDiffer(LedgerError):
    """Two parties have different identifiers in one register, so they are not one."""

    code = "identifiers-differ"

    def __init__(self, scheme: str, one: Iterable[str], other: Iterable[str]) -> None:
        """Refuse to merge parties with the identifiers `one` and `other` of a scheme."""
        super().__init__(
            f"One has {scheme}={listed(one, 'and')}, the other {scheme}={listed(other, 'and')}: two organisations.",
            "If an identifier is wrong, void its entry first: 'ledger history' shows it.",
        )


class FlagsCollide(LedgerError):
    """Two parties have risk flags with the same key."""

    code = "flags-collide"

    def __init__(self, keys: Iterable[str]) -> None:
        """Refuse to merge parties that both have flags with these keys."""
        super().__init__(
            f"Both have a risk flag {listed(keys, 'and')}, and one party has each key once.",
            "Give one of them another key first: 'ledger correct POSITION --set' sets its flag.",
        )


class PartyMerged(PartyEvent, tag="party.merged", frozen=True):
    """This record and that of the party `into` are of one organisation: all that names this one counts for that one."""

    timeless = True
    corrected_by = "`ledger void` with the position of the merge: the two parties are two again."

    into: str

    def validate(self, state: Party, fact: Fact) -> None:
        """Check that the party is not merged already. Raises NotRegistered, MergedAlready."""
        super().validate(state, fact)
        if state.merged_into is not None:
            raise MergedAlready(state.name, state.merged_into)

    def evolve(self, state: Party, fact: Fact) -> None:
        """Note into which party it is merged."""
        state.merged_into = self.into

    def mentions(self) -> Iterable[str]:
        """Return the party that stays."""
        return (f"party/{self.into}",)


class MergeParty(PartyCommand, tag="party merge", frozen=True):
    """Record that two third parties are one organisation that was registered twice; a void parts them again."""

    example = "P00002 P00001 --reason 'Registered twice'"

    party: Annotated[PartyName, msgspec.Meta(description="the record that goes away", extra={"argument": True})]
    into: Annotated[
        PartyName,
        msgspec.Meta(description="the party that stays, with its name and classes", extra={"argument": True}),
    ]

    def stream(self, context: DecisionContext) -> str:
        """Return the stream of the party that goes away. Raises UnknownParty, AmbiguousParty."""
        return f"party/{context.named_party(self.party)}"

    def decide(self, state: Party, context: DecisionContext) -> Iterator[Event]:
        """Yield the merge.

        Raises OwnMerge, MergedAlready, IdentifiersDiffer, FlagsCollide, UnknownParty, AmbiguousParty.
        """
        party, into = context.named_party(self.party), context.named_party(self.into)
        if party == into:
            raise OwnMerge
        for ref in (party, into):
            if (survivor := context.survivor(ref)) != ref:
                raise MergedAlready(ref, survivor)
        going, staying = ([*context.records(ref).values()] for ref in (party, into))
        _check_identifiers(_identifiers(going), _identifiers(staying))
        both = {key for record in going for key in record.flags} & {key for record in staying for key in record.flags}
        if both:
            raise FlagsCollide(sorted(both))
        yield PartyMerged(into=into)


def _identifiers(records: Iterable[Party]) -> dict[str, set[str]]:
    by_scheme: dict[str, set[str]] = {}
    for identifier in (identifier for record in records for identifier in record.identifiers):
        by_scheme.setdefault(identifier.scheme, set()).add(identifier.id)
    return by_scheme


def _check_identifiers(one: dict[str, set[str]], other: dict[str, set[str]]) -> None:
    for scheme in sorted(one.keys() & other.keys()):
        if one[scheme].isdisjoint(other[scheme]):
            raise IdentifiersDiffer(scheme, sorted(one[scheme]), sorted(other[scheme]))


def survivor(ref: str, into: Callable[[str], str | None]) -> str:
    """Return the party as which a party counts: where the chain of merges ends, of which `into` gives the next one.

    A chain that leads back to where it was, which no rule allows, ends before it does.
    """
    passed = {ref}
    while (following := into(ref)) is not None and following not in passed:
        passed.add(following)
        ref = following
    return ref


def leads_back(stream: str, state_of: Callable[[str], Any]) -> bool:
    """Return whether the merges that begin with that of a party lead back to it, so that no party would be left."""
    passed: set[str] = set()
    following = stream
    while following not in passed:
        passed.add(following)
        into = state_of(following).merged_into
        if into is None:
            return False
        following = f"party/{into}"
    return True


NAMING = ("by", "vendor", "party")
"""Members of events that name a party, if the event mentions it: who asks for information is none."""


def of_survivors(event: Event, counts_as: Callable[[str], str]) -> Event:
    """Return an event that names the parties that stay in place of those that were merged into them."""
    mentioned = set(event.mentions())
    named = {name: ref for name in NAMING if f"party/{(ref := getattr(event, name, ''))}" in mentioned}
    changed: dict[str, Any] = {name: counts_as(ref) for name, ref in named.items() if counts_as(ref) != ref}
    between, roles = getattr(event, "between", None), getattr(event, "parties", None)
    if between and (fresh := tuple(dict.fromkeys(map(counts_as, between)))) != between:
        changed["between"] = fresh
    if roles:
        resolved = (msgspec.structs.replace(role, party=counts_as(role.party)) for role in roles)
        if (fresh := tuple(dict.fromkeys(resolved))) != roles:
            changed["parties"] = fresh
    return msgspec.structs.replace(event, **changed) if changed else event


def as_of_survivor(event: Event, into: str, counts_as: Callable[[str], str]) -> Iterator[Event]:
    """Yield what an event of a merged party says of the party that it was merged into.

    The names are aliases; the classes do not count, nor does what would affiliate the party with itself.
    """
    event = of_survivors(event, counts_as)
    if isinstance(event, PartyRegistered):
        yield from (PartyAliasAdded(alias=name) for name in (event.name, *event.aliases))
        yield from (PartyIdentifierAdded(identifier=identifier) for identifier in event.identifiers)
    elif isinstance(event, PartyRenamed):
        yield PartyAliasAdded(alias=event.name)
    elif not isinstance(event, PartyReclassified | PartyMerged) and getattr(event, "party", None) != into:
        yield event

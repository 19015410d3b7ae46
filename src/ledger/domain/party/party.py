"""Third parties: outside organisations with their names, classes and identifiers."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec

from ledger.domain.code_lists import check_codes
from ledger.domain.errors import LedgerError
from ledger.domain.fields import (
    ORGANIZATION,
    BadReference,
    Identifier,
    PartyName,
    Text,
    about,
    checked_reference,
    reading_key,
)
from ledger.domain.kernel import Command, Dated, DecisionContext, Event, Fact, Keyed, Line, State
from ledger.domain.party.known_codes import check_identifier, country_code
from ledger.domain.party.names import DuplicateParty, check_free, check_name

NO_MEMBERSHIP = "none"
"""Membership of a party that is known to be no member; None means that membership is not recorded."""
CLASSES = ("type", "membership", "country")
"""Facts by which parties are classified."""
AFFILIATION = "belongs together with"
"""Section of the facts that name an affiliated party."""


class Party(State):
    """The state of a third party."""

    kind = "party"

    def __init__(self) -> None:
        """Create the state of a party that is not registered."""
        super().__init__()
        self.aliases: dict[str, None] = {}
        self.identifiers: dict[Identifier, None] = {}
        self.flags: dict[str, Dated] = {}
        self.lifted: dict[str, str] = {}
        self.merged_into: str | None = None

    @property
    def name(self) -> str:
        """The current name."""
        return str(self.get("name"))

    def names(self) -> list[str]:
        """Return the texts that identify this party: name, former names, aliases, identifiers as SCHEME=ID."""
        return [self.name, *self.aliases, *(f"{identifier.scheme}={identifier.id}" for identifier in self.identifiers)]

    def affiliations(self) -> dict[str, str]:
        """Return the affiliated parties that this stream records, each with the relation."""
        return {
            name.key: fact.value
            for name, fact in self.facts.items()
            if isinstance(name, Keyed) and name.section == AFFILIATION and fact.value
        }

    def describe(self) -> list[Line]:
        """Return name and classes, into which party it is merged, other names, checks, affiliations and risk flags."""
        lines = [Line(name, str(self.get(name))) for name in ("name", *CLASSES) if self.get(name)]
        if self.merged_into:
            lines.append(Line("merged into", self.merged_into, value_has_parties=True))
        if self.aliases:
            lines.append(Line("also known as", "; ".join(sorted(self.aliases, key=reading_key))))
        if self.identifiers:
            lines.append(Line("identifiers", "; ".join(sorted(map(str, self.identifiers), key=reading_key))))
        for name, fact in sorted(self.facts.items(), key=lambda item: reading_key(str(item[0]))):
            if isinstance(name, Keyed) and fact.value:
                is_affiliation = name.section == AFFILIATION
                lines.append(Line(str(name), str(fact.value), *name, label_has_parties=is_affiliation))
            elif fact.value and name not in ("name", *CLASSES):
                lines.append(Line(str(name), str(fact.value)))
        for key, flag in sorted(self.flags.items(), key=lambda item: reading_key(item[0])):
            text = f"{flag.value}; lifted: {self.lifted[key]}" if key in self.lifted else flag.value
            lines.append(Line(f"risk flag {key}", text, "risk flag", key))
        return lines


class PartyRegistered(Event, tag="party.registered", frozen=True):
    """A third party was registered; its particulars hold for all time, until a dated change."""

    timeless = True

    name: str
    party_type: str | None = None
    membership: str | None = None
    country: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    aliases: tuple[str, ...] = ()

    def validate(self, state: Party, fact: Fact) -> None:
        """Check that the party is not registered. Raises DuplicateParty."""
        if state.exists:
            raise DuplicateParty(self.name, state.name)

    def evolve(self, state: Party, fact: Fact) -> None:
        """Set name and classes, and add aliases and identifiers."""
        state.exists = True
        state.put("name", self.name, fact)
        for label, value in (("type", self.party_type), ("membership", self.membership), ("country", self.country)):
            if value is not None:
                state.put(label, value, fact)
        state.aliases.update(dict.fromkeys(self.aliases))
        state.identifiers.update(dict.fromkeys(self.identifiers))

    def names(self) -> Iterable[str]:
        """Return name, aliases and identifiers."""
        return (self.name, *self.aliases, *(f"{identifier.scheme}={identifier.id}" for identifier in self.identifiers))


class PartyEvent(Event, frozen=True):
    """An event of a registered party."""

    def validate(self, state: Party, fact: Fact) -> None:
        """Check that the party is registered. Raises NotRegistered."""
        if not state.exists:
            raise NotRegistered(self.tag())


class NotRegistered(LedgerError):
    """An entry needs the registration of a party that is voided."""

    code = "not-registered"

    def __init__(self, what: str) -> None:
        """Refuse `what`."""
        super().__init__(
            f"{what} needs a party whose registration is not voided.", "Void what depends on it first, or together."
        )


class PartyRenamed(PartyEvent, tag="party.renamed", frozen=True):
    """A third party took another name; the former one stays an alias."""

    name: str

    def restated(self, was: Party, now: Party, on: str) -> "PartyRenamed | None":
        """Return the new name, unless the party has it."""
        return None if now.get("name") == self.name else self

    def evolve(self, state: Party, fact: Fact) -> None:
        """Set the name and add the former one to the aliases."""
        state.aliases[state.name] = None
        state.put("name", self.name, fact)
        state.aliases[self.name] = None
        state.aliases.pop(state.name)

    def names(self) -> Iterable[str]:
        """Return the new name."""
        return (self.name,)


class PartyReclassified(PartyEvent, tag="party.reclassified", frozen=True):
    """A third party's type, membership or country was changed, from a date on."""

    party_type: str | None = None
    membership: str | None = None
    country: str | None = None

    def restated(self, was: Party, now: Party, on: str) -> "PartyReclassified | None":
        """Return the classes that still differ; None if there are none."""
        given = {"party_type": "type", "membership": "membership", "country": "country"}
        same = [name for name, label in given.items() if getattr(self, name) == now.on(label, on)]
        fresh = msgspec.structs.replace(self, **dict.fromkeys(same))
        return None if fresh == PartyReclassified() else fresh

    def evolve(self, state: Party, fact: Fact) -> None:
        """Set the classes from the effective date on."""
        for label, value in (("type", self.party_type), ("membership", self.membership), ("country", self.country)):
            if value is not None:
                state.put(label, value, fact)


class PartyAliasAdded(PartyEvent, tag="party.alias_added", frozen=True):
    """Another name of this third party was recorded."""

    alias: str

    def restated(self, was: Party, now: Party, on: str) -> "PartyAliasAdded | None":
        """Return the alias, unless the party has it."""
        return None if now.exists and self.alias in now.names() else self

    def evolve(self, state: Party, fact: Fact) -> None:
        """Add the alias."""
        state.aliases[self.alias] = None

    def names(self) -> Iterable[str]:
        """Return the alias."""
        return (self.alias,)


class PartyIdentifierAdded(PartyEvent, tag="party.identifier_added", frozen=True):
    """An identifier of this third party in someone else's register was recorded."""

    identifier: Identifier

    def restated(self, was: Party, now: Party, on: str) -> "PartyIdentifierAdded | None":
        """Return the identifier, unless the party has it."""
        return None if self.identifier in now.identifiers else self

    def evolve(self, state: Party, fact: Fact) -> None:
        """Add the identifier."""
        state.identifiers[self.identifier] = None

    def names(self) -> Iterable[str]:
        """Return the identifier."""
        return (f"{self.identifier.scheme}={self.identifier.id}",)


PartyType = Annotated[str, about("type of party, like 'Academia'", option="type", codes="list.party-types")]
Membership = Annotated[str, about("membership, or 'none' for no member", codes="list.memberships")]
Country = Annotated[str, about("country, ISO 3166-1 alpha-2, like CH")]
Namesake = Annotated[
    bool,
    msgspec.Meta(description="it is another party with the same name, or one that looks like it", extra={"as": "flag"}),
]
NewIdentifier = Annotated[Identifier, msgspec.Meta(description="SCHEME=ID, like LEI=…", extra={"as": "identifier"})]


def _check_classes(context: DecisionContext, party_type: str | None, membership: str | None) -> None:
    check_codes(context, "list.party-types", [party_type])
    if membership != NO_MEMBERSHIP:
        check_codes(context, "list.memberships", [membership])


class RegisterParty(Command, tag="party register", frozen=True):
    """Enter a third party in the register."""

    stream_kind = "party"
    key = "ref"
    example = "'World Meteorological Organization' --type 'UN organizations' --membership none"
    offered = ("party_type", "membership", "country")
    numbered = "ref"

    name: Annotated[Text, about("its name, as it writes it itself", argument=True)]
    ref: Annotated[str | None, about("its reference; the next free P number if not given")] = None
    party_type: PartyType | None = None
    membership: Membership | None = None
    country: Country | None = None
    identifiers: Annotated[
        tuple[NewIdentifier, ...],
        msgspec.Meta(description="SCHEME=ID; may be repeated", extra={"as": "identifiers", "option": "identifier"}),
    ] = ()
    aliases: Annotated[
        tuple[str, ...],
        msgspec.Meta(description="another name; may be repeated", extra={"as": "texts", "option": "alias"}),
    ] = ()
    namesake: Namesake = False

    def stream(self, context: DecisionContext) -> str:
        """Return the stream of the new party. Raises BadReference, also for the reserved `organization`."""
        if self.ref == ORGANIZATION:
            raise BadReference(self.ref)
        return f"party/{checked_reference(self.ref) if self.ref else context.new_party()}"

    def decide(self, state: Party, context: DecisionContext) -> Iterator[Event]:
        """Yield the registration.

        Raises DuplicateParty, LooksLikeParty, NearParty, NoName, ReservedName, UnknownCountry, WrongCheckDigits.
        """
        if state.exists:
            raise DuplicateParty(self.ref or self.name, self.ref or self.name)
        for text in (self.name, *self.aliases):
            check_name(context, text, namesake=self.namesake)
        for identifier in self.identifiers:
            check_identifier(identifier)
            check_free(context, f"{identifier.scheme}={identifier.id}")
        country = country_code(self.country)
        _check_classes(context, self.party_type, self.membership)
        yield PartyRegistered(
            name=self.name,
            party_type=self.party_type,
            membership=self.membership,
            country=country,
            identifiers=self.identifiers,
            aliases=self.aliases,
        )


class PartyCommand(Command, frozen=True):
    """A command about a party that is registered."""

    stream_kind = "party"
    key = "party"

    party: Annotated[PartyName, msgspec.Meta(extra={"argument": True})]

    def records(self, context: DecisionContext) -> Iterable[Party]:
        """Return the states of the party and of those that were merged into it. Raises UnknownParty, AmbiguousParty."""
        return context.records(context.party(self.party)).values()


class RenameParty(PartyCommand, tag="party rename", frozen=True):
    """Record that a third party took another name."""

    example = "P00001 'World Meteorological Organization (WMO)'"

    name: Annotated[Text, about("its new name", argument=True)]
    namesake: Namesake = False

    def decide(self, state: Party, context: DecisionContext) -> Iterator[Event]:
        """Yield the new name, if it differs. Raises DuplicateParty, LooksLikeParty, NearParty, NoName."""
        check_name(context, self.name, context.party(self.party), namesake=self.namesake)
        if state.name != self.name:
            yield PartyRenamed(name=self.name)


class ReclassifyParty(PartyCommand, tag="party reclassify", frozen=True):
    """Change a third party's type, membership or country, from a date on."""

    example = "P00001 --membership 'Member State'"

    party_type: PartyType | None = None
    membership: Membership | None = None
    country: Country | None = None

    def decide(self, state: Party, context: DecisionContext) -> Iterator[Event]:
        """Yield the classes that differ. Raises UnknownCode, UnknownCountry."""
        country = country_code(self.country)
        _check_classes(context, self.party_type, self.membership)
        given = {"party_type": self.party_type, "membership": self.membership, "country": country}
        labels = {"party_type": "type", "membership": "membership", "country": "country"}
        changed = {
            name: value
            for name, value in given.items()
            if value and value != state.on(labels[name], context.effective_on)
        }
        if changed:
            yield PartyReclassified(**changed)


class AddAlias(PartyCommand, tag="party alias", frozen=True):
    """Record another name by which a third party is known."""

    example = "P00001 'WMO'"

    alias: Annotated[Text, about("the other name", argument=True)]
    namesake: Namesake = False

    def decide(self, state: Party, context: DecisionContext) -> Iterator[Event]:
        """Yield the alias, unless the party has it. Raises DuplicateParty, LooksLikeParty, NearParty, NoName."""
        check_name(context, self.alias, context.party(self.party), namesake=self.namesake)
        if not any(self.alias in record.names() for record in self.records(context)):
            yield PartyAliasAdded(alias=self.alias)


class AddIdentifier(PartyCommand, tag="party identify", frozen=True):
    """Record the number that somebody else's register gives a third party."""

    example = "P00001 XM-DAC=41140"

    identifier: Annotated[NewIdentifier, msgspec.Meta(extra={"argument": True})]

    def decide(self, state: Party, context: DecisionContext) -> Iterator[Event]:
        """Yield the identifier, unless the party has it. Raises DuplicateParty, WrongCheckDigits."""
        check_identifier(self.identifier)
        check_free(context, f"{self.identifier.scheme}={self.identifier.id}", context.party(self.party))
        if not any(self.identifier in record.identifiers for record in self.records(context)):
            yield PartyIdentifierAdded(identifier=self.identifier)

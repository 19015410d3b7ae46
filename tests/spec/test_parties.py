"""Third parties: registered once, renamed and reclassified, with unique aliases and identifiers."""

from typing import Any

import pytest

from ledger.domain.fields import BadReference, Identifier
from ledger.domain.kernel import Command, Event, Fact
from ledger.domain.party.names import DuplicateParty
from ledger.domain.party.party import (
    AddAlias,
    AddIdentifier,
    NotRegistered,
    Party,
    PartyAliasAdded,
    PartyIdentifierAdded,
    PartyReclassified,
    PartyRegistered,
    PartyRenamed,
    ReclassifyParty,
    RegisterParty,
    RenameParty,
)
from ledger.domain.refusals import InTheFuture, UnknownParty
from tests.spec.scenario import Scenario
from tests.spec.stories import ALPHA, BETA, party

WMO = Identifier("XM-DAC", "41140")


def test_registering(spec: Scenario) -> None:
    """One event contains all members of the registration."""
    members: dict[str, Any] = {"party_type": "Academia", "membership": "none", "country": "CH"}
    command = RegisterParty(ref="A", name="Alpha", identifiers=(WMO,), aliases=("Alpha Uni",), **members)
    spec.when(command)
    spec.then(PartyRegistered(name="Alpha", identifiers=(WMO,), aliases=("Alpha Uni",), **members))
    assert "party/A" == spec.entry(2).stream


def test_references_are_made(spec: Scenario) -> None:
    """Without a reference, the party gets the P number after the greatest, whatever other references exist."""
    spec.given(RegisterParty(name="One"), party("P9", "Nine"), party("P00004", "Four"), party("Q", "Q"))
    spec.given(RegisterParty(name="Five"), RegisterParty(name="Six"))
    assert ["party/P00001", "party/P00005", "party/P00006"] == [spec.entry(n).stream for n in (2, 6, 7)]


def test_a_reference_is_used_once(spec: Scenario) -> None:
    """A reference in use, an invalid one, and the reserved `organization` are refused."""
    spec.given(ALPHA)
    spec.when(party("ALPHA", "Other")).then_refused(DuplicateParty, "'ALPHA' is party ALPHA already")
    spec.when(party("A=B", "Other")).then_refused(BadReference, "'A=B'")
    spec.when(party("organization", "Other")).then_refused(BadReference, "'organization'")


@pytest.mark.parametrize(
    "command",
    [
        party("X", "Alpha University"),
        party("X", "  ALPHA   university "),
        party("X", "Alpha\u00a0University"),
        party("X", "Ａlpha University"),
        party("X", "Other", aliases=("alpha university",)),
        party("X", "Alpha U."),
        party("X", "Other", identifiers=(WMO,)),
        party("X", "xm-dac=41140"),
    ],
)
def test_names_aliases_and_identifiers_are_of_one_party(spec: Scenario, command: Command) -> None:
    """A name in use is refused, also as alias or identifier, and with other case, width or spacing."""
    spec.given(party("ALPHA", "Alpha University", aliases=("Alpha U.",), identifiers=(WMO,)))
    spec.when(command).then_refused(DuplicateParty, "is party ALPHA already", "register it with --namesake")


def test_namesakes(spec: Scenario) -> None:
    """With `namesake`, another party of the same name is registered; identifiers stay unique."""
    spec.given(party("ALPHA", "Alpha University", identifiers=(WMO,)))
    spec.when(party("A2", "Alpha University", namesake=True)).then(PartyRegistered(name="Alpha University"))
    spec.when(party("A3", "Alpha", identifiers=(WMO,), namesake=True)).then_refused(DuplicateParty, "XM-DAC=41140")


def test_renaming(spec: Scenario) -> None:
    """The former name becomes an alias; the current name records nothing; another party's name is refused."""
    spec.given(ALPHA, BETA)
    spec.when(RenameParty(party="Alpha University", name="Alpha Institute")).then(PartyRenamed(name="Alpha Institute"))
    state = spec.state("party/ALPHA")
    assert ("Alpha Institute", ["Alpha University"]) == (state.name, list(state.aliases))
    spec.when(RenameParty(party="ALPHA", name="Alpha Institute")).then_nothing()
    spec.when(RenameParty(party="ALPHA", name="beta foundation")).then_refused(DuplicateParty, "party BETA")
    spec.when(RenameParty(party="alpha university", name="Alpha University")).then(
        PartyRenamed(name="Alpha University")
    )
    state = spec.state("party/ALPHA")
    assert ("Alpha University", ["Alpha Institute"]) == (state.name, list(state.aliases))


def test_a_former_name_learned_late(spec: Scenario) -> None:
    """A rename dated before the current one adds an alias and leaves the name."""
    spec.given(ALPHA).given(RenameParty(party="ALPHA", name="Alpha Institute"), effective="2024-06-01")
    spec.given(RenameParty(party="ALPHA", name="Alpha Kolleg"), effective="2024-01-01")
    state = spec.state("party/ALPHA")
    assert ("Alpha Institute", ["Alpha University", "Alpha Kolleg"]) == (state.name, list(state.aliases))


def test_a_registration_is_of_no_date(spec: Scenario) -> None:
    """Facts about a party may be dated before its registration."""
    spec.given(party("A", "Alpha", country="CH"), effective="2024-06-01")
    spec.given(ReclassifyParty(party="A", country="FR"), effective="2020-01-01")
    assert "FR" == spec.state("party/A").get("country")


def test_reclassifying(spec: Scenario) -> None:
    """Only classes that differ are recorded; the latest date counts."""
    spec.given(party("A", "Alpha", party_type="Academia", country="CH"))
    spec.when(ReclassifyParty(party="A", party_type="Academia", country="CH")).then_nothing()
    spec.when(ReclassifyParty(party="A", party_type="Academia", country="FR")).then(PartyReclassified(country="FR"))
    spec.when(ReclassifyParty(party="A", membership="none"), effective="2024-07-01")
    spec.then(PartyReclassified(membership="none"))
    spec.when(ReclassifyParty(party="A", country="IT"), effective="2025-07-01").then(PartyReclassified(country="IT"))
    assert "FR" == spec.state("party/A").get("country")


def test_aliases(spec: Scenario) -> None:
    """An alias is added once, and refused if it belongs to another party."""
    spec.given(ALPHA, BETA)
    spec.when(AddAlias(party="ALPHA", alias="AU")).then(PartyAliasAdded(alias="AU"))
    for alias in ("AU", "Alpha University"):
        spec.when(AddAlias(party="AU", alias=alias)).then_nothing()
    spec.when(AddAlias(party="BETA", alias="au")).then_refused(DuplicateParty, "'au' is party ALPHA already")


def test_identifiers(spec: Scenario) -> None:
    """An identifier is added once, and refused if it belongs to another party."""
    spec.given(ALPHA, BETA)
    spec.when(AddIdentifier(party="ALPHA", identifier=WMO)).then(PartyIdentifierAdded(identifier=WMO))
    spec.when(AddIdentifier(party="XM-DAC=41140", identifier=WMO)).then_nothing()
    spec.when(AddIdentifier(party="BETA", identifier=WMO)).then_refused(DuplicateParty, "party ALPHA already")


ABOUT: list[Command] = [
    RenameParty(party="Nobody", name="Somebody"),
    ReclassifyParty(party="Nobody", country="CH"),
    AddAlias(party="Nobody", alias="Somebody"),
    AddIdentifier(party="Nobody", identifier=WMO),
]


@pytest.mark.parametrize("command", ABOUT)
def test_unknown_parties(spec: Scenario, command: Command) -> None:
    """Commands on a party that is not registered are refused."""
    spec.given(ALPHA).when(command).then_refused(UnknownParty, "No party is known as 'Nobody'", "ledger party list")


@pytest.mark.parametrize(
    "event",
    [
        PartyRenamed(name="Somebody"),
        PartyReclassified(country="CH"),
        PartyAliasAdded(alias="AU"),
        PartyIdentifierAdded(identifier=WMO),
    ],
)
def test_every_event_of_a_party_needs_its_registration(event: Event) -> None:
    """Each event checks the registration itself, also during a void."""
    with pytest.raises(NotRegistered, match=f"{event.tag()} needs a party whose registration is not voided"):
        event.validate(Party(), Fact(1, "2024-03-01", event))


@pytest.mark.parametrize("command", [ALPHA, *ABOUT])
def test_facts_of_parties_are_not_of_the_future(spec: Scenario, command: Command) -> None:
    """Events of parties cannot be dated in the future."""
    spec.given(party("Nobody", "N"))
    spec.when(command, effective="2026-01-17").then_refused(InTheFuture, "party.")

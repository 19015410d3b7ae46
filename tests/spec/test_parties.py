"""Third parties: registered once, renamed and reclassified, with unique aliases and identifiers."""

from collections.abc import Callable
from typing import Any

import pytest

from ledger.application.transaction import UnitOfWork
from ledger.domain.fields import BadReference, Identifier
from ledger.domain.kernel import Command, Event, Fact
from ledger.domain.party.merging import MergeParty
from ledger.domain.party.names import DuplicateParty, ReservedName
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
from ledger.domain.voiding import VoidEntries
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


def test_references_after_five_digits(spec: Scenario) -> None:
    """After P99999 the references go on in six digits; what else begins with P makes no difference."""
    others = ("P99999", "P00007X", "P99998.0", "Pxyz", "P9 9999", "P5ABCD", "P100001X", "P123456")
    spec.given(*(party(ref, f"Party of {ref}") for ref in others))
    spec.given(*(RegisterParty(name=f"Given {number}") for number in range(3)))
    spec.given(VoidEntries(positions=(spec.size,), reason="Twice"), RegisterParty(name="After a gap"))
    spec.given(MergeParty(party="P100001", into="P100000"), RegisterParty(name="After a merge"))
    expected = ["P100000", "P100001", "P100002", "P100003", "P100004"]
    registered = [
        entry.stream for entry in map(spec.entry, range(10, spec.size + 1)) if type(entry.event) is PartyRegistered
    ]
    assert [f"party/{ref}" for ref in expected] == registered


def test_two_new_parties_of_one_request(spec: Scenario) -> None:
    """Parties that are registered together get different references, also where five digits end."""
    spec.given(party("P99998", "Last but one"))
    spec.when(*(RegisterParty(name=f"Given {number}") for number in range(3)))
    spec.then(*(PartyRegistered(name=f"Given {number}") for number in range(3)))
    assert ["P99999", "P100000", "P100001"] == [spec.entry(n).stream.partition("/")[2] for n in (3, 4, 5)]


@pytest.mark.parametrize("ref", ["P00300", "P100300"])
def test_the_next_reference_takes_one_look_up(spec: Scenario, ref: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store is asked once for the next reference, and reads nothing else, however many there are."""
    first = 100_000 if len(ref) > 6 else 1
    streams = [f"party/P{number:05}" for number in range(first, int(ref[1:]) + 1)]
    streams += ["party/P99999"] if first > 1 else []
    spec.given(*(RegisterParty(ref=stream[6:], name=f"Party {n}") for n, stream in enumerate(streams)))
    asked: list[object] = []
    for name in ("last_number", "stream", "place", "streams"):
        monkeypatch.setattr(spec.store, name, _counted(getattr(spec.store, name), asked))
    with spec.store.writing():
        unit = UnitOfWork(spec.ledger, spec.clock())
        before = len(asked)
        assert f"P{int(ref[1:]) + 1:05}" == unit.new_party()
        assert [("party/P", 5, 0)] == asked[before:]


def _counted(function: Callable[..., Any], asked: list[object]) -> Callable[..., Any]:
    def counted(*values: object) -> Any:
        asked.append(values)
        return function(*values)

    return counted


@pytest.mark.parametrize("name", ["P00099", "P99999", "P100000", "P1234567", "Organization"])
def test_names_that_read_like_references(spec: Scenario, name: str) -> None:
    """No party is called like a reference that the ledger gives, now or after P99999."""
    spec.when(party("X", name)).then_refused(ReservedName, f"'{name}'")
    spec.given(*(party(f"X{n}", text) for n, text in enumerate(("P0099", "P012345", "P-100000", "PP00001"))))


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

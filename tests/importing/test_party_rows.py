"""Registers of third parties: registered once, found again by any of their names, changed where the rows change."""

import pytest

from ledger.domain.party.party import Party
from ledger.importing.profile.load import read_profile
from tests.importing.desk import TODAY, Desk, faults, table

PROFILE = """
kind = "parties"
[columns]
reference = "ref"
name = "name"
type = "type"
membership = "member"
country = "country"
identifiers = "ids"
aliases = "aka"
[empty]
membership = "none"
"""
ROW = {"ref": "", "name": "World Met Organization", "type": "UN organizations", "member": "", "country": "CH",
       "ids": "XM-DAC=41140; LEI=X1", "aka": "WMO; OMM"}  # fmt: skip


def party(**cells: str) -> dict[str, str]:
    """Return the cells of a row that is right, with these in place of its own."""
    return ROW | cells


@pytest.fixture
def parties(desk: Desk) -> Desk:
    """Return a desk with the profile of parties."""
    desk.profile = read_profile("parties", PROFILE.encode())
    return desk


def held(desk: Desk, ref: str = "P00001") -> Party:
    """Return a party as it stands."""
    state = desk.ledger.fold(f"party/{ref}")[0]
    assert isinstance(state, Party)
    return state


def test_row_registers_a_party(parties: Desk) -> None:
    """A row registers its party with all that it says; the file again adds nothing."""
    outcome = parties.take(data=table(party(), party(ref="ORG-7", name="Beta", ids="", aka="")))
    assert (2, 2, 2, []) == (outcome.rows, outcome.registered, outcome.parties, outcome.faults)
    found = held(parties)
    assert ["World Met Organization", "WMO", "OMM", "XM-DAC=41140", "LEI=X1"] == found.names()
    assert ("UN organizations", "none", "CH") == tuple(map(found.get, ("type", "membership", "country")))
    assert "Beta" == held(parties, "ORG-7").name
    first = parties.entries()[0]
    assert first.source is not None
    assert (outcome.sha256, 1, TODAY) == (first.source.sha256, first.source.row, first.effective_on)
    size = parties.size
    assert 2 == parties.take(data=table(party(), party(ref="ORG-7", name="Beta", ids="", aka=""))).unchanged
    assert size == parties.size


@pytest.mark.parametrize(
    "cells", [{"name": "WMO", "ids": "", "aka": ""}, {"name": "Other", "ids": "LEI=X1", "aka": ""}]
)
def test_party_that_staff_registered_is_found(parties: Desk, cells: dict[str, str]) -> None:
    """A party is found by identifier, name and alias; what the register says of it is recorded."""
    parties.do("party register", "2024-01-01", name="World Met Organization", aliases=["WMO"],
               identifiers=[{"scheme": "LEI", "id": "X1"}])  # fmt: skip
    outcome = parties.take(data=table(party(**cells)))
    assert (1, 0, []) == (outcome.amended, outcome.parties, outcome.faults)
    assert "UN organizations" == held(parties).get("type")
    expected = "World Met Organization" if cells["name"] == "WMO" else "Other"
    assert expected == held(parties).name
    assert 1 == parties.take(data=table(party(**cells))).unchanged


def test_changed_row(parties: Desk) -> None:
    """Renamed, reclassified, with a new alias and identifier: one command, told field by field."""
    parties.take(data=table(party(ref="ORG-1")))
    changed = party(ref="ORG-1", name="WMO International", type="Other", aka="WMO; OMM; WMI",
                    ids="XM-DAC=41140; LEI=X1; GRID=1")  # fmt: skip
    outcome = parties.take(data=table(changed))
    assert [
        ("name", "World Met Organization", "WMO International"), ("type", "UN organizations", "Other"),
        ("aliases", "", "WMI"), ("identifiers", "", "GRID=1"),
    ] == [(one.field, one.was, one.becomes) for one in outcome.changes]  # fmt: skip
    assert ["party.renamed", "party.reclassified", "party.alias_added", "party.identifier_added"] == parties.tags()[1:]
    assert {TODAY} == {entry.effective_on for entry in parties.entries()}
    assert 1 == parties.take(data=table(changed)).unchanged
    back = parties.take(data=table(party(ref="ORG-1")))
    assert (1, 2) == (back.amended, len(back.notices))
    assert "World Met Organization" == held(parties, "ORG-1").name


def test_change_from_a_day_and_correction(parties: Desk) -> None:
    """A change counts from the day given; a correction from the day of what it corrects."""
    parties.take(data=table(party()), effective_on="2024-01-01")
    parties.take(data=table(party(type="Other")), effective_on="2025-01-01")
    assert "2025-01-01" == parties.entries()[-1].effective_on
    outcome = parties.take(data=table(party(type="Academia", country="FR")), correct=True)
    assert (1, "2025-01-01") == (outcome.corrected, parties.entries()[-1].effective_on)


def test_what_staff_changed_stays_while_the_row_is_the_same(parties: Desk) -> None:
    """The same row adds nothing, whatever staff changed or took back."""
    parties.take(data=table(party()))
    parties.do("party rename", party="P00001", name="WMO International")
    parties.do("party reclassify", party="P00001", country="FR")
    assert 1 == parties.take(data=table(party())).unchanged
    parties.take(data=table(party(aka="WMO; OMM; WMI")))
    parties.do("void", positions=[parties.size], reason="Not a name of it")
    assert 1 == parties.take(data=table(party(aka="WMO; OMM; WMI"))).unchanged
    assert ("WMO International", "FR") == (held(parties).name, held(parties).get("country"))


def test_empty_cell_changes_nothing(parties: Desk) -> None:
    """An empty cell changes nothing; what it means for a new party is for new parties."""
    parties.take(data=table(party(member="Member State")))
    assert 1 == parties.take(data=table(party(type="", country="", member="", aka="WMO; OMM"))).unchanged
    assert "Member State" == held(parties).get("membership")


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"name": ""}, "name", "empty-cell"),
        ({"name": "a\u202eb"}, "name", "bad-text"),
        ({"ref": "a|b"}, "ref", "bad-reference"),
        ({"ids": "41140"}, "ids", "bad-reference"),
        ({"name": "Gamma", "ids": "LEI=G", "aka": "Beta"}, "ids", "identifier-differs"),
        ({"name": "Gamma", "ids": "", "aka": "Alpha; Beta"}, "name", "ambiguous-party"),
        ({"ref": "ORG-9", "name": "Beta", "ids": "", "aka": ""}, "name", "duplicate-party"),
        ({"ref": "organization"}, "ref", "bad-reference"),
    ],
)
def test_row_that_is_wrong(parties: Desk, cells: dict[str, str], column: str, code: str) -> None:
    """What is wrong is told with its column, and nothing of the file is recorded."""
    parties.do("party register", "2024-01-01", name="Alpha")
    parties.do("party register", "2024-01-01", name="Beta", identifiers=[{"scheme": "LEI", "id": "B"}])
    size = parties.size
    outcome = parties.take(data=table(party(name="Delta", ids="", aka=""), party(**cells)))
    assert [(2, column, code)] == faults(outcome)
    assert size == parties.size


def test_one_party_in_two_rows(parties: Desk) -> None:
    """Each party has one row, whatever it is called in the second."""
    rows = [party(), party(name="Met Organization", ids="LEI=X1", aka="")]
    assert [(2, "name", "repeated-reference")] == faults(parties.take(data=table(*rows)))
    rows = [party(ids="", aka=""), party(ids="", aka="")]
    assert [(2, "repeated-reference")] == [(row, code) for row, _, code in faults(parties.take(data=table(*rows)))]


def test_names_much_alike_are_told(parties: Desk) -> None:
    """A new party whose name is much like a known one is registered, and told."""
    parties.do("party register", "2024-01-01", name="World Met Organisation")
    outcome = parties.take(data=table(party()))
    assert 1 == outcome.registered
    assert "much like World Met Organisation (P00001)" in outcome.notices[0].text


def test_party_that_was_voided(parties: Desk) -> None:
    """What staff took back stays taken back: the same row adds nothing, a changed one is refused."""
    parties.take(data=table(party(), party(ref="ORG-7", name="Beta", ids="", aka="")))
    parties.do("void", positions=[2, 3], reason="Recorded by mistake")
    size = parties.size
    assert 2 == parties.take(data=table(party(), party(ref="ORG-7", name="Beta", ids="", aka=""))).unchanged
    assert size == parties.size
    outcome = parties.take(data=table(party(country="FR"), party(ref="ORG-7", name="Beta", type="x", ids="", aka="")))
    assert ["taken-back"] * 2 == [code for _, _, code in faults(outcome)]


def test_code_lists(parties: Desk) -> None:
    """Types and memberships must be of the lists in force; none is always a membership."""
    parties.do("setting change", name="list.party-types", value=["Academia"])
    parties.do("setting change", name="list.memberships", value=["Member State"])
    rows = [
        party(),
        party(name="B", type="Academia", ids="", aka=""),
        party(name="C", type="", member="x", ids="", aka=""),
    ]
    assert [(1, "type"), (3, "member")] == [(row, column) for row, column, _ in faults(parties.take(data=table(*rows)))]


def test_then_a_register_of_agreements(parties: Desk) -> None:
    """Agreements find the parties that a register of parties gave, by any of their names."""
    from ledger.importing.profile.load import load_profile  # noqa: PLC0415 - only here
    from tests.importing.desk import row  # noqa: PLC0415

    parties.take(data=table(party()))
    parties.profile = load_profile("tdag25")
    assert (1, 0) == ((outcome := parties.take(row(partners="WMO"))).signed, outcome.parties)

"""Registers of third parties: registered once, found by any of their names, changed where rows change."""

import pytest

from ledger.domain.party.party import Party
from ledger.importing.profile.load import read_profile
from tests.importing.workspace import TODAY, Workspace, faults, table

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
    """Return the cells of a valid row, with these values replaced."""
    return ROW | cells


@pytest.fixture
def parties(workspace: Workspace) -> Workspace:
    """Return a workspace with the profile of parties."""
    workspace.profile = read_profile("parties", PROFILE.encode())
    return workspace


def current_party(workspace: Workspace, ref: str = "P00001") -> Party:
    """Return the current state of a party."""
    state = workspace.ledger.fold(f"party/{ref}")[0]
    assert isinstance(state, Party)
    return state


def test_row_registers_a_party(parties: Workspace) -> None:
    """A row registers its party with all its values; a second import adds nothing."""
    outcome = parties.import_rows(data=table(party(), party(ref="ORG-7", name="Beta", ids="", aka="")))
    assert (2, 2, 2, []) == (outcome.rows, outcome.registered, outcome.parties, outcome.faults)
    registered = current_party(parties)
    assert ["World Met Organization", "WMO", "OMM", "XM-DAC=41140", "LEI=X1"] == registered.names()
    assert ("UN organizations", "none", "CH") == tuple(map(registered.get, ("type", "membership", "country")))
    assert "Beta" == current_party(parties, "ORG-7").name
    first = parties.entries()[0]
    assert first.source is not None
    assert (outcome.sha256, 1, TODAY) == (first.source.sha256, first.source.row, first.effective_on)
    size = parties.size
    assert 2 == parties.import_rows(data=table(party(), party(ref="ORG-7", name="Beta", ids="", aka=""))).unchanged
    assert size == parties.size


@pytest.mark.parametrize(
    "cells", [{"name": "WMO", "ids": "", "aka": ""}, {"name": "Other", "ids": "LEI=X1", "aka": ""}]
)
def test_party_that_staff_registered_is_found(parties: Workspace, cells: dict[str, str]) -> None:
    """A party is found by identifier, name and alias, and the values of the register are recorded."""
    parties.record("party register", "2024-01-01", name="World Met Organization", aliases=["WMO"],
               identifiers=[{"scheme": "LEI", "id": "X1"}])  # fmt: skip
    outcome = parties.import_rows(data=table(party(**cells)))
    assert (1, 0, []) == (outcome.amended, outcome.parties, outcome.faults)
    assert "UN organizations" == current_party(parties).get("type")
    expected = "World Met Organization" if cells["name"] == "WMO" else "Other"
    assert expected == current_party(parties).name
    assert 1 == parties.import_rows(data=table(party(**cells))).unchanged


def test_changed_row(parties: Workspace) -> None:
    """A row renames, reclassifies, and adds an alias and an identifier in one request; each field is reported."""
    parties.import_rows(data=table(party(ref="ORG-1")))
    changed = party(ref="ORG-1", name="WMO International", type="Other", aka="WMO; OMM; WMI",
                    ids="XM-DAC=41140; LEI=X1; GRID=1")  # fmt: skip
    outcome = parties.import_rows(data=table(changed))
    assert [
        ("name", "World Met Organization", "WMO International"), ("type", "UN organizations", "Other"),
        ("aliases", "", "WMI"), ("identifiers", "", "GRID=1"),
    ] == [(change.field, change.was, change.becomes) for change in outcome.changes]  # fmt: skip
    assert ["party.renamed", "party.reclassified", "party.alias_added", "party.identifier_added"] == parties.tags()[1:]
    assert {TODAY} == {entry.effective_on for entry in parties.entries()}
    assert 1 == parties.import_rows(data=table(changed)).unchanged
    back = parties.import_rows(data=table(party(ref="ORG-1")))
    assert (1, 2) == (back.amended, len(back.notices))
    assert "World Met Organization" == current_party(parties, "ORG-1").name


def test_change_from_a_day_and_correction(parties: Workspace) -> None:
    """A change is effective on the given day; a correction on the day of the corrected value."""
    parties.import_rows(data=table(party()), effective_on="2024-01-01")
    parties.import_rows(data=table(party(type="Other")), effective_on="2025-01-01")
    assert "2025-01-01" == parties.entries()[-1].effective_on
    outcome = parties.import_rows(data=table(party(type="Academia", country="FR")), correct=True)
    assert (1, "2025-01-01") == (outcome.corrected, parties.entries()[-1].effective_on)


def test_what_staff_changed_stays_while_the_row_is_the_same(parties: Workspace) -> None:
    """An unchanged row adds nothing, whatever staff changed or voided."""
    parties.import_rows(data=table(party()))
    parties.record("party rename", party="P00001", name="WMO International")
    parties.record("party reclassify", party="P00001", country="FR")
    assert 1 == parties.import_rows(data=table(party())).unchanged
    parties.import_rows(data=table(party(aka="WMO; OMM; WMI")))
    parties.record("void", positions=[parties.size], reason="Not a name of it")
    assert 1 == parties.import_rows(data=table(party(aka="WMO; OMM; WMI"))).unchanged
    assert ("WMO International", "FR") == (current_party(parties).name, current_party(parties).get("country"))


def test_empty_cell_changes_nothing(parties: Workspace) -> None:
    """An empty cell changes nothing; its default applies to new parties only."""
    parties.import_rows(data=table(party(member="Member State")))
    assert 1 == parties.import_rows(data=table(party(type="", country="", member="", aka="WMO; OMM"))).unchanged
    assert "Member State" == current_party(parties).get("membership")


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"name": ""}, "name", "empty-cell"),
        ({"name": "a\u202eb"}, "name", "bad-text"),
        ({"name": "a\u200bb"}, "name", "bad-text"),
        ({"name": "a\U000105c0"}, "name", "bad-text"),
        ({"ref": "UNI\u0421EF"}, "ref", "bad-reference"),
        ({"ref": "ORG-9", "name": "\u0391lpha", "ids": "", "aka": ""}, "name", "looks-like-party"),
        ({"ref": "ORG-9", "name": "\u2014", "ids": "", "aka": ""}, "name", "no-name"),
        ({"ref": "a|b"}, "ref", "bad-reference"),
        ({"ids": "41140"}, "ids", "bad-reference"),
        ({"name": "Gamma", "ids": "LEI=G", "aka": "Beta"}, "ids", "identifier-differs"),
        ({"name": "Gamma", "ids": "", "aka": "Alpha; Beta"}, "name", "ambiguous-party"),
        ({"ref": "ORG-9", "name": "Beta", "ids": "", "aka": ""}, "name", "duplicate-party"),
        ({"ref": "organization"}, "ref", "bad-reference"),
    ],
)
def test_row_that_is_wrong(parties: Workspace, cells: dict[str, str], column: str, code: str) -> None:
    """Each fault names its column, and nothing of the file is recorded."""
    parties.record("party register", "2024-01-01", name="Alpha")
    parties.record("party register", "2024-01-01", name="Beta", identifiers=[{"scheme": "LEI", "id": "B"}])
    size = parties.size
    outcome = parties.import_rows(data=table(party(name="Delta", ids="", aka=""), party(**cells)))
    assert [(2, column, code)] == faults(outcome)
    assert size == parties.size


def test_one_party_in_two_rows(parties: Workspace) -> None:
    """Each party has one row: a second row with another of its names is refused."""
    rows = [party(), party(name="Met Organization", ids="LEI=X1", aka="")]
    assert [(2, "name", "repeated-reference")] == faults(parties.import_rows(data=table(*rows)))
    rows = [party(ids="", aka=""), party(ids="", aka="")]
    assert [(2, "repeated-reference")] == [
        (row, code) for row, _, code in faults(parties.import_rows(data=table(*rows)))
    ]


def test_similar_names_are_noted(parties: Workspace) -> None:
    """A new party with a name similar to a known one is registered, with a notice."""
    parties.record("party register", "2024-01-01", name="World Met Organisation")
    outcome = parties.import_rows(data=table(party()))
    assert 1 == outcome.registered
    assert "similar to World Met Organisation (P00001)" in outcome.notices[0].text


def test_party_that_was_voided(parties: Workspace) -> None:
    """A void by staff stays in force: an unchanged row adds nothing, a changed one is refused."""
    parties.import_rows(data=table(party(), party(ref="ORG-7", name="Beta", ids="", aka="")))
    parties.record("void", positions=[2, 3], reason="Recorded by mistake")
    size = parties.size
    assert 2 == parties.import_rows(data=table(party(), party(ref="ORG-7", name="Beta", ids="", aka=""))).unchanged
    assert size == parties.size
    outcome = parties.import_rows(
        data=table(party(country="FR"), party(ref="ORG-7", name="Beta", type="x", ids="", aka=""))
    )
    assert ["taken-back"] * 2 == [code for _, _, code in faults(outcome)]


def test_code_lists(parties: Workspace) -> None:
    """Types and memberships must be in the code lists in force; none is always a valid membership."""
    parties.record("setting change", name="list.party-types", value=["Academia"])
    parties.record("setting change", name="list.memberships", value=["Member State"])
    rows = [
        party(),
        party(name="B", type="Academia", ids="", aka=""),
        party(name="C", type="", member="x", ids="", aka=""),
    ]
    assert [(1, "type"), (3, "member")] == [
        (row, column) for row, column, _ in faults(parties.import_rows(data=table(*rows)))
    ]


def test_then_a_register_of_agreements(parties: Workspace) -> None:
    """Rows of agreements find parties from a register of parties by any of their names."""
    from ledger.importing.profile.load import load_profile  # noqa: PLC0415 - only here
    from tests.importing.workspace import row  # noqa: PLC0415

    parties.import_rows(data=table(party()))
    parties.profile = load_profile("tdag25")
    assert (1, 0) == ((outcome := parties.import_rows(row(partners="WMO"))).signed, outcome.parties)


def test_a_country_in_small_letters(parties: Workspace) -> None:
    """It is registered in capitals, and the same row again changes nothing."""
    parties.import_rows(data=table(party(country="ch")))
    assert "CH" == current_party(parties).get("country")
    assert 1 == parties.import_rows(data=table(party(country="ch"))).unchanged

"""Parties of a file: found by identifier, name or alias, registered if new, never merged; similar names noted."""

import pytest

from ledger.domain.party.party import Party
from ledger.importing.notices import SimilarNames
from ledger.importing.profile.load import read_profile
from ledger.importing.row_errors import IdentifierDiffers
from tests.importing.workspace import COLUMNS, TODAY, Workspace, faults, row, sheet

WITH_IDENTIFIERS = b"""
kind = "agreements"
[columns]
reference = "reference"
title = "title"
kind = "kind"
parties = "partners"
identifiers = "lei"
signed_on = "signed_on"
"""


def party(workspace: Workspace, ref: str = "P00001") -> Party:
    """Return the state of a party."""
    state = workspace.ledger.fold(f"party/{ref}")[0]
    assert isinstance(state, Party)
    return state


@pytest.mark.parametrize("name", ["alpha  INSTITUTE", "P00001", "A.I.", "LEI=5493", "\uff21lpha Institute"])
def test_known_party_is_found(workspace: Workspace, name: str) -> None:
    """Reference, name in any case and spacing, alias and identifier all identify the registered party."""
    lei = [{"scheme": "LEI", "id": "5493"}]
    workspace.record("party register", "2020-01-01", name="Alpha Institute", aliases=["A.I."], identifiers=lei)
    assert 0 == workspace.import_rows(row(partners=name)).parties
    assert ["P00001"] == [role.party for role in workspace.engagement().roles()]


def test_former_name_is_found(workspace: Workspace) -> None:
    """A register may use the name that a party had before."""
    workspace.record("party register", "2020-01-01", name="Alpha Institute")
    workspace.record("party rename", "2024-01-01", party="P00001", name="Alpha University")
    assert 0 == workspace.import_rows(row()).parties


def test_ambiguous_name_is_refused(workspace: Workspace) -> None:
    """A name of two parties is refused, and the error lists both."""
    workspace.record("party register", "2020-01-01", name="Alpha Institute")
    workspace.record("party register", "2020-01-01", name="Alpha Institute", namesake=True)
    assert [(1, "partners", "ambiguous-party")] == faults(workspace.import_rows(row()))
    assert [] == faults(workspace.import_rows(row(partners="P00002")))


def test_new_party_is_registered_once(workspace: Workspace) -> None:
    """Two rows with the same new party, however spelled, register it once, with the earlier row."""
    outcome = workspace.import_rows(row(signed_on="2024-05-01"), row(reference="A-2", partners="ALPHA institute"))
    assert 1 == outcome.parties
    first = workspace.entries()[0]
    assert ("party.registered", "2024-03-01") == (first.event.tag(), first.effective_on)
    assert "ALPHA institute" == party(workspace).name


def test_new_parties_after_five_digits(workspace: Workspace) -> None:
    """Parties of one file get references of six digits once five are used up, as they do one by one."""
    workspace.record("party register", "2020-01-01", name="Last but one", ref="P99998")
    names = ["Alpha Institute; Beta Agency", "Gamma Council; Delta Office", "Beta Agency; Epsilon Board"]
    rows = [row(reference=f"A-{n}", partners=text, partner_amount="1.00;2.00") for n, text in enumerate(names)]
    assert [] == faults(workspace.import_rows(*rows))
    registered = [entry.stream for entry in workspace.entries() if entry.event.tag() == "party.registered"]
    assert [f"party/P{number}" for number in range(99_998, 100_004)] == registered


def test_registration_and_signing_are_one_command(workspace: Workspace) -> None:
    """New parties are registered by the request of their row."""
    workspace.import_rows(row(partners="Alpha Institute; Beta Agency", partner_amount="1.00;2.00"))
    assert ["P00001", "P00002"] == [role.party for role in workspace.engagement().roles()]
    assert {"P00001": "USD 1.00", "P00002": "USD 2.00"} == workspace.committed()
    assert 1 == len({entry.command for entry in workspace.entries()})


def test_one_party_twice_in_a_row(workspace: Workspace) -> None:
    """The same new party twice in one row is refused."""
    outcome = workspace.import_rows(row(partners="Alpha Institute; alpha institute", partner_amount=""))
    assert [(1, "partners", "role-twice")] == faults(outcome)


def test_similar_name_is_noted_and_not_merged(workspace: Workspace) -> None:
    """A new name similar to a known one is registered, with a notice."""
    workspace.record("party register", "2020-01-01", name="World Meteorological Organization")
    outcome = workspace.import_rows(row(partners="World Meteorological Organisation"))
    assert 1 == outcome.parties
    assert ["World Meteorological Organisation"] == [notice.subject for notice in outcome.notices]
    assert "World Meteorological Organization (P00001)" in outcome.notices[0].text


def test_near_names_within_a_file(workspace: Workspace) -> None:
    """Two similar new names in one file cause a notice."""
    rows = [row(partners="Institute of Ports, Malta"), row(reference="A-2", partners="Institut of Ports Malta")]
    outcome = workspace.import_rows(*rows)
    assert (2, 1) == (outcome.parties, len(outcome.notices))


@pytest.mark.parametrize(
    ("known", "new", "is_near"),
    [
        ("Region 7 Office", "Region 8 Office", False),
        ("Ministry of Health, Peru", "Peru Ministry of Health", True),
        ("University of Malta", "University of Yalta", True),
        ("University of Malta", "Fund for Roads", False),
        ("Alpha Institute", "ALPHA institute", False),
        ("Université de Genève", "Universite de Geneve", True),
        ("Ernst & Young", "Ernst and Young Ltd", True),
    ],
)
def test_what_is_near(known: str, new: str, is_near: bool) -> None:
    """Names are similar despite order and spelling; another number makes them different; equal names are not."""
    assert is_near == bool(list(SimilarNames([known]).like(new)))


def test_changed_class_is_recorded_from_today(workspace: Workspace) -> None:
    """Another type in the file reclassifies the party from today on; old and new value are reported."""
    workspace.import_rows(row(partner_types="Academia"))
    outcome = workspace.import_rows(row(partner_types="UN organizations"))
    assert (1, 1) == (outcome.unchanged, outcome.reclassified)
    assert [("P00001", "type", "Academia", "UN organizations")] == [
        (change.subject, change.field, change.was, change.becomes) for change in outcome.changes
    ]
    assert ("party.reclassified", TODAY) == (workspace.entries()[-1].event.tag(), workspace.entries()[-1].effective_on)
    assert 0 == workspace.import_rows(row(partner_types="UN organizations")).reclassified


def test_corrected_class_counts_from_the_first_day(workspace: Workspace) -> None:
    """A corrected class is effective on the day of the wrong one."""
    workspace.import_rows(row(partner_types="Academia"))
    workspace.import_rows(row(partner_types="UN organizations"), correct=True)
    assert ("UN organizations", "2024-03-01") == (party(workspace).get("type"), party(workspace).facts["type"].on)


def test_empty_class_changes_nothing(workspace: Workspace) -> None:
    """An empty membership means none for a new party, and no change for a known one."""
    workspace.import_rows(row(memberships="Member State"))
    assert 0 == workspace.import_rows(row(memberships="")).reclassified
    assert "Member State" == party(workspace).get("membership")


def test_class_that_staff_changed_stays(workspace: Workspace) -> None:
    """The same file does not undo what staff recorded of a party."""
    workspace.import_rows(row(partner_types="Academia"))
    workspace.record("party reclassify", party="P00001", party_type="UN organizations")
    assert 0 == workspace.import_rows(row(partner_types="Academia", title="Data hub")).reclassified
    assert "UN organizations" == party(workspace).get("type")


def test_rows_that_disagree_on_a_party(workspace: Workspace) -> None:
    """If rows classify a party differently, the latest row counts, with a notice; a second import adds nothing."""
    rows = [
        row(signed_on="2024-06-01", partner_types="UN organizations"),
        row(reference="A-2", partner_types="Academia"),
    ]
    notices = workspace.import_rows(*rows).notices
    assert "UN organizations" == party(workspace).get("type")
    assert ["row 2 says type 'Academia', row 1 'UN organizations', which is used"] == [
        notice.text for notice in notices
    ]
    size = workspace.size
    workspace.import_rows(*rows)
    workspace.import_rows(*rows, row(reference="A-3", signed_on="2024-01-01"))
    assert size + 2 == workspace.size


def test_identifier_goes_before_the_name(workspace: Workspace) -> None:
    """A row with an identifier means the party that has it, whatever name the row gives."""
    workspace.profile = read_profile("lei", WITH_IDENTIFIERS)
    workspace.record(
        "party register", "2020-01-01", name="Alpha Institute", identifiers=[{"scheme": "LEI", "id": "5493"}]
    )
    columns = [*COLUMNS, "lei"]
    outcome = workspace.import_rows(data=sheet(row(partners="Alpha Inst. (Geneva)", lei="LEI=5493"), columns=columns))
    assert (0, [], []) == (outcome.parties, outcome.notices, outcome.faults)


def test_same_name_with_another_identifier_is_refused(workspace: Workspace) -> None:
    """A party with the name but another identifier of the same scheme is not a match."""
    workspace.profile = read_profile("lei", WITH_IDENTIFIERS)
    workspace.record(
        "party register", "2020-01-01", name="Alpha Institute", identifiers=[{"scheme": "LEI", "id": "5493"}]
    )
    columns = [*COLUMNS, "lei"]
    outcome = workspace.import_rows(data=sheet(row(lei="LEI=1"), columns=columns))
    assert [(1, "partners", IdentifierDiffers.code)] == faults(outcome)
    assert 1 == len(workspace.import_rows(data=sheet(row(lei="GLN=1"), columns=columns)).notices)


def test_new_party_gets_its_identifier(workspace: Workspace) -> None:
    """A new party is registered with the identifier in the row, and the next row finds it by that."""
    workspace.profile = read_profile("lei", WITH_IDENTIFIERS)
    rows = [row(lei="LEI=5493"), row(reference="A-2", partners="Alpha Inst.", lei="LEI=5493")]
    assert 1 == workspace.import_rows(data=sheet(*rows, columns=[*COLUMNS, "lei"])).parties
    assert ["LEI 5493"] == [str(identifier) for identifier in party(workspace).identifiers]


def test_references_that_are_taken_are_passed_over(workspace: Workspace) -> None:
    """New parties get the references after the last one in use."""
    workspace.record("party register", "2020-01-01", name="Own", ref="P00007")
    workspace.import_rows(row(), row(reference="A-2", partners="Beta Agency"))
    assert ("Alpha Institute", "Beta Agency") == (party(workspace, "P00008").name, party(workspace, "P00009").name)


def test_country_that_is_none(workspace: Workspace) -> None:
    """A country by its name, or a code that does not exist, is a fault of its column; so is a mistyped LEI."""
    outcome = workspace.import_rows(row(partner_countries="Switzerland"), row(reference="A-2", partners="Beta"))
    assert [(1, "partner_countries", "unknown-country")] == faults(outcome)
    assert "Did you mean CH?" == outcome.faults[0].hint
    assert 1 == workspace.import_rows(row(partner_countries="CH")).signed

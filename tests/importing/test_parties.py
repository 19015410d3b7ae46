"""Parties of a file: matched by identifier, name or alias, registered when new, told when much alike, never merged."""

import pytest

from ledger.domain.party.party import Party
from ledger.importing.notices import SimilarNames
from ledger.importing.profile.load import read_profile
from ledger.importing.row_errors import IdentifierDiffers
from tests.importing.desk import COLUMNS, TODAY, Desk, faults, row, sheet

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


def party(desk: Desk, ref: str = "P00001") -> Party:
    """Return the state of a party."""
    state = desk.ledger.fold(f"party/{ref}")[0]
    assert isinstance(state, Party)
    return state


@pytest.mark.parametrize("name", ["alpha  INSTITUTE", "P00001", "A.I.", "LEI=5493", "\uff21lpha Institute"])
def test_known_party_is_found(desk: Desk, name: str) -> None:
    """Reference, name in any case and spacing, alias and identifier all mean the party that is registered."""
    lei = [{"scheme": "LEI", "id": "5493"}]
    desk.do("party register", "2020-01-01", name="Alpha Institute", aliases=["A.I."], identifiers=lei)
    assert 0 == desk.take(row(partners=name)).parties
    assert ["P00001"] == [role.party for role in desk.engagement().roles()]


def test_former_name_is_found(desk: Desk) -> None:
    """A register may use the name that a party had before."""
    desk.do("party register", "2020-01-01", name="Alpha Institute")
    desk.do("party rename", "2024-01-01", party="P00001", name="Alpha University")
    assert 0 == desk.take(row()).parties


def test_ambiguous_name_is_refused(desk: Desk) -> None:
    """A name that two parties bear is refused, with both."""
    desk.do("party register", "2020-01-01", name="Alpha Institute")
    desk.do("party register", "2020-01-01", name="Alpha Institute", namesake=True)
    assert [(1, "partners", "ambiguous-party")] == faults(desk.take(row()))
    assert [] == faults(desk.take(row(partners="P00002")))


def test_new_party_is_registered_once(desk: Desk) -> None:
    """Two rows with one new party, however it is written, register it once, with the first of them by date."""
    outcome = desk.take(row(signed_on="2024-05-01"), row(reference="A-2", partners="ALPHA institute"))
    assert 1 == outcome.parties
    first = desk.entries()[0]
    assert ("party.registered", "2024-03-01") == (first.event.tag(), first.effective_on)
    assert "ALPHA institute" == party(desk).name


def test_registration_and_signing_are_one_command(desk: Desk) -> None:
    """Parties first met are registered by the request of their row."""
    desk.take(row(partners="Alpha Institute; Beta Agency", partner_amount="1.00;2.00"))
    assert ["P00001", "P00002"] == [role.party for role in desk.engagement().roles()]
    assert {"P00001": "USD 1.00", "P00002": "USD 2.00"} == desk.committed()
    assert 1 == len({entry.command for entry in desk.entries()})


def test_one_party_twice_in_a_row(desk: Desk) -> None:
    """The same new party twice in one row is refused."""
    outcome = desk.take(row(partners="Alpha Institute; alpha institute", partner_amount=""))
    assert [(1, "partners", "role-twice")] == faults(outcome)


def test_near_name_is_told_and_not_merged(desk: Desk) -> None:
    """A new name much like a known one is registered, and told to a person."""
    desk.do("party register", "2020-01-01", name="World Meteorological Organization")
    outcome = desk.take(row(partners="World Meteorological Organisation"))
    assert 1 == outcome.parties
    assert ["World Meteorological Organisation"] == [notice.subject for notice in outcome.notices]
    assert "World Meteorological Organization (P00001)" in outcome.notices[0].text


def test_near_names_within_a_file(desk: Desk) -> None:
    """Two new names of one file that resemble each other are told."""
    rows = [row(partners="Institute of Ports, Malta"), row(reference="A-2", partners="Institut of Ports Malta")]
    outcome = desk.take(*rows)
    assert (2, 1) == (outcome.parties, len(outcome.notices))


@pytest.mark.parametrize(
    ("known", "new", "is_near"),
    [
        ("Region 7 Office", "Region 8 Office", False),
        ("Ministry of Health, Peru", "Peru Ministry of Health", True),
        ("University of Malta", "University of Yalta", True),
        ("University of Malta", "Fund for Roads", False),
        ("Alpha Institute", "ALPHA institute", False),
    ],
)
def test_what_is_near(known: str, new: str, is_near: bool) -> None:
    """Order and spelling make names near; another number makes them different, and the same name is not near itself."""
    assert is_near == bool(list(SimilarNames([known]).like(new)))


def test_changed_class_is_recorded_from_today(desk: Desk) -> None:
    """Another type in the file reclassifies the party from today on, told from what to what."""
    desk.take(row(partner_types="Academia"))
    outcome = desk.take(row(partner_types="UN organizations"))
    assert (1, 1) == (outcome.unchanged, outcome.reclassified)
    assert [("P00001", "type", "Academia", "UN organizations")] == [
        (one.subject, one.field, one.was, one.becomes) for one in outcome.changes
    ]
    assert ("party.reclassified", TODAY) == (desk.entries()[-1].event.tag(), desk.entries()[-1].effective_on)
    assert 0 == desk.take(row(partner_types="UN organizations")).reclassified


def test_corrected_class_counts_from_the_first_day(desk: Desk) -> None:
    """As a correction the class counts from the day from which the wrong one did."""
    desk.take(row(partner_types="Academia"))
    desk.take(row(partner_types="UN organizations"), correct=True)
    assert ("UN organizations", "2024-03-01") == (party(desk).get("type"), party(desk).facts["type"].on)


def test_empty_class_changes_nothing(desk: Desk) -> None:
    """An empty membership means none for a new party, and nothing for a known one."""
    desk.take(row(memberships="Member State"))
    assert 0 == desk.take(row(memberships="")).reclassified
    assert "Member State" == party(desk).get("membership")


def test_class_that_staff_changed_stays(desk: Desk) -> None:
    """The same file does not undo what staff recorded of a party."""
    desk.take(row(partner_types="Academia"))
    desk.do("party reclassify", party="P00001", party_type="UN organizations")
    assert 0 == desk.take(row(partner_types="Academia", title="Data hub")).reclassified
    assert "UN organizations" == party(desk).get("type")


def test_rows_that_disagree_on_a_party(desk: Desk) -> None:
    """Of rows that say different things of a party the one of the latest date counts; a notice tells, and it stays."""
    rows = [
        row(signed_on="2024-06-01", partner_types="UN organizations"),
        row(reference="A-2", partner_types="Academia"),
    ]
    notices = desk.take(*rows).notices
    assert "UN organizations" == party(desk).get("type")
    assert ["row 2 says type 'Academia', row 1 'UN organizations', which counts"] == [one.text for one in notices]
    size = desk.size
    desk.take(*rows)
    desk.take(*rows, row(reference="A-3", signed_on="2024-01-01"))
    assert size + 2 == desk.size


def test_identifier_goes_before_the_name(desk: Desk) -> None:
    """A row with an identifier means the party that has it, whatever it is called there."""
    desk.profile = read_profile("lei", WITH_IDENTIFIERS)
    desk.do("party register", "2020-01-01", name="Alpha Institute", identifiers=[{"scheme": "LEI", "id": "5493"}])
    columns = [*COLUMNS, "lei"]
    outcome = desk.take(data=sheet(row(partners="Alpha Inst. (Geneva)", lei="LEI=5493"), columns=columns))
    assert (0, [], []) == (outcome.parties, outcome.notices, outcome.faults)


def test_same_name_with_another_identifier_is_refused(desk: Desk) -> None:
    """A party of that name with another number of the same scheme is not taken for it."""
    desk.profile = read_profile("lei", WITH_IDENTIFIERS)
    desk.do("party register", "2020-01-01", name="Alpha Institute", identifiers=[{"scheme": "LEI", "id": "5493"}])
    columns = [*COLUMNS, "lei"]
    outcome = desk.take(data=sheet(row(lei="LEI=1"), columns=columns))
    assert [(1, "partners", IdentifierDiffers.code)] == faults(outcome)
    assert 1 == len(desk.take(data=sheet(row(lei="GLN=1"), columns=columns)).notices)


def test_new_party_gets_its_identifier(desk: Desk) -> None:
    """A new party is registered with the identifier that the row gives, and found by it in the next row."""
    desk.profile = read_profile("lei", WITH_IDENTIFIERS)
    rows = [row(lei="LEI=5493"), row(reference="A-2", partners="Alpha Inst.", lei="LEI=5493")]
    assert 1 == desk.take(data=sheet(*rows, columns=[*COLUMNS, "lei"])).parties
    assert ["LEI 5493"] == [str(one) for one in party(desk).identifiers]


def test_references_that_are_taken_are_passed_over(desk: Desk) -> None:
    """New parties get the references after the last that staff gave."""
    desk.do("party register", "2020-01-01", name="Own", ref="P00007")
    desk.take(row(), row(reference="A-2", partners="Beta Agency"))
    assert ("Alpha Institute", "Beta Agency") == (party(desk, "P00008").name, party(desk, "P00009").name)

"""Importing again: what did not change adds nothing, what changed becomes an amendment, what vanished is told."""

import pytest

from ledger.domain.engagement.money.contributions import ContributionCommitted
from ledger.domain.engagement.particulars import EngagementAmended
from ledger.importing.result import FieldChange
from tests.importing.desk import COLUMNS, TODAY, Desk, faults, row, sheet


def told(changes: list[FieldChange]) -> list[tuple[str, str, str]]:
    """Return field, from and to."""
    return [(change.field, change.was, change.becomes) for change in changes]


def test_changed_amount_becomes_the_difference(desk: Desk) -> None:
    """A new amount is an amendment from today on, told from what to what, and recorded as the difference."""
    desk.take(row())
    outcome = desk.take(row(partner_amount="80.00"))
    assert (0, 1, 0) == (outcome.signed, outcome.amended, outcome.unchanged)
    assert [("commitment of Alpha Institute (P00001)", "USD 100.00", "USD 80.00")] == told(outcome.changes)
    last = desk.entries()[-1]
    assert isinstance(last.event, ContributionCommitted)
    assert ("-20.00", TODAY) == (last.event.amount.value, last.effective_on)


def test_changed_text_amends_only_what_differs(desk: Desk) -> None:
    """A new title is an amendment that says nothing of the rest."""
    desk.take(row(itu_unit="Unit A"))
    outcome = desk.take(row(itu_unit="Unit A", title="Data hub"))
    assert [("title", "Data platform", "Data hub")] == told(outcome.changes)
    assert EngagementAmended(title="Data hub") == desk.entries()[-1].event


def test_amendments_count_from_the_day_given(desk: Desk) -> None:
    """`--effective` says from when amendments count."""
    desk.take(row())
    desk.take(row(title="Data hub"), effective_on="2025-01-01")
    assert "2025-01-01" == desk.entries()[-1].effective_on


def test_dry_run_tells_and_records_nothing(desk: Desk) -> None:
    """A dry run tells the same changes and leaves the log as it is."""
    desk.take(row())
    size = desk.size
    dry = desk.take(row(partner_amount="80.00"), dry_run=True)
    assert (size, 1, 1, []) == (desk.size, dry.amended, dry.entries, dry.positions)
    assert told(dry.changes) == told(desk.take(row(partner_amount="80.00")).changes)


def test_what_staff_amended_stays_when_the_file_is_the_same(desk: Desk) -> None:
    """The identical file adds nothing, although staff changed title and money in between."""
    desk.take(row())
    desk.do("engagement amend", engagement="A-1", title="Data commons")
    desk.do("contribution amend", engagement="A-1", payer="P00001", amount={"currency": "USD", "value": "130.00"})
    size = desk.size
    assert 1 == desk.take(row()).unchanged
    assert size == desk.size


def test_what_staff_amended_stays_when_another_cell_changes(desk: Desk) -> None:
    """Of a row whose unit changed only the unit is amended; what staff changed elsewhere stays, then and later."""
    desk.take(row(itu_unit="Unit A"))
    desk.do("engagement amend", engagement="A-1", title="Data commons")
    desk.do("contribution amend", engagement="A-1", payer="P00001", amount={"currency": "USD", "value": "130.00"})
    desk.take(row(itu_unit="Unit B"))
    size = desk.size
    assert 1 == desk.take(row(itu_unit="Unit B")).unchanged
    assert 1 == desk.take(row(itu_unit="Unit B", basis="")).unchanged
    assert size == desk.size
    assert ("Data commons", "Unit B") == (desk.engagement().get("title"), desk.engagement().get("unit"))
    assert {"P00001": "USD 130.00"} == desk.committed()


def test_change_over_a_change_of_staff_is_told(desk: Desk) -> None:
    """When staff and the register both changed a field, the register's word is recorded, and a notice tells of it."""
    desk.take(row())
    desk.do("engagement amend", engagement="A-1", title="Data commons")
    outcome = desk.take(row(title="Data hub"))
    assert [("title", "Data commons", "Data hub")] == told(outcome.changes)
    assert ["title was changed here after the last import, and changes again"] == [one.text for one in outcome.notices]


def test_total_after_a_change_of_staff(desk: Desk) -> None:
    """A row gives totals: what staff added is in it, and importing once more adds nothing."""
    desk.take(row())
    desk.do("contribution amend", engagement="A-1", payer="P00001", amount={"currency": "USD", "value": "110.00"})
    desk.take(row(partner_amount="120.00"))
    assert {"P00001": "USD 120.00"} == desk.committed()
    desk.do("contribution amend", engagement="A-1", payer="P00001", amount={"currency": "USD", "value": "125.00"})
    assert 1 == desk.take(row(partner_amount="120.00", basis="")).unchanged
    assert {"P00001": "USD 125.00"} == desk.committed()


def test_row_that_says_what_staff_recorded_adds_nothing(desk: Desk) -> None:
    """When the register catches up with staff there is nothing to record."""
    desk.take(row())
    desk.do("engagement amend", engagement="A-1", title="Data commons")
    size = desk.size
    assert 1 == desk.take(row(title="Data commons")).unchanged
    assert size == desk.size


def test_older_file_after_a_newer_one(desk: Desk) -> None:
    """A, then B, then A again: the third import amends back, under an id of its own, and a fourth adds nothing."""
    desk.take(row())
    desk.take(row(partner_amount="80.00"))
    third = desk.take(row())
    assert [("commitment of Alpha Institute (P00001)", "USD 80.00", "USD 100.00")] == told(third.changes)
    assert f"import:tdag25:{third.sha256[:32]}:1:2" == desk.entries()[-1].command
    assert 1 == desk.take(row()).unchanged
    assert 1 == desk.take(row(partner_amount="80.00")).amended
    assert 1 == desk.take(row()).amended
    assert f"import:tdag25:{third.sha256[:32]}:1:3" == desk.entries()[-1].command


def test_order_of_rows_and_columns_is_no_change(desk: Desk) -> None:
    """The same rows in another order, with another column among them, add nothing."""
    desk.take(row(), row(reference="A-2", partners="Beta Agency"))
    size = desk.size
    rows = [row(reference="A-2", partners="Beta Agency", partner_amount="100"), row(note="x", partner_amount="100.0")]
    assert 2 == desk.take(data=sheet(*rows, columns=["note", *reversed(COLUMNS)])).unchanged
    assert size == desk.size


def test_vanished_rows_are_told_and_left(desk: Desk) -> None:
    """Engagements that the profile's files gave before and this one does not are listed; nothing is done to them."""
    desk.take(row(), row(reference="A-2"), row(reference="A-3"))
    own = [{"party": "P00001"}]
    desk.do("engagement sign", "2024-01-01", engagement="OWN-1", title="Own", kind="consultancy", parties=own)
    size = desk.size
    assert ["A-1", "A-3"] == desk.take(row(reference="A-2")).vanished
    assert size == desk.size
    assert "signed" == desk.engagement("A-1").status


def test_bad_row_has_not_vanished(desk: Desk) -> None:
    """A row with a fault is a row all the same."""
    desk.take(row(), row(reference="A-2"))
    assert [] == desk.take(row(), row(reference="A-2", signed_on="never")).vanished


def test_voided_engagement_is_not_vanished_and_not_brought_back(desk: Desk) -> None:
    """What staff took back stays taken back: the same row adds nothing, a changed one is refused."""
    desk.take(row())
    desk.do("void", positions=[3, 4], reason="Recorded under the wrong reference")
    size = desk.size
    assert 1 == desk.take(row()).unchanged
    assert [] == desk.take(row(reference="A-2", partners="P00001")).vanished
    assert [(1, "reference", "taken-back")] == faults(desk.take(row(title="Data hub")))
    assert size + 2 == desk.size


def test_replaced_party_takes_its_commitment_along(desk: Desk) -> None:
    """When a row names another party with an amount, the commitment of the one that left ends."""
    desk.take(row())
    outcome = desk.take(row(partners="Beta Agency"))
    assert {"P00002": "USD 100.00"} == desk.committed()
    assert ["P00002"] == [role.party for role in desk.engagement().roles()]
    assert [
        ("parties", "Alpha Institute (P00001)", "Beta Agency"),
        ("commitment of Alpha Institute (P00001)", "USD 100.00", "USD 0.00"),
        ("commitment of Beta Agency", "USD 0.00", "USD 100.00"),
    ] == told(outcome.changes)
    assert 1 == desk.take(row(partners="Beta Agency")).unchanged


def test_party_that_staff_added_stays(desk: Desk) -> None:
    """A row that names a further party does not drop one that staff added."""
    desk.take(row(), row(reference="A-2", partners="Gamma Fund"))
    roles = [{"party": "P00001"}, {"party": "P00002", "role": "vendor"}]
    desk.do("engagement amend", engagement="A-1", parties=roles)
    changed = row(partners="Alpha Institute; Beta Agency", partner_amount="100.00; ")
    desk.take(changed, row(reference="A-2", partners="Gamma Fund"))
    assert ["P00001", "P00003", "P00002"] == [role.party for role in desk.engagement().roles()]


def test_changed_currency_ends_the_commitment_in_the_old(desk: Desk) -> None:
    """An amount in another currency replaces the one before."""
    desk.take(row())
    desk.take(row(currency="EUR", partner_amount="90.00"))
    assert {("P00001", "USD"): 0, ("P00001", "EUR"): 9000} == {
        pot: account.committed for pot, account in desk.engagement().balances.pots.items()
    }


def test_amount_of_zero_ends_a_commitment(desk: Desk) -> None:
    """Zero is an amount: it amends a commitment to nothing, and a new agreement with zero commits nothing."""
    desk.take(row())
    assert 1 == desk.take(row(partner_amount="0.00")).amended
    assert {} == desk.committed()
    desk.take(row(reference="A-2", partner_amount="0"))
    assert {} == desk.committed("A-2")


@pytest.mark.parametrize("cells", [{"itu_unit": ""}, {"partner_amount": "", "currency": ""}])
def test_cell_that_is_empty_now_amends_nothing_and_is_told(desk: Desk, cells: dict[str, str]) -> None:
    """An empty cell is not recorded: what it held stays, and a notice says so."""
    desk.take(row(itu_unit="Unit A"))
    size = desk.size
    outcome = desk.take(row(itu_unit="Unit A") | cells)
    assert (1, size) == (outcome.unchanged, desk.size)
    assert 1 == len(outcome.notices)
    assert "stays" in outcome.notices[0].text


def test_other_signing_date_is_no_amendment(desk: Desk) -> None:
    """A date of signature is not amended: the row is refused, and the hint names the correction."""
    desk.take(row())
    outcome = desk.take(row(signed_on="2024-03-02"))
    assert [(1, "signed_on", "signing-date-differs")] == faults(outcome)
    assert "--as correction" in outcome.faults[0].hint


def test_engagement_that_staff_signed_is_compared_as_it_stands(desk: Desk) -> None:
    """A row on an engagement that no row ever gave amends what differs from its state."""
    desk.do("party register", "2024-01-01", name="Alpha Institute")
    desk.do("engagement sign", "2024-03-01", engagement="A-1", title="Data", kind="partnership agreement",
            parties=[{"party": "P00001"}])  # fmt: skip
    assert [
        ("title", "Data", "Data platform"),
        ("commitment of Alpha Institute (P00001)", "USD 0.00", "USD 100.00"),
    ] == told(desk.take(row()).changes)
    assert 1 == desk.take(row()).unchanged


def test_approved_engagement_is_signed_by_its_row(desk: Desk) -> None:
    """What was proposed and approved here is signed when the register has it."""
    desk.do("party register", "2024-01-01", name="Alpha Institute")
    desk.do("engagement propose", "2024-01-02", engagement="A-1", title="Data", kind="partnership agreement",
            parties=[{"party": "P00001"}])  # fmt: skip
    assert [(1, "reference", "forbidden-transition")] == faults(desk.take(row()))
    desk.do("engagement approve", "2024-02-01", engagement="A-1")
    assert 1 == desk.take(row()).signed
    assert ("signed", "Data platform") == (desk.engagement().status, desk.engagement().get("title"))
    assert 1 == desk.take(row()).unchanged


def test_terminated_engagement_is_not_amended(desk: Desk) -> None:
    """A row cannot amend what is over, and says so; unchanged it adds nothing."""
    desk.take(row())
    desk.do("engagement terminate", "2025-01-01", engagement="A-1")
    assert 1 == desk.take(row()).unchanged
    assert [(1, "reference", "forbidden-transition")] == faults(desk.take(row(title="Data hub")))

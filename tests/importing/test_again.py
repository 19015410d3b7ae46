"""A second import: unchanged rows add nothing, changed rows become amendments, vanished rows are listed."""

import pytest

from ledger.domain.engagement.money.contributions import ContributionCommitted
from ledger.domain.engagement.particulars import EngagementAmended
from ledger.importing.result import FieldChange
from tests.importing.workspace import COLUMNS, TODAY, Workspace, faults, row, sheet


def field_changes(changes: list[FieldChange]) -> list[tuple[str, str, str]]:
    """Return the field, old value and new value of each change."""
    return [(change.field, change.was, change.becomes) for change in changes]


def test_changed_amount_becomes_the_difference(workspace: Workspace) -> None:
    """A new amount is an amendment from today on, reported with old and new value, and recorded as the difference."""
    workspace.import_rows(row())
    outcome = workspace.import_rows(row(partner_amount="80.00"))
    assert (0, 1, 0) == (outcome.signed, outcome.amended, outcome.unchanged)
    assert [("commitment of Alpha Institute (P00001)", "USD 100.00", "USD 80.00")] == field_changes(outcome.changes)
    last = workspace.entries()[-1]
    assert isinstance(last.event, ContributionCommitted)
    assert ("-20.00", TODAY) == (last.event.amount.value, last.effective_on)


def test_changed_text_amends_only_what_differs(workspace: Workspace) -> None:
    """A new title is an amendment of the title only."""
    workspace.import_rows(row(itu_unit="Unit A"))
    outcome = workspace.import_rows(row(itu_unit="Unit A", title="Data hub"))
    assert [("title", "Data platform", "Data hub")] == field_changes(outcome.changes)
    assert EngagementAmended(title="Data hub") == workspace.entries()[-1].event


def test_amendments_count_from_the_day_given(workspace: Workspace) -> None:
    """`--effective` sets the effective date of amendments."""
    workspace.import_rows(row())
    workspace.import_rows(row(title="Data hub"), effective_on="2025-01-01")
    assert "2025-01-01" == workspace.entries()[-1].effective_on


def test_dry_run_tells_and_records_nothing(workspace: Workspace) -> None:
    """A dry run reports the same changes and leaves the log unchanged."""
    workspace.import_rows(row())
    size = workspace.size
    dry = workspace.import_rows(row(partner_amount="80.00"), dry_run=True)
    assert (size, 1, 1, []) == (workspace.size, dry.amended, dry.entries, dry.positions)
    assert field_changes(dry.changes) == field_changes(workspace.import_rows(row(partner_amount="80.00")).changes)


def test_what_staff_amended_stays_when_the_file_is_the_same(workspace: Workspace) -> None:
    """The identical file adds nothing, although staff changed title and money in between."""
    workspace.import_rows(row())
    workspace.record("engagement amend", engagement="A-1", title="Data commons")
    workspace.record(
        "contribution amend", engagement="A-1", payer="P00001", amount={"currency": "USD", "value": "130.00"}
    )
    size = workspace.size
    assert 1 == workspace.import_rows(row()).unchanged
    assert size == workspace.size


def test_what_staff_amended_stays_when_another_cell_changes(workspace: Workspace) -> None:
    """If only the unit of a row changed, only the unit is amended; changes by staff to other fields stay."""
    workspace.import_rows(row(itu_unit="Unit A"))
    workspace.record("engagement amend", engagement="A-1", title="Data commons")
    workspace.record(
        "contribution amend", engagement="A-1", payer="P00001", amount={"currency": "USD", "value": "130.00"}
    )
    workspace.import_rows(row(itu_unit="Unit B"))
    size = workspace.size
    assert 1 == workspace.import_rows(row(itu_unit="Unit B")).unchanged
    assert 1 == workspace.import_rows(row(itu_unit="Unit B", basis="")).unchanged
    assert size == workspace.size
    assert ("Data commons", "Unit B") == (workspace.engagement().get("title"), workspace.engagement().get("unit"))
    assert {"P00001": "USD 130.00"} == workspace.committed()


def test_change_over_a_change_of_staff_is_noted(workspace: Workspace) -> None:
    """If staff and the register both changed a field, the register's value is recorded, with a notice."""
    workspace.import_rows(row())
    workspace.record("engagement amend", engagement="A-1", title="Data commons")
    outcome = workspace.import_rows(row(title="Data hub"))
    assert [("title", "Data commons", "Data hub")] == field_changes(outcome.changes)
    assert ["title was changed in the ledger after the last import, and changes again"] == [
        notice.text for notice in outcome.notices
    ]


def test_total_after_a_change_of_staff(workspace: Workspace) -> None:
    """A row gives totals, which include additions by staff; a second import adds nothing."""
    workspace.import_rows(row())
    workspace.record(
        "contribution amend", engagement="A-1", payer="P00001", amount={"currency": "USD", "value": "110.00"}
    )
    workspace.import_rows(row(partner_amount="120.00"))
    assert {"P00001": "USD 120.00"} == workspace.committed()
    workspace.record(
        "contribution amend", engagement="A-1", payer="P00001", amount={"currency": "USD", "value": "125.00"}
    )
    assert 1 == workspace.import_rows(row(partner_amount="120.00", basis="")).unchanged
    assert {"P00001": "USD 125.00"} == workspace.committed()


def test_row_that_says_what_staff_recorded_adds_nothing(workspace: Workspace) -> None:
    """A row that catches up with a change by staff adds nothing."""
    workspace.import_rows(row())
    workspace.record("engagement amend", engagement="A-1", title="Data commons")
    size = workspace.size
    assert 1 == workspace.import_rows(row(title="Data commons")).unchanged
    assert size == workspace.size


def test_older_file_after_a_newer_one(workspace: Workspace) -> None:
    """A, then B, then A again: the third import amends back, under an id of its own, and a fourth adds nothing."""
    workspace.import_rows(row())
    workspace.import_rows(row(partner_amount="80.00"))
    third = workspace.import_rows(row())
    assert [("commitment of Alpha Institute (P00001)", "USD 80.00", "USD 100.00")] == field_changes(third.changes)
    assert f"import:tdag25:{third.sha256[:32]}:1:2" == workspace.entries()[-1].command
    assert 1 == workspace.import_rows(row()).unchanged
    assert 1 == workspace.import_rows(row(partner_amount="80.00")).amended
    assert 1 == workspace.import_rows(row()).amended
    assert f"import:tdag25:{third.sha256[:32]}:1:3" == workspace.entries()[-1].command


def test_order_of_rows_and_columns_is_no_change(workspace: Workspace) -> None:
    """The same rows in another order, with another column among them, add nothing."""
    workspace.import_rows(row(), row(reference="A-2", partners="Beta Agency"))
    size = workspace.size
    rows = [row(reference="A-2", partners="Beta Agency", partner_amount="100"), row(note="x", partner_amount="100.0")]
    assert 2 == workspace.import_rows(data=sheet(*rows, columns=["note", *reversed(COLUMNS)])).unchanged
    assert size == workspace.size


def test_vanished_rows_are_listed_and_left(workspace: Workspace) -> None:
    """Engagements of earlier files that are missing from this one are listed, and left unchanged."""
    workspace.import_rows(row(), row(reference="A-2"), row(reference="A-3"))
    own = [{"party": "P00001"}]
    workspace.record("engagement sign", "2024-01-01", engagement="OWN-1", title="Own", kind="consultancy", parties=own)
    size = workspace.size
    assert ["A-1", "A-3"] == workspace.import_rows(row(reference="A-2")).vanished
    assert size == workspace.size
    assert "signed" == workspace.engagement("A-1").status


def test_bad_row_has_not_vanished(workspace: Workspace) -> None:
    """A row with a fault does not count as vanished."""
    workspace.import_rows(row(), row(reference="A-2"))
    assert [] == workspace.import_rows(row(), row(reference="A-2", signed_on="never")).vanished


def test_voided_engagement_is_not_vanished_and_not_brought_back(workspace: Workspace) -> None:
    """A void by staff stays in force: an unchanged row adds nothing, a changed one is refused."""
    workspace.import_rows(row())
    workspace.record("void", positions=[3, 4], reason="Recorded under the wrong reference")
    size = workspace.size
    assert 1 == workspace.import_rows(row()).unchanged
    assert [] == workspace.import_rows(row(reference="A-2", partners="P00001")).vanished
    assert [(1, "reference", "taken-back")] == faults(workspace.import_rows(row(title="Data hub")))
    assert size + 2 == workspace.size


def test_replaced_party_takes_its_commitment_along(workspace: Workspace) -> None:
    """When a row names another party with an amount, the commitment of the one that left ends."""
    workspace.import_rows(row())
    outcome = workspace.import_rows(row(partners="Beta Agency"))
    assert {"P00002": "USD 100.00"} == workspace.committed()
    assert ["P00002"] == [role.party for role in workspace.engagement().roles()]
    assert [
        ("parties", "Alpha Institute (P00001)", "Beta Agency"),
        ("commitment of Alpha Institute (P00001)", "USD 100.00", "USD 0.00"),
        ("commitment of Beta Agency", "USD 0.00", "USD 100.00"),
    ] == field_changes(outcome.changes)
    assert 1 == workspace.import_rows(row(partners="Beta Agency")).unchanged


def test_party_that_staff_added_stays(workspace: Workspace) -> None:
    """A row that names a further party does not drop one that staff added."""
    workspace.import_rows(row(), row(reference="A-2", partners="Gamma Fund"))
    roles = [{"party": "P00001"}, {"party": "P00002", "role": "vendor"}]
    workspace.record("engagement amend", engagement="A-1", parties=roles)
    changed = row(partners="Alpha Institute; Beta Agency", partner_amount="100.00; ")
    workspace.import_rows(changed, row(reference="A-2", partners="Gamma Fund"))
    assert ["P00001", "P00003", "P00002"] == [role.party for role in workspace.engagement().roles()]


def test_changed_currency_ends_the_commitment_in_the_old(workspace: Workspace) -> None:
    """An amount in another currency replaces the one before."""
    workspace.import_rows(row())
    workspace.import_rows(row(currency="EUR", partner_amount="90.00"))
    assert {("P00001", "USD"): 0, ("P00001", "EUR"): 9000} == {
        key: contribution.committed for key, contribution in workspace.engagement().balances.contributions.items()
    }


def test_amount_of_zero_ends_a_commitment(workspace: Workspace) -> None:
    """Zero is an amount: it amends a commitment to nothing, and a new agreement with zero commits nothing."""
    workspace.import_rows(row())
    assert 1 == workspace.import_rows(row(partner_amount="0.00")).amended
    assert {} == workspace.committed()
    workspace.import_rows(row(reference="A-2", partner_amount="0"))
    assert {} == workspace.committed("A-2")


@pytest.mark.parametrize("cells", [{"itu_unit": ""}, {"partner_amount": "", "currency": ""}])
def test_emptied_cell_amends_nothing_and_is_noted(workspace: Workspace, cells: dict[str, str]) -> None:
    """An empty cell is not recorded: its old value stays, with a notice."""
    workspace.import_rows(row(itu_unit="Unit A"))
    size = workspace.size
    outcome = workspace.import_rows(row(itu_unit="Unit A") | cells)
    assert (1, size) == (outcome.unchanged, workspace.size)
    assert 1 == len(outcome.notices)
    assert "stays" in outcome.notices[0].text


def test_other_signing_date_is_no_amendment(workspace: Workspace) -> None:
    """A date of signature cannot be amended: the row is refused, and the hint suggests a correction."""
    workspace.import_rows(row())
    outcome = workspace.import_rows(row(signed_on="2024-03-02"))
    assert [(1, "signed_on", "signing-date-differs")] == faults(outcome)
    assert "--as correction" in outcome.faults[0].hint


def test_engagement_that_staff_signed_is_compared_as_it_stands(workspace: Workspace) -> None:
    """The first row for an engagement that staff recorded amends what differs from its state."""
    workspace.record("party register", "2024-01-01", name="Alpha Institute")
    workspace.record("engagement sign", "2024-03-01", engagement="A-1", title="Data", kind="partnership agreement",
            parties=[{"party": "P00001"}])  # fmt: skip
    assert [
        ("title", "Data", "Data platform"),
        ("commitment of Alpha Institute (P00001)", "USD 0.00", "USD 100.00"),
    ] == field_changes(workspace.import_rows(row()).changes)
    assert 1 == workspace.import_rows(row()).unchanged


def test_approved_engagement_is_signed_by_its_row(workspace: Workspace) -> None:
    """An engagement that was proposed and approved here is signed by its row."""
    workspace.record("party register", "2024-01-01", name="Alpha Institute")
    workspace.record("engagement propose", "2024-01-02", engagement="A-1", title="Data", kind="partnership agreement",
            parties=[{"party": "P00001"}])  # fmt: skip
    assert [(1, "reference", "forbidden-transition")] == faults(workspace.import_rows(row()))
    workspace.record("engagement approve", "2024-02-01", engagement="A-1")
    assert 1 == workspace.import_rows(row()).signed
    assert ("signed", "Data platform") == (workspace.engagement().status, workspace.engagement().get("title"))
    assert 1 == workspace.import_rows(row()).unchanged


def test_terminated_engagement_is_not_amended(workspace: Workspace) -> None:
    """A row cannot amend a completed engagement and is refused; an unchanged row adds nothing."""
    workspace.import_rows(row())
    workspace.record("engagement terminate", "2025-01-01", engagement="A-1")
    assert 1 == workspace.import_rows(row()).unchanged
    assert [(1, "reference", "forbidden-transition")] == faults(workspace.import_rows(row(title="Data hub")))

"""Corrections: wrong values are voided and recorded again from the same day, or the row is refused."""

import pytest

from ledger.domain.engagement.lifecycle import EngagementSigned
from ledger.domain.engagement.money.contributions import ContributionCommitted
from ledger.domain.voiding import EntryVoided
from tests.importing.workspace import Workspace, faults, row

USD_50 = {"currency": "USD", "value": "50.00"}


def test_amount_is_voided_and_committed_again(workspace: Workspace) -> None:
    """One request voids a wrong amount and records the right one from the day of signature."""
    workspace.import_rows(row(itu_amount="10.00"))
    size = workspace.size
    outcome = workspace.import_rows(row(itu_amount="10.00", partner_amount="80.00"), correct=True)
    assert (1, 0) == (outcome.corrected, outcome.amended)
    void, commit = workspace.entries(size + 1)
    assert EntryVoided(version=2, reason="corrected by the register") == void.event
    assert isinstance(commit.event, ContributionCommitted)
    assert ("80.00", "2024-03-01") == (commit.event.amount.value, commit.effective_on)
    assert void.command == commit.command
    assert {"P00001": "USD 80.00", "organization": "USD 10.00"} == workspace.committed()


def test_corrected_row_adds_nothing_again(workspace: Workspace) -> None:
    """After a correction the same file adds nothing, as an amendment or a correction."""
    workspace.import_rows(row())
    workspace.import_rows(row(partner_amount="80.00"), correct=True)
    assert 1 == workspace.import_rows(row(partner_amount="80.00"), correct=True).unchanged
    assert 1 == workspace.import_rows(row(partner_amount="80.00")).unchanged


def test_particulars_of_the_signing_are_signed_again(workspace: Workspace) -> None:
    """A wrong title was signed: the signing and commitments are voided and recorded again."""
    workspace.import_rows(row(itu_amount="10.00"))
    size = workspace.size
    workspace.import_rows(row(itu_amount="10.00", title="Data hub"), correct=True, reason="Typing error")
    made = workspace.entries(size + 1)
    assert [EntryVoided] * 3 + [EngagementSigned] + [ContributionCommitted] * 2 == [type(entry.event) for entry in made]
    assert {"2024-03-01"} == {entry.effective_on for entry in made[3:]}
    assert {"Typing error"} == {entry.event.reason for entry in made[:3] if isinstance(entry.event, EntryVoided)}
    assert ("Data hub", "signed") == (workspace.engagement().get("title"), workspace.engagement().status)
    assert {"P00001": "USD 100.00", "organization": "USD 10.00"} == workspace.committed()


def test_signing_date_is_corrected(workspace: Workspace) -> None:
    """Another date of signature is a correction: the engagement is signed again on that day."""
    workspace.import_rows(row())
    workspace.import_rows(row(signed_on="2023-12-31"), correct=True)
    assert ["2023-12-31"] == [step.on for step in workspace.engagement().life]
    assert 1 == workspace.import_rows(row(signed_on="2023-12-31")).unchanged


def test_omission_is_filled_in_from_the_day_of_signature(workspace: Workspace) -> None:
    """A value that was never given needs no void: it is recorded from the day of signature."""
    workspace.import_rows(row())
    size = workspace.size
    workspace.import_rows(row(region="AFR", itu_amount="5.00"), correct=True)
    made = workspace.entries(size + 1)
    assert {"2024-03-01"} == {entry.effective_on for entry in made}
    assert not any(isinstance(entry.event, EntryVoided) for entry in made)
    assert {"P00001": "USD 100.00", "organization": "USD 5.00"} == workspace.committed()


def test_wrong_amendment_is_what_is_taken_back(workspace: Workspace) -> None:
    """The correction of an amendment is effective on the day of the amendment, not of the signature."""
    workspace.import_rows(row())
    workspace.import_rows(row(title="Data hub", partner_amount="80.00"), effective_on="2025-06-01")
    size = workspace.size
    workspace.import_rows(row(title="Data commons", partner_amount="90.00"), correct=True)
    made = workspace.entries(size + 1)
    assert {"2025-06-01"} == {entry.effective_on for entry in made}
    assert "-10.00" == next(
        entry.event.amount.value for entry in made if isinstance(entry.event, ContributionCommitted)
    )
    assert {"P00001": "USD 90.00"} == workspace.committed()
    assert "Data commons" == workspace.engagement().get("title")


def test_other_fields_of_a_voided_amendment_are_recorded_again(workspace: Workspace) -> None:
    """An amendment of title and unit whose title was wrong keeps its unit."""
    workspace.import_rows(row(itu_unit="Unit A"))
    workspace.import_rows(row(title="Data hub", itu_unit="Unit B"), effective_on="2025-06-01")
    workspace.import_rows(row(title="Data commons", itu_unit="Unit B"), correct=True)
    state = workspace.engagement()
    assert ("Data commons", "Unit B") == (state.get("title"), state.get("unit"))
    assert "2025-06-01" == state.facts["unit"].on


def test_amendment_that_was_none_is_only_voided(workspace: Workspace) -> None:
    """Correcting an amendment back to the earlier value is only a void."""
    workspace.import_rows(row())
    workspace.import_rows(row(partner_amount="80.00"))
    size = workspace.size
    workspace.import_rows(row(), correct=True)
    assert [EntryVoided] == [type(entry.event) for entry in workspace.entries(size + 1)]
    assert {"P00001": "USD 100.00"} == workspace.committed()
    assert 1 == workspace.import_rows(row()).unchanged


def test_emptied_cells_are_taken_back(workspace: Workspace) -> None:
    """A correction voids what a row no longer gives, amounts as well as texts."""
    workspace.import_rows(row(itu_unit="Unit A", itu_amount="10.00"))
    outcome = workspace.import_rows(row(itu_amount=""), correct=True)
    assert {("unit", ""), ("commitment of organization", "")} == {
        (change.field, change.becomes) for change in outcome.changes
    }
    assert workspace.engagement().get("unit") is None
    assert {"P00001": "USD 100.00"} == workspace.committed()
    assert 1 == workspace.import_rows(row(itu_amount="")).unchanged


def test_signing_that_holds_up_other_entries_is_not_taken_back(workspace: Workspace) -> None:
    """When staff recorded more on the engagement, its signing is not corrected, and the hint says what to do."""
    workspace.import_rows(row())
    workspace.record("contribution receive", "2024-05-01", engagement="A-1", payer="P00001", amount=USD_50)
    outcome = workspace.import_rows(row(title="Data hub"), correct=True)
    assert [(1, "reference", "cannot-correct")] == faults(outcome)
    assert "contribution.received of 2024-05-01" in outcome.faults[0].reason
    assert "--effective 2024-03-01" in outcome.faults[0].hint
    assert 1 == workspace.import_rows(row(title="Data hub"), effective_on="2024-03-01").amended


def test_commitment_that_was_received_is_not_taken_back(workspace: Workspace) -> None:
    """A commitment with received money cannot be voided; the row is refused with the same hint."""
    workspace.import_rows(row())
    workspace.record("contribution receive", "2024-05-01", engagement="A-1", payer="P00001", amount=USD_50)
    size = workspace.size
    outcome = workspace.import_rows(row(partner_amount="110.00"), correct=True)
    assert [(1, "reference", "cannot-correct")] == faults(outcome)
    assert "--effective 2024-03-01" in outcome.faults[0].hint
    assert size == workspace.size


def test_disclosed_engagement_is_not_signed_again(workspace: Workspace) -> None:
    """Entries that a disclosure refers to cannot be voided."""
    workspace.import_rows(row())
    workspace.record("disclosure publish", "2025-01-01", document="C25/1", body="Council", as_of_on="2025-01-01",
            cover=[{"engagement": "A-1", "facets": ["financials"]}])  # fmt: skip
    assert [(1, "reference", "cannot-correct")] == faults(workspace.import_rows(row(title="Data hub"), correct=True))
    assert 1 == workspace.import_rows(row(partner_amount="80.00"), correct=True).corrected


def test_values_of_several_days_are_not_corrected_at_once(workspace: Workspace) -> None:
    """A request has one effective date: a correction with several days is refused."""
    workspace.import_rows(row())
    workspace.import_rows(row(itu_unit="Unit A"), effective_on="2025-01-01")
    workspace.import_rows(row(itu_unit="Unit A", region="AFR"), effective_on="2025-02-01")
    outcome = workspace.import_rows(row(itu_unit="Unit B", region="ASP"), correct=True)
    assert [(1, "reference", "cannot-correct")] == faults(outcome)
    assert "2025-01-01 and 2025-02-01" in outcome.faults[0].reason


def test_correction_with_a_new_party(workspace: Workspace) -> None:
    """The wrong party is replaced from the first day on by one that is registered on that day."""
    workspace.import_rows(row())
    workspace.import_rows(row(partners="Beta Agency"), correct=True)
    assert {"P00002": "USD 100.00"} == workspace.committed()
    assert "2024-03-01" == workspace.engagement().facts["parties"].on
    assert 1 == workspace.import_rows(row(partners="Beta Agency")).unchanged


@pytest.mark.parametrize("correct", [False, True])
def test_nothing_to_correct(workspace: Workspace, correct: bool) -> None:
    """An unchanged row is neither amended nor corrected."""
    workspace.import_rows(row())
    size = workspace.size
    assert 1 == workspace.import_rows(row(), correct=correct).unchanged
    assert size == workspace.size

"""Corrections: what was wrong is voided and recorded again from the day that it counted from, or the row is refused."""

import pytest

from ledger.domain.engagement.lifecycle import EngagementSigned
from ledger.domain.engagement.money.contributions import ContributionCommitted
from ledger.domain.voiding import EntryVoided
from tests.importing.desk import Desk, faults, row

USD_50 = {"currency": "USD", "value": "50.00"}


def test_amount_is_voided_and_committed_again(desk: Desk) -> None:
    """A wrong amount is taken back and the right one stands from the day of signature, in one command."""
    desk.take(row(itu_amount="10.00"))
    size = desk.size
    outcome = desk.take(row(itu_amount="10.00", partner_amount="80.00"), correct=True)
    assert (1, 0) == (outcome.corrected, outcome.amended)
    void, commit = desk.entries(size + 1)
    assert EntryVoided(version=2, reason="corrected by the register") == void.event
    assert isinstance(commit.event, ContributionCommitted)
    assert ("80.00", "2024-03-01") == (commit.event.amount.value, commit.effective_on)
    assert void.command == commit.command
    assert {"P00001": "USD 80.00", "organization": "USD 10.00"} == desk.committed()


def test_corrected_row_adds_nothing_again(desk: Desk) -> None:
    """After a correction the same file says what is recorded, however it is imported."""
    desk.take(row())
    desk.take(row(partner_amount="80.00"), correct=True)
    assert 1 == desk.take(row(partner_amount="80.00"), correct=True).unchanged
    assert 1 == desk.take(row(partner_amount="80.00")).unchanged


def test_particulars_of_the_signing_are_signed_again(desk: Desk) -> None:
    """A wrong title was wrong when it was signed: signing and commitments are voided and recorded anew."""
    desk.take(row(itu_amount="10.00"))
    size = desk.size
    desk.take(row(itu_amount="10.00", title="Data hub"), correct=True, reason="Typing error")
    made = desk.entries(size + 1)
    assert [EntryVoided] * 3 + [EngagementSigned] + [ContributionCommitted] * 2 == [type(entry.event) for entry in made]
    assert {"2024-03-01"} == {entry.effective_on for entry in made[3:]}
    assert {"Typing error"} == {entry.event.reason for entry in made[:3] if isinstance(entry.event, EntryVoided)}
    assert ("Data hub", "signed") == (desk.engagement().get("title"), desk.engagement().status)
    assert {"P00001": "USD 100.00", "organization": "USD 10.00"} == desk.committed()


def test_signing_date_is_corrected(desk: Desk) -> None:
    """Another date of signature is a correction: the engagement is signed anew on it."""
    desk.take(row())
    desk.take(row(signed_on="2023-12-31"), correct=True)
    assert ["2023-12-31"] == [step.on for step in desk.engagement().life]
    assert 1 == desk.take(row(signed_on="2023-12-31")).unchanged


def test_omission_is_filled_in_from_the_day_of_signature(desk: Desk) -> None:
    """What was never given is nothing to void: it is recorded from the day of signature on."""
    desk.take(row())
    size = desk.size
    desk.take(row(region="AFR", itu_amount="5.00"), correct=True)
    made = desk.entries(size + 1)
    assert {"2024-03-01"} == {entry.effective_on for entry in made}
    assert not any(isinstance(entry.event, EntryVoided) for entry in made)
    assert {"P00001": "USD 100.00", "organization": "USD 5.00"} == desk.committed()


def test_wrong_amendment_is_what_is_taken_back(desk: Desk) -> None:
    """When an amendment was wrong, the correction counts from the day of the amendment, not of the signature."""
    desk.take(row())
    desk.take(row(title="Data hub", partner_amount="80.00"), effective_on="2025-06-01")
    size = desk.size
    desk.take(row(title="Data commons", partner_amount="90.00"), correct=True)
    made = desk.entries(size + 1)
    assert {"2025-06-01"} == {entry.effective_on for entry in made}
    assert "-10.00" == next(one.event.amount.value for one in made if isinstance(one.event, ContributionCommitted))
    assert {"P00001": "USD 90.00"} == desk.committed()
    assert "Data commons" == desk.engagement().get("title")


def test_other_fields_of_a_voided_amendment_are_recorded_again(desk: Desk) -> None:
    """An amendment of title and unit whose title was wrong keeps its unit."""
    desk.take(row(itu_unit="Unit A"))
    desk.take(row(title="Data hub", itu_unit="Unit B"), effective_on="2025-06-01")
    desk.take(row(title="Data commons", itu_unit="Unit B"), correct=True)
    state = desk.engagement()
    assert ("Data commons", "Unit B") == (state.get("title"), state.get("unit"))
    assert "2025-06-01" == state.facts["unit"].on


def test_amendment_that_was_none_is_only_voided(desk: Desk) -> None:
    """Correcting an amendment back to what stood before is a void and nothing more."""
    desk.take(row())
    desk.take(row(partner_amount="80.00"))
    size = desk.size
    desk.take(row(), correct=True)
    assert [EntryVoided] == [type(entry.event) for entry in desk.entries(size + 1)]
    assert {"P00001": "USD 100.00"} == desk.committed()
    assert 1 == desk.take(row()).unchanged


def test_emptied_cells_are_taken_back(desk: Desk) -> None:
    """A correction takes back what a row no longer gives, amounts and texts alike."""
    desk.take(row(itu_unit="Unit A", itu_amount="10.00"))
    outcome = desk.take(row(itu_amount=""), correct=True)
    assert {("unit", ""), ("commitment of organization", "")} == {(one.field, one.becomes) for one in outcome.changes}
    assert desk.engagement().get("unit") is None
    assert {"P00001": "USD 100.00"} == desk.committed()
    assert 1 == desk.take(row(itu_amount="")).unchanged


def test_signing_that_holds_up_other_entries_is_not_taken_back(desk: Desk) -> None:
    """When staff recorded more on the engagement, its signing is not corrected, and the hint says what to do."""
    desk.take(row())
    desk.do("contribution receive", "2024-05-01", engagement="A-1", payer="P00001", amount=USD_50)
    outcome = desk.take(row(title="Data hub"), correct=True)
    assert [(1, "reference", "cannot-correct")] == faults(outcome)
    assert "contribution.received of 2024-05-01" in outcome.faults[0].reason
    assert "--effective 2024-03-01" in outcome.faults[0].hint
    assert 1 == desk.take(row(title="Data hub"), effective_on="2024-03-01").amended


def test_commitment_that_was_received_is_not_taken_back(desk: Desk) -> None:
    """A commitment on which money came in cannot be voided; the row is refused with the same hint."""
    desk.take(row())
    desk.do("contribution receive", "2024-05-01", engagement="A-1", payer="P00001", amount=USD_50)
    size = desk.size
    outcome = desk.take(row(partner_amount="110.00"), correct=True)
    assert [(1, "reference", "cannot-correct")] == faults(outcome)
    assert "--effective 2024-03-01" in outcome.faults[0].hint
    assert size == desk.size


def test_disclosed_engagement_is_not_signed_anew(desk: Desk) -> None:
    """What a disclosure refers to is not taken back under it."""
    desk.take(row())
    desk.do("disclosure publish", "2025-01-01", document="C25/1", body="Council",
            cover=[{"engagement": "A-1", "facets": ["financials"]}])  # fmt: skip
    assert [(1, "reference", "cannot-correct")] == faults(desk.take(row(title="Data hub"), correct=True))
    assert 1 == desk.take(row(partner_amount="80.00"), correct=True).corrected


def test_values_of_several_days_are_not_corrected_at_once(desk: Desk) -> None:
    """One command has one effective date: what counts from several days is refused."""
    desk.take(row())
    desk.take(row(itu_unit="Unit A"), effective_on="2025-01-01")
    desk.take(row(itu_unit="Unit A", region="AFR"), effective_on="2025-02-01")
    outcome = desk.take(row(itu_unit="Unit B", region="ASP"), correct=True)
    assert [(1, "reference", "cannot-correct")] == faults(outcome)
    assert "2025-01-01 and 2025-02-01" in outcome.faults[0].reason


def test_correction_with_a_new_party(desk: Desk) -> None:
    """The wrong party is replaced from the first day on by one that is registered on it."""
    desk.take(row())
    desk.take(row(partners="Beta Agency"), correct=True)
    assert {"P00002": "USD 100.00"} == desk.committed()
    assert "2024-03-01" == desk.engagement().facts["parties"].on
    assert 1 == desk.take(row(partners="Beta Agency")).unchanged


@pytest.mark.parametrize("correct", [False, True])
def test_nothing_to_correct(desk: Desk, correct: bool) -> None:
    """An unchanged row is neither amended nor corrected."""
    desk.take(row())
    size = desk.size
    assert 1 == desk.take(row(), correct=correct).unchanged
    assert size == desk.size

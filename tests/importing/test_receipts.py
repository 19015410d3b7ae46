"""Rows of receipts: money that came in, or went back; known again by their reference, or by all of their cells."""

import pytest

from ledger.importing.profile.load import read_profile
from ledger.importing.result import ImportResult
from tests.importing.workspace import Workspace, faults, table

PROFILE = """
    kind = "receipts"
    amounts = { negative = "refund", grouping = "," }
    empty.currency = "USD"
    [columns]
    engagement = "grant"
    payer = "donor"
    receipt = "voucher"
    amount = "amount"
    currency = "cur"
    received_on = "day"
"""
ROW = {"grant": "G-1", "donor": "", "voucher": "R-1", "amount": "1,000.00", "cur": "", "day": "2024-02-01"}


@pytest.fixture
def grants(workspace: Workspace) -> Workspace:
    """Return a workspace with a grant of USD 5000.00, and a profile of receipts."""
    workspace.sign("G-1", "Alpha (illustrative)")
    workspace.record("contribution commit", "2024-01-01", engagement="G-1", payer="P00001",
                     amount={"currency": "USD", "value": "5000.00"})  # fmt: skip
    workspace.profile = read_profile("income", PROFILE.encode())
    return workspace


def given(workspace: Workspace, *rows: dict[str, str], correct: bool = False) -> ImportResult:
    """Import rows."""
    return workspace.import_rows(data=table(*rows), correct=correct)


def held(workspace: Workspace) -> tuple[int, int]:
    """Return what was received and what was refunded, in cents."""
    contribution = workspace.engagement("G-1").balances.contributions[("P00001", "USD")]
    return contribution.received, contribution.refunded


def test_receipts_and_refunds(grants: Workspace) -> None:
    """Positive amounts are received and negative ones refunded; again, they add nothing."""
    rows = [ROW, ROW | {"voucher": "R-2", "donor": "Alpha (illustrative)", "amount": "500"},
            ROW | {"voucher": "R-3", "amount": "(200.00)", "day": "2024-03-01"}]  # fmt: skip
    result = given(grants, *rows)
    assert (2, 1, []) == (result.received, result.refunded, faults(result))
    assert (150000, 20000) == held(grants)
    again = given(grants, *rows, ROW | {"voucher": "R-4", "amount": "1"})
    assert (3, 1, 1) == (again.unchanged, again.received, again.entries)


def test_equal_receipts_without_a_reference(grants: Workspace) -> None:
    """Given two equal rows without a reference, when imported twice, then two receipts are recorded."""
    rows = [ROW | {"voucher": ""}, ROW | {"voucher": ""}]
    assert 2 == given(grants, *rows).received
    assert 2 == given(grants, *rows).unchanged
    assert (200000, 0) == held(grants)


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"grant": ""}, "grant", "empty-cell"),
        ({"amount": ""}, "amount", "empty-cell"),
        ({"day": ""}, "day", "empty-cell"),
        ({"day": "2030-01-01"}, "day", "not-signed-yet"),
        ({"grant": "G-2"}, "grant", "unknown-engagement"),
        ({"donor": "Nobody"}, "donor", "unknown-party"),
        ({"cur": "EUR"}, "cur", "wrong-currency"),
        ({"amount": "0.00"}, "amount", "not-positive"),
        ({"amount": "-1.00"}, "amount", "over-received"),
        ({"day": "2023-01-01"}, "grant", "forbidden-transition"),
    ],
)
def test_receipt_that_is_wrong(grants: Workspace, cells: dict[str, str], column: str, code: str) -> None:
    """A fault names the column and the code."""
    assert [(1, column, code)] == faults(given(grants, ROW | cells))


def test_payer_of_several_parties(workspace: Workspace) -> None:
    """Given two parties, when a row names none, then it is refused; the organisation can be named."""
    workspace.sign("G-1", "Alpha", "Beta")
    workspace.record("contribution commit", "2024-01-01", engagement="G-1", payer="organization",
                     amount={"currency": "USD", "value": "10.00"})  # fmt: skip
    workspace.profile = read_profile("income", PROFILE.encode())
    assert [(1, "donor", "empty-cell")] == faults(given(workspace, ROW))
    assert 1 == given(workspace, ROW | {"donor": "organization"}).received


def test_receipt_that_differs(grants: Workspace) -> None:
    """Another day of a recorded receipt is refused; with --as correction it is recorded again."""
    given(grants, ROW)
    changed = ROW | {"day": "2024-02-03"}
    result = given(grants, changed)
    assert [(1, "day", "money-differs")] == faults(result)
    assert "the day of receipt of receipt R-1 is 2024-02-03" in result.faults[0].reason
    assert 1 == given(grants, changed, correct=True).corrected
    assert (100000, 0) == held(grants)
    assert 1 == given(grants, changed).unchanged


def test_receipt_that_staff_voided(grants: Workspace) -> None:
    """A receipt that was voided stays voided."""
    given(grants, ROW)
    grants.record("void", positions=[grants.size], reason="Not ours")
    assert [(1, "voucher", "taken-back")] == faults(given(grants, ROW))

"""Negative payments: a refund reverses payments and pays the rest again, so that totals fall by what came back."""

import pytest

from ledger.importing.profile.load import read_profile
from ledger.importing.result import ImportResult
from tests.importing.workspace import Workspace, faults, table

PROFILE = """
    kind = "payments"
    amounts = { negative = "refund", grouping = "," }
    constants = { engagement = "FRAME", currency = "GBP" }
    [columns]
    order = "order"
    payment = "voucher"
    amount = "net"
    paid_on = "day"
    refund_of = "credits"
"""
FIRST = {"order": "SO-1", "voucher": "V-1", "net": "100.00", "day": "2024-02-01", "credits": ""}
SECOND = FIRST | {"voucher": "V-2", "net": "50.00", "day": "2024-03-01"}


@pytest.fixture
def paid(workspace: Workspace) -> Workspace:
    """Return a workspace with an order under which GBP 400.00 was accepted, and a profile that reads refunds."""
    workspace.sign("FRAME", "Greenfield (illustrative)")
    amount = {"currency": "GBP", "value": "400.00"}
    workspace.record("order issue", "2024-01-02", engagement="FRAME", number="SO-1", subject="S", amount=amount)
    workspace.record("order accept", "2024-01-03", engagement="FRAME", number="SO-1", amount=amount)
    workspace.profile = read_profile("spending", PROFILE.encode())
    return workspace


def payments(workspace: Workspace) -> dict[str, int]:
    """Return the payments that are not reversed, in pence."""
    return {
        ref: payment.minor
        for ref, payment in workspace.engagement("FRAME").balances.payments.items()
        if not payment.reversed
    }


def refund(net: str, voucher: str = "C-1", **cells: str) -> dict[str, str]:
    """Return the row of a credit."""
    return FIRST | {"voucher": voucher, "net": net, "day": "2024-06-01"} | cells


def given(workspace: Workspace, *rows: dict[str, str], correct: bool = False) -> ImportResult:
    """Import rows."""
    return workspace.import_rows(data=table(*rows), correct=correct)


def test_part_of_a_payment_comes_back(paid: Workspace) -> None:
    """Given two payments, when a credit of a part comes, then the latest is reversed and its rest paid on that day."""
    result = given(paid, FIRST, SECOND, refund("(20.00)"))
    assert (2, 1, []) == (result.paid, result.refunded, faults(result))
    assert {"V-1": 10000, "V-2/1": 3000} == payments(paid)
    assert ["payment.made", "payment.made", "payment.reversed", "payment.made"] == paid.tags()[-4:]
    assert "2024-06-01" == paid.entries()[-1].effective_on
    assert 13000 == paid.engagement("FRAME").balances.orders["SO-1"].paid


def test_refund_over_several_payments(paid: Workspace) -> None:
    """A credit of more than the latest payment takes back the one before as well."""
    given(paid, FIRST, SECOND, refund("-120.00"), refund("-10.00", "C-2", day="2024-07-01"))
    assert {"V-1/2": 2000} == payments(paid)


def test_refund_of_a_named_payment(paid: Workspace) -> None:
    """A credit that names a payment, or has its reference, takes back that one."""
    given(paid, FIRST, SECOND, refund("-100.00", credits="V-1"), refund("-10.00", "V-2"))
    assert {"V-2/1": 4000} == payments(paid)


def test_refund_again(paid: Workspace) -> None:
    """The same credits in a later file add nothing, and the file lacks none of the payments."""
    given(paid, FIRST, SECOND, refund("-20.00"), refund("-100.00", credits="V-1", voucher="C-2"))
    size = paid.size
    third = FIRST | {"voucher": "V-3", "net": "1.00", "day": "2024-08-01"}
    later = given(paid, FIRST, SECOND, refund("-20.00"), third, refund("-100.00", credits="V-1", voucher="C-2"))
    assert (4, 1, 1, [], []) == (later.unchanged, later.paid, later.entries, later.vanished, faults(later))
    assert size + 1 == paid.size


def test_refund_that_differs(paid: Workspace) -> None:
    """Another amount of a recorded credit is refused; with --as correction it is voided and recorded again."""
    given(paid, FIRST, SECOND, refund("-20.00"))
    changed = given(paid, FIRST, SECOND, refund("-60.00"))
    assert [(3, "net", "money-differs")] == faults(changed)
    assert "amount of refund C-1 is GBP 60.00, but it is GBP 20.00" in changed.faults[0].reason
    corrected = given(paid, FIRST, SECOND, refund("-60.00"), correct=True)
    assert (2, 1) == (corrected.unchanged, corrected.corrected)
    assert {"V-1/1": 9000} == payments(paid)


def test_more_than_was_paid(paid: Workspace) -> None:
    """A credit of more than was paid until its day, or of a payment that is not there, is refused as a whole."""
    result = given(paid, FIRST, SECOND, refund("-150.01"))
    assert [(3, "net", "over-refunded")] == faults(result)
    assert "Only GBP 150.00 of what was paid under order SO-1" in result.faults[0].reason
    assert [(2, "net", "over-refunded")] == faults(given(paid, FIRST, refund("-1.00", day="2024-01-05")))
    assert [(2, "net", "over-refunded")] == faults(given(paid, FIRST, refund("-1.00", credits="V-9")))


def test_refund_that_staff_voided(paid: Workspace) -> None:
    """A credit that was voided stays voided."""
    given(paid, FIRST, refund("-100.00"))
    paid.record("void", positions=[paid.size], reason="Not ours")
    assert [(2, "voucher", "taken-back")] == faults(given(paid, FIRST, refund("-100.00")))


def test_rule_stays_where_the_profile_is_silent(paid: Workspace) -> None:
    """Without the key a negative payment is refused."""
    paid.profile = read_profile("spending", PROFILE.replace('negative = "refund", ', "").encode())
    assert [(1, "net", "negative-amount")] == faults(given(paid, refund("(20.00)")))

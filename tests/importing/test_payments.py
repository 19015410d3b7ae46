"""Registers of payments: recorded once, with their acceptance if a column gives it."""

import pytest

from ledger.importing.profile.load import read_profile
from tests.importing.workspace import Workspace, faults, table

PROFILE = """
kind = "payments"
[columns]
engagement = "contract"
order = "order"
payment = "voucher"
currency = "cur"
amount = "amount"
paid_on = "paid"
"""
ACCEPTING = PROFILE + 'accepted_on = "accepted"\nacceptance = "receipt"\n'
ROW = {"contract": "A-1", "order": "SO-1", "voucher": "PV-1", "cur": "USD", "amount": "40.00", "paid": "2024-04-01",
       "accepted": "2024-03-01", "receipt": ""}  # fmt: skip


def paid(**cells: str) -> dict[str, str]:
    """Return the cells of a valid row, with these values replaced."""
    return ROW | cells


@pytest.fixture
def payments(workspace: Workspace) -> Workspace:
    """Return a workspace with an order of USD 100.00, and the profile without acceptances."""
    workspace.sign("A-1", "Alpha")
    workspace.record("order issue", "2024-02-01", engagement="A-1", number="SO-1", subject="Report", vendor="Alpha",
            amount={"currency": "USD", "value": "100.00"})  # fmt: skip
    workspace.profile = read_profile("payments", PROFILE.encode())
    return workspace


@pytest.fixture
def accepting(payments: Workspace) -> Workspace:
    """Return the workspace with a profile whose rows also give the acceptance."""
    payments.profile = read_profile("payments", ACCEPTING.encode())
    return payments


def accept(workspace: Workspace, value: str, on: str = "2024-03-01") -> None:
    """Accept deliverables, as staff do."""
    workspace.record("order accept", on, engagement="A-1", number="SO-1", amount={"currency": "USD", "value": value})


def balance(workspace: Workspace) -> tuple[int, int]:
    """Return the accepted and the paid amount in cents."""
    order = workspace.engagement().balances.orders["SO-1"]
    return order.accepted, order.paid


def test_ex_post_facto(accepting: Workspace) -> None:
    """What was accepted and paid before its order needs a reason in its row, which both entries get."""
    profile = ACCEPTING + 'ex_post_facto = "came first"\n'
    accepting.profile = read_profile("payments", profile.encode())
    early = paid(accepted="2024-01-20", paid="2024-01-21") | {"came first": ""}
    assert ["before-its-time"] == [code for *_, code in faults(accepting.import_rows(data=table(early)))]
    assert 1 == accepting.import_rows(data=table(early | {"came first": "Urgent"})).paid
    balances = accepting.engagement().balances
    assert ("Urgent", "Urgent") == (
        balances.acceptances["PV-1"].ex_post_facto, balances.payments["PV-1"].ex_post_facto
    )  # fmt: skip


def test_payment_of_what_is_accepted_already(payments: Workspace) -> None:
    """Without a column for the acceptance, a payment must not exceed the recorded acceptances."""
    assert [(1, "amount", "over-accepted")] == faults(payments.import_rows(data=table(paid())))
    accept(payments, "60.00")
    rows = [paid(), paid(voucher="PV-2", amount="30.00")]
    assert [(2, "amount", "over-accepted")] == faults(payments.import_rows(data=table(*rows)))
    outcome = payments.import_rows(data=table(paid(), paid(voucher="PV-2", amount="20.00")))
    assert (2, 0, (6000, 6000)) == (outcome.paid, outcome.accepted, balance(payments))
    last = payments.entries()[-1]
    assert ("payment.made", "2024-04-01") == (last.event.tag(), last.effective_on)
    assert last.source is not None
    assert 2 == last.source.row


def test_acceptance_that_comes_with_the_payment(accepting: Workspace) -> None:
    """With a day of acceptance a row records both, each with its own day and id; a second import adds nothing."""
    outcome = accepting.import_rows(data=table(paid()))
    assert (1, 1, 2, (4000, 4000)) == (outcome.paid, outcome.accepted, outcome.entries, balance(accepting))
    first, second = accepting.entries()[-2:]
    assert [("deliverable.accepted", "2024-03-01"), ("payment.made", "2024-04-01")] == [
        (entry.event.tag(), entry.effective_on) for entry in (first, second)
    ]
    base = f"import:payments:{outcome.sha256[:32]}:1"
    assert [f"{base}/acceptance", base] == [first.command, second.command]
    size = accepting.size
    again = accepting.import_rows(data=table(paid()))
    assert (1, 0, size) == (again.unchanged, again.accepted, accepting.size)


def test_acceptance_of_staff_is_not_recorded_twice(accepting: Workspace) -> None:
    """A recorded acceptance with the same reference, order and amount is not recorded again."""
    accepting.record("order accept", "2024-02-20", engagement="A-1", number="SO-1", acceptance="R-1",
                 amount={"currency": "USD", "value": "40.00"})  # fmt: skip
    outcome = accepting.import_rows(data=table(paid(receipt="R-1")))
    assert (1, 0, (4000, 4000)) == (outcome.paid, outcome.accepted, balance(accepting))
    other = accepting.import_rows(data=table(paid(voucher="PV-2", receipt="R-1", amount="10.00")))
    assert [(1, "receipt", "duplicate-acceptance")] == faults(other)


def test_row_without_acceptance_among_those_with(accepting: Workspace) -> None:
    """A row without a day of acceptance must not exceed the recorded acceptances."""
    accept(accepting, "10.00")
    rows = [paid(), paid(voucher="PV-2", amount="10.00", accepted="")]
    assert (2, 1) == ((outcome := accepting.import_rows(data=table(*rows))).paid, outcome.accepted)


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"contract": "A-9"}, "contract", "unknown-engagement"),
        ({"order": "SO-9"}, "order", "unknown-order"),
        ({"voucher": ""}, "voucher", "empty-cell"),
        ({"amount": "100.01"}, "amount", "over-order"),
        ({"amount": "0.00"}, "amount", "not-positive"),
        ({"cur": "EUR"}, "cur", "wrong-currency"),
        ({"paid": "soon"}, "paid", "not-a-date"),
        ({"paid": "2031-01-01"}, "paid", "not-signed-yet"),
        ({"accepted": "2024-05-01"}, "amount", "over-accepted"),
        ({"accepted": "2024-01-15"}, "paid", "before-its-time"),
    ],
)
def test_row_that_is_wrong(accepting: Workspace, cells: dict[str, str], column: str, code: str) -> None:
    """Each fault names its column, and nothing of the file is recorded: no acceptance without its payment."""
    size = accepting.size
    outcome = accepting.import_rows(data=table(paid(voucher="PV-0", amount="1.00"), paid(**cells)))
    assert [(2, column, code)] == faults(outcome)
    assert size == accepting.size


def test_keep_going(accepting: Workspace) -> None:
    """Nothing of a refused row is recorded, not even its acceptance; once mended, it is imported."""
    outcome = accepting.import_rows(data=table(paid(), paid(voucher="PV-2", accepted="2024-04-20")), keep_going=True)
    assert (1, {2}, (4000, 4000)) == (outcome.paid, outcome.faulty, balance(accepting))
    mended = (accepting.folder / "register.csv.rejects.csv").read_bytes().replace(b"2024-04-20", b"2024-03-20")
    assert 1 == accepting.import_rows(path=accepting.write(mended, "mended.csv")).paid


@pytest.mark.parametrize(
    ("cells", "column"),
    [({"amount": "30.00"}, "amount"), ({"paid": "2024-04-02"}, "paid"), ({"order": "SO-2"}, "order")],
)
def test_changed_payment_is_refused(accepting: Workspace, cells: dict[str, str], column: str) -> None:
    """A payment cannot be amended: the hint names the reversal, the void and the correction."""
    accepting.import_rows(data=table(paid()))
    outcome = accepting.import_rows(data=table(paid(**cells)))
    assert [(1, column, "payment-differs")] == faults(outcome)
    for way in ("payment reverse", "void", "--as correction"):
        assert way in outcome.faults[0].hint


def test_correction(accepting: Workspace) -> None:
    """A correction voids payment and acceptance, and records them as the row states."""
    accepting.import_rows(data=table(paid()))
    changed = paid(amount="30.00", paid="2024-04-02")
    outcome = accepting.import_rows(data=table(changed), correct=True)
    assert (1, [], (3000, 3000)) == (outcome.corrected, outcome.faults, balance(accepting))
    assert [("amount", "USD 40.00", "USD 30.00"), ("paid_on", "2024-04-01", "2024-04-02")] == [
        (change.field, change.was, change.becomes) for change in outcome.changes
    ]
    assert ["entry.voided", "entry.voided", "deliverable.accepted", "payment.made"] == accepting.tags()[-4:]
    assert 1 == accepting.import_rows(data=table(changed)).unchanged


def test_correction_of_what_was_reversed(accepting: Workspace) -> None:
    """A reversed payment cannot be corrected unless the reversal is voided; the unchanged row still adds nothing."""
    accepting.import_rows(data=table(paid()))
    accepting.record("payment reverse", "2024-05-01", engagement="A-1", payment="PV-1")
    assert 1 == accepting.import_rows(data=table(paid())).unchanged
    outcome = accepting.import_rows(data=table(paid(amount="30.00")), correct=True)
    assert [(1, "voucher", "cannot-correct")] == faults(outcome)


def test_payment_of_staff(accepting: Workspace) -> None:
    """A row equal to a payment that staff recorded adds nothing."""
    accept(accepting, "40.00")
    accepting.record("payment make", "2024-04-01", engagement="A-1", number="SO-1", payment="PV-1",
                 amount={"currency": "USD", "value": "40.00"})  # fmt: skip
    assert 1 == accepting.import_rows(data=table(paid())).unchanged
    assert (4000, 4000) == balance(accepting)


def test_payment_that_was_voided(accepting: Workspace) -> None:
    """A void by staff stays in force: an unchanged row adds nothing, a changed one is refused."""
    accepting.import_rows(data=table(paid()))
    accepting.record("void", positions=[accepting.size], reason="Recorded by mistake")
    assert 1 == accepting.import_rows(data=table(paid())).unchanged
    assert [(1, "voucher", "taken-back")] == faults(accepting.import_rows(data=table(paid(amount="30.00"))))


def test_voucher_twice_and_vanished(accepting: Workspace) -> None:
    """Each payment has one row; payments missing from the file are listed, and left unchanged."""
    rows = [paid(), paid(amount="10.00")]
    assert [(2, "voucher", "repeated-reference")] == faults(accepting.import_rows(data=table(*rows)))
    accepting.import_rows(data=table(paid(), paid(voucher="PV-2", amount="10.00")))
    assert ["A-1; PV-2"] == accepting.import_rows(data=table(paid())).vanished
    assert (5000, 5000) == balance(accepting)


def test_interrupted_import_goes_on(accepting: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupted import leaves whole rows, acceptance and payment, and continues where it stopped."""
    monkeypatch.setattr("ledger.importing.record.PART", 2)
    rows = [paid(voucher=f"PV-{number}", amount="10.00") for number in range(1, 6)]

    def stop(done: int, whole: int) -> None:
        if done == 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        accepting.import_rows(data=table(*rows), tick=stop)
    assert (2000, 2000) == balance(accepting)
    outcome = accepting.import_rows(data=table(*rows))
    assert (2, 3, (5000, 5000)) == (outcome.unchanged, outcome.paid, balance(accepting))

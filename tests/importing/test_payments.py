"""Registers of payments: recorded once, with the acceptance that they pay for where a column tells of it."""

import pytest

from ledger.importing.profile.load import read_profile
from tests.importing.desk import Desk, faults, table

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
    """Return the cells of a row that is right, with these in place of its own."""
    return ROW | cells


@pytest.fixture
def payments(desk: Desk) -> Desk:
    """Return a desk with an order of USD 100.00, and the profile that has no acceptances."""
    desk.sign("A-1", "Alpha")
    desk.do("order issue", "2024-02-01", engagement="A-1", number="SO-1", subject="Report", vendor="Alpha",
            amount={"currency": "USD", "value": "100.00"})  # fmt: skip
    desk.profile = read_profile("payments", PROFILE.encode())
    return desk


@pytest.fixture
def accepting(payments: Desk) -> Desk:
    """Return the desk with a profile whose rows tell of the acceptance as well."""
    payments.profile = read_profile("payments", ACCEPTING.encode())
    return payments


def accept(desk: Desk, value: str, on: str = "2024-03-01") -> None:
    """Accept deliverables, as staff do."""
    desk.do("order accept", on, engagement="A-1", number="SO-1", amount={"currency": "USD", "value": value})


def balance(desk: Desk) -> tuple[int, int]:
    """Return what was accepted and what was paid, in cents."""
    order = desk.engagement().balances.orders["SO-1"]
    return order.accepted, order.paid


def test_payment_of_what_is_accepted_already(payments: Desk) -> None:
    """Without a column for the acceptance a payment is judged by what is accepted: no more than that is paid."""
    assert [(1, "amount", "over-accepted")] == faults(payments.take(data=table(paid())))
    accept(payments, "60.00")
    rows = [paid(), paid(voucher="PV-2", amount="30.00")]
    assert [(2, "amount", "over-accepted")] == faults(payments.take(data=table(*rows)))
    outcome = payments.take(data=table(paid(), paid(voucher="PV-2", amount="20.00")))
    assert (2, 0, (6000, 6000)) == (outcome.paid, outcome.accepted, balance(payments))
    last = payments.entries()[-1]
    assert ("payment.made", "2024-04-01") == (last.event.tag(), last.effective_on)
    assert last.source is not None
    assert 2 == last.source.row


def test_acceptance_that_comes_with_the_payment(accepting: Desk) -> None:
    """With the day of acceptance a row records both, each on its day, under ids of their own; again it adds nothing."""
    outcome = accepting.take(data=table(paid()))
    assert (1, 1, 2, (4000, 4000)) == (outcome.paid, outcome.accepted, outcome.entries, balance(accepting))
    first, second = accepting.entries()[-2:]
    assert [("deliverable.accepted", "2024-03-01"), ("payment.made", "2024-04-01")] == [
        (one.event.tag(), one.effective_on) for one in (first, second)
    ]
    base = f"import:payments:{outcome.sha256[:32]}:1"
    assert [f"{base}/acceptance", base] == [first.command, second.command]
    size = accepting.size
    again = accepting.take(data=table(paid()))
    assert (1, 0, size) == (again.unchanged, again.accepted, accepting.size)


def test_acceptance_of_staff_is_not_recorded_twice(accepting: Desk) -> None:
    """An acceptance of this reference, order and amount that is recorded already is the one that is paid."""
    accepting.do("order accept", "2024-02-20", engagement="A-1", number="SO-1", acceptance="R-1",
                 amount={"currency": "USD", "value": "40.00"})  # fmt: skip
    outcome = accepting.take(data=table(paid(receipt="R-1")))
    assert (1, 0, (4000, 4000)) == (outcome.paid, outcome.accepted, balance(accepting))
    other = accepting.take(data=table(paid(voucher="PV-2", receipt="R-1", amount="10.00")))
    assert [(1, "receipt", "duplicate-acceptance")] == faults(other)


def test_row_without_acceptance_among_those_with(accepting: Desk) -> None:
    """A row that does not say when it was accepted is judged by what is accepted already."""
    accept(accepting, "10.00")
    rows = [paid(), paid(voucher="PV-2", amount="10.00", accepted="")]
    assert (2, 1) == ((outcome := accepting.take(data=table(*rows))).paid, outcome.accepted)


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
def test_row_that_is_wrong(accepting: Desk, cells: dict[str, str], column: str, code: str) -> None:
    """What is wrong is told with its column, and nothing of the file is recorded: no acceptance without its payment."""
    size = accepting.size
    outcome = accepting.take(data=table(paid(voucher="PV-0", amount="1.00"), paid(**cells)))
    assert [(2, column, code)] == faults(outcome)
    assert size == accepting.size


def test_keep_going(accepting: Desk) -> None:
    """Of a row that is refused nothing is recorded, its acceptance neither; mended it is taken in."""
    outcome = accepting.take(data=table(paid(), paid(voucher="PV-2", accepted="2024-04-20")), keep_going=True)
    assert (1, {2}, (4000, 4000)) == (outcome.paid, outcome.faulty, balance(accepting))
    mended = (accepting.folder / "register.csv.rejects.csv").read_bytes().replace(b"2024-04-20", b"2024-03-20")
    assert 1 == accepting.take(path=accepting.write(mended, "mended.csv")).paid


@pytest.mark.parametrize(
    ("cells", "column"),
    [({"amount": "30.00"}, "amount"), ({"paid": "2024-04-02"}, "paid"), ({"order": "SO-2"}, "order")],
)
def test_changed_payment_is_refused(accepting: Desk, cells: dict[str, str], column: str) -> None:
    """A payment is not amended: the hint names the reversal, the void and the correction."""
    accepting.take(data=table(paid()))
    outcome = accepting.take(data=table(paid(**cells)))
    assert [(1, column, "payment-differs")] == faults(outcome)
    for way in ("payment reverse", "void", "--as correction"):
        assert way in outcome.faults[0].hint


def test_correction(accepting: Desk) -> None:
    """As a correction payment and acceptance are taken back, and recorded as the row has them."""
    accepting.take(data=table(paid()))
    changed = paid(amount="30.00", paid="2024-04-02")
    outcome = accepting.take(data=table(changed), correct=True)
    assert (1, [], (3000, 3000)) == (outcome.corrected, outcome.faults, balance(accepting))
    assert [("amount", "USD 40.00", "USD 30.00"), ("paid_on", "2024-04-01", "2024-04-02")] == [
        (one.field, one.was, one.becomes) for one in outcome.changes
    ]
    assert ["entry.voided", "entry.voided", "deliverable.accepted", "payment.made"] == accepting.tags()[-4:]
    assert 1 == accepting.take(data=table(changed)).unchanged


def test_correction_of_what_was_reversed(accepting: Desk) -> None:
    """A payment that came back cannot be corrected while the reversal stands; the same row still adds nothing."""
    accepting.take(data=table(paid()))
    accepting.do("payment reverse", "2024-05-01", engagement="A-1", payment="PV-1")
    assert 1 == accepting.take(data=table(paid())).unchanged
    outcome = accepting.take(data=table(paid(amount="30.00")), correct=True)
    assert [(1, "voucher", "cannot-correct")] == faults(outcome)


def test_payment_of_staff(accepting: Desk) -> None:
    """A row of a payment that staff recorded just so adds nothing."""
    accept(accepting, "40.00")
    accepting.do("payment make", "2024-04-01", engagement="A-1", number="SO-1", payment="PV-1",
                 amount={"currency": "USD", "value": "40.00"})  # fmt: skip
    assert 1 == accepting.take(data=table(paid())).unchanged
    assert (4000, 4000) == balance(accepting)


def test_payment_that_was_voided(accepting: Desk) -> None:
    """What staff took back stays taken back: the same row adds nothing, a changed one is refused."""
    accepting.take(data=table(paid()))
    accepting.do("void", positions=[accepting.size], reason="Recorded by mistake")
    assert 1 == accepting.take(data=table(paid())).unchanged
    assert [(1, "voucher", "taken-back")] == faults(accepting.take(data=table(paid(amount="30.00"))))


def test_voucher_twice_and_vanished(accepting: Desk) -> None:
    """Each payment has one row; payments that the file no longer has are listed and left."""
    rows = [paid(), paid(amount="10.00")]
    assert [(2, "voucher", "repeated-reference")] == faults(accepting.take(data=table(*rows)))
    accepting.take(data=table(paid(), paid(voucher="PV-2", amount="10.00")))
    assert ["A-1; PV-2"] == accepting.take(data=table(paid())).vanished
    assert (5000, 5000) == balance(accepting)


def test_interrupted_import_goes_on(accepting: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An import that was interrupted leaves whole rows, acceptance and payment, and goes on where it stopped."""
    monkeypatch.setattr("ledger.importing.record.PART", 2)
    rows = [paid(voucher=f"PV-{number}", amount="10.00") for number in range(1, 6)]

    def stop(done: int, whole: int) -> None:
        if done == 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        accepting.take(data=table(*rows), tick=stop)
    assert (2000, 2000) == balance(accepting)
    outcome = accepting.take(data=table(*rows))
    assert (2, 3, (5000, 5000)) == (outcome.unchanged, outcome.paid, balance(accepting))

"""Random registers of all kinds but agreements: valid rows are recorded, and a second import adds nothing."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.importing.errors import EmptyFile
from ledger.importing.profile.load import read_profile
from tests.importing.test_orders import PROFILE as ORDERS
from tests.importing.test_orders import ROW as ORDER
from tests.importing.test_party_rows import PROFILE as PARTIES
from tests.importing.test_party_rows import ROW as PARTY
from tests.importing.test_payments import ACCEPTING
from tests.importing.test_payments import ROW as PAYMENT
from tests.importing.test_receipts import PROFILE as RECEIPTS
from tests.importing.test_receipts import ROW as RECEIPT
from tests.importing.workspace import Workspace, sheet

FEW = settings(
    max_examples=1500 if os.environ.get("LEDGER_SWEEP") else 25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
WORDS = {
    "contract": ["A-1", "A-2", "A-9", ""], "order no": ["SO-1", "SO-2", "SO-3"], "order": ["SO-1", "SO-2"],
    "voucher": ["PV-1", "PV-2", "PV-3"], "amount": ["10.00", "20", "100.00", "0", "-1", "(15)", "x"],
    "cur": ["USD", "USD", "EUR", ""], "issued": ["2024-02-01", "2024-03-01", "2023-01-01"],
    "paid": ["2024-04-01", "2024-03-01"], "accepted": ["2024-03-01", "2024-04-15", ""],
    "receipt": ["", "R-1", "R-2"], "vendor": ["Alpha", "P00002", ""], "subject": ["Report", "Study"],
    "deliverables": ["", "Draft", "Draft | Report"], "to": ["", "2024-06-30", "2020-01-01"],
    "grant": ["A-2", "A-1", "A-9", ""], "donor": ["", "Alpha", "Beta", "organization"],
    "day": ["2024-02-01", "2024-05-01"],
    "name": ["Alpha", "alpha", "Beta", "Gamma Fund", "Gamma  Fund", ""], "ref": ["", "", "P00001", "ORG-1"],
    "ids": ["", "LEI=1", "LEI=2", "LEI=1; X=2", "bad"], "aka": ["", "Alpha", "GF", "GF; AB"],
    "country": ["", "CH", "FR"], "type": ["", "Academia", "Other"], "member": ["", "none", "Member State"],
}  # fmt: skip


def files(row: dict[str, str]) -> st.SearchStrategy[list[list[dict[str, str]]]]:
    """Return a strategy of sequences of files whose rows differ from `row` in some cells."""
    cells = st.fixed_dictionaries({}, optional={name: st.sampled_from(WORDS[name]) for name in row if name in WORDS})
    return st.lists(st.lists(cells.map(lambda some: row | some), min_size=1, max_size=5), min_size=1, max_size=3)


def take_all(profile: str, row: dict[str, str], given: list[list[dict[str, str]]], *, correct: bool) -> None:
    """Import each file twice: the second import records nothing, and all sums stay within bounds."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        workspace.sign("A-1", "Alpha", "Beta", ceiling={"currency": "USD", "value": "150.00"})
        workspace.sign("A-2", "Alpha")
        workspace.record("contribution commit", "2024-01-02", engagement="A-2", payer="Alpha",
                amount={"currency": "USD", "value": "50.00"})  # fmt: skip
        workspace.record("order issue", "2024-02-01", engagement="A-1", number="SO-2", subject="Own", vendor="Alpha",
                amount={"currency": "USD", "value": "50.00"})  # fmt: skip
        workspace.profile = read_profile("random", profile.encode())
        for number, rows in enumerate(given):
            path = workspace.write(sheet(*rows, columns=row), f"{number}.csv")
            with suppress(EmptyFile):
                first = workspace.import_rows(path=path, keep_going=True, correct=correct)
                size = workspace.size
                # What was recorded may change why a row is refused, and so the content of the reject file.
                path.with_name(f"{path.name}.rejects.csv").unlink(missing_ok=True)
                assert first.rows == len(first.faulty) + sum(first.done.values())
                again = workspace.import_rows(path=path, keep_going=True, correct=correct)
                # Of two rows of one party the first is refused for what it says; the next time the second may do.
                # A refund above its payment is refused, and finds the payment the next time.
                if not first.faulty or (profile != PARTIES and "refund" not in profile):
                    assert (size, 0) == (workspace.size, again.entries)
        for order in workspace.engagement().balances.orders.values():
            assert 0 <= order.paid <= order.accepted <= order.ordered
        workspace.ledger.close()


@pytest.mark.slow
@FEW
@given(files(ORDER), st.booleans())
def test_orders(given: list[list[dict[str, str]]], correct: bool) -> None:
    """Registers of orders."""
    take_all(ORDERS, ORDER, given, correct=correct)


@pytest.mark.slow
@FEW
@given(files(PAYMENT), st.booleans())
def test_payments(given: list[list[dict[str, str]]], correct: bool) -> None:
    """Registers of payments."""
    take_all(ACCEPTING, PAYMENT, given, correct=correct)


@pytest.mark.slow
@FEW
@given(files(PAYMENT), st.booleans())
def test_refunds(given: list[list[dict[str, str]]], correct: bool) -> None:
    """Registers of payments with refunds."""
    refunding = ACCEPTING.replace('kind = "payments"', 'kind = "payments"\namounts.negative = "refund"')
    take_all(refunding, PAYMENT, given, correct=correct)


@pytest.mark.slow
@FEW
@given(files(RECEIPT), st.booleans())
def test_receipts(given: list[list[dict[str, str]]], correct: bool) -> None:
    """Registers of receipts with refunds."""
    take_all(RECEIPTS, RECEIPT, given, correct=correct)


@pytest.mark.slow
@FEW
@given(files(PARTY), st.booleans())
def test_parties(given: list[list[dict[str, str]]], correct: bool) -> None:
    """Registers of parties."""
    take_all(PARTIES, PARTY, given, correct=correct)

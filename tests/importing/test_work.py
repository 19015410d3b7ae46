"""The work of an import grows with its rows: what is recorded about an engagement is read once, not for each row."""

from collections import Counter
from typing import Any

import pytest

from ledger.application.request import Request, command_from
from ledger.format.entry import read
from ledger.importing import record
from ledger.importing.changes import stream_history
from ledger.importing.profile.load import find_profile, read_profile
from ledger.importing.result import ImportResult
from tests.importing.test_payments import ACCEPTING, paid
from tests.importing.workspace import Workspace, row, table

ORDERS = """
kind = "orders"
[columns]
engagement = "contract"
number = "order"
subject = "subject"
currency = "cur"
amount = "amount"
issued_on = "issued"
"""


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count the entries of each stream that planners decode."""
    counts: Counter[str] = Counter()

    def counting(data: bytes) -> Any:
        entry = read(data)
        counts[entry.stream] += 1
        return entry

    monkeypatch.setattr("ledger.importing.changes.stream_history.read", counting)
    return counts


def payments(count: int) -> bytes:
    """Return a register of payments of USD 1.00 with their acceptances."""
    return table(*(paid(voucher=f"PV-{number}", amount="1.00") for number in range(count)))


def orders(count: int) -> bytes:
    """Return a register of orders of USD 1.00."""
    rows = [{"contract": "A-1", "order": f"SO-{number}", "subject": "Report", "cur": "USD", "amount": "1.00",
             "issued": "2024-02-01"} for number in range(1, count + 1)]  # fmt: skip
    return table(*rows)


@pytest.fixture
def frame(workspace: Workspace) -> Workspace:
    """Return a workspace with a contract, an order of USD 100.00, and a profile of payments."""
    workspace.sign("A-1", "Alpha")
    workspace.record("order issue", "2024-02-01", engagement="A-1", number="SO-1", subject="Report", vendor="Alpha",
            amount={"currency": "USD", "value": "100.00"})  # fmt: skip
    workspace.profile = read_profile("payments", ACCEPTING.encode())
    return workspace


@pytest.mark.parametrize("count", [20, 40])
def test_payments_of_one_engagement(frame: Workspace, decoded: Counter[str], count: int) -> None:
    """A file of payments decodes each recorded entry of their engagement once, both times that it is imported."""
    before = len(frame.entries()) - 1
    assert count == frame.import_rows(data=payments(count)).paid
    assert {"engagement/A-1": before} == decoded
    decoded.clear()
    assert count == frame.import_rows(data=payments(count)).unchanged
    assert {"engagement/A-1": before + 2 * count} == decoded


@pytest.mark.parametrize("count", [20, 40])
def test_orders_of_one_engagement(workspace: Workspace, decoded: Counter[str], count: int) -> None:
    """So does a file of service orders."""
    workspace.sign("A-1", "Alpha")
    workspace.profile = read_profile("orders", ORDERS.encode())
    assert count == workspace.import_rows(data=orders(count)).issued
    decoded.clear()
    assert count == workspace.import_rows(data=orders(count)).unchanged
    assert {"engagement/A-1": 1 + count} == decoded


def test_rows_that_are_decided_again(frame: Workspace, decoded: Counter[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Others record during an import: its rows are decided again on all that is recorded, each entry decoded once."""
    monkeypatch.setattr(record, "PART", 4)
    recorded: list[int] = []

    def settled(rows: int) -> None:
        if not recorded:
            decoded.clear()
            frame.record("outcome record", "2024-05-01", engagement="A-1", summary="Done")
        recorded.append(rows)

    outcome: ImportResult = frame.import_rows(data=payments(20), settled=settled)
    assert (20, [4, 8, 12, 16, 20]) == (outcome.paid, recorded)
    stream = [entry for entry in frame.entries() if entry.stream == "engagement/A-1"]
    assert len(stream) >= decoded["engagement/A-1"] > 0
    assert 2000 == frame.engagement().balances.orders["SO-1"].paid


def test_history_that_is_too_long_to_keep(
    frame: Workspace, decoded: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streams that are dropped for their length are read again, with the same result."""
    frame.sign("A-2", "Alpha")
    frame.record("order issue", "2024-02-01", engagement="A-2", number="SO-1", subject="Report", vendor="Alpha",
            amount={"currency": "USD", "value": "100.00"})  # fmt: skip
    monkeypatch.setattr(stream_history, "MAX_KEPT", 3)
    rows = [paid(contract=f"A-{1 + number % 2}", voucher=f"PV-{number}", amount="1.00") for number in range(8)]
    assert 8 == frame.import_rows(data=table(*rows)).paid
    decoded.clear()
    assert 8 == frame.import_rows(data=table(*rows)).unchanged
    assert 8 * 10 == sum(decoded.values())


def test_payments_that_may_be_the_same(frame: Workspace) -> None:
    """Three of the payments that have the same order, amount and day are named, in the order of their recording."""
    frame.import_rows(data=payments(5))
    frame.record("order accept", "2024-03-01", engagement="A-1", number="SO-1",
                 amount={"currency": "USD", "value": "1.00"})  # fmt: skip
    command = command_from({"command": "payment make", "engagement": "A-1", "number": "SO-1",
                            "amount": {"currency": "USD", "value": "1.00"}})  # fmt: skip
    frame.ledger.record(Request(commands=(command,), actor="staff/1", effective_on="2024-04-01"))
    question = "has the same order, amount and day: is this the same payment?"
    assert [f"Payment PV-{number} {question}" for number in range(3)] == frame.ledger.notes


def test_instalments_of_a_register(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that covers an increment lists nothing as gone, and reads no engagement that it does not name."""
    name, text = find_profile("tdag25")
    increment = text.decode().replace("[file]", '[file]\ncovers = "increment"')
    workspace.profile = read_profile(name, increment.encode())
    for month in range(1, 4):
        rows = [row(reference=f"A-{month}-{number}", signed_on=f"2024-{month:02}-01") for number in range(3)]
        if month == 3:
            read_streams = watched_streams(workspace, monkeypatch)
        outcome = workspace.import_rows(*rows)
        assert (3, []) == (outcome.signed, outcome.vanished)
    assert {f"engagement/A-3-{number}" for number in range(3)} == {
        stream for stream in read_streams if stream.startswith("engagement/")
    }
    workspace.profile = read_profile(name, text)
    last = workspace.import_rows(row(reference="A-1-0", signed_on="2024-01-01"))
    gone = [f"A-{month}-{number}" for month in range(1, 4) for number in range(3)][1:]
    assert gone == last.vanished


def watched_streams(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the set to which every stream is added that is read from now on."""
    names: set[str] = set()
    of_store = workspace.ledger.store.stream

    def stream(name: str, last: int | None = None) -> list[tuple[int, bytes]]:
        names.add(name)
        return of_store(name, last)

    monkeypatch.setattr(workspace.ledger.store, "stream", stream)
    return names

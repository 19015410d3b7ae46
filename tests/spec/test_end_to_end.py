"""The rules on a real file: a ledger is created, closed and opened again, and has every acknowledged entry."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.application.receipt import Receipt
from ledger.application.request import Request
from ledger.domain.engagement.lifecycle_commands import AmendEngagement
from ledger.domain.errors import LedgerError
from ledger.domain.kernel import Command
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.voiding import VoidBreaks, VoidEntries
from ledger.format.entry import encode
from tests.spec.stories import PARTIES, SIGNED, acceptance, order, payment, pledge
from tests.stores.integrity import check_whole


def _clock() -> datetime:
    return datetime(2026, 1, 15, 12, tzinfo=UTC)


def _record(url: str, *commands: Command, on: str = "2024-03-01", dry_run: bool = False) -> Receipt:
    ledger = open_ledger(url, _clock)
    try:
        return ledger.record(Request(commands=commands, actor="staff/1", effective_on=on), dry_run=dry_run)
    finally:
        ledger.close()


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Return the URL of a ledger with an engagement."""
    place = f"sqlite:///{tmp_path / 'ledger.db'}"
    make_ledger(place, OpenLedger(origin="example.org/ledger", reporting_currency="USD"), "staff/0", _clock)
    for command in (*PARTIES, *SIGNED, order(), acceptance()):
        _record(place, command)
    return place


def test_acknowledged_entries_are_there(url: str) -> None:
    """Each command opens the ledger again; the log verifies, and the last receipt has its head."""
    receipt = _record(url, payment("USD 40.00"))
    assert ("8", 8, 8) == (receipt.positions, receipt.size, check_whole(url))
    ledger = open_ledger(url)
    assert (receipt.root, receipt.size) == (ledger.store.head().root, ledger.store.head().size)
    assert [encode(ledger.entry(position)) for position, _ in ledger.store.entries()] == [
        data for _, data in ledger.store.entries()
    ]
    ledger.close()


def test_rules_hold_over_the_file(url: str) -> None:
    """A refused command leaves the file unchanged, and the next one is decided by the recorded state."""
    before = check_whole(url)
    refused: list[tuple[Command, type[LedgerError]]] = [
        (VoidEntries(positions=(4,), reason="x"), VoidBreaks),
        (VoidEntries(positions=(4, 5), reason="x"), VoidBreaks),
    ]
    for command, error in refused:
        with pytest.raises(error):
            _record(url, command)
    assert before == check_whole(url)
    assert before + 4 == _record(url, VoidEntries(positions=(4, 5, 6, 7), reason="x")).size
    assert before + 6 == _record(url, *SIGNED).size
    assert before + 6 == check_whole(url)


def test_a_dry_run_over_the_file(url: str) -> None:
    """A dry run returns the positions of the real one and leaves the file unchanged."""
    command = AmendEngagement(engagement="E1", contributions=(pledge("BETA", "USD 80.00"),))
    rehearsed = _record(url, command, on="2024-07-01", dry_run=True)
    assert 7 == check_whole(url)
    done = _record(url, command, on="2024-07-01")
    assert (rehearsed.first, rehearsed.count, rehearsed.size) == (done.first, done.count, done.size)
    assert 8 == check_whole(url)


def test_the_environment_does_not_move_the_ledger(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Environment variables of the library that select its database are ignored."""
    for name in ("PERSISTENCE_MODULE", "LEDGER_PERSISTENCE_MODULE"):
        monkeypatch.setenv(name, "eventsourcing.popo")
    for name in ("SQLITE_DBNAME", "COMPRESSOR_TOPIC", "CIPHER_TOPIC", "IS_SNAPSHOTTING_ENABLED"):
        monkeypatch.setenv(name, "y")
    assert 8 == _record(url, payment("USD 40.00")).size
    ledger: Ledger = open_ledger(url)
    assert 8 == ledger.store.head().size
    ledger.close()

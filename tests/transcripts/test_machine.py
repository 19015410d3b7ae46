"""Errors of the machine that no transcript can produce: a lock held by another process, a full disk."""

import errno
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.transcripts.terminal import Terminal

ELSEWHERE = {
    "bad-busy-seconds": "transcripts/test_machine.py",
    "workbook-too-small": "cli/test_list_files.py",
    "changed-under-reader": "stores/test_unlocked_readers.py",
    "conflict": "stores/test_appending.py",
    "changed-meanwhile": "importing",
    "identifier-differs": "importing",
    "unknown-source-code": "importing",
    "not-registered": "spec",
    "cannot-write-rejects": "importing",
    "wrong-release": "spec",
    "wrong-return": "spec",
    "not-the-text": "spec",
    "bad-digest": "spec",
    "bad-sha256": "spec",
    "log-rewritten": "keys",
    "not-proved": "proof",
    "unsound-log": "attacks/test_signing_attacks.py",
    "checkpoint-stands": "keys",
    "own-witness": "keys",
    "within-command": "cli/test_known_at.py",
    "impossible-time": "keys",
    "damaged-checkpoint": "keys",
    "too-many-faults": "importing/test_command.py",
    "not-shown": "cli/test_said.py",
    "guard-unreadable": "maintenance/test_guard.py",
    "system-fault": "cli/test_arguments.py",
    "disk-full": "stores/test_full_disk.py",
    "witness-busy": "witness",
    "witness-clock-set-back": "witness",
    "other-version": "proof",
    "no-attachments": "postgres/test_commands.py",
    "no-database": "postgres/test_commands.py",
    "not-admitted": "postgres/test_commands.py",
    "not-allowed": "postgres/test_migrate.py",
    "not-migrated": "postgres/test_migrate.py",
    "no-role": "postgres/test_migrate.py",
    "superuser": "postgres/test_roles.py",
    "clock-differs": "postgres/test_recording_rights.py",
    "clock-ahead": "postgres/test_clocks.py",
    "store-error": "postgres/test_passing_faults.py",
    "not-prepared": "postgres/test_pooler.py",
    "tls-refused": "postgres/test_tls.py",
    "host-not-verified": "postgres/test_tls.py",
    "entry-refused": "postgres/test_recording_rights.py",
    "connection-lost": "postgres/test_lost_connections.py",
    "outcome-unknown": "postgres/test_lost_connections.py",
    "empty-log": "maintenance/test_former_life.py",
    "network-disk": "stores/test_placement.py",
    "not-write-ahead": "stores/test_placement.py",
    "still-open": "maintenance/test_former_life.py",
    "not-copied": "postgres/test_copying.py",
    "other-log": "maintenance/test_restore_refused.py",
    "documents-not-installed": "papers/test_not_installed.py",
}
"""Errors that a command line alone cannot produce, or only on a prepared machine: where they are tested."""


def test_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger that another process holds is waited for, then reported as busy: exit code 4, nothing recorded."""
    monkeypatch.setattr("ledger.stores.sqlite.translation.BUSY_SECONDS", 0.2)
    terminal = Terminal(tmp_path, monkeypatch)
    terminal.type("ledger init --origin example.org/ledger --currency USD")
    connection = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    answer, code = terminal.type('ledger party register "Alpha (illustrative)"')
    assert 4 == code
    assert answer.startswith("error: busy: sqlite:///ledger.db was busy for 0.2 seconds")
    connection.execute("ROLLBACK")
    connection.close()
    answer, code = terminal.type('ledger party register "Alpha (illustrative)"')
    assert (0, True) == (code, answer.startswith("recorded at 2 as P00001;"))


def test_how_long_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """LEDGER_BUSY_SECONDS sets how long another writer is waited for; what is no number is BadBusySeconds."""
    terminal = Terminal(tmp_path, monkeypatch)
    terminal.type("ledger init --origin example.org/ledger --currency USD")
    for text in ("long", "-1", "1e3", "nan", "86401", "٣"):
        monkeypatch.setenv("LEDGER_BUSY_SECONDS", text)
        answer, code = terminal.type('ledger party register "Alpha (illustrative)"')
        assert (2, True) == (code, answer.startswith("error: bad-busy-seconds: LEDGER_BUSY_SECONDS is '"))
    monkeypatch.setenv("LEDGER_BUSY_SECONDS", "0.2")
    with closing(sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        answer, code = terminal.type('ledger party register "Alpha (illustrative)"')
    assert (4, True) == (code, answer.startswith("error: busy: sqlite:///ledger.db was busy for 0.2 seconds"))


def test_clock_set_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that is behind the last entry is refused; with LEDGER_CLOCK=last the entry is recorded."""
    terminal = Terminal(tmp_path, monkeypatch)
    terminal.type("ledger init --origin example.org/ledger --currency USD")
    terminal.clock.now -= timedelta(days=1)
    answer, code = terminal.type('ledger party register "Alpha (illustrative)"')
    assert 4 == code
    assert answer.startswith("error: clock-set-back: The clock reads 2026-11-22T09:00:02.000000Z, and the last entry")
    assert "LEDGER_CLOCK=last" in answer
    monkeypatch.setenv("LEDGER_CLOCK", "last")
    answer, code = terminal.type('ledger party register "Alpha (illustrative)"')
    assert (0, True) == (code, answer.startswith("recorded at 2 as P00001;"))
    assert '"recorded_at":"2026-11-23T09:00:01.000000Z"' in terminal.type("ledger show 2 --raw")[0]
    assert 0 == terminal.type("ledger verify")[1]


def test_guard_lags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the second place is full, the receipt and a warning that the guard lags are printed; the exit code is 0."""
    terminal = Terminal(tmp_path, monkeypatch)
    terminal.type("ledger --guard guard init --origin example.org/ledger --currency USD")

    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr("ledger.application.rollback_guard.replace_file", full)
        answer, code = terminal.type('ledger --guard guard party register "Alpha (illustrative)"')
    receipt, warning, hint = answer.splitlines()
    assert (0, True) == (code, receipt.startswith("recorded at 2 as P00001;"))
    expected = (
        "warning: guard-lags: The entries are recorded, but the rollback guard guard could not be updated: No space"
    )
    assert warning.startswith(expected)
    assert hint.startswith("hint: ")
    assert "extended  yes" in terminal.type("ledger --guard guard guard show")[0]
    assert 1 == len(terminal.type('ledger --guard guard party register "Beta (illustrative)"')[0].splitlines())


def test_elsewhere() -> None:
    """The tests named in `ELSEWHERE` mention the error classes."""
    from cli.reference import import_all, known_errors  # noqa: PLC0415 - needs every module

    import_all()
    tests = Path(__file__).parents[1]
    for cls in known_errors():
        if cls.code in ELSEWHERE:
            place = tests / ELSEWHERE[cls.code]
            files = [place] if place.is_file() else sorted(place.glob("test_*.py"))
            assert any(cls.__name__ in path.read_text("utf-8") for path in files), cls.code

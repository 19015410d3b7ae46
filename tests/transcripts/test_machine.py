"""Errors of the machine that no transcript can set up: a lock held, a full disk."""

import sqlite3
from pathlib import Path

import pytest

from tests.transcripts.terminal import Terminal

ELSEWHERE = {
    "conflict": "stores/test_appending.py",
    "changed-meanwhile": "importing",
    "identifier-differs": "importing",
    "unknown-source-code": "importing",
    "not-registered": "spec",
    "cannot-write-rejects": "importing",
    "wrong-release": "spec",
    "wrong-return": "spec",
    "bad-digest": "spec",
    "disk-full": "stores/test_full_disk.py",
}
"""Errors that a command line does not reach by itself, or only on a machine of its own: where they are shown."""


def test_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger that another process holds is waited for, then said to be busy: exit code 4, nothing recorded."""
    monkeypatch.setattr("ledger.stores.sqlite_open.BUSY_SECONDS", 0.2)
    terminal = Terminal(tmp_path, monkeypatch)
    terminal.type("ledger init --origin example.org/ledger --currency USD")
    other = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer, code = terminal.type('ledger party register "Alpha (illustrative)"')
    assert 4 == code
    assert answer.startswith("error: busy: sqlite:///ledger.db was busy for 0.2 seconds")
    other.execute("ROLLBACK")
    other.close()
    answer, code = terminal.type('ledger party register "Alpha (illustrative)"')
    assert (0, True) == (code, answer.startswith("recorded at 2;"))


def test_elsewhere() -> None:
    """What is said to be shown elsewhere is named there."""
    from cli.docs import import_all, known_errors  # noqa: PLC0415 - needs every module

    import_all()
    tests = Path(__file__).parents[1]
    for cls in known_errors():
        if cls.code in ELSEWHERE:
            place = tests / ELSEWHERE[cls.code]
            files = [place] if place.is_file() else sorted(place.glob("test_*.py"))
            assert any(cls.__name__ in path.read_text("utf-8") for path in files), cls.code

"""Who waited in vain for the lock is told which process has it."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.party.party import RegisterParty
from ledger.stores.errors import Busy
from ledger.stores.sqlite.lock_holder import LOCKS, lock_holder

HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(not LOCKS.exists(), reason="only Linux lists locks")
def test_the_holder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the process that records, and the hint shows it."""
    url, path = f"sqlite:///{tmp_path / 'ledger.db'}", tmp_path / "ledger.db"
    make_ledger(url, OpenLedger(origin="example.org/ledger", reporting_currency="USD"), "staff/1")
    ledger = open_ledger(url)
    assert lock_holder(path) is None
    monkeypatch.setattr("ledger.stores.sqlite.translation.BUSY_SECONDS", 0.2)
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert b"held\n" == process.stdout.readline()
        with pytest.raises(Busy) as caught:
            ledger.record(Request(commands=(RegisterParty(name="A"),), actor="staff/1"))
        assert f"process {process.pid} is writing" in caught.value.sentence
        shown = subprocess.run(["/bin/ps", "-fp", str(process.pid)], capture_output=True, text=True, check=False)
        assert f"'ps -fp {process.pid}'" in caught.value.hint
        if shown.returncode == 0:
            assert str(process.pid) in shown.stdout
        process.communicate(b"")
    ledger.record(Request(commands=(RegisterParty(name="A"),), actor="staff/1"))
    ledger.close()


def test_own_locks_are_not_those_of_another(tmp_path: Path) -> None:
    """A lock of the same process is not named, nor where there is no file."""
    assert lock_holder(tmp_path / "none.db") is None
    connection = sqlite3.connect(tmp_path / "own.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE t (x)")
    connection.execute("BEGIN IMMEDIATE")
    assert lock_holder(tmp_path / "own.db") is None
    connection.close()

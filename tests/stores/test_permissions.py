"""A user who may not write can read and gets a clear refusal; a user who may not read gets another one.

Root may do everything: the child process gives up the rights of root first.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.party.party import RegisterParty
from tests.stores.children import run

ASK = """
import json, os, sys
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.errors import LedgerError
from ledger.domain.party.party import RegisterParty
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
told = {}
def attempt(what, ask):
    try:
        told[what] = ask()
    except LedgerError as error:
        told[what] = [error.code, error.sentence]
if sys.argv[2] == "make":
    attempt("make", lambda: make_ledger(sys.argv[1], OpenLedger(origin="x", reporting_currency="USD"), "staff/2").size)
else:
    def read():
        global ledger
        ledger = open_ledger(sys.argv[1])
        return len(list(ledger.store.rows()))
    attempt("read", read)
    if isinstance(told["read"], int):
        request = Request(commands=(RegisterParty(name="Beta"),), actor="staff/2")
        attempt("record", lambda: ledger.record(request).size)
print(json.dumps(told))
"""
"""Reads and records as nobody, or as the present user if that is not root."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder that other users may enter, unlike those of pytest."""
    made = Path(tempfile.mkdtemp(prefix="ledger-"))
    made.chmod(0o755)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


@pytest.fixture
def ledger(folder: Path) -> Iterator[Ledger]:
    """Return a ledger of two entries."""
    place = f"sqlite:///{folder / 'ledger.db'}"
    make_ledger(place, OpenLedger(origin="x", reporting_currency="USD"), "staff/1")
    found = open_ledger(place)
    found.record(Request(commands=(RegisterParty(name="Alpha"),), actor="staff/1"))
    yield found
    found.close()


def _ask(folder: Path, what: str = "read") -> dict[str, object]:
    found: dict[str, object] = json.loads(run(ASK, f"sqlite:///{folder / 'ledger.db'}", what))
    return found


def _refused(told: object, code: str, part: str) -> None:
    assert isinstance(told, list)
    assert code == told[0]
    assert part in told[1]


@pytest.mark.parametrize(("file", "of"), [(0o444, 0o755), (0o444, 0o555), (0o666, 0o555)])
def test_who_may_not_write_reads(ledger: Ledger, folder: Path, file: int, of: int) -> None:
    """If file or folder cannot be written, the log is read, and recording is refused."""
    ledger.close()
    (folder / "ledger.db").chmod(file)
    folder.chmod(of)
    told = _ask(folder)
    assert 2 == told["read"]
    _refused(told["record"], "read-only", "cannot be written")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, so that the writer is another user")
def test_who_may_not_write_reads_beside_a_writer(ledger: Ledger, folder: Path) -> None:
    """While a writer has the ledger open, its committed entries are read, also from the write-ahead log."""
    assert (folder / "ledger.db-wal").stat().st_size > 0
    told = _ask(folder)
    assert 2 == told["read"]
    _refused(told["record"], "read-only", "cannot be written")
    assert 3 == ledger.record(Request(commands=(RegisterParty(name="Beta"),), actor="staff/1")).size


def test_who_may_not_read_is_told(ledger: Ledger, folder: Path) -> None:
    """The error for a file that may not be read is not the one for a read-only ledger."""
    ledger.close()
    (folder / "ledger.db").chmod(0o000)
    _refused(_ask(folder)["read"], "not-a-ledger", "may not be read")


def test_who_may_not_enter_is_told(ledger: Ledger, folder: Path) -> None:
    """In a folder that may not be entered, no ledger is found or created."""
    ledger.close()
    folder.chmod(0o000)
    _refused(_ask(folder)["read"], "not-a-ledger", "cannot be looked at")
    _refused(_ask(folder, "make")["make"], "read-only", "cannot be written")


def test_nothing_is_made_where_one_may_not_write(folder: Path) -> None:
    """Creating a ledger in a read-only folder is refused."""
    folder.chmod(0o555)
    _refused(_ask(folder, "make")["make"], "read-only", "cannot be written")
    assert [] == list(folder.iterdir())

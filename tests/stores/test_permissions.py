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
from ledger.stores.sqlite import unlocked  # noqa: F401 - root alone may be able to import it
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.errors import LedgerError
from ledger.domain.party.party import RegisterParty
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
answers = {}
def attempt(what, ask):
    try:
        answers[what] = ask()
    except LedgerError as error:
        answers[what] = [error.code, error.sentence]
if sys.argv[2] == "make":
    attempt("make", lambda: make_ledger(sys.argv[1], OpenLedger(origin="x", reporting_currency="USD"), "staff/2").size)
else:
    def read():
        global ledger
        ledger = open_ledger(sys.argv[1])
        return len(list(ledger.store.rows()))
    attempt("read", read)
    if isinstance(answers["read"], int):
        request = Request(commands=(RegisterParty(name="Beta"),), actor="staff/2")
        attempt("record", lambda: ledger.record(request).size)
print(json.dumps(answers))
"""
"""Reads and records as nobody, or as the present user if that is not root."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder that other users may enter, unlike those of pytest."""
    shared_folder = Path(tempfile.mkdtemp(prefix="ledger-"))
    shared_folder.chmod(0o755)
    yield shared_folder
    shared_folder.chmod(0o755)
    shutil.rmtree(shared_folder)


@pytest.fixture
def ledger(folder: Path) -> Iterator[Ledger]:
    """Return a ledger of two entries."""
    place = f"sqlite:///{folder / 'ledger.db'}"
    make_ledger(place, OpenLedger(origin="x", reporting_currency="USD"), "staff/1")
    opened = open_ledger(place)
    opened.record(Request(commands=(RegisterParty(name="Alpha"),), actor="staff/1"))
    yield opened
    opened.close()


def _ask(folder: Path, what: str = "read") -> dict[str, object]:
    answers: dict[str, object] = json.loads(run(ASK, f"sqlite:///{folder / 'ledger.db'}", what))
    return answers


def _refused(answers: object, code: str, part: str) -> None:
    assert isinstance(answers, list)
    assert code == answers[0]
    assert part in answers[1]


@pytest.mark.parametrize(("file", "of"), [(0o444, 0o755), (0o444, 0o555), (0o666, 0o555)])
def test_a_reader_without_write_access(ledger: Ledger, folder: Path, file: int, of: int) -> None:
    """If file or folder cannot be written, the log is read, and recording is refused."""
    ledger.close()
    (folder / "ledger.db").chmod(file)
    folder.chmod(of)
    answers = _ask(folder)
    assert 2 == answers["read"]
    _refused(answers["record"], "read-only", "cannot be written")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, so that the writer is another user")
def test_a_reader_next_to_a_writer(ledger: Ledger, folder: Path) -> None:
    """While a writer has the ledger open, its committed entries are read, also from the write-ahead log."""
    assert (folder / "ledger.db-wal").stat().st_size > 0
    answers = _ask(folder)
    assert 2 == answers["read"]
    _refused(answers["record"], "read-only", "cannot be written")
    assert 3 == ledger.record(Request(commands=(RegisterParty(name="Beta"),), actor="staff/1")).size


def test_an_unreadable_file(ledger: Ledger, folder: Path) -> None:
    """The error for a file that you have no permission to read it is not the one for a read-only ledger."""
    ledger.close()
    (folder / "ledger.db").chmod(0o000)
    _refused(_ask(folder)["read"], "not-a-ledger", "you have no permission to read it")


def test_an_unreadable_folder(ledger: Ledger, folder: Path) -> None:
    """In a folder that may not be entered, no ledger is found or created."""
    ledger.close()
    folder.chmod(0o000)
    _refused(_ask(folder)["read"], "not-a-ledger", "cannot be accessed")
    _refused(_ask(folder, "make")["make"], "read-only", "cannot be written")


def test_creating_in_a_read_only_folder(folder: Path) -> None:
    """Creating a ledger in a read-only folder is refused."""
    folder.chmod(0o555)
    _refused(_ask(folder, "make")["make"], "read-only", "cannot be written")
    assert [] == list(folder.iterdir())

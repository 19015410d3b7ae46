"""What lies beside a name from the life of an earlier ledger: journals, projections, attachments."""

import os
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from ledger.application.open import make_ledger, open_ledger
from ledger.domain.organisation.settings import OpenLedger
from ledger.files.attachments import Attachments, content_of
from ledger.maintenance.copy import copy_ledger
from ledger.maintenance.restore import restore
from ledger.replay.procedure import replay_log
from ledger.stores.errors import EmptyLog, LedgerExists
from ledger.stores.sqlite.creation import create
from ledger.stores.sqlite.placement import JournalLeft, StillOpen
from ledger.verify.procedure import verify_log
from projections.runner.location import open_projections
from tests.faults.processes import drained, forked, killed, request
from tests.maintenance.conftest import log_of
from tests.transcripts.terminal import Terminal

OPEN = OpenLedger(origin="example.org/ledger", reporting_currency="USD")
LATER = 40


def _record_until_killed(url: str, writing: int) -> None:
    ledger = open_ledger(url)
    for number in range(LATER):
        ledger.record(request(f"late:{number}", command="party register", name=f"Party {number}"))
    os.write(writing, b"recorded\n")
    os.read(os.pipe()[0], 1)  # until it is killed


@pytest.fixture
def crashed(url: str) -> Path:
    """Return the file of a ledger whose last entries are in its write-ahead log: the process was killed."""
    child, reading = forked(lambda writing: _record_until_killed(url, writing))
    assert b"recorded\n" == os.read(reading, 100)
    killed(child)
    assert "" == drained(reading)
    file = Path(url.removeprefix("sqlite:///"))
    assert file.with_name("ledger.db-wal").stat().st_size
    return file


def _copy(url: str, backup: Path) -> None:
    whole = f"sqlite:///{backup.parent}/whole.db"
    with suppress(LedgerExists):
        restore(whole, backup)
    with closing(open_ledger(whole)) as source:
        copy_ledger(source, url)


MAKING: dict[str, Callable[[str, Path], object]] = {
    "restore": restore,
    "init": lambda url, _: make_ledger(url, OPEN, "staff/1"),
    "copy": _copy,
}


@pytest.mark.parametrize("make", MAKING)
def test_a_write_ahead_log_whose_file_was_moved_away(backup: Path, crashed: Path, url: str, make: str) -> None:
    """Nothing is made where it lies, and no entry is lost: put back together, the ledger has them all."""
    journal = crashed.with_name("ledger.db-wal")
    before = journal.read_bytes()
    crashed.rename(crashed.with_name("ledger.db.damaged"))
    with pytest.raises(JournalLeft, match=r"ledger\.db-wal lies there"):
        MAKING[make](url, backup)
    assert (False, before) == (crashed.exists(), journal.read_bytes())
    # What the hint says: the log follows the file.
    journal.rename(crashed.with_name("ledger.db.damaged-wal"))
    MAKING[make](url, backup)
    with closing(open_ledger(url)) as made:
        assert [] == verify_log(made.store).findings
    assert 17 + LATER == len(log_of(f"sqlite:///{crashed}.damaged"))


@pytest.mark.parametrize(("suffix", "data"), [("-shm", b"x" * 32768), ("-wal", b""), ("-journal", b"")])
def test_what_holds_nothing_is_not_in_the_way(tmp_path: Path, suffix: str, data: bytes) -> None:
    """The index of a write-ahead log, and journals without content, are made anew."""
    (tmp_path / f"new.db{suffix}").write_bytes(data)
    make_ledger(f"sqlite:///{tmp_path}/new.db", OPEN, "staff/1")
    with closing(open_ledger(f"sqlite:///{tmp_path}/new.db")) as ledger:
        assert 2 == ledger.record(request("a", command="party register", name="Alpha")).size
        assert [] == verify_log(ledger.store).findings


def test_a_rollback_journal(tmp_path: Path) -> None:
    """A rollback journal that is left is in the way, too."""
    (tmp_path / "new.db-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))
    with pytest.raises(JournalLeft, match=r"new\.db-journal lies there"):
        make_ledger(f"sqlite:///{tmp_path}/new.db", OPEN, "staff/1")


def _stay_open(url: str, writing: int) -> None:
    with closing(open_ledger(url)):
        os.write(writing, b"open\n")
        os.read(os.pipe()[0], 1)  # until it is killed


def test_a_process_that_has_the_former_file_open(url: str) -> None:
    """What a process records later in a file that was moved away would go into the new one: nothing is made."""
    child, reading = forked(lambda writing: _stay_open(url, writing))
    try:
        assert b"open\n" == os.read(reading, 100)
        file = Path(url.removeprefix("sqlite:///"))
        assert not file.with_name("ledger.db-wal").stat().st_size
        file.rename(file.with_name("moved.db"))
        with pytest.raises(StillOpen, match="a process still has the ledger open"):
            make_ledger(url, OPEN, "staff/1")
    finally:
        killed(child)
    drained(reading)
    make_ledger(url, OPEN, "staff/1")
    assert 1 == len(log_of(url))


def test_projections_of_a_former_ledger(url: str) -> None:
    """Lists of a ledger that took the place of another show nothing of that one."""
    path = Path(url.removeprefix("sqlite:///"))

    def parties() -> int:
        with closing(open_ledger(url)) as ledger, open_projections(ledger).connect() as db:
            return int(db.execute(text("SELECT count(DISTINCT party) FROM party_facts")).scalar() or 0)

    assert parties() > 1
    path.unlink()
    make_ledger(url, OPEN, "staff/1")
    assert 0 == parties()
    with closing(open_ledger(url)) as ledger:
        ledger.record(request("a", command="party register", name="Alpha"))
    assert 1 == parties()


def test_attachments_of_a_former_ledger(url: str, tmp_path: Path) -> None:
    """Files are named by their content: those of a former ledger serve the new one, or nobody looks at them."""
    folder = tmp_path / "attachments"
    (former,) = folder.iterdir()
    (tmp_path / "ledger.db").unlink()
    make_ledger(url, OPEN, "staff/1")
    with closing(open_ledger(url)) as ledger:
        assert ([], []) == (verify_log(ledger.store).findings, replay_log(ledger))
    # A damaged one is replaced before an entry refers to it.
    content = content_of(former)
    shutil.copy(former, tmp_path / "again")
    former.write_bytes(b"damaged")
    Attachments(folder).keep(tmp_path / "again", content)
    assert Attachments(folder).fault(content) is None


def test_an_empty_log_takes_no_record(tmp_path: Path) -> None:
    """Where an interrupted `init` left a ledger without entries, only `init` records; it takes the place over."""
    url = f"sqlite:///{tmp_path}/new.db"
    create(url)
    with closing(open_ledger(url)) as ledger, pytest.raises(EmptyLog):
        ledger.record(request("a", command="party register", name="Alpha"))
    assert 1 == make_ledger(url, OPEN, "staff/1").size
    with pytest.raises(LedgerExists):
        make_ledger(url, OPEN, "staff/1")
    with closing(open_ledger(url)) as ledger:
        assert 2 == ledger.record(request("a", command="party register", name="Alpha")).size
        assert [] == verify_log(ledger.store).findings


@pytest.mark.parametrize(
    "words", ["status", "party list", "report council", "verify", "backup b.zip", "copy {0}/ledger.db {0}/c.db"]
)
def test_an_empty_log_is_no_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """What reads, copies or verifies it says that it is empty, and what makes it a ledger."""
    terminal = Terminal(tmp_path, monkeypatch)
    create(f"sqlite:///{tmp_path}/ledger.db")
    answer, code = terminal.type(f"ledger {words}".format(f"sqlite:///{tmp_path}"))
    assert (4, True, True) == (code, "empty-log" in answer, "ledger init" in answer), answer
    assert not [*tmp_path.glob("[bc].*")]


def test_nothing_is_restored_over_an_empty_log(backup: Path, tmp_path: Path) -> None:
    """A restored ledger is a file of its own: it does not take the place of another, even an empty one."""
    url = f"sqlite:///{tmp_path}/new.db"
    create(url)
    with pytest.raises(LedgerExists):
        restore(url, backup)

"""A ledger whose file is moved away, or whose disk fails, just as somebody opens it or records."""

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request
from ledger.domain.errors import LedgerError
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.party.party import RegisterParty
from ledger.stores.errors import NoLedger, NotALedger, ReadOnly, StoreError
from ledger.stores.sqlite import connection, store
from ledger.verify.procedure import verify_log

OPEN = OpenLedger(origin="example.org/ledger", reporting_currency="USD")
BETA = Request(commands=(RegisterParty(name="Beta"),), actor="staff/1")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the file of a ledger that a killed process left with a write-ahead log."""
    made, left = tmp_path / "made", tmp_path / "left"
    made.mkdir()
    left.mkdir()
    make_ledger(f"sqlite:///{made}/ledger.db", OPEN, "staff/1")
    with closing(open_ledger(f"sqlite:///{made}/ledger.db")) as ledger:
        ledger.record(Request(commands=(RegisterParty(name="Alpha"),), actor="staff/1"))
        for name in ("ledger.db", "ledger.db-wal"):
            shutil.copyfile(made / name, left / name)
    return left / "ledger.db"


def _before(monkeypatch: pytest.MonkeyPatch, name: str, happens: Callable[[], object]) -> None:
    """Let something happen whenever a step of opening begins."""
    real: Any = getattr(connection, name)

    def late(*args: Any, **kwargs: Any) -> Any:
        happens()
        return real(*args, **kwargs)

    monkeypatch.setattr(connection, name, late)


def _after(monkeypatch: pytest.MonkeyPatch, name: str, happens: Callable[[], object]) -> None:
    """Let something happen whenever a step of opening ends."""
    real: Any = getattr(connection, name)

    def early(*args: Any, **kwargs: Any) -> Any:
        done = real(*args, **kwargs)
        happens()
        return done

    monkeypatch.setattr(connection, name, early)


def _without_shared_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody read in place, as where the file of shared memory may not be made."""

    def refuse(path: Path, mode: str, url: str) -> None:
        raise ReadOnly(url)

    monkeypatch.setattr(connection, "_opened", refuse)


@pytest.mark.parametrize(
    ("step", "has_log"), [("_opened", True), ("_opened", False), ("_opened_unlocked", False), ("_copied", True)]
)
def test_a_file_that_is_moved_away(file: Path, monkeypatch: pytest.MonkeyPatch, step: str, has_log: bool) -> None:
    """It is not there, at whichever step of opening it goes; it is not said to be no ledger, or not to be writable."""
    if not has_log:
        file.with_name("ledger.db-wal").unlink()
    if step != "_opened":
        _without_shared_memory(monkeypatch)
    away = file.with_name("damaged")
    _before(monkeypatch, step, lambda: file.exists() and file.rename(away))
    with pytest.raises(NoLedger, match=r"There is no ledger at sqlite:///.*ledger\.db"):
        open_ledger(f"sqlite:///{file}?mode=ro")
    assert (True, False) == (away.exists(), file.exists())


def test_a_file_that_is_moved_away_from_a_clerk(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who opens it to record is told that it is not there, and not that it may not be written."""
    _before(monkeypatch, "_opened", lambda: file.exists() and file.rename(file.with_name("damaged")))
    with pytest.raises(NoLedger):
        open_ledger(f"sqlite:///{file}")


@pytest.mark.parametrize(
    ("number", "kind"), [(errno.EIO, StoreError), (errno.EMFILE, StoreError), (errno.EACCES, NotALedger)]
)
@pytest.mark.parametrize("has_log", [True, False])
def test_a_disk_that_fails_a_reader(
    file: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[LedgerError], has_log: bool
) -> None:
    """A fault that passes says nothing of the file; a right that lacks says why it cannot be read."""
    if not has_log:
        file.with_name("ledger.db-wal").unlink()
    _without_shared_memory(monkeypatch)
    real = Path.open

    def broken(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path == file:
            raise OSError(number, os.strerror(number), str(path))
        return real(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", broken)
    with pytest.raises(kind, match=os.strerror(number)):
        open_ledger(f"sqlite:///{file}?mode=ro")


@pytest.mark.parametrize("when", ["opened", "opening"])
def test_a_file_that_is_replaced(file: Path, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    """Who had the former file open records nothing: it would go into the log of the one that stands there."""
    url, other = f"sqlite:///{file}", file.parent.parent / "made" / "ledger.db"
    with closing(open_ledger(url)) as ledger:
        for number in range(30):
            ledger.record(Request(commands=(RegisterParty(name=f"Lost {number}"),), actor="staff/1"))

    def replace() -> None:
        if not (away := file.with_name("damaged")).exists():
            file.rename(away)
            shutil.copyfile(other, file)

    if when == "opening":
        _after(monkeypatch, "open_file", replace)
    with closing(open_ledger(url)) as ledger:
        replace()
        if when == "opened":
            with pytest.raises(StoreError, match="another file stands there than the one that was opened"):
                ledger.record(BETA)
        else:
            assert 3 == ledger.record(BETA).size
    with closing(open_ledger(url)) as ledger:
        assert [] == verify_log(ledger.store).findings
        assert (2 if when == "opened" else 3) == ledger.store.head().size


def test_recording_where_the_file_was_moved_away(file: Path) -> None:
    """Nothing is recorded into a file that somebody moved away."""
    url, away = f"sqlite:///{file}", file.with_name("damaged")
    with closing(open_ledger(url)) as ledger:
        file.rename(away)
        with pytest.raises(NoLedger):
            ledger.record(BETA)
        away.rename(file)
        assert 3 == ledger.record(BETA).size


def test_a_disk_that_fails_a_clerk(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the disk does not say that the ledger is gone; nothing is recorded, and the next try succeeds."""

    def broken(path: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))

    with closing(open_ledger(f"sqlite:///{file}")) as ledger:
        with monkeypatch.context() as patched:
            patched.setattr(store, "_identity", broken)
            with pytest.raises(StoreError, match="Input/output error"):
                ledger.record(BETA)
        assert 3 == ledger.record(BETA).size

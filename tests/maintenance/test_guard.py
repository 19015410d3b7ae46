"""The rollback guard in ordinary work: it is created once, advances with each recording, and failures are reported."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request
from ledger.application.rollback_guard import (
    CannotGuard,
    Guard,
    GuardExists,
    GuardMissing,
    GuardUnreadable,
    RolledBack,
)
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.party.party import RegisterParty
from ledger.tlog.checkpoint import parse

OPEN = OpenLedger(origin="example.org/ledger", reporting_currency="USD")


@contextmanager
def opened(url: str, path: Path) -> Iterator[Ledger]:
    """Open a ledger with a guard."""
    ledger = open_ledger(url, guard=Guard(path))
    ledger.by_last = True
    try:
        yield ledger
    finally:
        ledger.close()


def recorded(ledger: Ledger, name: str = "Late", *, dry_run: bool = False) -> None:
    """Record a party."""
    ledger.record(Request(commands=(RegisterParty(name=name),), actor="staff/1"), dry_run=dry_run)


@pytest.fixture
def guard(url: str, tmp_path: Path) -> Path:
    """Return the guard of the ledger, in a second place."""
    path = tmp_path / "second" / "ledger.guard"
    path.parent.mkdir()
    with opened(url, path) as ledger:
        Guard(path).start(ledger.origin, ledger.store)
    return path


def test_a_new_ledger_makes_its_guard(tmp_path: Path) -> None:
    """A ledger that is created with a guard has one from its first entry on, of exactly three lines."""
    url, path = f"sqlite:///{tmp_path}/ledger.db", tmp_path / "guard"
    receipt = make_ledger(url, OPEN, "staff/1", guard=Guard(path))
    stated = parse(path.read_text("utf-8"))
    assert ("example.org/ledger", 1, receipt.root, ()) == stated
    assert path.read_text("utf-8") == str(stated)


def test_a_new_ledger_does_not_take_over_a_guard(tmp_path: Path, guard: Path) -> None:
    """If a guard exists already, of a lost ledger or another one, no ledger is created, and no file is left."""
    url = f"sqlite:///{tmp_path}/new.db"
    with pytest.raises(GuardExists):
        make_ledger(url, OPEN, "staff/1", guard=Guard(guard))
    with pytest.raises(CannotGuard):
        make_ledger(url, OPEN, "staff/1", guard=Guard(tmp_path / "nowhere" / "guard"))
    assert not (tmp_path / "new.db").exists()


def test_it_advances_with_each_recording(url: str, guard: Path) -> None:
    """After each commit it has the size and root of the receipt; a dry run and a repeated command do not change it."""
    with opened(url, guard) as ledger:
        request = Request(commands=(RegisterParty(name="Late"),), actor="staff/1", id="late")
        receipt = ledger.record(request)
        assert (15, receipt.root) == parse(guard.read_text("utf-8"))[1:3]
        before = guard.stat().st_mtime_ns, guard.stat().st_ino
        ledger.record(request)
        recorded(ledger, "Other", dry_run=True)
        assert before == (guard.stat().st_mtime_ns, guard.stat().st_ino)
    assert [guard] == list(guard.parent.iterdir())


def test_a_log_that_grew_without_its_guard(url: str, guard: Path) -> None:
    """A log that grew without its guard extends it; the next recording advances it to the end."""
    ledger = open_ledger(url)
    ledger.by_last = True
    recorded(ledger, "One")
    ledger.close()
    with opened(url, guard) as guarded:
        recorded(guarded, "Two")
        head = guarded.store.head()
    assert (16, head.root) == parse(guard.read_text("utf-8"))[1:3]


def test_a_link_is_followed(url: str, guard: Path, tmp_path: Path) -> None:
    """If the name is a link into the second place, its target is replaced, and the link stays."""
    link = tmp_path / "link"
    link.symlink_to(guard)
    with opened(url, link) as ledger:
        recorded(ledger)
    assert link.is_symlink()
    assert 15 == parse(guard.read_text("utf-8")).size


def test_its_permissions_stay(url: str, guard: Path) -> None:
    """A user who may write the guard may still do so after another user recorded."""
    guard.chmod(0o664)
    with opened(url, guard) as ledger:
        recorded(ledger)
    assert 0o664 == guard.stat().st_mode & 0o777


def test_a_missing_guard_is_not_created(url: str, tmp_path: Path) -> None:
    """Recording does not create a guard that is named and missing."""
    with opened(url, tmp_path / "none") as ledger, pytest.raises(GuardMissing, match="There is no rollback guard at"):
        recorded(ledger)
    assert not (tmp_path / "none").exists()


def test_an_existing_guard_is_not_replaced(url: str, guard: Path) -> None:
    """Recreating the guard would accept a log that was rolled back."""
    before = guard.read_bytes()
    with opened(url, guard) as ledger, pytest.raises(GuardExists):
        Guard(guard).start(ledger.origin, ledger.store)
    assert before == guard.read_bytes()
    assert [guard] == list(guard.parent.iterdir())


def test_a_guard_that_cannot_be_written_lags(url: str, guard: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry is recorded, a warning states that the guard lags, and the next recording advances it."""

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    with opened(url, guard) as ledger:
        with monkeypatch.context() as patched:
            patched.setattr("ledger.application.rollback_guard.replace_file", full)
            recorded(ledger, "One")
        assert ledger.guard is not None
        assert ledger.guard.lag is not None
        assert "No space left on device" in ledger.guard.lag.sentence
        assert (15, 14) == (ledger.store.head().size, parse(guard.read_text("utf-8")).size)
        recorded(ledger, "Two")
        assert ledger.guard.lag is None
    assert 16 == parse(guard.read_text("utf-8")).size


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(url: str, guard: Path) -> None:
    """The same holds if the second place is read-only."""
    guard.parent.chmod(0o500)
    with opened(url, guard) as ledger:
        recorded(ledger)
        assert ledger.guard is not None
        assert ledger.guard.lag is not None
    guard.parent.chmod(0o700)


def test_it_never_goes_back(url: str, guard: Path) -> None:
    """A guard that another process advanced further is not put back, and a warning is printed."""
    with opened(url, guard) as ledger:
        checkpoint = parse(guard.read_text("utf-8"))._replace(size=99)
        with ledger.recording() as unit:
            unit.perform(Request(commands=(RegisterParty(name="One"),), actor="staff/1"))
            guard.write_text(str(checkpoint), "utf-8")
        assert 99 == parse(guard.read_text("utf-8")).size
        assert ledger.guard is not None
        assert ledger.guard.lag is not None
        with pytest.raises(RolledBack):
            recorded(ledger, "Two")


def test_of_a_long_log_few_hashes_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reads of a guard grow with the logarithm of the log: two reads for 520 entries, not 520."""
    url, path = f"sqlite:///{tmp_path}/ledger.db", tmp_path / "guard"
    make_ledger(url, OPEN, "staff/1", guard=Guard(path))
    with opened(url, path) as ledger:
        with ledger.recording() as unit:
            for number in range(519):
                unit.perform(Request(commands=(RegisterParty(name=f"P {number}"),), actor="staff/1"))
        read, counts = ledger.store.read, []

        def counted(level: int, start: int, count: int) -> list[bytes]:
            counts.append(count)
            return read(level, start, count)

        monkeypatch.setattr(ledger.store, "read", counted)
        ledger.check_guard()
    assert [2, 8] == counts


@pytest.mark.parametrize("fault", [errno.EACCES, errno.EMFILE, errno.EIO])
def test_a_passing_fault_is_no_bad_guard(url: str, guard: Path, monkeypatch: pytest.MonkeyPatch, fault: int) -> None:
    """A guard that cannot be read at present is not to be moved away: nothing is recorded, and later it goes on."""

    def failing(path: Path, *args: object, **kwargs: object) -> None:
        raise OSError(fault, os.strerror(fault), str(path))

    with opened(url, guard) as ledger:
        size = ledger.store.head().size
        with monkeypatch.context() as patched:
            patched.setattr(Path, "open", failing)
            with pytest.raises(GuardUnreadable) as caught:
                recorded(ledger)
        assert (4, True) == (caught.value.exit, os.strerror(fault) in caught.value.sentence)
        assert "Leave the file where it is" in caught.value.hint
        assert size == ledger.store.head().size
        recorded(ledger)
        assert size + 1 == parse(guard.read_text("utf-8")).size

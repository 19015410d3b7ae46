"""A file is written under one name, on a disk of this machine, with a write-ahead log; else it is only read."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.party.party import RegisterParty
from ledger.files.attachments import content_of
from ledger.replay.procedure import replay_log
from ledger.stores.errors import ReadOnly
from ledger.stores.sqlite import connection, placement
from ledger.stores.sqlite.connection import NotWriteAhead
from ledger.stores.sqlite.placement import NetworkDisk, SecondName
from ledger.stores.urls import file_of
from projections.runner.cache import cache_path
from tests.faults.disk import MOUNT, UNMOUNT

OPEN = OpenLedger(origin="example.org/ledger", reporting_currency="USD")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the file of a ledger with its first entry."""
    path = tmp_path / "ledger.db"
    make_ledger(f"sqlite:///{path}", OPEN, "staff/1")
    return path


def _record(path: Path | str, name: str = "Alpha") -> int:
    """Record a party through a path or a URL; return the size of the log."""
    ledger = open_ledger(path if isinstance(path, str) else f"sqlite:///{path}")
    try:
        return ledger.record(Request(commands=(RegisterParty(name=name),), actor="staff/1")).size
    finally:
        ledger.close()


def _size(path: Path) -> int:
    ledger = open_ledger(f"sqlite:///{path}", reads=True)
    try:
        return ledger.store.head().size
    finally:
        ledger.close()


# Names.


def test_a_hard_link(file: Path) -> None:
    """Through neither of two names is anything recorded, since each would have its own write-ahead log; both read."""
    second = file.with_name("second.db")
    second.hardlink_to(file)
    for path in (file, second):
        with pytest.raises(SecondName, match="2 names"):
            _record(path)
        assert 1 == _size(path)
        with closing(open_ledger(f"sqlite:///{path}")) as ledger:  # as commands that may record do
            assert (1, False) == (ledger.store.head().size, ledger.store.writable)
    second.unlink()
    assert 2 == _record(file)


def test_the_second_name_that_a_killed_process_left(file: Path) -> None:
    """A process that was killed as it moved a new ledger to its name left two: the hidden one is removed."""
    hidden = file.with_name(".ledger.db-0123456789abcdef")
    hidden.mkdir()
    (hidden / "ledger.db").hardlink_to(file)
    assert 2 == _record(file)
    assert not hidden.exists()


def test_a_symbolic_link(file: Path, tmp_path: Path) -> None:
    """A link is another way to the file: journal, attachments and projections are those of the file itself."""
    desk = tmp_path / "desk" / "ledger.db"
    desk.parent.mkdir()
    desk.symlink_to(file)
    (tmp_path / "terms.txt").write_text("Terms (illustrative)")
    content = content_of(tmp_path / "terms.txt")
    ledger = open_ledger(f"sqlite:///{desk}")
    assert ledger.attachments is not None
    ledger.attachments.keep(tmp_path / "terms.txt", content)
    ledger.close()
    assert 2 == _record(desk)
    assert 3 == _record(file, "Beta")
    assert ["ledger.db"] == [path.name for path in desk.parent.iterdir()]
    assert content.sha256 in [path.name for path in (tmp_path / "attachments").iterdir()]
    assert cache_path(f"sqlite:///{desk}") == cache_path(f"sqlite:///{file}")
    ledger = open_ledger(f"sqlite:///{file}")
    assert [] == replay_log(ledger)
    ledger.close()


def test_a_ledger_is_made_where_a_link_leads(tmp_path: Path) -> None:
    """`init` through a link that leads nowhere yet makes the file that it names."""
    (tmp_path / "desk.db").symlink_to(tmp_path / "real.db")
    make_ledger(f"sqlite:///{tmp_path}/desk.db", OPEN, "staff/1")
    assert tmp_path.joinpath("real.db").is_file()
    assert 2 == _record(tmp_path / "desk.db")


@pytest.mark.parametrize("target", ["loop.db", "x" * 300])
def test_a_link_that_leads_nowhere(tmp_path: Path, target: str) -> None:
    """A link in a circle, or to a name that cannot be, is an error of the ledger."""
    (tmp_path / "loop.db").symlink_to(target)
    assert file_of(f"sqlite:///{tmp_path}/loop.db") is not None
    with pytest.raises(Exception, match=r"cannot be accessed|There is no ledger"):
        open_ledger(f"sqlite:///{tmp_path}/loop.db")


def test_a_file_that_is_mounted_by_itself(file: Path, tmp_path: Path) -> None:
    """A container that gets the file without its folder would keep the write-ahead log in the container."""
    inside = tmp_path / "inside" / "ledger.db"
    inside.parent.mkdir()
    inside.touch()
    if os.geteuid() != 0 or MOUNT is None or UNMOUNT is None:
        pytest.skip("needs root to mount a file")
    if subprocess.run([MOUNT, "--bind", file, inside], capture_output=True, check=False).returncode:
        pytest.skip("a file cannot be mounted here")
    try:
        with pytest.raises(SecondName, match="mounted by itself"):
            _record(inside)
    finally:
        subprocess.run([UNMOUNT, inside], check=True)
    assert 2 == _record(file)


# Disks.


@pytest.fixture
def mounted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the test say what is mounted, in place of Linux."""
    monkeypatch.setattr(placement, "_MOUNTS", tmp_path / "mountinfo")


def _mount(folder: Path, kind: str) -> None:
    device = folder.stat().st_dev
    lines = (
        "22 26 0:999999 / /other rw shared:1 - ext4 /dev/sdb rw",
        f"36 35 {os.major(device)}:{os.minor(device)} / /srv/office\\040share rw shared:1 master:2 - {kind} host:/a rw",
    )
    (folder / "mountinfo").write_text("".join(f"{line}\n" for line in lines))


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "fuse.sshfs", "virtiofs"])
@pytest.mark.usefixtures("mounted")
def test_a_network_file_system(file: Path, tmp_path: Path, kind: str) -> None:
    """On a share nothing is recorded and no ledger is made, unless the URL says that no other machine opens it."""
    _mount(tmp_path, kind)
    with pytest.raises(NetworkDisk, match=kind):
        _record(file)
    assert 1 == _size(file)
    assert 2 == _record(f"sqlite:///{file}?hosts=one")
    with pytest.raises(NetworkDisk, match=kind):
        make_ledger(f"sqlite:///{tmp_path}/other.db", OPEN, "staff/1")
    make_ledger(f"sqlite:///{tmp_path}/other.db?hosts=one", OPEN, "staff/1")
    assert 1 == _size(tmp_path / "other.db")


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "tmpfs", "overlay", "fuseblk", "zfs"])
@pytest.mark.usefixtures("mounted")
def test_a_local_file_system(file: Path, tmp_path: Path, kind: str) -> None:
    """On a disk of this machine everything is recorded."""
    _mount(tmp_path, kind)
    assert 2 == _record(file)


def test_mounts() -> None:
    """What Linux says of its mounts is understood; a blank in a name is written as an octal number."""
    line = b"36 35 98:0 /mnt1 /srv/office\\040share\\134\xc3\xa4 rw,noatime master:1 - nfs4 host:/a rw,errors=continue"
    assert ("98:0", "/srv/office share\\ä", "nfs4") == placement._mount(line)  # noqa: SLF001 - the form is the system's
    if Path("/proc/self/mountinfo").exists():
        assert "/" in [mount.place for mount in placement.read_mounts()]


# Journal mode.


def _mode(file: Path) -> str:
    with closing(sqlite3.connect(file)) as db:
        return str(db.execute("PRAGMA journal_mode").fetchone()[0])


def test_another_journal_mode(file: Path) -> None:
    """A file that some tool took out of write-ahead mode is put back into it before anything is recorded."""
    with closing(sqlite3.connect(file)) as db:
        assert ("delete",) == db.execute("PRAGMA journal_mode = DELETE").fetchone()
    assert 1 == _size(file)
    assert "delete" == _mode(file)  # a reader changes nothing
    assert 2 == _record(file)
    assert "wal" == _mode(file)


def test_no_write_ahead_log(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where SQLite cannot have a write-ahead log, nothing is recorded: its locks here are files, without memory."""
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA journal_mode = DELETE")

    def without_memory(path: Path, mode: str) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{path}?mode={mode}&vfs=unix-dotfile", uri=True, isolation_level=None)

    with monkeypatch.context() as patched:
        patched.setattr(connection, "open_file", without_memory)
        with pytest.raises(NotWriteAhead, match="'delete'"):
            _record(file)
    assert 2 == _record(file)


def test_each_commit_is_synced(file: Path) -> None:
    """A connection that records syncs at each commit, in any journal mode."""
    opened = connection.connect(f"sqlite:///{file}")
    assert (3,) == opened.db.execute("PRAGMA synchronous").fetchone()  # EXTRA
    opened.db.close()


def test_read_only_files_are_read(file: Path, tmp_path: Path) -> None:
    """Reading needs none of this: of a copy with two names, opened for reading only."""
    shutil.copy(file, tmp_path / "copy.db")
    (tmp_path / "second.db").hardlink_to(tmp_path / "copy.db")
    ledger = open_ledger(f"sqlite:///{tmp_path}/second.db?mode=ro")
    with pytest.raises(ReadOnly):
        ledger.record(Request(commands=(RegisterParty(name="Alpha"),), actor="staff/1"))
    ledger.close()

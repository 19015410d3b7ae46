"""Backups are complete and verified, and replace no file; a damaged ledger is not backed up."""

import hashlib
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.maintenance.backup import BackupExists, CannotBackUp, NotSound, back_up
from ledger.replay.procedure import replay_log
from ledger.verify.procedure import verify_log
from tests.attacks.forger import Forger
from tests.maintenance.conftest import attach

FILE = hashlib.sha256(b"An agreement").hexdigest()


@pytest.fixture
def ledger(url: str) -> Ledger:
    """Return the ledger, opened."""
    return open_ledger(url)


def test_the_content_of_a_backup(ledger: Ledger, tmp_path: Path) -> None:
    """A backup has the database with the log and the attached files; size and root are those of the log."""
    result = back_up(ledger, tmp_path / "b.zip")
    head = ledger.store.head()
    assert (14, head.root, 1) == result
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert ["ledger.db", f"attachments/{FILE}"] == archive.namelist()
        assert archive.testzip() is None
        assert b"An agreement" == archive.read(f"attachments/{FILE}")
    ledger.close()


def test_it_is_restored_by_hand(ledger: Ledger, tmp_path: Path) -> None:
    """A backup that any program unpacks is a ledger that verifies and records."""
    back_up(ledger, tmp_path / "b.zip")
    ledger.close()
    shutil.unpack_archive(tmp_path / "b.zip", tmp_path / "by hand")
    again = open_ledger(f"sqlite:///{tmp_path}/by hand/ledger.db")
    assert [] == [*verify_log(again.store).findings, *replay_log(again)]
    again.close()
    (tmp_path / "more.txt").write_bytes(b"More")
    attach(f"sqlite:///{tmp_path}/by hand/ledger.db", tmp_path / "more.txt")


def test_the_write_ahead_log_is_backed_up(ledger: Ledger, url: str, tmp_path: Path) -> None:
    """Entries that are only in the write-ahead log are backed up as well."""
    attach(url, tmp_path / "agreement.pdf")
    (tmp_path / "more.txt").write_bytes(b"More")
    attach(url, tmp_path / "more.txt")
    assert (tmp_path / "ledger.db-wal").exists()
    assert (15, 2) == back_up(ledger, tmp_path / "b.zip")[::2]
    ledger.close()


def test_a_reader_can_back_up(url: str, tmp_path: Path) -> None:
    """A ledger that is opened for reading can be backed up."""
    ledger = open_ledger(url + "?mode=ro")
    assert 14 == back_up(ledger, tmp_path / "b.zip").size
    ledger.close()


def _link(target: Path) -> None:
    target.symlink_to(target.parent / "nowhere")


@pytest.mark.parametrize("take", [Path.touch, Path.mkdir, _link])
def test_an_existing_file_is_not_replaced(ledger: Ledger, tmp_path: Path, take: Callable[[Path], None]) -> None:
    """An existing name is refused, also that of a broken link."""
    target = tmp_path / "b.zip"
    take(target)
    with pytest.raises(BackupExists):
        back_up(ledger, target)
    ledger.close()
    assert [] == [path.name for path in tmp_path.iterdir() if path.name.startswith(".b.zip")]


def test_a_name_that_is_taken_meanwhile(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two backups to one name at once, the second is refused and does not replace the first."""
    target = tmp_path / "b.zip"

    def meanwhile(path: Path) -> None:
        target.write_bytes(b"mine")

    monkeypatch.setattr("ledger.maintenance.backup.fsync_file", meanwhile)
    with pytest.raises(BackupExists):
        back_up(ledger, target)
    ledger.close()
    assert b"mine" == target.read_bytes()


def test_no_folder(ledger: Ledger, tmp_path: Path) -> None:
    """Missing folders are not created: a path on a disk that is not mounted would fill another disk."""
    with pytest.raises(CannotBackUp, match="there is no such folder"):
        back_up(ledger, tmp_path / "none" / "b.zip")
    ledger.close()


def _entry_edited(folder: Path) -> None:
    forger = Forger(folder / "ledger.db")
    with forger.unguarded():
        forger.sql("UPDATE entries SET data = CAST(replace(data, '20.00', '90.00') AS BLOB) WHERE position = 7")
    forger.close()


def _file_changed(folder: Path) -> None:
    (folder / "attachments" / FILE).write_bytes(b"Another one!")


def _file_gone(folder: Path) -> None:
    (folder / "attachments" / FILE).unlink()


def _page_overwritten(folder: Path) -> None:
    with (folder / "ledger.db").open("r+b") as file:
        file.seek(4096 * 4)
        file.write(b"\xff" * 4096)


@pytest.mark.parametrize("damage", [_entry_edited, _file_changed, _file_gone, _page_overwritten])
def test_a_damaged_ledger_is_not_backed_up(url: str, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    """A ledger with findings is refused, with the first of them; no file is left."""
    damage(tmp_path)
    ledger = open_ledger(url)
    with pytest.raises(NotSound, match="would not verify"):
        back_up(ledger, tmp_path / "b.zip")
    ledger.close()
    assert [] == [path.name for path in tmp_path.iterdir() if "b.zip" in path.name]


def test_a_stray_file(ledger: Ledger, tmp_path: Path) -> None:
    """A file that no entry refers to is backed up only if its content matches its name."""
    stray = tmp_path / "attachments" / ("0" * 64)
    stray.write_bytes(b"stray")
    with pytest.raises(CannotBackUp, match="does not match the SHA-256 in its name"):
        back_up(ledger, tmp_path / "b.zip")
    stray.rename(stray.with_name(".half-0"))
    assert 1 == back_up(ledger, tmp_path / "b.zip").files
    ledger.close()


def test_a_wrong_write_is_detected(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The written file is read and compared: a disk that stores other bytes is detected."""
    from ledger.maintenance import backup  # noqa: PLC0415 - one of its steps is spoiled

    write = backup._write  # noqa: SLF001

    def badly(half: Path, database: Path, files: list[Path]) -> None:
        write(half, database, files)
        with half.open("r+b") as file:
            file.seek(600)
            file.write(b"\0\0\0\0")

    monkeypatch.setattr(backup, "_write", badly)
    with pytest.raises(CannotBackUp):
        back_up(ledger, tmp_path / "b.zip")
    ledger.close()
    assert not (tmp_path / "b.zip").exists()


def test_the_copy_is_the_pages_as_they_are(ledger: Ledger, tmp_path: Path) -> None:
    """The database in the backup is that of the ledger, page by page, and not rewritten."""
    with sqlite3.connect(tmp_path / "ledger.db") as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    back_up(ledger, tmp_path / "b.zip")
    ledger.close()
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        copied, own = archive.read("ledger.db"), (tmp_path / "ledger.db").read_bytes()
    assert own[100:] == copied[100:]
    assert os.path.getsize(tmp_path / "ledger.db") == len(copied)  # noqa: PTH202

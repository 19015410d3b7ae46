"""Sources that cannot be restored: each is refused with its reason, and no file is left."""

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.domain.errors import LedgerError
from ledger.maintenance.backup import NotSound
from ledger.maintenance.restore import BadBackup, NothingToRestore, OtherLog, restore
from ledger.stores.errors import LedgerExists, NoFolder
from ledger.transparency.published_log import BadPublished
from tests.attacks.forger import Forger
from tests.attacks.hostile_files import BACKUPS as HOSTILE
from tests.maintenance.conftest import log_of
from tests.maintenance.publishing import publish, publish_entries


def files_left(target: str) -> list[str]:
    """Return the files at the place of a ledger that was not created."""
    return [path.name for path in Path(target.removeprefix("sqlite:///")).parent.iterdir()]


def test_without_a_source(target: str) -> None:
    """A source must be given."""
    with pytest.raises(NothingToRestore):
        restore(target)


def test_never_over_a_ledger(backup: Path, url: str, tmp_path: Path) -> None:
    """An existing ledger is not replaced, and a missing folder is not created."""
    before = log_of(url)
    with pytest.raises(LedgerExists):
        restore(url, backup)
    with pytest.raises(NoFolder):
        restore(f"sqlite:///{tmp_path}/none/ledger.db", backup)
    assert before == log_of(url)


def _zip(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


SQLITE = b"SQLite format 3\0" + bytes(4096)
BACKUPS = {
    "no file at all": b"",
    "no ZIP": b"PK" + bytes(1000),
    "an empty ZIP": _zip(),
    "a ZIP without a ledger": _zip(("other", b"")),
    "a member beside": _zip(("ledger.db", SQLITE), ("more", b"")),
    "a member outside": _zip(("ledger.db", SQLITE), ("attachments/../../x", b"")),
    "a member at the root": _zip(("ledger.db", SQLITE), ("/etc/x", b"")),
    "a file whose name is no digest": _zip(("ledger.db", SQLITE), (f"attachments/{'g' * 64}", b"")),
    "a ledger that is none": _zip(("ledger.db", SQLITE)),
    "an empty ledger": _zip(("ledger.db", b"")),
}


@pytest.mark.parametrize("name", BACKUPS)
def test_no_backup(target: str, tmp_path: Path, name: str) -> None:
    """A file or folder that is not a backup is reported as such."""
    (tmp_path / "bad.zip").write_bytes(BACKUPS[name])
    with pytest.raises(BadBackup):
        restore(target, tmp_path / "bad.zip")
    assert [] == files_left(target)


def test_no_file(target: str, tmp_path: Path) -> None:
    """A name that does not exist is no backup."""
    with pytest.raises(BadBackup):
        restore(target, tmp_path / "none.zip")


def test_a_backup_with_a_member_twice(backup: Path, target: str) -> None:
    """An archive with two ledgers is refused, since either could be meant."""
    with zipfile.ZipFile(backup, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("ledger.db", archive.read("ledger.db"))
    with pytest.raises(BadBackup):
        restore(target, backup)


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9])
def test_a_damaged_backup(backup: Path, target: str, at: float) -> None:
    """A changed byte of packed data is detected by the checksum or by verification."""
    data = bytearray(backup.read_bytes())
    data[int(len(data) * at)] ^= 0x10
    backup.write_bytes(data)
    with pytest.raises((BadBackup, NotSound)):
        restore(target, backup)
    assert [] == files_left(target)


def test_a_backup_that_was_altered(backup: Path, url: str, target: str, tmp_path: Path) -> None:
    """Verification detects an entry that was edited in the backup: no ledger is created."""
    shutil.unpack_archive(backup, tmp_path / "altered")
    forger = Forger(tmp_path / "altered" / "ledger.db")
    with forger.unguarded():
        forger.sql("UPDATE entries SET data = CAST(replace(data, '20.00', '90.00') AS BLOB) WHERE position = 7")
    forger.close()
    with pytest.raises(NotSound, match="leaf-differs at position 7"):
        restore(target, tmp_path / "altered" / "ledger.db")
    assert [] == files_left(target)


def test_a_consistent_forgery(backup: Path, published: Path, target: str, tmp_path: Path) -> None:
    """An edited backup that is consistent in itself is not the beginning of the published log."""
    shutil.unpack_archive(backup, tmp_path / "altered")
    forger = Forger(tmp_path / "altered" / "ledger.db")
    with forger.unguarded():
        forger.write(7, forger.data(7).replace(b"20.00", b"90.00"))
        forger.mend_tree()
    forger.close()
    altered = tmp_path / "altered" / "ledger.db"
    with pytest.raises(OtherLog, match="over 14 entries"):
        restore(target, altered, published)
    with pytest.raises(OtherLog, match="over 9 entries"):
        restore(target, altered, publish(f"sqlite:///{tmp_path}/ledger.db", tmp_path / "old", 9))
    assert [] == files_left(target)


def _flipped(path: str, at: int) -> Callable[[Path], None]:
    def work(folder: Path) -> None:
        data = bytearray((folder / path).read_bytes())
        data[at] ^= 1
        (folder / path).write_bytes(data)

    return work


def _without(path: str) -> Callable[[Path], None]:
    return lambda folder: (folder / path).unlink()


def _longer(path: str) -> Callable[[Path], None]:
    def work(folder: Path) -> None:
        with (folder / path).open("ab") as file:
            file.write(b"\0")

    return work


BUNDLE, TILE = "tile/entries/000.p/17", "tile/0/000.p/17"
FOLDERS: dict[str, tuple[Callable[[Path], None], str]] = {
    "no checkpoint": (_without("checkpoint"), "checkpoint cannot be used: No such file"),
    "no bundle": (_without(BUNDLE), f"{BUNDLE} cannot be used: No such file"),
    "no tile": (_without(TILE), f"{TILE} cannot be used: No such file"),
    "an entry changed": (
        _flipped(BUNDLE, 100),
        f"{BUNDLE} cannot be used: the entry of position 1 differs from the one in",
    ),
    "a length changed": (_flipped(BUNDLE, 1), f"{BUNDLE} cannot be used: it is not 17 entries"),
    "a tile changed": (_flipped(TILE, 40), f"{BUNDLE} cannot be used: the entry of position 2 differs from the one in"),
    "a bundle longer": (_longer(BUNDLE), f"{BUNDLE} cannot be used: it is not 17 entries"),
    "a tile longer": (_longer(TILE), f"{TILE} cannot be used: it has 545 bytes"),
    "a root changed": (_flipped("checkpoint", 30), "checkpoint cannot be used"),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_published_folder_that_does_not_fit(backup: Path, published: Path, target: str, name: str) -> None:
    """The damaged file is named, and no ledger is created, with a backup or without."""
    damage, sentence = FOLDERS[name]
    damage(published)
    for source in (None, backup):
        with pytest.raises(BadPublished) as refused:
            restore(target, source, published)
        assert sentence in refused.value.sentence
        assert [] == files_left(target)


REBUILT: dict[str, tuple[Callable[[list[bytes]], list[bytes]], str]] = {
    "an entry that is none": (lambda entries: [*entries, b"{}"], "position 18: "),
    "an entry that is not canonical": (lambda entries: [*entries[:-1], entries[-1] + b" "], "position 17: "),
    "half of a command": (lambda entries: entries[:4], "position 4: the last command is not complete"),
    "an entry twice": (lambda entries: [*entries, entries[15]], "position 18: it was recorded before"),
    "the last twice": (lambda entries: [*entries, entries[16]], "position 18: the id of its command"),
    "a version left out": (lambda entries: [*entries[:11], *entries[12:]], "position 12: "),
    "two swapped": (
        lambda entries: [*entries[:10], entries[11], entries[10], *entries[12:]],
        "position 12: it was recorded before",
    ),
}


@pytest.mark.parametrize("name", REBUILT)
def test_a_published_log_that_is_no_ledger(url: str, backup: Path, target: str, tmp_path: Path, name: str) -> None:
    """Tiles and checkpoint agree, but the published data are not entries of a ledger."""
    change, sentence = REBUILT[name]
    folder = publish_entries(change(log_of(url)), tmp_path / "anew")
    with pytest.raises(BadPublished) as refused:
        restore(target, None, folder)
    assert sentence in refused.value.sentence
    assert [] == files_left(target)


def test_entries_that_were_not_possible(url: str, backup: Path, target: str, tmp_path: Path) -> None:
    """The replay detects an entry that the history before it does not allow."""
    published_entries = log_of(url)
    entries = [*published_entries[:6], published_entries[6].replace(b"20.00", b"2000.00"), *published_entries[7:]]
    with pytest.raises(NotSound, match="impossible at position 7"):
        restore(target, None, publish_entries(entries, tmp_path / "anew"))


def test_every_refusal_has_a_hint() -> None:
    """Each error of restoring has a hint."""
    errors: list[LedgerError] = [
        NothingToRestore(), BadBackup(Path("b"), "x"), OtherLog(1, b"", b""), BadPublished(Path("p"), "x"),
    ]  # fmt: skip
    assert all(error.hint for error in errors)


@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "a backup whose directory is cut off"])
def test_a_backup_is_bounded_before_it_is_unpacked(name: str, tmp_path: Path, target: str) -> None:
    """Methods, sizes and overlaps that no backup has are named, and nothing is left."""
    HOSTILE[name](tmp_path / "b.zip")
    with pytest.raises(BadBackup):
        restore(target, tmp_path / "b.zip")
    assert [] == files_left(target)


def test_a_document_in_a_folder_is_not_followed_as_a_link(url: str, tmp_path: Path, target: str) -> None:
    """Next to the file of a ledger, a link in attachments/ may lead to a device that has no end."""
    (tmp_path / "attachments" / ("0" * 64)).symlink_to("/dev/zero")
    with pytest.raises(BadBackup, match="is not a regular file"):
        restore(target, tmp_path / "ledger.db")
    assert [] == files_left(target)


def test_a_checkpoint_of_another_origin(published: Path, target: str) -> None:
    """Without a policy nobody vouches for the checkpoint; it must at least be of the log that is next to it."""
    entries = (published / "checkpoint").read_bytes().split(b"\n", 1)
    (published / "checkpoint").write_bytes(b"example.org/other\n" + entries[1])
    with pytest.raises(BadPublished, match=r"it is of example\.org/other, and the entries next to it are of"):
        restore(target, published=published)
    assert [] == files_left(target)

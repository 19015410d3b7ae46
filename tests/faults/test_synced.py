"""What is on the disk when a call returns, on the strictest file system: content, and the name in each folder above.

POSIX promises a name only after its folder was synced. A power loss is not simulated here; what is synced is listed.
"""

import os
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from ledger.application.open import make_ledger, open_ledger
from ledger.domain.organisation.settings import OpenLedger
from ledger.files.atomic import make_folder, new_file, replace_file
from ledger.files.attachments import Attachments, content_of
from ledger.keys.keyring import Keyring
from ledger.maintenance.backup import back_up
from ledger.maintenance.restore import restore

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs to know what a descriptor is of")
OPEN = OpenLedger(origin="example.org/ledger", reporting_currency="USD")


def synced(work: Callable[[], object]) -> list[str]:
    """Return the paths that were synced within `work`, in order, each by the name that it had then."""
    paths = []
    sync = os.fsync

    def syncing(file: int) -> None:
        paths.append(str(Path(f"/proc/self/fd/{file}").readlink()))
        sync(file)

    with patch.object(os, "fsync", syncing):
        work()
    return paths


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in Path(path).parts)


def test_an_attachment(tmp_path: Path) -> None:
    """The first file of a ledger: its content, its name, and the name of the folder; also if another stored it."""
    (tmp_path / "terms.txt").write_text("Terms (illustrative)")
    content = content_of(tmp_path / "terms.txt")
    kept = Attachments(tmp_path / "elsewhere" / "attachments")
    kept.folder.parent.mkdir()
    first = synced(lambda: kept.keep(tmp_path / "terms.txt", content))
    assert [str(kept.folder.parent), str(kept.folder)] == [path for path in first if not _is_hidden(path)]
    assert 1 == sum(map(_is_hidden, first))
    again = synced(lambda: kept.keep(tmp_path / "terms.txt", content))
    assert [str(kept.folder.parent), str(kept.place(content.sha256)), str(kept.folder)] == again


def test_a_folder_and_those_above_it(tmp_path: Path) -> None:
    """Each new folder is synced in the one above it."""
    above = synced(lambda: make_folder(tmp_path / "a" / "b" / "c", parents=True))
    assert {str(tmp_path), str(tmp_path / "a"), str(tmp_path / "a" / "b")} == set(above)
    with pytest.raises(FileNotFoundError):
        make_folder(tmp_path / "x" / "y")


@pytest.mark.parametrize("write", [new_file, replace_file])
def test_a_file(tmp_path: Path, write: Callable[[Path, bytes], None]) -> None:
    """Content first, under a hidden name; then the folder."""
    half, folder = synced(lambda: write(tmp_path / "file", b"content"))
    assert (True, str(tmp_path)) == (_is_hidden(half), folder)
    assert b"content" == (tmp_path / "file").read_bytes()


def test_a_ledger_a_backup_and_what_is_restored(tmp_path: Path) -> None:
    """Each is synced under a hidden name, and the folder after it got its own."""
    url = f"sqlite:///{tmp_path}/ledger.db"

    def backing_up() -> None:
        ledger = open_ledger(url, reads=True)
        back_up(ledger, tmp_path / "monday.zip")
        ledger.close()

    works: list[Callable[[], object]] = [
        lambda: make_ledger(url, OPEN, "staff/1"),
        backing_up,
        lambda: restore(f"sqlite:///{tmp_path}/restored.db", tmp_path / "monday.zip"),
    ]
    for work in works:
        *_, file, folder = synced(work)
        assert (True, str(tmp_path)) == (_is_hidden(file), folder)


def test_a_key(tmp_path: Path) -> None:
    """A key is on the disk, in a folder that is, before its name is recorded."""
    keyring = Keyring(tmp_path / "settings" / "keys", lambda: None)
    paths = synced(lambda: keyring.make("example.org/ledger"))
    assert {str(tmp_path), str(tmp_path / "settings"), str(keyring.folder)} <= set(paths)
    assert _is_hidden(paths[-2])

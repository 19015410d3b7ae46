"""Publishing while somebody replaces folders and files of the published folder by links: nothing is written outside."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.domain.errors import LedgerError
from ledger.files.safe_folder import Folder, UnsafePath
from ledger.transparency.publish import PublishedDiffers, publish
from tests.transparency.logs import files_of, grow, new_log, sign


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Return a ledger with a checkpoint of 300 entries, in a folder of its own."""
    (tmp_path / "own").mkdir()
    log = new_log(tmp_path / "own" / "ledger.db")
    grow(log, 300)
    sign(log)
    yield log
    log.close()


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Return a folder that nothing may be written to, with a file that nothing may change."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file").write_text("kept", "utf-8")
    return tmp_path / "outside"


def _swapped(path: Path, target: Path) -> None:
    if path.exists() or path.is_symlink():
        path.rename(path.with_name(f"{path.name}-was"))
    path.symlink_to(target)


def test_a_further_file_that_is_a_link_is_not_followed(ledger: Ledger, outside: Path, tmp_path: Path) -> None:
    """The digest of the program is written like every other file: nothing is written through a link."""
    publish(ledger, tmp_path / "out", also={"digest": b"one"})
    assert b"one" == (tmp_path / "out" / "digest").read_bytes()
    assert ("digest",) == publish(ledger, tmp_path / "out", also={"digest": b"two"}).written
    assert () == publish(ledger, tmp_path / "out", also={"digest": b"two"}).written
    _swapped(tmp_path / "out" / "digest", outside / "file")
    with pytest.raises(PublishedDiffers):
        publish(ledger, tmp_path / "out", also={"digest": b"two"})
    assert {"file": b"kept"} == files_of(outside)


@pytest.mark.parametrize("place", ["tile", "tile/0", "tile/entries"])
def test_a_folder_swapped_for_a_link_is_not_followed(
    ledger: Ledger, outside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """All was compared and found to be folders; one is replaced by a link before a file is written in it."""
    write_new: Callable[[Folder, str, bytes], None] = Folder.write_new
    written: list[str] = []

    def swapping(folder: Folder, name: str, data: bytes) -> None:
        if str(name).startswith(place) and place not in written:
            written.append(place)
            _swapped(tmp_path / "out" / place, outside)
        write_new(folder, name, data)

    monkeypatch.setattr(Folder, "write_new", swapping)
    with pytest.raises(PublishedDiffers, match="links are not followed"):
        publish(ledger, tmp_path / "out")
    assert {"file": b"kept"} == files_of(outside)


def test_a_checkpoint_swapped_for_a_link_is_replaced(
    ledger: Ledger, outside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The checkpoint is the last file that is written: a link in its place is replaced, and its target is not."""
    publish(ledger, tmp_path / "out")
    grow(ledger, 301)
    sign(ledger)
    replace: Callable[[Folder, str, bytes], None] = Folder.replace

    def swapping(folder: Folder, name: str, data: bytes) -> None:
        _swapped(tmp_path / "out" / "checkpoint", outside / "file")
        replace(folder, name, data)

    monkeypatch.setattr(Folder, "replace", swapping)
    publish(ledger, tmp_path / "out")
    assert {"file": b"kept"} == files_of(outside)
    assert not (tmp_path / "out" / "checkpoint").is_symlink()


def test_the_folder_itself_stays_the_one_that_was_opened(tmp_path: Path, outside: Path) -> None:
    """Within a `with` block the root may be renamed: files are still written to the folder that was opened."""
    (tmp_path / "out").mkdir()
    with Folder(tmp_path / "out") as folder:
        _swapped(tmp_path / "out", outside)
        folder.make("tile")
        folder.write_new("tile/000", b"data")
        folder.replace("checkpoint", b"note")
        assert (b"data", ["000"]) == (folder.read("tile/000", 9), folder.names("tile"))
        folder.remove("tile/000")
        folder.remove_folder("tile")
    assert {"file": b"kept"} == files_of(outside)
    assert {"checkpoint": b"note"} == files_of(tmp_path / "out-was")


def test_special_files_are_refused(tmp_path: Path, outside: Path) -> None:
    """A link, a folder and a pipe are no files; reading a pipe does not wait."""
    (tmp_path / "link").symlink_to(outside / "file")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", "outside"):
        with pytest.raises((UnsafePath, OSError)):
            Folder(tmp_path).read(name, 99)


@pytest.mark.slow
def test_somebody_swaps_folders_all_the_time(ledger: Ledger, outside: Path, tmp_path: Path) -> None:
    """A thread replaces folders by links and back while the log is published again and again."""
    stop = threading.Event()

    def swap() -> None:
        while not stop.is_set():
            for name in ("tile", "tile/0", "tile/entries"):
                path = tmp_path / "out" / name
                with suppress(OSError):
                    path.rename(f"{path}-was")
                    path.symlink_to(outside)
                    path.unlink()
                    Path(f"{path}-was").rename(path)

    (tmp_path / "out").mkdir()
    thread = threading.Thread(target=swap)
    thread.start()
    try:
        for size in range(301, 340):
            grow(ledger, size)
            sign(ledger)
            with suppress(LedgerError, UnsafePath):
                publish(ledger, tmp_path / "out")
            assert {"file": b"kept"} == files_of(outside)
    finally:
        stop.set()
        thread.join()

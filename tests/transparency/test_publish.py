"""Publishing is repeatable: the same files, none replaced by another content, and the checkpoint last."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.files.safe_folder import Folder
from ledger.tlog.checkpoint import Checkpoint
from ledger.tlog.cosignature import cosign
from ledger.tlog.note import Note, signed
from ledger.transparency.checkpoints import DamagedCheckpoint, LogRewritten, NoCheckpoint
from ledger.transparency.publish import (
    CannotPublish,
    NoSuchCheckpoint,
    PublishedDiffers,
    PublishedNewer,
    PublishedNotPrefix,
    publish,
)
from ledger.verify.bundle import verify_bundle
from tests.proof.bundle import Bundle
from tests.spec.signing import ORIGIN, signing_key
from tests.transparency.logs import KEY, POLICY, entries_of, files_of, grow, keep, new_log, sign, snapshot

WITNESS = signing_key(11, "witness.example/one")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Return a ledger with one entry, in a folder of its own."""
    (tmp_path / "own").mkdir()
    log = new_log(tmp_path / "own" / "ledger.db")
    yield log
    log.close()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return the path to publish to; it does not exist yet."""
    return tmp_path / "out"


def due(ledger: Ledger, size: int) -> dict[str, bytes]:
    """Return the tiles and bundles of a size by the definitions."""
    files = Bundle(entries_of(ledger, size)).files()
    del files["checkpoint"]
    return files


def tree_findings(folder: Path) -> list[str]:
    """Return the findings on files, tree and checkpoint; the small entries are not events."""
    return [
        str(finding) for finding in verify_bundle(folder, policy=POLICY).findings if finding.step in (1, 2, 6, 18, 19)
    ]


def check(ledger: Ledger, out: Path, size: int) -> None:
    """Assert that the folder has the files of a log of this size, apart from partial tiles of former sizes."""
    published, expected = files_of(out), due(ledger, size)
    assert (
        str(Checkpoint(ORIGIN, size, verify_bundle(out).root))
        == published.pop("checkpoint").decode().partition("\n\n")[0] + "\n"
    )
    assert expected == {name: published[name] for name in expected}
    for name in published.keys() - expected.keys():
        place, _, width = name.partition(".p/")
        now = next(file for file in expected if file.startswith(f"{place}.p/"))
        assert int(width) < int(now.partition(".p/")[2]), name
        assert expected[now].startswith(published[name])
    assert [] == tree_findings(out)


def test_growing(ledger: Ledger, out: Path) -> None:
    """At each size, around full tiles too, it has the files of that size, and none partial next to a full one."""
    for size in (1, 2, 255, 256, 257, 300, 511, 512, 513):
        grow(ledger, size)
        sign(ledger)
        publish(ledger, out)
        check(ledger, out, size)
    assert not list(out.rglob("000.p/2"))[1:], "only level 1 has a partial tile of two hashes"


@pytest.mark.slow
def test_growing_past_a_tile_of_tiles(ledger: Ledger, out: Path) -> None:
    """The same holds where a tile of level 1 becomes full, and level 2 begins."""
    for size in (65_535, 65_536, 65_537, 65_793):
        grow(ledger, size)
        sign(ledger)
        publish(ledger, out)
        check(ledger, out, size)
    assert {"000.p"} == {path.name for path in (out / "tile" / "2").iterdir()}


def test_only_what_is_new_is_written(ledger: Ledger, out: Path) -> None:
    """An existing file is not rewritten: inode and time stay."""
    grow(ledger, 300)
    sign(ledger)
    publish(ledger, out)
    before = snapshot(out)
    again = publish(ledger, out)
    assert ((), 0) == (again.written, again.removed)
    assert before == snapshot(out)
    grow(ledger, 600)
    sign(ledger)
    done = publish(ledger, out)
    after = snapshot(out)
    assert set(done.written) == {name for name in after if after[name] != before.get(name)}
    assert before["tile/0/000"] == after["tile/0/000"]
    assert "checkpoint" == done.written[-1]
    gone = {"tile/0/001.p/44", "tile/entries/001.p/44"}
    assert (gone, 2) == (before.keys() - after.keys(), done.removed)


def test_a_file_that_is_gone_is_written_again(ledger: Ledger, out: Path) -> None:
    """A missing file is written again, in any part of the folder."""
    grow(ledger, 600)
    sign(ledger)
    publish(ledger, out)
    before = files_of(out)
    for name in ("tile/0/000", "tile/entries/001", "tile/1/000.p/2"):
        (out / name).unlink()
    assert ("tile/entries/001", "tile/0/000", "tile/1/000.p/2") == publish(ledger, out).written
    assert before == files_of(out)


def test_cosigned_later(ledger: Ledger, out: Path) -> None:
    """A checkpoint with later cosignatures replaces the one without them."""
    note = sign(ledger)
    publish(ledger, out)
    keep(ledger, note.with_signatures([cosign(note.text, WITNESS, 1_790_000_000)]))
    assert ("checkpoint",) == publish(ledger, out).written
    assert WITNESS.name in (out / "checkpoint").read_text("utf-8")


def test_an_older_checkpoint(ledger: Ledger, out: Path) -> None:
    """Any stored checkpoint can be published, except one older than the published one."""
    for size in (3, 5):
        grow(ledger, size)
        sign(ledger)
    publish(ledger, out, 3)
    check(ledger, out, 3)
    publish(ledger, out)
    with pytest.raises(PublishedNewer):
        publish(ledger, out, 3)
    check(ledger, out, 5)


def test_a_dry_run(ledger: Ledger, out: Path) -> None:
    """A dry run prints what would be written and writes nothing, not even the folder."""
    sign(ledger)
    would = publish(ledger, out, dry_run=True)
    assert not out.exists()
    assert would == publish(ledger, out)


def test_without_a_checkpoint(ledger: Ledger, out: Path) -> None:
    """A log without a checkpoint is not published."""
    with pytest.raises(NoCheckpoint):
        publish(ledger, out)
    sign(ledger)
    with pytest.raises(NoSuchCheckpoint):
        publish(ledger, out, 2)
    assert not out.exists()


@pytest.mark.parametrize("name", ["tile/0/000", "tile/entries/000", "tile/0/001.p/44", "tile/1/000.p/1"])
@pytest.mark.parametrize("damage", ["changed", "cut", "longer"])
def test_a_file_with_other_bytes(ledger: Ledger, out: Path, name: str, damage: str) -> None:
    """A published file that differs from the log is refused, and nothing is written."""
    grow(ledger, 300)
    sign(ledger)
    publish(ledger, out)
    data = (out / name).read_bytes()
    changed = {"changed": data[:-1] + bytes([data[-1] ^ 1]), "cut": data[:-1], "longer": data + b"\0"}[damage]
    (out / name).write_bytes(changed)
    grow(ledger, 301 if name.startswith("tile/1") else 300)
    sign(ledger)
    before = snapshot(out)
    with pytest.raises(PublishedDiffers, match=name):
        publish(ledger, out)
    assert before == snapshot(out)


def test_another_log_of_the_same_name(ledger: Ledger, out: Path, tmp_path: Path) -> None:
    """The published log must be the beginning of the log, even if no tile shows the difference."""
    grow(ledger, 5)
    sign(ledger)
    publish(ledger, out)
    another = new_log(tmp_path / "another.db")
    grow(another, 6, "otherwise")
    sign(another)
    for name in ("tile/0/000.p/5", "tile/entries/000.p/5"):
        (out / name).unlink()
    before = snapshot(out)
    with pytest.raises(PublishedNotPrefix, match="give another"):
        publish(another, out)
    assert before == snapshot(out)
    another.close()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (str(Checkpoint("example.org/another", 1, bytes(32))), "it is of example.org/another"),
        (str(Checkpoint(ORIGIN, 9, bytes(32))), "it has 9 entries, and the log 2"),
        (str(Checkpoint(ORIGIN, 1, bytes(32))), "give another"),
        ("what is this\n", "it is not a checkpoint"),
    ],
)
def test_a_published_checkpoint_that_is_not_the_logs(ledger: Ledger, out: Path, text: str, why: str) -> None:
    """A checkpoint of another log, a longer one or another history is not replaced, nor is a file that is none."""
    grow(ledger, 2)
    sign(ledger)
    out.mkdir()
    (out / "checkpoint").write_bytes(bytes(signed(text, KEY)))
    before = snapshot(out)
    with pytest.raises(PublishedNotPrefix, match=why):
        publish(ledger, out)
    assert before == snapshot(out)


def test_a_log_that_is_not_what_it_signed(ledger: Ledger, out: Path) -> None:
    """A log whose root differs from its own checkpoint is not published."""
    keep(ledger, signed(str(Checkpoint(ORIGIN, 1, bytes(32))), KEY))
    with pytest.raises(LogRewritten):
        publish(ledger, out)
    keep(ledger, signed(str(Checkpoint(ORIGIN, 7, bytes(32))), KEY))
    with pytest.raises(LogRewritten):
        publish(ledger, out)
    assert {} == files_of(out)


def test_a_kept_checkpoint_of_another_log(ledger: Ledger, out: Path) -> None:
    """A checkpoint with the name of another log is not published."""
    sign(ledger, origin="example.org/another")
    with pytest.raises(DamagedCheckpoint):
        publish(ledger, out)


@pytest.mark.parametrize("name", ["checkpoint", "tile", "tile/0", "tile/entries/000.p", "tile/0/000.p/2"])
@pytest.mark.parametrize("is_dangling", [True, False])
def test_links_are_not_followed(ledger: Ledger, out: Path, tmp_path: Path, name: str, is_dangling: bool) -> None:
    """Links below the folder are not followed to read, write or remove a file."""
    grow(ledger, 2)
    sign(ledger)
    elsewhere = tmp_path / "elsewhere"
    publish(ledger, elsewhere)
    (out / name).parent.mkdir(parents=True)
    (out / name).symlink_to(tmp_path / "nowhere" if is_dangling else elsewhere / name)
    before = snapshot(elsewhere)
    with pytest.raises(PublishedDiffers, match="links are not followed"):
        publish(ledger, out)
    assert before == snapshot(elsewhere)
    assert not (tmp_path / "nowhere").exists()


def test_the_folder_itself_may_be_a_link(ledger: Ledger, out: Path, tmp_path: Path) -> None:
    """The folder itself may be a link."""
    sign(ledger)
    (tmp_path / "there").mkdir()
    out.symlink_to(tmp_path / "there")
    publish(ledger, out)
    check(ledger, tmp_path / "there", 1)


def test_not_in_the_folder_of_the_ledger(ledger: Ledger, tmp_path: Path) -> None:
    """A folder that contains the database is refused, since a host would serve it."""
    sign(ledger)
    with pytest.raises(CannotPublish, match="it contains the ledger itself"):
        publish(ledger, tmp_path / "own")
    assert {"ledger.db", "ledger.db-wal", "ledger.db-shm"} >= {path.name for path in (tmp_path / "own").iterdir()}


def test_a_folder_that_cannot_be_made(ledger: Ledger, tmp_path: Path) -> None:
    """An error of the system is reported with its reason."""
    sign(ledger)
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "file", tmp_path / "no" / "such"):
        with pytest.raises(CannotPublish):
            publish(ledger, folder)


def test_what_others_put_there_is_left_alone(ledger: Ledger, out: Path) -> None:
    """Files of the host next to the log are not removed, nor similar names next to partial tiles."""
    grow(ledger, 200)
    sign(ledger)
    publish(ledger, out)
    for name in ("index.html", "tile/0/000.p/README", "tile/entries/000.p/0"):
        (out / name).write_bytes(b"of the host")
    grow(ledger, 256)
    sign(ledger)
    publish(ledger, out)
    left = {name for name, data in files_of(out).items() if data == b"of the host"}
    assert {"index.html", "tile/0/000.p/README", "tile/entries/000.p/0"} == left
    assert {f"finding of {name}" for name in left} == {
        f"finding of {finding.what.partition(':')[0]}"
        for finding in verify_bundle(out).findings
        if finding.code == "unexpected-file" and not finding.what.split(":")[0].endswith(".p")
    }


class Stopped(Exception):
    """Raised by a test to stop the program."""


class Stopping:
    """Lets a number of calls to the system through, and stops at the next."""

    def __init__(self, patched: pytest.MonkeyPatch, last: int) -> None:
        """Patch the functions that change files."""
        self.steps, self.last = 0, last
        for name in ("link", "replace", "rename", "fsync", "unlink", "mkdir", "rmdir"):
            patched.setattr(os, name, self.counting(getattr(os, name)))

    def counting(self, done: Callable[..., object]) -> Callable[..., object]:
        """Return a call that is counted."""

        def call(*args: object, **named: object) -> object:
            self.steps += 1
            if self.steps > self.last:
                raise Stopped
            return done(*args, **named)

        return call


@pytest.mark.parametrize("former", [1, 200])
def test_stopped_at_every_point(ledger: Ledger, tmp_path: Path, former: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a stop at any call, the folder has the whole log of its checkpoint; publishing again completes it."""
    for size in (former, 520):
        grow(ledger, size)
        sign(ledger)
        publish(ledger, tmp_path / "straight")
    expected = files_of(tmp_path / "straight")
    for last in range(200):
        out = tmp_path / f"out{last}"
        if former > 1:
            publish(ledger, out, former)
        with monkeypatch.context() as patched, suppress(Stopped):
            Stopping(patched, last)
            publish(ledger, out)
            break
        if (out / "checkpoint").exists():
            assert {"unexpected-file"} >= {
                finding.code for finding in verify_bundle(out).findings if finding.step in (6, 18)
            }
        publish(ledger, out)
        assert expected == files_of(out)
    assert 30 < last < 199


def test_a_full_disk(ledger: Ledger, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the error names the reason; the published log stays as it was."""
    sign(ledger)

    def full(folder: Folder, name: str, data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(Folder, "write_new", full)
        with pytest.raises(CannotPublish, match="no room left"):
            publish(ledger, out)
    publish(ledger, out)
    check(ledger, out, 1)


def test_notes_are_merged(ledger: Ledger, out: Path) -> None:
    """Several checkpoints of one size are published as one with all signatures."""
    note = sign(ledger)
    for number in (11, 12):
        witness = signing_key(number, f"witness.example/{number}")
        keep(ledger, Note(note.text, (cosign(note.text, witness, 1_790_000_000),)))
    publish(ledger, out)
    names = [line.split(" ")[1] for line in (out / "checkpoint").read_text("utf-8").split("\n\n")[1].splitlines()]
    assert [ORIGIN, "witness.example/11", "witness.example/12"] == names

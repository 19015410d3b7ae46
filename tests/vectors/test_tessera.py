"""A whole log that another software wrote (../shared/vectors/tessera-log) verifies here, and ours is built alike."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.stores.sqlite.connection import create
from ledger.stores.sqlite.store import SQLiteStore
from ledger.tlog import checkpoint, note
from ledger.tlog.note import Note
from ledger.tlog.policy import parse
from ledger.tlog.tiles import entries_of
from ledger.transparency.checkpoints import stored_checkpoints
from ledger.transparency.publish import publish
from ledger.verify.bundle import BundleResult, verify_bundle
from tests.stores.rows import row
from tests.transparency.logs import files_of

LOG = Path(__file__).parents[3] / "shared" / "vectors" / "tessera-log" / "testdata" / "log"
KEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
"""The key of that log, as its source has it beside the log."""
POLICY = parse(f"log {KEY}\nquorum none\n".encode())
SIZES = range(16)
ABOUT_FILES = {1, 2, 6, 18, 19}
"""The steps that look at files, tree and checkpoint; what its entries mean is that log's own."""

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not LOG.exists(), reason="the folder shared is not beside the project"),
]


def folder_of(size: int, folder: Path) -> Path:
    """Copy what that log had served when it had this size: the checkpoint, and tiles of this size and earlier ones.

    Left out are `.state`, which its software keeps for itself, and `checkpoint.N`, which its test data have besides.
    """
    folder.mkdir()
    shutil.copy(LOG / f"checkpoint.{size}", folder / "checkpoint")
    for path in LOG.glob("tile/*/000.p/*"):
        if int(path.name) <= size:
            target = folder / path.relative_to(LOG)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    return folder


def found(result: BundleResult) -> list[str]:
    """Return what is wrong with files, tree and checkpoint."""
    return [str(one) for one in result.findings if one.step in ABOUT_FILES]


@pytest.mark.parametrize("size", SIZES)
def test_it_verifies(size: int, tmp_path: Path) -> None:
    """At each of its 16 sizes its files are whole, give its root, and are signed by its key."""
    result = verify_bundle(folder_of(size, tmp_path / "log"), policy=POLICY)
    assert [] == found(result)
    assert size == result.size
    assert [KEY] == [str(key) for key in (result.trusted.signers if result.trusted else ())]


def test_what_is_left_over_is_named(tmp_path: Path) -> None:
    """Its folder as it lies there has files besides, which no reader of the log needs."""
    shutil.copytree(LOG, tmp_path / "log")
    result = verify_bundle(tmp_path / "log", policy=POLICY)
    names = {
        one.what.partition(":")[0].partition("/")[0].partition(".")[0] for one in result.findings if one.step == 18
    }
    assert {"", "checkpoint"} == names


class Foreign(Ledger):
    """A ledger in which that log's entries stand: no first entry names it."""

    origin = KEY.partition("+")[0]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Foreign]:
    """Return a ledger with the entries of that log, and the checkpoints that its key signed."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    create(url)
    made = Foreign(SQLiteStore(url))
    entries = entries_of((LOG / "tile/entries/000.p/15").read_bytes(), 15)
    with made.store.writing():
        made.store.append([row("party/A", number, state=data) for number, data in enumerate(entries, 1)])
        for size in SIZES:
            made.store.keep_checkpoint(size, (LOG / f"checkpoint.{size}").read_bytes())
    yield made
    made.close()


def test_ours_is_built_alike(ledger: Foreign, tmp_path: Path) -> None:
    """Published at each size, its entries give the same files with the same bytes as that software wrote."""
    for size in SIZES:
        publish(ledger, tmp_path / "out", size)
        theirs = files_of(folder_of(size, tmp_path / f"theirs{size}"))
        assert theirs == files_of(tmp_path / "out"), size
    assert list(SIZES) == [one.checkpoint.size for one in stored_checkpoints(ledger)]


def test_its_checkpoints_are_written_again_as_they_are() -> None:
    """What is read of a checkpoint writes the same bytes."""
    for size in SIZES:
        data = (LOG / f"checkpoint.{size}").read_bytes()
        held = note.parse(data)
        assert data == bytes(Note(str(checkpoint.parse(held.text)), held.signatures))

"""A log of another implementation (../shared/vectors/tessera-log) verifies here, and ours writes the same files."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.stores.sqlite.creation import create
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
"""The key of that log, from its source."""
POLICY = parse(f"log {KEY}\nquorum none\n".encode())
SIZES = range(16)
ABOUT_FILES = {1, 2, 6, 18, 19}
"""The steps on files, tree and checkpoint; the meaning of the entries is specific to that log."""

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not LOG.exists(), reason="the folder shared is not beside the project"),
]


def folder_of(size: int, folder: Path) -> Path:
    """Copy the files that the log served at this size: the checkpoint, and tiles of this size and earlier ones.

    It skips `.state`, which the software keeps for itself, and `checkpoint.N`, which belong to the test data.
    """
    folder.mkdir()
    shutil.copy(LOG / f"checkpoint.{size}", folder / "checkpoint")
    for path in LOG.glob("tile/*/000.p/*"):
        if int(path.name) <= size:
            target = folder / path.relative_to(LOG)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    return folder


def problems(result: BundleResult) -> list[str]:
    """Return the findings on files, tree and checkpoint."""
    return [str(finding) for finding in result.findings if finding.step in ABOUT_FILES]


@pytest.mark.parametrize("size", SIZES)
def test_it_verifies(size: int, tmp_path: Path) -> None:
    """At each of its 16 sizes the files are complete, give the root, and are signed by the log's key."""
    result = verify_bundle(folder_of(size, tmp_path / "log"), policy=POLICY)
    assert [] == problems(result)
    assert size == result.size
    assert [KEY] == [str(key) for key in (result.trusted.signers if result.trusted else ())]


def test_surplus_files_are_named(tmp_path: Path) -> None:
    """Files in the original folder that no reader of the log needs are findings."""
    shutil.copytree(LOG, tmp_path / "log")
    result = verify_bundle(tmp_path / "log", policy=POLICY)
    names = {
        finding.what.partition(":")[0].partition("/")[0].partition(".")[0]
        for finding in result.findings
        if finding.step == 18
    }
    assert {"", "checkpoint"} == names


class ForeignLedger(Ledger):
    """A ledger with the entries of that log: no first entry names it."""

    origin = KEY.partition("+")[0]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[ForeignLedger]:
    """Return a ledger with the entries of that log, and the checkpoints that its key signed."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    create(url)
    made = ForeignLedger(SQLiteStore(url))
    entries = entries_of((LOG / "tile/entries/000.p/15").read_bytes(), 15)
    with made.store.writing():
        made.store.append([row("party/A", number, state=data) for number, data in enumerate(entries, 1)])
        for size in SIZES:
            made.store.keep_checkpoint(size, (LOG / f"checkpoint.{size}").read_bytes())
    yield made
    made.close()


def test_ours_writes_the_same_files(ledger: ForeignLedger, tmp_path: Path) -> None:
    """Published at each size, the same entries give the same files, byte for byte."""
    for size in SIZES:
        publish(ledger, tmp_path / "out", size)
        theirs = files_of(folder_of(size, tmp_path / f"theirs{size}"))
        assert theirs == files_of(tmp_path / "out"), size
    assert list(SIZES) == [finding.checkpoint.size for finding in stored_checkpoints(ledger)]


def test_checkpoints_are_written_unchanged() -> None:
    """A parsed checkpoint writes the same bytes."""
    for size in SIZES:
        data = (LOG / f"checkpoint.{size}").read_bytes()
        held = note.parse(data)
        assert data == bytes(Note(str(checkpoint.parse(held.text)), held.signatures))

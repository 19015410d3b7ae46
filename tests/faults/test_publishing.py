"""Publishing in a process that is killed, in several processes at once, and on a full disk."""

import os
import random
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.transparency.publish import CannotPublish, publish
from ledger.verify.bundle import verify_bundle
from tests.faults.disk import small_disk
from tests.faults.processes import drained, forked, killed
from tests.transparency.logs import POLICY, files_of, grow, new_log, sign

KILLS = 60 if os.environ.get("LEDGER_SWEEP") else 12
SEED = int(os.environ.get("LEDGER_SEED", "20261123"))
SIZES = (1, 300, 3_000)


@pytest.fixture(scope="module")
def signed_log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Return a ledger of 3,000 entries with checkpoints of three sizes."""
    ledger = new_log(tmp_path_factory.mktemp("made") / "ledger.db")
    for size in SIZES:
        grow(ledger, size)
        sign(ledger)
    yield ledger
    ledger.close()


@pytest.fixture(scope="module")
def undisturbed(signed_log: Ledger, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of publishing the three sizes one after the other, undisturbed."""
    folder = tmp_path_factory.mktemp("straight")
    for size in SIZES:
        publish(signed_log, folder, size)
    return files_of(folder)


def _publish(url: str, folder: Path, _: int) -> None:
    ledger = open_ledger(url)
    for size in SIZES[1:]:
        publish(ledger, folder, size)


def _codes(folder: Path) -> set[str]:
    return {
        finding.code for finding in verify_bundle(folder, policy=POLICY).findings if finding.step in (1, 2, 6, 18, 19)
    }


def test_killed(signed_log: Ledger, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    """After a kill, the folder has the whole log of its checkpoint; publishing again gives the same bytes."""
    chance = random.Random(f"{SEED}/publish")  # noqa: S311 - a seed that can be given again
    for kill in range(KILLS):
        folder = tmp_path / f"out{kill}"
        publish(signed_log, folder, 1)
        child, reading = forked(lambda writing, folder=folder: _publish(signed_log.store.url, folder, writing))  # type: ignore[misc]
        time.sleep(chance.uniform(0, 0.1))
        killed(child)
        os.close(reading)
        # What was written beyond the checkpoint does not belong to its log yet.
        assert {"unexpected-file"} >= _codes(folder), kill
        for size in SIZES[1:]:
            if size >= int((folder / "checkpoint").read_text("utf-8").split("\n")[1]):
                publish(signed_log, folder, size)
        assert undisturbed == files_of(folder), kill


def test_several_at_once(signed_log: Ledger, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    """A second process waits, and finds the log published."""
    folder = tmp_path / "out"
    publish(signed_log, folder, 1)
    for size in SIZES[1:]:
        started = [
            forked(lambda _, size=size: publish(open_ledger(signed_log.store.url), folder, size) and None)  # type: ignore[misc]
            for _ in range(3)
        ]
        for child, reading in started:
            assert "" == drained(reading)
            assert 0 == os.waitpid(child, 0)[1]
    assert undisturbed == files_of(folder)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a small file system of the test's own."""
    with small_disk(tmp_path / "disk", "1m") as folder:
        yield folder


@pytest.mark.parametrize("room", [0, 20_000, 60_000, 120_000])
def test_a_full_disk(signed_log: Ledger, undisturbed: dict[str, bytes], disk: Path, room: int) -> None:
    """On a full disk, the published log stays whole, with no partial file; with room, publishing completes it."""
    folder = disk / "out"
    publish(signed_log, folder, 1)
    publish(signed_log, folder, 300)
    with (disk / "ballast").open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 512)
    os.truncate(disk / "ballast", (disk / "ballast").stat().st_size - room)
    with pytest.raises(CannotPublish, match="no room left"):
        publish(signed_log, folder)
    assert "300" == (folder / "checkpoint").read_text("utf-8").split("\n")[1]
    assert {"unexpected-file"} >= _codes(folder)
    (disk / "ballast").unlink()
    publish(signed_log, folder)
    assert undisturbed == files_of(folder)

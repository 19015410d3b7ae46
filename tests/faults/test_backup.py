"""Backups during recording, on a full disk, and in a process that is killed."""

import hashlib
import os
import random
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from ledger.application.open import open_ledger
from ledger.files.attachments import content_of
from ledger.maintenance.backup import CannotBackUp, back_up
from ledger.maintenance.restore import restore
from ledger.replay.procedure import replay_log
from ledger.stores.errors import DiskFull
from ledger.verify.procedure import verify_log
from tests.faults.disk import small_disk
from tests.faults.processes import drained, forked, killed, new_ledger, request

BACKUPS = 30 if os.environ.get("LEDGER_SWEEP") else 6
KILLS = 40 if os.environ.get("LEDGER_SWEEP") else 10
SEED = int(os.environ.get("LEDGER_SEED", "20261123"))


def _attach_for_ever(url: str, name: str, folder: Path, writing: int) -> None:
    """Record parties and attach files in turn; print the size after each."""
    ledger = open_ledger(url)
    assert ledger.attachments is not None
    for number in count():
        ledger.record(request(f"{name}:{number}", command="party register", name=f"Party {name} {number}"))
        file = folder / f"{name}-{number}.bin"
        file.write_bytes(f"{name}-{number} ".encode() * 500)
        content = content_of(file)
        ledger.attachments.keep(file, content)
        members = {"sha256": content.sha256, "size": content.size, "media_type": content.media_type}
        attachment = request(f"{name}:{number}+", command="document attach", engagement="E", content=members, title="T")
        os.write(writing, f"{ledger.record(attachment).size}\n".encode())
        file.unlink()


def test_others_record_meanwhile(tmp_path: Path) -> None:
    """Each backup has the log of one position with every file that it refers to, and no writer waits for it."""
    url = new_ledger(tmp_path)
    started = [forked(lambda writing, n=n: _attach_for_ever(url, f"w{n}", tmp_path, writing)) for n in range(2)]  # type: ignore[misc]
    ledger = open_ledger(url)
    backups = []
    for number in range(BACKUPS):
        time.sleep(0.05)
        before = ledger.store.head().size
        backups.append(back_up(ledger, tmp_path / f"b{number}.zip"))
        assert before <= backups[-1].size <= ledger.store.head().size
    for child, reading in started:
        killed(child)
        drained(reading)
    assert backups[0].size < backups[-1].size
    (tmp_path / "new").mkdir()
    for number, backup in enumerate(backups):
        restored = f"sqlite:///{tmp_path}/new/r{number}.db"
        result = restore(restored, tmp_path / f"b{number}.zip")
        assert (backup.size, backup.root, 0) == (result.size, result.root, result.missing)
    whole = [data for _, data in ledger.store.entries()]
    again = open_ledger(restored)
    assert whole[: backups[-1].size] == [data for _, data in again.store.entries()]
    again.close()
    ledger.close()


def test_kill_while_backing_up(tmp_path: Path) -> None:
    """A backup gets its name when it is complete: a killed process leaves none, or one that can be restored."""
    url = new_ledger(tmp_path)
    chance = random.Random(f"{SEED}/backup")  # noqa: S311 - a seed that can be given again
    (tmp_path / "out").mkdir()

    def work(name: str) -> None:
        back_up(open_ledger(url), tmp_path / "out" / name)

    for kill in range(KILLS):
        child, reading = forked(lambda _, kill=kill: work(f"b{kill}.zip"))  # type: ignore[misc]
        time.sleep(chance.uniform(0, 0.03))
        killed(child)
        os.close(reading)
        target = tmp_path / "out" / f"b{kill}.zip"
        if target.exists():
            assert zipfile.ZipFile(target).testzip() is None
            assert 3 == restore(f"sqlite:///{tmp_path}/r{kill}.db", target).size
    ledger = open_ledger(url)
    assert [] == [*verify_log(ledger.store).findings, *replay_log(ledger)]
    ledger.close()


def test_kill_while_restoring(tmp_path: Path) -> None:
    """A restored ledger gets its name when it is complete and verified."""
    url = new_ledger(tmp_path)
    chance = random.Random(f"{SEED}/restore")  # noqa: S311 - a seed that can be given again
    ledger = open_ledger(url)
    back_up(ledger, tmp_path / "b.zip")
    ledger.close()
    for kill in range(KILLS):
        target = f"sqlite:///{tmp_path}/r{kill}.db"
        child, reading = forked(lambda _, target=target: restore(target, tmp_path / "b.zip") and None)  # type: ignore[misc]
        time.sleep(chance.uniform(0, 0.03))
        killed(child)
        os.close(reading)
        if (tmp_path / f"r{kill}.db").exists():
            again = open_ledger(target)
            assert [] == [*verify_log(again.store).findings, *replay_log(again)]
            again.close()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a small file system of the test's own."""
    with small_disk(tmp_path / "disk", "400k") as folder:
        yield folder


@pytest.mark.parametrize("room", [0, 20_000, 60_000, 100_000])
def test_a_full_disk(tmp_path: Path, disk: Path, room: int) -> None:
    """A backup or restored ledger without room leaves no file; with room it is created."""
    url = new_ledger(tmp_path)
    ledger = open_ledger(url)
    back_up(ledger, tmp_path / "b.zip")
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 512)
    os.truncate(ballast, ballast.stat().st_size - room)
    for work, error in (
        (lambda: back_up(ledger, disk / "b.zip"), CannotBackUp),
        (lambda: restore(f"sqlite:///{disk}/r.db", tmp_path / "b.zip"), DiskFull),
    ):
        with suppress(error):
            work()
        left = {path.name for path in disk.iterdir()} - {"ballast", "b.zip", "r.db"}
        assert set() == left
    assert room > 0 or [ballast] == list(disk.iterdir())
    ballast.unlink()
    for path in disk.iterdir():
        path.unlink()
    back_up(ledger, disk / "b.zip")
    assert 3 == restore(f"sqlite:///{disk}/r.db", disk / "b.zip").size
    ledger.close()


def test_a_guard_on_a_full_disk(tmp_path: Path, disk: Path) -> None:
    """The entry is recorded, the guard is whole and lags, and it advances once there is room."""
    from ledger.application.rollback_guard import Guard  # noqa: PLC0415 - this test alone is about it

    url, guard = new_ledger(tmp_path), disk / "guard"
    ledger = open_ledger(url, guard=Guard(guard))
    assert ledger.guard is not None
    ledger.guard.start(ledger.origin, ledger.store)
    digest = hashlib.sha256(guard.read_bytes()).digest()
    with (disk / "ballast").open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    ledger.record(request("one", command="party register", name="One"))
    assert ledger.guard.lag is not None
    assert "No space left" in ledger.guard.lag.sentence
    assert digest == hashlib.sha256(guard.read_bytes()).digest()
    (disk / "ballast").unlink()
    ledger.record(request("two", command="party register", name="Two"))
    assert ledger.guard.lag is None
    ledger.check_guard()
    assert ["guard"] == [path.name for path in disk.iterdir()]
    ledger.close()

"""The rollback guard with several processes at once, and with processes that are killed at the worst moments."""

import os
import random
import signal
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from cli.main import run
from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.application.rollback_guard import Guard
from ledger.stores.sqlite.store import SQLiteStore
from ledger.tlog.checkpoint import Checkpoint, parse
from ledger.tlog.proof import root_at
from ledger.verify.procedure import verify_log
from tests.faults.processes import drained, forked, killed, new_ledger, request

WRITERS = 4
SECONDS = 20.0 if os.environ.get("LEDGER_SWEEP") else 2.0
KILLS = 60 if os.environ.get("LEDGER_SWEEP") else 15
SEED = int(os.environ.get("LEDGER_SEED", "20261123"))


@pytest.fixture
def guarded(tmp_path: Path) -> tuple[str, Path]:
    """Return a ledger's URL and the path of its guard."""
    url, path = new_ledger(tmp_path), tmp_path / "second" / "guard"
    path.parent.mkdir()
    ledger = open_ledger(url)
    Guard(path).start(ledger.origin, ledger.store)
    ledger.close()
    return url, path


def _record(ledger: Ledger, name: str) -> int:
    return ledger.record(request(name, command="party register", name=f"Party {name}")).size


def _guarded(path: Path) -> Checkpoint:
    return parse(path.read_text("utf-8"))


def _check(url: str, path: Path) -> int:
    """Assert that the ledger is whole and extends the guard; return the size of the guard."""
    ledger = open_ledger(url, guard=Guard(path))
    assert [] == verify_log(ledger.store).findings
    ledger.check_guard()
    checkpoint = _guarded(path)
    assert root_at(checkpoint.size, ledger.store) == checkpoint.root
    ledger.close()
    return checkpoint.size


def _record_until(url: str, path: Path, name: str, end: float, writing: int) -> None:
    ledger = open_ledger(url, guard=Guard(path))
    for number in count():
        if time.monotonic() > end:
            return
        size = _record(ledger, f"{name}:{number}")
        assert ledger.guard is not None
        assert ledger.guard.lag is None, ledger.guard.lag
        # What is acknowledged is guarded, by this process or by one that was later.
        assert _guarded(path).size >= size
        os.write(writing, f"{size}\n".encode())


def test_four_processes_at_once(guarded: tuple[str, Path]) -> None:
    """The guard never lags behind an acknowledged entry, never goes back, and ends with the log."""
    url, path = guarded
    end = time.monotonic() + SECONDS
    started = [forked(lambda writing, n=n: _record_until(url, path, f"w{n}", end, writing)) for n in range(WRITERS)]  # type: ignore[misc]
    sizes_seen = [_guarded(path).size]
    while time.monotonic() < end:
        sizes_seen.append(_guarded(path).size)
        time.sleep(0.002)
    acknowledged = [int(line) for _, reading in started for line in drained(reading).splitlines()]
    assert [0] * WRITERS == [os.waitpid(child, 0)[1] for child, _ in started]
    assert sorted(sizes_seen) == sizes_seen
    assert max(acknowledged) == len(acknowledged) + 3 == _check(url, path)
    assert [path] == list(path.parent.iterdir())


def test_kill_while_recording(guarded: tuple[str, Path]) -> None:
    """Processes are killed at random: each time the log extends the guard, and the next process records."""
    url, path = guarded
    chance = random.Random(f"{SEED}/guard")  # noqa: S311 - a seed that can be given again
    sizes = [3]
    for kill in range(KILLS):
        name = f"k{kill}"
        work = lambda writing, name=name: _record_until(url, path, name, time.monotonic() + 60, writing)  # noqa: E731
        child, reading = forked(work)
        time.sleep(chance.uniform(0, 0.08))
        killed(child)
        acknowledged = [int(line) for line in drained(reading).splitlines()]
        sizes.append(_check(url, path))
        assert sizes[-1] >= max(acknowledged, default=sizes[-2])
    assert sorted(sizes) == sizes
    assert sizes[-1] > 3, f"no process lived long enough to record (seed {SEED})"


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _before_the_guard() -> None:
    Guard.follow = _die  # type: ignore[method-assign,assignment]


def _before_it_is_on_disk() -> None:
    os.fsync = _die  # type: ignore[assignment]


def _before_it_has_its_name() -> None:
    Path.replace = _die  # type: ignore[method-assign,assignment]


@pytest.mark.parametrize("dying", [_before_the_guard, _before_it_is_on_disk, _before_it_has_its_name])
def test_kill_between_commit_and_guard(guarded: tuple[str, Path], dying: Callable[[], None]) -> None:
    """The entry is recorded, and the guard is the whole older one; the next recording advances it."""
    url, path = guarded

    def work(_: int) -> None:
        ledger = open_ledger(url, guard=Guard(path))
        dying()
        _record(ledger, "killed")

    child, reading = forked(work)
    os.close(reading)
    assert signal.SIGKILL == os.waitpid(child, 0)[1]
    assert 3 == _check(url, path)
    ledger = open_ledger(url, guard=Guard(path))
    assert 4 == ledger.store.head().size
    assert 5 == _record(ledger, "next")
    ledger.close()
    assert 5 == _check(url, path)


def test_receipt_beside_another_writer(guarded: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A receipt tells of the own entries, although another writer records before the guard is moved."""
    url, path = guarded
    ledger, other = open_ledger(url, guard=Guard(path)), open_ledger(url)
    move = ledger._move_guard  # noqa: SLF001 - the moment between the commit and the guard

    def later() -> None:
        _record(other, "other")
        move()

    monkeypatch.setattr(ledger, "_move_guard", later)
    receipt = ledger.record(request("own", command="party register", name="Party own"))
    assert (receipt.first, receipt.size) == (4, 4)
    assert ledger.entry(receipt.first).command == "own"
    assert root_at(4, ledger.store) == receipt.root
    assert 5 == _guarded(path).size
    ledger.close()
    other.close()


def test_guard_start_settles_the_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who starts a guard syncs the name of the ledger first: who made the ledger may have been killed before."""
    url, path = new_ledger(tmp_path), tmp_path / "guard"
    order: list[str] = []
    monkeypatch.setattr(SQLiteStore, "settle", lambda _: order.append("settled"))
    monkeypatch.setattr(Guard, "start", lambda *_: order.append("started"))
    assert 0 == run(["--url", url, "--guard", str(path), "guard", "start"])
    assert ["settled", "started"] == order

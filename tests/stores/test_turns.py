"""Writers of a file take turns, in the order in which they came, whatever becomes of those before them."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.stores.errors import Busy
from ledger.stores.sqlite import turns
from ledger.stores.sqlite.creation import create
from ledger.stores.sqlite.store import SQLiteStore
from tests.faults.processes import drained, forked

WAITING = 6


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Return the URL of an empty ledger."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    create(url)
    return url


def _write(url: str, number: int, writing: int) -> None:
    store = SQLiteStore(url)
    os.write(writing, b".")
    with store.writing():
        os.write(writing, f"{number} {time.monotonic()}\n".encode())


@contextmanager
def _held(url: str) -> Iterator[None]:
    """Let another process hold the write lock: a process that forks must have no file of SQLite open."""
    end, release = os.pipe()

    def hold(writing: int) -> None:
        os.close(release)
        with SQLiteStore(url).writing():
            os.write(writing, b".")
            os.read(end, 1)

    holder, reading = forked(hold)
    os.read(reading, 1)
    try:
        yield
    finally:
        os.write(release, b".")
        os.waitpid(holder, 0)
        for file in (end, release, reading):
            os.close(file)


def _waiting(url: str, numbers: range) -> list[tuple[int, int]]:
    """Start writers, one after the other has begun to wait; return their processes and pipes."""
    started = []
    for number in numbers:
        started.append(forked(lambda writing, number=number: _write(url, number, writing)))  # type: ignore[misc]
        os.read(started[-1][1], 1)
        time.sleep(0.1)
    return started


def _order(started: list[tuple[int, int]]) -> list[int]:
    rows = [drained(reading).split() for _, reading in started]
    for child, _ in started:
        os.waitpid(child, 0)
    return [int(row[0]) for row in sorted((row for row in rows if row), key=lambda row: float(row[1]))]


def test_first_come_first_served(url: str) -> None:
    """Writers that wait get the lock in the order in which they came."""
    with _held(url):
        started = _waiting(url, range(WAITING))
    assert [*range(WAITING)] == _order(started)


def test_a_writer_that_is_killed_in_the_queue(url: str) -> None:
    """Its place goes with it, the first as one in the middle."""
    with _held(url):
        started = _waiting(url, range(WAITING))
        for number in (0, 3):
            os.kill(started[number][0], signal.SIGKILL)
    assert [1, 2, 4, 5] == sorted(_order(started))


def test_a_writer_that_is_suspended_in_its_turn(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others do without a turn after a while: one process stops nobody."""
    monkeypatch.setattr(turns, "TURN_SECONDS", 0.5)
    with _held(url):
        started = _waiting(url, range(3))
        os.kill(started[0][0], signal.SIGSTOP)
    others = _order(started[1:])
    os.kill(started[0][0], signal.SIGCONT)
    assert ([1, 2], [0]) == (sorted(others), _order(started[:1]))


def test_a_writer_that_gives_up(url: str) -> None:
    """It waits as long as it was set to wait, reports that, and leaves the queue to the others."""
    with _held(url):
        started = _waiting(url, range(1))
        store = SQLiteStore(url)
        store.busy_seconds = 0.3
        began = time.monotonic()
        with pytest.raises(Busy, match=r"was busy for 0[.]3 seconds"), store.writing():
            pass
        assert time.monotonic() - began < 5
    assert [0] == _order(started)
    with store.writing():
        pass
    store.close()

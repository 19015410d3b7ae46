"""Readers that overlap do not keep the write-ahead log from being emptied."""

import os
import signal
import time
from pathlib import Path

import pytest

from ledger.application.open import open_ledger
from ledger.stores.open import open_store
from ledger.stores.sqlite import wal
from tests.faults.processes import forked, new_ledger, request

LARGE = 1 << 20
READERS = 3


def _read_again_and_again(url: str, writing: int) -> None:
    """Read from snapshots of 60 ms each, so that one is always open while there are several such readers."""
    while True:
        store = open_store(url, reads=True)
        with store.reading():
            store.head()
            time.sleep(0.06)
        store.close()


def _grown(url: str, path: Path, count: int) -> int:
    """Record next to the readers; return the largest size of the log."""
    readers = [forked(lambda writing: _read_again_and_again(url, writing)) for _ in range(READERS)]
    largest = 0
    try:
        ledger = open_ledger(url)
        for number in range(count):
            ledger.record(request(f"w{number}", command="party register", name=f"Party {number} {'x' * 200}"))
            largest = max(largest, wal.wal_size(wal.wal_of(path)))
        ledger.close()
    finally:
        for child, reading in readers:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.close(reading)
    return largest


def test_readers_that_overlap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log is emptied when it is large: it stays at most two steps above that size."""
    monkeypatch.setattr(wal, "MAX_WAL_BYTES", LARGE)
    monkeypatch.setattr(wal, "STEP_BYTES", LARGE // 4)
    url = new_ledger(tmp_path)
    assert _grown(url, tmp_path / "ledger.db", 400) < LARGE * 1.75


def test_a_reader_that_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader in one long snapshot keeps what it reads, and a writer is not held up at each entry."""
    monkeypatch.setattr(wal, "MAX_WAL_BYTES", 1 << 16)
    monkeypatch.setattr(wal, "STEP_BYTES", 1 << 20)
    url = new_ledger(tmp_path)
    ledger, store = open_ledger(url), open_store(url)
    with store.reading():
        size = store.head().size
        for number in range(100):
            ledger.record(request(f"w{number}", command="party register", name=f"Party {number}"))
        assert wal.wal_size(wal.wal_of(tmp_path / "ledger.db")) > 1 << 16
        assert (size, size) == (store.head().size, len(list(store.entries())))
    assert size + 100 == store.head().size
    store.close()
    ledger.close()


def test_recording_resolves_no_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the log is, is found for the first command only: to find it took half of the time of recording."""
    ledger = open_ledger(new_ledger(tmp_path))
    ledger.record(request("w0", command="party register", name="Party 0"))
    monkeypatch.setattr(Path, "resolve", lambda _: pytest.fail("it resolved a path"))
    ledger.record(request("w1", command="party register", name="Party 1"))
    ledger.close()

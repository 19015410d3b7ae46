"""An hour of everything at once: memory, open files, the write-ahead log and temporary files stay within bounds.

LEDGER_SOAK_SECONDS sets another length.
"""

import os
import tempfile
import time
from pathlib import Path
from statistics import median

import pytest

from ledger.stores.sqlite.wal import MAX_WAL_BYTES, STEP_BYTES, wal_of, wal_size
from tests.faults.mixed import Report, answer, work
from tests.faults.processes import drained, forked, new_ledger

SECONDS = float(os.environ.get("LEDGER_SOAK_SECONDS", "3600"))
MEMORY = 64 << 20
"""How much more memory a process may hold in the last quarter than in the second, in bytes."""
FILES = 2
"""How many more open files."""
WAL = MAX_WAL_BYTES + 2 * STEP_BYTES
"""The largest write-ahead log, in bytes, next to readers that end."""


def _grown(reports: list[Report], what: str) -> float:
    """Return by how much the median of the last quarter is above that of the second: in the first, caches fill."""
    values = [each[what] for each in reports if what in each]
    quarter = len(values) // 4
    return median(values[-quarter:]) - median(values[quarter : 2 * quarter]) if quarter else 0


@pytest.mark.sweep
@pytest.mark.skipif(not os.environ.get("LEDGER_SWEEP"), reason="takes an hour: LEDGER_SWEEP=1, LEDGER_SOAK_SECONDS")
def test_soak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """No process holds more at the end than soon after its start, and nothing is left behind."""
    office, temporary = tmp_path / "office", tmp_path / "temporary"
    for folder in (office, temporary, tmp_path / "out"):
        folder.mkdir()
    url = new_ledger(office)
    monkeypatch.setenv("LEDGER_URL", url)
    monkeypatch.setenv("LEDGER_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert 0 == answer("key", "new")[0]
    end = time.monotonic() + SECONDS

    def watch(writing: int) -> None:
        largest = 0
        while time.monotonic() < end:
            largest = max(largest, wal_size(wal_of(office / "ledger.db")))
            time.sleep(0.2)
        os.write(writing, str(largest).encode())

    watcher, watching = forked(watch)
    reports = work(tmp_path / "out", SECONDS)
    largest = int(drained(watching))
    assert 0 == os.waitpid(watcher, 0)[1]
    assert [] == [each for of_kind in reports.values() for each in of_kind if each["code"]]
    by_process: dict[str, list[Report]] = {}
    for of_kind in reports.values():
        for each in of_kind:
            by_process.setdefault(each["who"], []).append(each)
    memory = {who: _grown(of_one, "memory") for who, of_one in by_process.items()}
    files = {who: _grown(of_one, "files") for who, of_one in by_process.items()}
    with capsys.disabled():
        most = max(memory, key=lambda who: memory[who])
        print(  # noqa: T201
            f"\n{sum(map(len, by_process.values()))} commands; the most memory more: {memory[most] / 2**20:.1f} MiB"
            f" ({most}); files more: {max(files.values()):g}; largest log: {largest / 2**20:.1f} MiB"
        )
    assert {} == {who: grown for who, grown in memory.items() if grown > MEMORY}
    assert {} == {who: grown for who, grown in files.items() if grown > FILES}
    assert largest <= WAL
    assert [] == [path.name for path in temporary.iterdir()]
    assert [] == [path.name for path in office.iterdir() if path.name.startswith(".") or path.suffix == ".tmp"]

"""The benchmarks run: each side of each row, at a tiny size, without measuring."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import postgres, starts
from benchmarks.__main__ import MODULES
from benchmarks.histories import grow
from benchmarks.measuring import Measured, Place, Run, Watch, Work
from ledger.application.open import open_ledger
from ledger.replay.procedure import replay_log
from ledger.verify.procedure import verify_log

SIZE = 1_200
WORKS = [work for name in MODULES for work in importlib.import_module(f"benchmarks.{name}").WORKS]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder in which histories are generated once; the server of the rows is stopped at the end."""
    yield tmp_path_factory.mktemp("shared")
    postgres.stop()


@pytest.mark.slow
@pytest.mark.parametrize("work", WORKS, ids=lambda work: str(work.name))
def test_every_row_runs(work: Work, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both sides of a row do their work, and count it."""
    monkeypatch.setattr(starts, "TIMES", 1)
    monkeypatch.delenv("LEDGER_ACTOR")  # who measures may have none
    place = Place(shared, tmp_path, SIZE, SIZE)
    if work.prepare is not None:
        work.prepare(place)
    for name, side in (("ours", work.ours), ("floor", work.floor)):
        if side is not None:
            watch = Watch()
            own = tmp_path / name
            own.mkdir()
            side(place._replace(own=own), watch)
            assert watch.seconds >= 0
            assert watch.count > 0


@pytest.mark.slow
def test_histories_that_are_put_together_verify(shared: Path) -> None:
    """A history of several copies of a story has every entry possible, and the log is sound."""
    ledger = open_ledger(grow(shared, 4_000, engagements=20))
    assert ([], []) == (verify_log(ledger.store).findings, replay_log(ledger))
    assert ledger.store.head().size >= 4_000
    ledger.close()


def test_a_row_is_judged_by_the_median() -> None:
    """Ratios are of the speeds of each pair of runs; their median is compared with the target."""

    def nothing(place: Place, watch: Watch) -> None:
        """Do nothing."""

    work = Work("w", "floor", 0.5, nothing, nothing)
    floor = [Run(1.0, 10, 0, None)] * 3
    measured = Measured(work, [Run(seconds, 10, 0, None) for seconds in (1.0, 4.0, 2.0)], floor)
    assert ([1.0, 0.25, 0.5], 0.5, True) == (measured.values, measured.value, measured.is_met)
    slower = Measured(Work("w", "floor", 1.5, nothing, nothing, kind="times"), measured.ours, floor)
    assert (2.0, False) == (slower.value, slower.is_met)

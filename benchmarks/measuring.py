"""Measurement of one row: both sides take turns, each run in a process of its own; the median counts."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Literal, NamedTuple, Self

Kind = Literal["ratio", "times", "beyond", "below"]
"""How a row is compared with its target.

`ratio`: our speed divided by that of the floor, at least; `times`: our time divided by that of the other side, at most;
`beyond`: the seconds that we take more than the other side, at most; `below`: a figure of our side alone, at most.
"""
Clock = Literal["wall", "processor"]
"""The clock of a row: `wall` if a side waits for the disk or uses several cores, otherwise `processor`, which depends
less on other processes."""


class Watch:
    """A context manager that adds up time, and holds the number of operations."""

    def __init__(self) -> None:
        """Start at zero seconds."""
        self.seconds = 0.0
        self.processor = 0.0
        self.count = 1
        self.figure: float | None = None
        """A figure of our side alone, if the row does not measure seconds."""
        self._began = 0.0
        self._processor = 0.0

    def __enter__(self) -> Self:
        self._began, self._processor = time.perf_counter(), processor_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds += time.perf_counter() - self._began
        self.processor += processor_time() - self._processor


def processor_time() -> float:
    """Return the processor time of this process and of its child processes that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


class Place(NamedTuple):
    """Where a side works: the shared folder, a temporary folder of its own, and the requested sizes of logs."""

    shared: Path
    own: Path
    size: int
    large: int


Side = Callable[[Place, Watch], None]


@dataclass(frozen=True)
class Work:
    """A row: our side, the side that it is compared with, and the target."""

    name: str
    floor_name: str
    target: float | None
    ours: Side
    floor: Side | None = None
    kind: Kind = "ratio"
    unit: str = "s"
    runs: int = 5
    clock: Clock = "wall"
    prepare: Callable[[Place], None] | None = None
    """Prepares the data of both sides before the measurement; existing data is used again."""


class Run(NamedTuple):
    """The result of one run of one side."""

    seconds: float
    count: int  # type: ignore[assignment]  # hides tuple.count, which a run does not need
    peak: int
    """Peak memory of the process, in KiB."""
    figure: float | None


@dataclass
class Measured:
    """A row with its results."""

    work: Work
    ours: list[Run] = field(default_factory=list)
    floor: list[Run] = field(default_factory=list)

    @property
    def values(self) -> list[float]:
        """The value of each pair of runs, by the kind of the row."""
        if self.work.kind == "below":
            return [run.seconds if run.figure is None else run.figure for run in self.ours]
        pairs = list(zip(self.ours, self.floor, strict=True))
        if self.work.kind == "beyond":
            return [ours.seconds - floor.seconds for ours, floor in pairs]
        ratios = [(floor.seconds / floor.count) / (ours.seconds / ours.count) for ours, floor in pairs]
        return ratios if self.work.kind == "ratio" else [1 / run for run in ratios]

    @property
    def value(self) -> float:
        """The median."""
        return median(self.values)

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached; None if there is none."""
        target = self.work.target
        if target is None:
            return None
        return self.value >= target if self.work.kind == "ratio" else self.value <= target

    def cells(self) -> list[str]:
        """Return the cells of the row in the printed table."""
        sign = "≥" if self.work.kind == "ratio" else "≤"
        met = {True: "yes", False: "**no**", None: ""}[self.is_met]
        low, high = min(self.values), max(self.values)
        return [
            self.work.name,
            _rate(self.ours),
            f"{self.work.floor_name}: {_rate(self.floor)}" if self.floor else self.work.floor_name,
            f"{_figure(self.value)} {self._unit}".rstrip(),
            f"{_figure(low)}-{_figure(high)}",
            "" if self.work.target is None else f"{sign} {self.work.target:g} {self._unit}".rstrip(),
            met,
            f"{max(run.peak for run in self.ours) // 1024} MB",
        ]

    @property
    def _unit(self) -> str:
        return "" if self.work.kind in ("ratio", "times") else self.work.unit


HEADINGS = ("work", "ours", "floor or peer", "ratio or figure", "spread", "target", "met", "peak memory")


def _rate(runs: list[Run]) -> str:
    middle = median(run.seconds / run.count for run in runs)
    if runs[0].count == 1:
        return f"{middle:.3f} s" if middle >= 0.001 else f"{middle * 1e6:.0f} µs"
    return f"{1 / middle:,.0f}/s"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def measure(module: str, work: Work, place: Place, runs: int | None = None) -> Measured:
    """Measure a row of a module; both sides take turns."""
    if work.prepare is not None:
        work.prepare(place)
    measured = Measured(work)
    for _ in range(runs or work.runs):
        measured.ours.append(_run(module, work.name, "ours", place))
        if work.floor is not None:
            measured.floor.append(_run(module, work.name, "floor", place))
    return measured


def _run(module: str, name: str, side: str, place: Place) -> Run:
    arguments = json.dumps([module, name, side, str(place.shared), place.size, place.large])
    root = Path(__file__).resolve().parents[1]
    # Without the user's LEDGER_ settings, and with compiled bytecode kept, as in an installation.
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LEDGER_", "PYTHONDONTWRITE"))}
    done = subprocess.run(  # noqa: S603 - this program itself
        [sys.executable, "-m", "benchmarks.one", arguments],
        cwd=root, env=env | {"PYTHONHASHSEED": "0"}, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    members: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return Run(**members)


def peak_memory() -> int:
    """Return the peak memory in KiB of this process or of a command that it ran, whichever is greater."""
    return max(own_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def own_peak() -> int:
    """Return the peak memory of this process in KiB, without that of its parent process."""
    for line in Path("/proc/self/status").read_text("utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0

"""One measurement: both sides of a row take turns, each time in a process of its own; the median counts."""

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
"""How a row is judged.

`ratio`: ours in parts of the speed of the floor, at least; `times`: the time of ours in times of the other's, at most;
`beyond`: seconds that ours takes more than the other, at most; `below`: a figure of ours alone, at most.
"""
Clock = Literal["wall", "processor"]
"""What is timed: where a side waits for the disk, or uses several cores, all of the time; else that of the processor,
in which others on the machine show less."""


class Watch:
    """Times what stands within it, and counts what was done."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.seconds = 0.0
        self.processor = 0.0
        self.count = 1
        self.figure: float | None = None
        """A figure of ours alone, where seconds are not what is asked."""
        self._began = 0.0
        self._processor = 0.0

    def __enter__(self) -> Self:
        self._began, self._processor = time.perf_counter(), processor_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds += time.perf_counter() - self._began
        self.processor += processor_time() - self._processor


def processor_time() -> float:
    """Return the processor time of this process and of those that it started and that ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


class Place(NamedTuple):
    """Where a side works: the folder that all share, one of its own that is thrown away, and the sizes asked for."""

    shared: Path
    own: Path
    size: int
    large: int


Side = Callable[[Place, Watch], None]


@dataclass(frozen=True)
class Work:
    """A row: the work, what it is measured against, and what is to be reached."""

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
    """Makes, before anything is measured, what both sides need; what is there already is kept."""


class Run(NamedTuple):
    """What one side came to once."""

    seconds: float
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks of a run
    peak: int
    """Peak memory of the process, in KiB."""
    figure: float | None


@dataclass
class Measured:
    """A row with what was seen."""

    work: Work
    ours: list[Run] = field(default_factory=list)
    floor: list[Run] = field(default_factory=list)

    @property
    def values(self) -> list[float]:
        """What each pair of runs came to, in the terms of the row."""
        if self.work.kind == "below":
            return [one.seconds if one.figure is None else one.figure for one in self.ours]
        pairs = list(zip(self.ours, self.floor, strict=True))
        if self.work.kind == "beyond":
            return [ours.seconds - floor.seconds for ours, floor in pairs]
        found = [(floor.seconds / floor.count) / (ours.seconds / ours.count) for ours, floor in pairs]
        return found if self.work.kind == "ratio" else [1 / one for one in found]

    @property
    def value(self) -> float:
        """The median."""
        return median(self.values)

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        target = self.work.target
        if target is None:
            return None
        return self.value >= target if self.work.kind == "ratio" else self.value <= target

    def cells(self) -> list[str]:
        """Return the row as it is shown."""
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
            f"{max(one.peak for one in self.ours) // 1024} MB",
        ]

    @property
    def _unit(self) -> str:
        return "" if self.work.kind in ("ratio", "times") else self.work.unit


HEADINGS = ("work", "ours", "floor or peer", "ratio or figure", "spread", "target", "met", "peak memory")


def _rate(runs: list[Run]) -> str:
    middle = median(one.seconds / one.count for one in runs)
    if runs[0].count == 1:
        return f"{middle:.3f} s" if middle >= 0.001 else f"{middle * 1e6:.0f} µs"
    return f"{1 / middle:,.0f}/s"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def measure(module: str, work: Work, place: Place, runs: int | None = None) -> Measured:
    """Measure a row of a module; ours and the other take turns."""
    if work.prepare is not None:
        work.prepare(place)
    found = Measured(work)
    for _ in range(runs or work.runs):
        found.ours.append(_run(module, work.name, "ours", place))
        if work.floor is not None:
            found.floor.append(_run(module, work.name, "floor", place))
    return found


def _run(module: str, name: str, side: str, place: Place) -> Run:
    asked = json.dumps([module, name, side, str(place.shared), place.size, place.large])
    root = Path(__file__).resolve().parents[1]
    # Nothing of whoever measures: no settings of theirs, and what is compiled once is kept, as where it is installed.
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LEDGER_", "PYTHONDONTWRITE"))}
    done = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-m", "benchmarks.one", asked],
        cwd=root, env=env | {"PYTHONHASHSEED": "0"}, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return Run(**told)


def peak_memory() -> int:
    """Return the peak memory in KiB of this process, or of a command that it ran if that took more."""
    return max(own_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def own_peak() -> int:
    """Return the peak memory of this process in KiB: of its own memory, and not of what started it."""
    for line in Path("/proc/self/status").read_text("utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0

"""Simulated processes: threads of which exactly one runs, chosen by a seed; time passes only when all of them wait."""

import faulthandler
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

STEP_SECONDS = 0.0002
"""Simulated seconds that a step takes."""
STUCK_SECONDS = 120.0
"""Real seconds without a step after which the simulation itself is taken to be broken."""
NEVER = 1 << 60


class Killed(BaseException):  # no Exception: nothing in the product may catch it
    """The process was killed: what it does from now on reaches nobody."""


@dataclass
class Faults:
    """What befalls a process, counted in its own steps, so that it stays the same if other processes are left out."""

    killed_at: int = NEVER
    power_lost_at: int = NEVER
    power_lost_at_sync: int = NEVER
    """The number of the sync, in its own syncs, before which the power is lost."""
    full_from: int = NEVER
    full_until: int = NEVER
    broken_at: frozenset[int] = frozenset()
    """Steps at which the disk answers with an I/O error."""
    broken_at_sync: int = NEVER
    """The number of the sync that fails."""
    power_lost_after: int = NEVER
    """How many steps after a broken one the power is lost."""
    losing: float = 0.0
    """How often the network loses what is said."""
    switching: float = 0.1
    """How often another process runs after a step."""


@dataclass
class Process:
    """A simulated process."""

    name: str
    work: Callable[[], None]
    faults: Faults
    chance: random.Random
    skew: float = 0.0
    """How far its clock is ahead, in seconds."""
    steps: int = 0
    syncs: int = 0
    wakes_at: float = 0.0
    dead: bool = False
    ended: bool = False
    error: BaseException | None = None
    baton: threading.Lock = field(default_factory=threading.Lock)
    thread: threading.Thread | None = None


class Scheduler:
    """Runs processes step by step. Everything that it decides follows from its seed and from those of the processes."""

    def __init__(self, seed: str) -> None:
        """Begin with no process, at time 0."""
        self.chance = random.Random(seed)  # noqa: S311 - a seed that can be given again
        self.now = 0.0
        self.steps = 0
        self.power_lost = False
        self.running: Process | None = None
        self._main = threading.Lock()
        self._main.acquire()

    def run(self, processes: list[Process]) -> None:
        """Run processes until each has ended; if the power is lost, all are dead."""
        self.power_lost = False
        for process in processes:
            process.baton.acquire()
            process.thread = threading.Thread(target=self._body, args=(process,), name=process.name, daemon=True)
            process.thread.start()
        living = list(processes)
        while living:
            ready = [process for process in living if process.wakes_at <= self.now or process.dead]
            if not ready:
                self.now = min(process.wakes_at for process in living)
                continue
            self._hand_over(ready[self.chance.randrange(len(ready))] if len(ready) > 1 else ready[0])
            if self.power_lost:
                for process in living:
                    process.dead = True
            living = [process for process in living if not process.ended]
        for process in processes:
            assert process.thread is not None
            process.thread.join()

    def _hand_over(self, process: Process) -> None:
        self.running = process
        process.baton.release()
        if not self._main.acquire(timeout=STUCK_SECONDS):
            faulthandler.dump_traceback(all_threads=True)
            raise RuntimeError(f"{process.name} does not come to its next step")
        self.running = None

    def _body(self, process: Process) -> None:
        process.baton.acquire()
        try:
            if not process.dead:
                process.work()
        except Killed:
            pass
        except BaseException as error:  # noqa: BLE001 - whatever it is, the check of the process judges it
            process.error = error
        finally:
            process.ended = True
            self._main.release()

    # Called by the running process.

    def me(self) -> Process | None:
        """Return the simulated process that calls; None outside of the simulation."""
        process = self.running
        return process if process is not None and process.thread is threading.current_thread() else None

    def step(self, process: Process, *, syncs: bool = False) -> str | None:
        """Count a step, which may be a sync; let others run perhaps; return the fault of the disk. Raises Killed."""
        if process.dead:
            raise Killed
        process.steps += 1
        self.steps += 1
        self.now += STEP_SECONDS
        here, faults = process.steps, process.faults
        process.syncs += syncs
        if here >= faults.power_lost_at or process.syncs >= faults.power_lost_at_sync:
            self.power_lost = process.dead = True
            raise Killed
        if here >= faults.killed_at:
            process.dead = True
            raise Killed
        if process.chance.random() < faults.switching:
            self.wait(process, 0.0)
        if faults.full_from <= here < faults.full_until:
            return "full"
        is_broken = here in faults.broken_at or (syncs and process.syncs == faults.broken_at_sync)
        if is_broken:
            faults.power_lost_at = min(faults.power_lost_at, here + faults.power_lost_after)
        return "broken" if is_broken else None

    def wait(self, process: Process, seconds: float) -> None:
        """Let others run for some simulated seconds. Raises Killed."""
        process.wakes_at = self.now + seconds
        self._main.release()
        process.baton.acquire()
        if process.dead:
            raise Killed

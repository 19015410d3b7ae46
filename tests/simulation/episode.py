"""An episode: some hours of an office, made from a seed; the same seed gives the same hours.

python -m tests.simulation SEED [--steps N]
"""

import gc
import os
import random
import shutil
import tempfile
import warnings
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from ledger.domain.errors import LedgerError
from tests.simulation.disk import Disk
from tests.simulation.office import JOBS, REGISTER, Office, Work, archivist, init, move_away
from tests.simulation.promises import Broken
from tests.simulation.scheduler import NEVER, Faults, Process, Scheduler
from tests.simulation.system_calls import SystemCalls

ROUNDS = 7
PEOPLE = 5
Plant = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True)
class Failure:
    """A broken promise: the seed, the round, what was broken, and what took part."""

    seed: str
    round: int
    what: str
    people: tuple[str, ...]
    all_people: tuple[str, ...]
    left_out: tuple[str, ...]

    def __str__(self) -> str:
        """Tell how to see it again."""
        out = f" --without {','.join(self.left_out)}" if self.left_out else ""
        return (
            f"{self.what}\n  in round {self.round} of seed {self.seed}, with {', '.join(self.people)}\n"
            f"  again: python -m tests.simulation {self.seed}{out}"
        )


class Episode:
    """One episode. People that are left out take no part; nothing else changes by that."""

    def __init__(self, seed: str, left_out: Collection[str] = (), planted: Plant = nullcontext) -> None:
        """Make the episode of a seed."""
        self.seed, self.left_out, self.planted = seed, left_out, planted
        self.chance = random.Random(seed)  # noqa: S311 - a seed that can be given again
        self.scheduler = Scheduler(f"{seed}/who")
        self.people: list[str] = []
        self.everybody: list[str] = []

    def run(self) -> Failure | None:
        """Run it to its end, or to the first broken promise."""
        with _world() as root, _seeded(self.seed), patch.dict(os.environ, {"XDG_CACHE_HOME": str(root / "cache")}):
            office = Office(root, self.scheduler)
            (root / "desk" / "register.csv").write_text(REGISTER, "utf-8")
            disk = SystemCalls(str(root), self.scheduler)
            with disk.attached(), self.planted():
                for number in range(ROUNDS):
                    try:
                        self._round(number, office, disk)
                    except Broken as broken:
                        return Failure(
                            self.seed,
                            number,
                            str(broken),
                            tuple(self.people),
                            tuple(self.everybody),
                            tuple(self.left_out),
                        )
                    finally:
                        _close_remains(disk)
        return None

    def _round(self, number: int, office: Office, disk: Disk) -> None:
        works = self._works(number, office)
        processes = []
        for place, work in enumerate(works):
            name = f"{number}.{place}.{work.__name__}"
            process = self._process(name, work, office)
            if name not in self.left_out:
                processes.append(process)
        self.people = [process.name for process in processes]
        self.everybody += self.people
        self.scheduler.run(processes)
        for process in processes:
            if process.error is not None and not process.dead:
                if isinstance(process.error, Broken):
                    raise process.error
                raise Broken(f"{process.name} ended with {process.error!r}") from process.error
        del processes
        _close_remains(disk)
        if self.scheduler.power_lost:
            disk.lose_power(self.chance)
        whole = self.chance.random() < 0.12
        try:
            office.repair()
            office.promises.check(office.root, office.url, whole=whole)
        except LedgerError as error:
            raise Broken(f"the ledger cannot be checked: {error.code}: {error.sentence}") from error

    def _works(self, number: int, office: Office) -> list[Work]:
        """Return what is done in a round."""
        jobs, weights = zip(*JOBS, strict=True)
        if number == 0:
            return [init] * self.chance.randint(1, 2)
        after_a_crash = self.scheduler.power_lost
        if self.chance.random() < (0.5 if after_a_crash else 0.05):
            works: list[Work] = [move_away, *self.chance.choices(jobs, weights, k=self.chance.randint(0, PEOPLE - 1))]
        else:
            works = self.chance.choices(jobs, weights, k=self.chance.randint(1, PEOPLE))
        if not office.path.exists():
            works = [init, *works]
        return [archivist, *works] if number == 1 else works  # as every office should

    def _process(self, name: str, work: Work, office: Office) -> Process:
        chance = random.Random(f"{self.seed}/{name}")  # noqa: S311 - a seed that can be given again
        process = Process(name, lambda: None, _faults(chance), chance, skew=chance.choice((0, 0, 0, 0.4, -0.4)))
        own = random.Random(f"{self.seed}/{name}/work")  # noqa: S311
        process.work = lambda: _done(work, office, process, own)
        return process


def _done(work: Work, office: Office, process: Process, chance: random.Random) -> None:
    try:
        work(office, process, chance)
    except LedgerError as error:  # it did not even begin
        if not process.dead:
            office.promises.unread.append(error)


def _faults(chance: random.Random) -> Faults:
    faults = Faults(switching=chance.choice((0.02, 0.1, 0.4)))
    faults.losing = chance.choice((0.01, 0.05, 0.1, 0.2))
    moment = int(1.5 ** chance.uniform(2, 18))
    befallen = chance.random()
    if befallen < 0.2:
        faults.killed_at = moment
    elif befallen < 0.4:
        faults.power_lost_at = moment
    elif befallen < 0.6:
        faults.power_lost_at_sync = int(1.5 ** chance.uniform(0, 12))
    elif befallen < 0.7:
        faults.full_from, faults.full_until = moment, moment + chance.choice((1, 20, NEVER))
    elif befallen < 0.8:
        faults.broken_at = frozenset({moment})
    elif befallen < 0.9:
        faults.broken_at_sync = int(1.5 ** chance.uniform(0, 10))
        faults.power_lost_after = chance.choice((1, 5, 20, NEVER))
    return faults


def _close_remains(disk: Disk) -> None:
    """Close what dead processes left open, without any effect on the disk."""
    disk.is_after = True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
    disk.is_after = False


@contextmanager
def _world() -> Iterator[Path]:
    memory = Path("/dev/shm")  # noqa: S108 - a disk of memory: what is durable is simulated
    folder = Path(tempfile.mkdtemp(prefix="simulation-", dir=memory if memory.is_dir() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _seeded(seed: str) -> Iterator[None]:
    """Draw from the seed what the product draws from the system, and collect no garbage in between."""
    chance = random.Random(f"{seed}/system")  # noqa: S311 - a seed that can be given again
    random.seed(f"{seed}/random")
    was = gc.isenabled()
    gc.disable()
    gc.freeze()  # so that looking for remains looks only at what this episode made
    names = tempfile._name_sequence  # type: ignore[attr-defined] # noqa: SLF001 - it has a chance of its own
    tempfile._name_sequence = None  # type: ignore[attr-defined] # noqa: SLF001
    try:
        with patch.object(os, "urandom", chance.randbytes):
            yield
    finally:
        tempfile._name_sequence = names  # type: ignore[attr-defined] # noqa: SLF001
        gc.unfreeze()
        if was:
            gc.enable()


def smaller(failure: Failure, planted: Plant = nullcontext) -> Failure:
    """Return the failure with as few people as possible: all that it does not need are left out."""
    tried: set[str] = set()
    while todo := [name for name in failure.all_people if name not in tried and name not in failure.left_out]:
        tried.add(todo[-1])
        found = Episode(failure.seed, [*failure.left_out, todo[-1]], planted).run()
        if found is not None and found.what.split()[:3] == failure.what.split()[:3]:
            failure = found
    return failure


def search(seed: str, steps: int, planted: Plant = nullcontext) -> tuple[Failure | None, int]:
    """Run episodes until they took so many steps or a promise broke; return the failure and the steps."""
    done = number = 0
    while done < steps:
        episode = Episode(f"{seed}.{number}", planted=planted)
        failure = episode.run()
        done += episode.scheduler.steps
        number += 1
        if failure is not None:
            return failure, done
        if number % 20 == 0:
            gc.collect()  # an episode collects only what it made itself, not what those before it left
    return None, done

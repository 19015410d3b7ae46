"""The simulation: every promise holds over many steps, and planted faults are found.

A failure prints the line that plays it again, with as few people as it needs.
"""

import os
import sys

import pytest

from tests.simulation.episode import Episode, search, smaller
from tests.simulation.planted import PLANTED

SEED = os.environ.get("LEDGER_SEED", "20261123")
IS_SWEEP = bool(os.environ.get("LEDGER_SWEEP"))
STEPS, PARTS = (20_000_000, 100) if IS_SWEEP else (200_000, 8)
FOUND_WITHIN, SEARCHES = 100_000, 12
BEGINS_AT = {"restored_while_open": 19}
"""The first search, of faults that are seldom found: from 0 on it would take minutes."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the simulated disk asks /proc which file is open")


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_every_promise_holds(part: int) -> None:
    """Whatever is killed, cut off or lost: what was acknowledged stands once, and what was said is so."""
    failure, steps = search(f"{SEED}/{part}", STEPS // PARTS)
    assert failure is None, smaller(failure)
    assert steps >= STEPS // PARTS


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANTED)
def test_planted_faults_are_found(name: str) -> None:
    """Each of the usual mistakes breaks a promise within 100,000 steps, of some seed among the first."""
    first = BEGINS_AT.get(name, 0)
    numbers = range(first, first + SEARCHES)
    searches = (search(f"{name}/{number}", FOUND_WITHIN, PLANTED[name])[0] for number in numbers)
    failure = next(filter(None, searches), None)
    assert failure is not None, f"{name} was not found"
    again = Episode(failure.seed, planted=PLANTED[name]).run()
    assert again is not None
    assert failure.what.split("/dev/shm/")[0] == again.what.split("/dev/shm/")[0]  # noqa: S108 - a part of a sentence


def test_a_seed_gives_the_same_hours() -> None:
    """An episode takes the same steps each time: a seed is all that it takes to see a failure again."""
    first, second = Episode("same"), Episode("same")
    assert first.run() is second.run() is None
    assert 100 < first.scheduler.steps == second.scheduler.steps
    assert first.everybody == second.everybody

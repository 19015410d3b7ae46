"""Run one episode again, or search for a broken promise."""

import argparse
import time

from tests.simulation.episode import Episode, search, smaller

parser = argparse.ArgumentParser(prog="python -m tests.simulation")
parser.add_argument("seed")
parser.add_argument("--steps", type=int, default=0, help="search through episodes of this many steps")
parser.add_argument("--without", default="", help="people to leave out")
parser.add_argument("--smaller", action="store_true", help="leave out all whom a failure does not need")
given = parser.parse_args()
began = time.process_time()
if given.steps:
    failure, steps = search(given.seed, given.steps)
else:
    episode = Episode(given.seed, [name for name in given.without.split(",") if name])
    failure, steps = episode.run(), episode.scheduler.steps
print(f"{steps} steps in {time.process_time() - began:.1f} s")  # noqa: T201
if failure is not None:
    print(smaller(failure) if given.smaller else failure)  # noqa: T201
    raise SystemExit(1)

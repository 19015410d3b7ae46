"""Generate the whole story: all activities in one schedule."""

from collections.abc import Iterator

from stories.disclosures import documents
from stories.guidelines import controls, guidelines
from stories.keys import ORIGIN, keys
from stories.openings import openings
from stories.scheduler import Scheduler
from stories.shared_state import SharedState
from stories.timed_command import TimedCommand, day_of
from stories.yearly import rates, settings

ORGANIZATION, CURRENCY = "Illustrative Organization for Public Data", "USD"
"""The organisation and reporting currency of the ledger."""
__all__ = ["CURRENCY", "ORGANIZATION", "ORIGIN", "story"]
OLD = 8
"""The percentage of engagements that were signed before the ledger was opened; they are entered first."""
QUIET = 45
"""The number of days from the beginning of the last engagement to the end of the story."""


def story(seed: int, engagements: int, years: range) -> Iterator[TimedCommand]:
    """Yield the commands of a story with a number of engagements over some years, in the order of recording."""
    first, last = day_of(years[0]), day_of(years[-1], 12, 31)
    scheduler = Scheduler(seed, last)
    shared = SharedState(seed, scheduler)
    scheduler.begin(first, settings(first))
    scheduler.begin(first, rates(seed, years))
    scheduler.begin(first, keys(seed, first))
    scheduler.begin(first, guidelines(first))
    scheduler.begin(first, controls(first))
    scheduler.begin(first, documents(shared, years))
    old = engagements * OLD // 100
    scheduler.begin(first, openings(shared, old, first + 3, first + 63, old=True))
    scheduler.begin(first, openings(shared, engagements - old, first + 3, last - QUIET))
    return scheduler.lines()

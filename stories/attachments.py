"""Documents of an engagement: small texts that are kept next to the ledger, and attached by their SHA-256."""

import hashlib
from collections.abc import Iterator

from stories.case import Case
from stories.themes import UNITS
from stories.timed_command import Thread, TimedCommand, written

TEXTS = {
    "Signed agreement": "This text stands for the agreement signed by the parties.",
    "Terms of reference": "This text stands for the terms of reference.",
    "Final report": "This text stands for the final report of the work.",
    "Minutes of the steering group": "This text stands for the minutes of a meeting.",
}


def attachments(case: Case) -> Iterator[TimedCommand]:
    """Yield the documents that are attached."""
    plan, rng = case.plan, case.rng
    day = plan.signed + rng.below(8)
    for title in rng.some(tuple(TEXTS), rng.weighted([(0, 4), (1, 4), (2, 2)])):
        yield _attached(case, title, day)
        day += rng.between(100, 400)
        if day > plan.over + 120:
            return


def _attached(case: Case, title: str, day: int) -> TimedCommand:
    parties = "\n".join(f"- {party.name} ({role})" for party, role in case.parties)
    place = f"Date: {written(day)}\nUnit: {UNITS[case.unit]}"
    text = f"{title} of {case.ref}\n\n{TEXTS[title]}\n{place}\nParties:\n{parties}\n"
    data = text.encode()
    content = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "media_type": "text/plain"}
    line = case.say(Thread(), "document attach", day, leaf=True, content=content, title=title)
    line.content = data
    return line

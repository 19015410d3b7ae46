"""Recording a story by the real ledger, with a clock that follows the story."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.application.receipt import Receipt
from ledger.application.request import Request, command_from
from ledger.application.transaction import UnitOfWork
from ledger.domain.organisation.settings import OpenLedger
from stories.generate import CURRENCY, ORGANIZATION, ORIGIN, story
from stories.timed_command import TimedCommand, day_of, written

OPENED = time(7, 30, tzinfo=UTC)
BATCH = 1_000
"""About how many commands one transaction has."""

Sittings = Iterator[tuple[datetime, Iterator[TimedCommand]]]


class RecordedStory(NamedTuple):
    """The result of recording a story."""

    commands: int
    entries: int
    root: bytes
    counts: dict[str, int]
    """How often each command was recorded, by its noun and verb."""


class EntryCountMismatch(Exception):
    """A command made another number of entries than the story expects: the story is wrong."""

    def __init__(self, line: TimedCommand, receipt: Receipt) -> None:
        """Report the command and its receipt."""
        super().__init__(f"{line.members()} made {receipt.count} entries from {receipt.first} on, not {line.count}")


class StoryClock:
    """A clock that returns the current moment of the story."""

    def __init__(self, moment: datetime) -> None:
        """Start at a moment."""
        self.moment = moment

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.moment


def record(url: str, seed: int, engagements: int, years: range, attachments: Path | None = None) -> RecordedStory:
    """Make a ledger at `url` and record the story in it. Raises the refusal of a command, and EntryCountMismatch.

    `attachments` is the folder of its files, which a ledger on a server needs.
    """
    clock = StoryClock(datetime.combine(datetime.fromordinal(day_of(years[0])), OPENED))
    opening = OpenLedger(origin=ORIGIN, reporting_currency=CURRENCY, organization=ORGANIZATION)
    make_ledger(url, opening, "staff/reg-1", clock, id=f"story-{seed}")
    ledger = open_ledger(url, clock, attachments=attachments)
    counts: dict[str, int] = {}
    try:
        sittings = groupby(story(seed, engagements, years), attrgetter("moment"))
        while _recorded(ledger, clock, sittings, counts):
            pass
        head = ledger.store.head()
        return RecordedStory(sum(counts.values()), head.size, head.root, counts)
    finally:
        ledger.close()


def _recorded(ledger: Ledger, clock: StoryClock, sittings: Sittings, counts: dict[str, int]) -> bool:
    """Record some sittings in one transaction, each with its own moment; return whether there may be more."""
    done = 0
    with ledger.store.writing():
        for moment, lines in sittings:
            clock.moment = moment
            unit = UnitOfWork(ledger, ledger.clock())
            for line in lines:
                if ledger.attachments is not None:
                    keep(line, ledger.attachments.folder)
                _perform(unit, line)
                tag = line.command["command"]
                counts[tag] = counts.get(tag, 0) + 1
                done += 1
            if done >= BATCH:
                return True
    return False


def _perform(unit: UnitOfWork, line: TimedCommand) -> None:
    request = Request(
        commands=(command_from(line.command),),
        actor=line.actor,
        effective_on=written(line.on),
        reason=line.reason,
        id=line.id,
    )
    receipt = unit.perform(request)
    if (receipt.first, receipt.count) != (line.position, line.count):
        raise EntryCountMismatch(line, receipt)


def keep(line: TimedCommand, folder: Path) -> None:
    """Store the file of a command in the folder of attachments."""
    if line.content is not None:
        folder.mkdir(exist_ok=True)
        (folder / line.command["content"]["sha256"]).write_bytes(line.content)

"""A command of the story, with the day of its event and the day of its recording. Days are proleptic ordinals."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

NOON = datetime(1, 1, 1, 12, tzinfo=UTC)


def day_of(year: int, month: int = 1, day: int = 1) -> int:
    """Return the ordinal of a date."""
    return date(year, month, day).toordinal()


def written(day: int) -> str:
    """Return a day in ISO 8601."""
    return date.fromordinal(day).isoformat()


def year_of(day: int) -> int:
    """Return the year of a day."""
    return date.fromordinal(day).year


def working(day: int) -> int:
    """Return the day itself, or the Monday after a weekend."""
    weekday = (day + 6) % 7  # Monday is 0
    return day + max(0, 7 - weekday) if weekday > 4 else day


@dataclass(slots=True, eq=False)
class TimedCommand:
    """A command with its days and its number of entries. It voids the first entry of the command `undoes`."""

    command: dict[str, Any]
    on: int
    since: int
    known: int
    actor: str
    reason: str | None = None
    count: int = 1
    undoes: "TimedCommand | None" = None
    rests_on: "TimedCommand | None" = None
    """The command whose first entry this one names, in `entries`."""
    content: bytes | None = None
    """The file that the command attaches."""
    then: Callable[[], None] | None = None
    """Called when the command is recorded, to update the state of the story."""
    position: int = 0
    number: int = 0
    moment: datetime = NOON
    id: str = ""

    def members(self) -> dict[str, Any]:
        """Return the JSON object for `ledger record`."""
        envelope = {"id": self.id, "effective": written(self.on), "actor": self.actor}
        return self.command | envelope | ({"reason": self.reason} if self.reason else {})


class Thread:
    """A chain of dependent commands: each is recorded after the one that it depends on."""

    __slots__ = ("known",)

    def __init__(self, known: int = 0) -> None:
        """Start with a first day of recording."""
        self.known = known

"""A line of the story: a command, when what it tells happened, and when it is recorded. Days are proleptic ordinals."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

NOON = datetime(1, 1, 1, 12, tzinfo=UTC)


def day_of(year: int, month: int = 1, day: int = 1) -> int:
    """Return the ordinal of a date."""
    return date(year, month, day).toordinal()


def written(day: int) -> str:
    """Return a day as commands have it."""
    return date.fromordinal(day).isoformat()


def year_of(day: int) -> int:
    """Return the year of a day."""
    return date.fromordinal(day).year


def working(day: int) -> int:
    """Return the day itself, or the Monday after a weekend."""
    weekday = (day + 6) % 7  # Monday is 0
    return day + max(0, 7 - weekday) if weekday > 4 else day


@dataclass(slots=True, eq=False)
class Line:
    """One command. `count` is how many entries it makes; `undoes` is the line whose first entry it voids."""

    command: dict[str, Any]
    on: int
    since: int
    known: int
    actor: str
    reason: str | None = None
    count: int = 1
    undoes: "Line | None" = None
    content: bytes | None = None
    """The file that the command attaches."""
    then: Callable[[], None] | None = None
    """What becomes so in the story once it is recorded."""
    position: int = 0
    number: int = 0
    moment: datetime = NOON
    id: str = ""

    def members(self) -> dict[str, Any]:
        """Return the JSON object that `ledger record` takes."""
        envelope = {"id": self.id, "effective": written(self.on), "actor": self.actor}
        return self.command | envelope | ({"reason": self.reason} if self.reason else {})


class Thread:
    """Lines that need one another: none is recorded before the one that it needs."""

    __slots__ = ("known",)

    def __init__(self, known: int = 0) -> None:
        """Start with what is known since a day."""
        self.known = known

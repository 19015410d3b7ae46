"""Entries whose effective date lies long before the day on which they were recorded: told, but no findings.

To record late is allowed, and sometimes is how things are; who reads a register wants to know where. A register that is
taken in is old by nature, so entries that came from a row of a file are counted apart.
"""

from datetime import date
from typing import NamedTuple

DAYS = 30
"""How many days late an entry is called back-dated, if the reader does not say another number."""


class BackDated(NamedTuple):
    """An entry that was recorded late, by days between its effective date and the day of recording (UTC)."""

    position: int
    stream: str
    effective_on: str
    recorded_on: str
    days: int
    imported: bool


class Lateness:
    """Counts back-dated entries as they come by, in order of position."""

    def __init__(self, days: int = DAYS, *, listed: bool = False) -> None:
        """Count entries recorded more than `days` days after their effective date, and keep them if `listed`.

        A register of a million rows may be late with each of them, so that they are kept only if they are asked for.
        """
        self.days = days
        self.listed = listed
        self.found: list[BackDated] = []
        self.recorded = 0
        """How many were recorded by hand."""
        self.imported = 0
        """How many came from a row of a file."""
        self._ordinals: dict[str, int] = {}

    def take(self, position: int, stream: str, effective_on: str, recorded_on: str, *, imported: bool) -> None:
        """Look at an entry whose envelope was found to be in its form (step 4)."""
        late = self._ordinal(recorded_on) - self._ordinal(effective_on)
        if late > self.days:
            self.imported += imported
            self.recorded += not imported
            if self.listed:
                self.found.append(BackDated(position, stream, effective_on, recorded_on, late, imported))

    def _ordinal(self, day: str) -> int:
        # Few days have many entries.
        found = self._ordinals.get(day)
        if found is None:
            found = self._ordinals[day] = date.fromisoformat(day).toordinal()
        return found

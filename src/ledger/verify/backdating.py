"""Entries whose effective date lies long before the day on which they were recorded: told, but no findings.

To record late is allowed, and sometimes is how things are; who reads a register wants to know where. A register that is
taken in is old by nature, so entries that came from a row of a file are counted apart.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from msgspec import UNSET

from ledger.verify.fast_path.batch_decode import Envelope

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

    def take(self, position: int, entry: Envelope) -> None:
        """Look at an entry whose envelope was found to be in its form (step 4)."""
        self.take_all(position, [entry])

    def take_all(self, first: int, entries: Sequence[Envelope]) -> None:
        """Look at entries from a position on."""
        late = [_ordinal[one.recorded_at[:10]] - _ordinal[one.effective_on] for one in entries]
        if max(late, default=0) <= self.days:
            return
        for place, days in enumerate(late):
            if days > self.days:
                self._note(first + place, entries[place], days)

    def _note(self, position: int, entry: Envelope, late: int) -> None:
        is_imported = entry.source is not UNSET
        self.imported += is_imported
        self.recorded += not is_imported
        if self.listed:
            day = entry.recorded_at[:10]
            self.found.append(BackDated(position, entry.stream, entry.effective_on, day, late, is_imported))

    def add(self, other: "Lateness") -> None:
        """Add what was counted in the part of the log that follows."""
        self.imported += other.imported
        self.recorded += other.recorded
        self.found += other.found


class _Ordinals(dict[str, int]):
    """Numbers of days: few days have many entries."""

    def __missing__(self, day: str) -> int:
        found = self[day] = date.fromisoformat(day).toordinal()
        return found


_ordinal = _Ordinals()

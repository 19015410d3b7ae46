"""Counts entries recorded long after their effective date. They are reported separately and are not findings.

Late recording is allowed, and sometimes unavoidable, but readers of a register want to know where it happened. A
register that is imported is old by nature, so entries that came from a row of a file are counted apart.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from msgspec import UNSET

from ledger.verify.fast_path.batch_decode import Envelope

DAYS = 30
"""Default threshold: an entry recorded more than this many days late is called back-dated."""


class BackDated(NamedTuple):
    """An entry that was recorded late, by days between its effective date and the day of recording (UTC)."""

    position: int
    stream: str
    effective_on: str
    recorded_on: str
    days: int
    imported: bool


class BackdatingReport:
    """Counts of back-dated entries, and optionally the entries, in order of position."""

    def __init__(self, days: int = DAYS, *, listed: bool = False) -> None:
        """Count entries recorded more than `days` days after their effective date; list them if `listed`.

        All rows of an imported register may be late, a million of them, so they are listed only on request.
        """
        self.days = days
        self.listed = listed
        self.entries: list[BackDated] = []
        self.recorded = 0
        """Number of late entries recorded by hand."""
        self.imported = 0
        """Number of late entries that came from a row of a file."""

    def add(self, first: int, entries: Sequence[Envelope]) -> None:
        """Add entries with valid envelopes (step 4); `first` is the position of the first of them."""
        delays = [_ordinal[entry.recorded_at[:10]] - _ordinal[entry.effective_on] for entry in entries]
        if max(delays, default=0) <= self.days:
            return
        for index, days in enumerate(delays):
            if days > self.days:
                self._add_late(first + index, entries[index], days)

    def _add_late(self, position: int, entry: Envelope, days: int) -> None:
        is_imported = entry.source is not UNSET
        self.imported += is_imported
        self.recorded += not is_imported
        if self.listed:
            day = entry.recorded_at[:10]
            self.entries.append(BackDated(position, entry.stream, entry.effective_on, day, days, is_imported))

    def merge(self, following: "BackdatingReport") -> None:
        """Add the counts and entries of the next segment of the log."""
        self.imported += following.imported
        self.recorded += following.recorded
        self.entries += following.entries


class _Ordinals(dict[str, int]):
    """Ordinal numbers of days, cached: many entries share a day."""

    def __missing__(self, day: str) -> int:
        ordinal = self[day] = date.fromisoformat(day).toordinal()
        return ordinal


_ordinal = _Ordinals()

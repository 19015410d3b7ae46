"""The time at which entries are recorded: the clock's, and never before that of the entry before them."""

from datetime import UTC, datetime, timedelta

from ledger.domain.errors import CONFLICT, LedgerError
from ledger.format.entry import written_time

SKEW = timedelta(seconds=1)
"""How far a clock of the caller's own may be behind the last entry: synchronised clocks differ by less."""


class ClockSetBack(LedgerError):
    """The clock reads earlier than the time at which the last entry was recorded."""

    code = "clock-set-back"
    exit = CONFLICT

    def __init__(self, now: str, last: str) -> None:
        """Report the time `now` of the clock and the time of the `last` entry."""
        super().__init__(
            f"The clock reads {now}, and the last entry was recorded at {last}: it was set back, or had been ahead.",
            "Set the clock right. If it is right, and the last entry's time is wrong, LEDGER_CLOCK=last records with "
            "that time until the clock has passed it.",
        )


def recording_time(now: datetime, last: str, *, by_last: bool = False, skew: timedelta = SKEW) -> str:
    """Return the recording time of entries that follow one recorded at `last` (empty: none).

    If the clock is behind by at most `skew`, or by any time with `by_last`, it is the time of the last entry. Raises
    ClockSetBack.
    """
    written = written_time(now)
    if written >= last:
        return written
    if not by_last and datetime.fromisoformat(last) - now.astimezone(UTC) > skew:
        raise ClockSetBack(written, last)
    return last

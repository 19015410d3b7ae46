"""The time at which entries are recorded: that of the machine's clock, which is never before that of the last entry."""

from datetime import UTC, datetime, timedelta

from ledger.domain.errors import CONFLICT, LedgerError
from ledger.entry import written_time

SKEW = timedelta(seconds=1)
"""How far the clock may be behind the last entry: clocks of two machines that keep their time well differ by less."""


class ClockSetBack(LedgerError):
    """The clock reads earlier than the time at which the last entry was recorded."""

    code = "clock-set-back"
    exit = CONFLICT

    def __init__(self, now: str, last: str) -> None:
        """Say what the clock reads, and when the `last` entry was recorded."""
        super().__init__(
            f"The clock reads {now}, and the last entry was recorded at {last}: it was set back, or had been ahead.",
            "Set the clock right. If it is right, and the last entry's time is wrong, LEDGER_CLOCK=last records with "
            "that time until the clock has passed it.",
        )


def recording_time(now: datetime, last: str, *, by_last: bool = False) -> str:
    """Return when entries are recorded that follow one recorded at `last` (empty: none). Raises ClockSetBack.

    A clock that is behind by no more than SKEW, or by however much with `by_last`, gives the time of the last entry.
    """
    written = written_time(now)
    if written >= last:
        return written
    if not by_last and datetime.fromisoformat(last) - now.astimezone(UTC) > SKEW:
        raise ClockSetBack(written, last)
    return last

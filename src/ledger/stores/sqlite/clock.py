"""Compare the clock of this machine with that of the file system that holds a ledger.

An entry of the year 2099 cannot be taken back, and until then nothing could be recorded before it. A file system on
another machine has a clock of its own, and so has a process whose clock was set by a tool.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ledger.domain.errors import CONFLICT, LedgerError

AHEAD = timedelta(days=1)
"""How far the clock may be ahead of the last entry without a look at the file system, and ahead of the file system."""


class ClockAhead(LedgerError):
    """The clock reads more than a day later than the file system that holds the ledger."""

    code = "clock-ahead"
    exit = CONFLICT

    def __init__(self, url: str, now: str, written: str) -> None:
        """Report the time `now` of the clock, and the time at which the file system of `url` says it was written."""
        super().__init__(
            f"The clock reads {now}, and a file written next to {url} is of {written}: after an entry of that time "
            "nothing could be recorded before it; nothing was recorded.",
            "Set the clock right. If it is right, and that of the file system is wrong, LEDGER_CLOCK=right records.",
        )


def check_clock(url: str, folder: Path, now: datetime, last: str) -> None:
    """Raise ClockAhead if `now` is more than a day after the time `last`, and after that of a file written just now.

    A ledger may rest for years: only the first entry after a day or more costs the writing of a file.
    """
    if last and now - datetime.fromisoformat(last) <= AHEAD:
        return
    import tempfile  # noqa: PLC0415 - only after a day without entries

    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"now")
            file.flush()
            os.fsync(file.fileno())
            written = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
    except OSError:
        return  # what cannot be written says nothing; recording says why
    if now - written > AHEAD:
        raise ClockAhead(url, f"{now:%Y-%m-%d %H:%M}", f"{written:%Y-%m-%d %H:%M}")

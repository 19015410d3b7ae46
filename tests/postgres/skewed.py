"""Runs the command line in a process whose clock is off: `python -m tests.postgres.skewed +3 status`.

Every reading of the time of day is shifted by a number of seconds, as on a machine whose clock is wrong, or is a fixed
moment.
"""

import datetime as dt
import sys
import time
from typing import Self


def _shift(text: str) -> None:
    real_time = time.time
    is_shift = text.lstrip("+-").isdecimal()

    def shifted() -> float:
        return real_time() + float(text) if is_shift else dt.datetime.fromisoformat(text).timestamp()

    class Skewed(dt.datetime):
        """The time of day on a machine whose clock is off."""

        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Self:
            """Return the shifted time."""
            return cls.fromtimestamp(shifted(), tz)

    dt.datetime = Skewed  # type: ignore[misc]
    time.time = shifted


if __name__ == "__main__":
    _shift(sys.argv.pop(1))
    from cli.main import main

    main()

"""Dates in events: `YYYY-MM-DD`, proleptic Gregorian, compared as text."""

import re
from datetime import date, timedelta
from functools import lru_cache

from ledger.domain.errors import USAGE, LedgerError

FIRST, LAST = "1865-01-01", "2199-12-31"
"""No engagement is dated outside these: the oldest international organisation was founded in 1865."""

MAX_REMEMBERED = 1_000
"""Number of days whose next day is cached."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class BadDate(LedgerError):
    """A date does not exist, or is not written as year-month-day."""

    code = "bad-date"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse `text` as a date."""
        meant = _meant(text)
        super().__init__(
            f"'{text}' is not a date.",
            f"Did you mean {meant}? Dates are written year-month-day."
            if meant
            else f"Write year-month-day, like 2024-03-31, from {FIRST} to {LAST}.",
        )


def _meant(text: str) -> str:
    """Return the date that a text in another order, or without zeros, may mean; empty if it means none."""
    parts = re.fullmatch(r"([0-9]{1,4})([./-])([0-9]{1,2})\2([0-9]{1,4})", text.strip(), re.ASCII)
    if parts is None or (len(parts[1]) == 4) == (len(parts[4]) == 4):
        return ""
    year, month, day = (parts[1], parts[3], parts[4]) if len(parts[1]) == 4 else (parts[4], parts[3], parts[1])
    try:
        meant = date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
    return meant if FIRST <= meant <= LAST else ""


class EndsBeforeStart(LedgerError):
    """A period ends before it starts."""

    code = "ends-before-start"

    def __init__(self, starts_on: str, ends_on: str) -> None:
        """Refuse the period from `starts_on` to `ends_on`."""
        super().__init__(f"The period would end on {ends_on}, before it starts on {starts_on}.", "Check both dates.")


def checked_date(text: str) -> str:
    """Return `text` if it is an existing date within FIRST and LAST. Raises BadDate."""
    if not _DATE.fullmatch(text) or not FIRST <= text <= LAST:
        raise BadDate(text)
    try:
        date.fromisoformat(text)
    except ValueError:
        raise BadDate(text) from None
    return text


def check_period(starts_on: str | None, ends_on: str | None) -> None:
    """Raise EndsBeforeStart if both days are given and the end is before the start."""
    if starts_on and ends_on and ends_on < starts_on:
        raise EndsBeforeStart(starts_on, ends_on)


@lru_cache(MAX_REMEMBERED)
def day_after(day: str) -> str:
    """Return the day after `day`; the last day that there is (9999-12-31) is followed by itself."""
    given = date.fromisoformat(day)
    return (min(given, date.max - timedelta(days=1)) + timedelta(days=1)).isoformat()


def days_between(first: str, second: str) -> int:
    """Return the number of days from `first` to `second`."""
    return (date.fromisoformat(second) - date.fromisoformat(first)).days


def days_after(day: str, count: int) -> str:
    """Return the day that is `count` days after a day, or before it if `count` is negative; within the calendar."""
    ordinal = date.fromisoformat(day).toordinal() + count
    return date.fromordinal(max(1, min(ordinal, date.max.toordinal()))).isoformat()

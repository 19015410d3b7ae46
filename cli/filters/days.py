"""Days as people write them: `2026-06-30`, `yesterday`, `+90d`, a month, a year; in answers also `30/06/2026`."""

import re
from calendar import monthrange
from datetime import date, timedelta

from ledger.domain.dates import BadDate, checked_date

WORDS = {"yesterday": -1, "today": 0, "tomorrow": 1}

_RELATIVE = re.compile(r"([+-])([0-9]{1,5})([dwmy])", re.ASCII)
_CALENDAR = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", re.ASCII)
_DAY_FIRST = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})", re.ASCII)
_CENTURY = 2000
"""What is added to a year of two digits."""


def days(text: str, today: str) -> tuple[str, str]:
    """Return the first and last day that a text means, counted from `today`. Raises ValueError, OverflowError."""
    word, now = text.casefold(), date.fromisoformat(today)
    if word in WORDS:
        day = (now + timedelta(days=WORDS[word])).isoformat()
        return day, day
    if relative := _RELATIVE.fullmatch(word):
        day = _moved(now, int(relative[1] + relative[2]), relative[3]).isoformat()
        return day, day
    if calendar := _CALENDAR.fullmatch(text):
        year, month, of_month = (int(part) if part else 0 for part in calendar.groups())
        last_month = month or 12
        first = date(year, month or 1, of_month or 1)
        last = date(year, last_month, of_month or monthrange(year, last_month)[1])
        return first.isoformat(), last.isoformat()
    raise ValueError(text)


def _moved(day: date, number: int, unit: str) -> date:
    # A month after 31 January is the last day of February.
    if unit in "dw":
        return day + timedelta(days=number * (7 if unit == "w" else 1))
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def typed_day(text: str, today: str) -> str:
    """Return the one day that an answer means: of `3/4/2026` the 3 is the day. Raises BadDate."""
    try:
        if match := _DAY_FIRST.fullmatch(text):
            year = int(match[4]) + (_CENTURY if len(match[4]) == 2 else 0)
            return checked_date(date(year, int(match[3]), int(match[1])).isoformat())
        first, last = days(text, today)
    except (ValueError, OverflowError):
        raise BadDate(text) from None
    if first != last:
        raise BadDate(text)
    return checked_date(first)

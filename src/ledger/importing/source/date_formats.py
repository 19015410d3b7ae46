"""Read and write dates in the styles of a profile.

A day that is followed by a time reads as the day. A year of two digits is one of 1969 to 2068, as in POSIX.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ledger.domain.dates import FIRST, LAST
from ledger.importing.profile.model import DateStyle
from ledger.importing.profile.style_checks import DATE_MARK, FIRST_DAY, date_parts
from ledger.importing.source.cell_errors import DoubtfulDate, NotADate

_PARTS = {
    "YYYY": "(?P<Y>[0-9]{4})", "YY": "(?P<y>[0-9]{2})", "MMM": "(?P<N>[A-Za-z]{3,9})[.]?", "MM": "(?P<M>[0-9]{2})",
    "DD": "(?P<D>[0-9]{2})", "M": "(?P<M>[0-9]{1,2})", "D": "(?P<D>[0-9]{1,2})",
}  # fmt: skip
_TIME = re.compile(
    r"(?:T| +)([01]?[0-9]|2[0-4]):[0-5][0-9](:[0-5][0-9]([.,][0-9]{1,9})?)?( ?[AaPp][Mm])?"
    r"( ?(Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?"
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_PIVOT = 69
"""The first year of two digits that is in the 20th century."""
_SEPTEMBER = "sept"
"""An abbreviation of four letters that is common."""


def format_date(day: date, style: str) -> str:
    """Return a day in the date style of a profile."""
    parts = {
        "YYYY": f"{day.year:04}", "YY": f"{day.year % 100:02}", "MMM": _MONTHS[day.month - 1][:3].title(),
        "MM": f"{day.month:02}", "DD": f"{day.day:02}", "M": str(day.month), "D": str(day.day),
    }  # fmt: skip
    return "".join(parts.get(piece, piece) for piece in _pieces(style))


def _pieces(style: str) -> list[str]:
    return re.split(f"({DATE_MARK.pattern})", style)


class DateReader:
    """Reads dates in the styles of one profile."""

    def __init__(self, dates: DateStyle) -> None:
        """Prepare the pattern of each style; days of workbooks are read as they are written."""
        self._dates = dates
        self._patterns = [
            (re.compile("".join(_PARTS.get(piece) or re.escape(piece) for piece in _pieces(style))), date_parts(style))
            for style in dict.fromkeys((*dates.styles, dates.written))
        ]

    def read(self, text: str) -> str:
        """Return a date in ISO 8601. Raises NotADate, DoubtfulDate."""
        days = {day for day in self._readings(text) if FIRST <= day <= LAST}
        if len(days) > 1:
            raise DoubtfulDate(text, sorted(days))
        if not days:
            raise NotADate(text, self._dates.styles)
        return days.pop()

    def _readings(self, text: str) -> Iterator[str]:
        for pattern, parts in self._patterns:
            match = pattern.match(text)
            if match is None:
                continue
            rest = text[match.end() :]
            if rest and not (parts == "DMY" and _TIME.fullmatch(rest)):
                continue
            try:
                yield self._day(match.groupdict(), parts).isoformat()
            except ValueError:
                continue

    def _day(self, found: dict[str, str], parts: str) -> date:
        year = int(found["Y"]) if "Y" in found else _century(int(found["y"]))
        if parts == "Y":
            return date(year, 1, 1) if self._dates.of_year == FIRST_DAY else date(year, 12, 31)
        month = _month(found["N"]) if "N" in found else int(found["M"])
        if parts == "MY":
            first = date(year, month, 1)
            if self._dates.of_month == FIRST_DAY:
                return first
            return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return date(year, month, int(found["D"]))


def _century(year: int) -> int:
    return year + (1900 if year >= _PIVOT else 2000)


def _month(name: str) -> int:
    """Return the number of a month by its English name, long or short. Raises ValueError."""
    wanted = name.lower()
    for number, month in enumerate(_MONTHS, 1):
        if wanted in (month, month[:3]) or (wanted == _SEPTEMBER and number == _MONTHS.index("september") + 1):
            return number
    raise ValueError(name)

"""How cells are written, as a profile says it: dates, amounts, codes and texts become those of the ledger."""

import difflib
import re
from datetime import date
from functools import lru_cache

from ledger.application.request import tidy_text
from ledger.domain.dates import FIRST, LAST
from ledger.domain.fields import Share
from ledger.domain.money import Money, decimals
from ledger.importing.profile.model import Profile
from ledger.importing.row_errors import NegativeAmount, NotADate, NotAnAmount, UnknownSourceCode

LONG = ("purpose", "objective", "deliverables", "outcomes")
"""Fields that may hold line feeds."""
MAX_REMEMBERED = 10_000
"""So many dates, and so many shares, are remembered: rows have the same ones again and again."""
_PARTS = {
    "YYYY": "(?P<Y>[0-9]{4})", "MM": "(?P<M>[0-9]{2})", "DD": "(?P<D>[0-9]{2})",
    "M": "(?P<M>[0-9]{1,2})", "D": "(?P<D>[0-9]{1,2})",
}  # fmt: skip


def format_date(day: date, style: str) -> str:
    """Return a day as a profile's dates are written."""
    told = {
        "YYYY": f"{day.year:04}", "MM": f"{day.month:02}", "DD": f"{day.day:02}",
        "M": str(day.month), "D": str(day.day),
    }  # fmt: skip
    return "".join(told.get(piece, piece) for piece in _pieces(style))


def _pieces(style: str) -> list[str]:
    return re.split(r"(YYYY|MM?|DD?)", style)


class ValueFormats:
    """Reads cells as one profile says."""

    def __init__(self, profile: Profile) -> None:
        """Prepare the patterns of dates and amounts."""
        self._dates = profile.dates.style
        self._date = re.compile("".join(_PARTS.get(piece) or re.escape(piece) for piece in _pieces(self._dates)))
        self._decimal, self._grouping = profile.amounts.decimal, profile.amounts.grouping
        grouped = rf"[0-9]{{1,3}}({re.escape(self._grouping)}[0-9]{{3}})+|" if self._grouping else ""
        self._amount = re.compile(rf"-?({grouped}[0-9]+)({re.escape(self._decimal)}[0-9]+)?")
        self._codes = profile.codes
        self.date = lru_cache(MAX_REMEMBERED)(self._read_date)
        """Returns a date of the file as the ledger writes dates. Raises NotADate."""
        self.share = lru_cache(MAX_REMEMBERED)(self._read_share)
        """Returns the code and the percentage in a field. Raises BadText, BadShare, UnknownSourceCode."""

    def text(self, field: str, text: str) -> str:
        """Return a text as entries hold it. Raises BadText, UnknownSourceCode."""
        if field in self._codes:
            text = self.code(field, text)
        return tidy_text(text, field, long=field in LONG)

    def _read_share(self, field: str, text: str) -> Share:
        found = Share.parse(text)
        return Share(self.text(field, found.code), found.percent)

    def _read_date(self, text: str) -> str:
        found = self._date.fullmatch(text)
        try:
            day = date(int(found["Y"]), int(found["M"]), int(found["D"])).isoformat() if found else ""
        except ValueError:
            day = ""
        if not FIRST <= day <= LAST:
            raise NotADate(text, self._dates)
        return day

    def currency(self, text: str) -> str:
        """Return a currency that there is. Raises UnknownCurrency, UnknownSourceCode."""
        code = self.code("currency", text)
        decimals(code)
        return code

    def amount(self, text: str, currency: str) -> Money:
        """Return an amount of the file. Raises NotAnAmount, NegativeAmount, WrongDecimals."""
        if not self._amount.fullmatch(text):
            raise NotAnAmount(text, f"1{self._grouping}250{self._decimal}00")
        if text.startswith("-"):
            raise NegativeAmount(text)
        plain = text.replace(self._grouping, "") if self._grouping else text
        return Money.of(currency, plain.replace(self._decimal, "."))

    def code(self, field: str, text: str) -> str:
        """Return what the profile says a code of the file means. Raises UnknownSourceCode."""
        table = self._codes.get(field)
        if table is None:
            return text
        try:
            return table[text]
        except KeyError:
            raise UnknownSourceCode(text, field, difflib.get_close_matches(text, table, n=3)) from None

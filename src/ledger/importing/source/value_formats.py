"""Parse dates, amounts, codes and texts of cells in the formats of a profile."""

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
"""Fields that may have line feeds."""
MAX_REMEMBERED = 10_000
"""The size of the cache of dates, and of that of shares: rows repeat them."""
_PARTS = {
    "YYYY": "(?P<Y>[0-9]{4})", "MM": "(?P<M>[0-9]{2})", "DD": "(?P<D>[0-9]{2})",
    "M": "(?P<M>[0-9]{1,2})", "D": "(?P<D>[0-9]{1,2})",
}  # fmt: skip


def format_date(day: date, style: str) -> str:
    """Return a day in the date style of a profile."""
    parts = {
        "YYYY": f"{day.year:04}", "MM": f"{day.month:02}", "DD": f"{day.day:02}",
        "M": str(day.month), "D": str(day.day),
    }  # fmt: skip
    return "".join(parts.get(piece, piece) for piece in _pieces(style))


def _pieces(style: str) -> list[str]:
    return re.split(r"(YYYY|MM?|DD?)", style)


class ValueFormats:
    """Parses cells in the formats of one profile."""

    def __init__(self, profile: Profile) -> None:
        """Prepare the patterns of dates and amounts."""
        self._dates = profile.dates.style
        self._date = re.compile("".join(_PARTS.get(piece) or re.escape(piece) for piece in _pieces(self._dates)))
        self._decimal, self._grouping = profile.amounts.decimal, profile.amounts.grouping
        grouped = rf"[0-9]{{1,3}}({re.escape(self._grouping)}[0-9]{{3}})+|" if self._grouping else ""
        self._amount = re.compile(rf"-?({grouped}[0-9]+)({re.escape(self._decimal)}[0-9]+)?")
        self._codes = profile.codes
        self.date = lru_cache(MAX_REMEMBERED)(self._read_date)
        """Parses a date and returns it in ISO 8601. Raises NotADate."""
        self.share = lru_cache(MAX_REMEMBERED)(self._read_share)
        """Parses a code with a percentage in a field. Raises BadText, BadShare, UnknownSourceCode."""

    def text(self, field: str, text: str) -> str:
        """Return a text in the form that entries store. Raises BadText, UnknownSourceCode."""
        if field in self._codes:
            text = self.code(field, text)
        return tidy_text(text, field, long=field in LONG)

    def _read_share(self, field: str, text: str) -> Share:
        share = Share.parse(text)
        return Share(self.text(field, share.code), share.percent)

    def _read_date(self, text: str) -> str:
        match = self._date.fullmatch(text)
        try:
            day = date(int(match["Y"]), int(match["M"]), int(match["D"])).isoformat() if match else ""
        except ValueError:
            day = ""
        if not FIRST <= day <= LAST:
            raise NotADate(text, self._dates)
        return day

    def currency(self, text: str) -> str:
        """Return a known currency. Raises UnknownCurrency, UnknownSourceCode."""
        code = self.code("currency", text)
        decimals(code)
        return code

    def amount(self, text: str, currency: str) -> Money:
        """Parse an amount. Raises NotAnAmount, NegativeAmount, WrongDecimals."""
        if not self._amount.fullmatch(text):
            raise NotAnAmount(text, f"1{self._grouping}250{self._decimal}00")
        if text.startswith("-"):
            raise NegativeAmount(text)
        plain = text.replace(self._grouping, "") if self._grouping else text
        return Money.of(currency, plain.replace(self._decimal, "."))

    def code(self, field: str, text: str) -> str:
        """Return the meaning of a code of the file in the profile. Raises UnknownSourceCode."""
        table = self._codes.get(field)
        if table is None:
            return text
        try:
            return table[text]
        except KeyError:
            raise UnknownSourceCode(text, field, difflib.get_close_matches(text, table, n=3)) from None

"""Parse dates, amounts, codes and texts of cells in the formats of a profile."""

import difflib
import re
from functools import lru_cache

from ledger.application.request import tidy_text
from ledger.domain.fields import Share
from ledger.domain.money import Money, decimals
from ledger.importing.profile.model import Profile
from ledger.importing.row_errors import NegativeAmount, NotAnAmount, UnknownSourceCode
from ledger.importing.source.date_formats import DateReader

LONG = ("purpose", "objective", "deliverables", "outcomes")
"""Fields that may have line feeds."""
MAX_REMEMBERED = 10_000
"""The size of the cache of dates, and of that of shares: rows repeat them."""


class ValueFormats:
    """Parses cells in the formats of one profile."""

    def __init__(self, profile: Profile) -> None:
        """Prepare the patterns of dates and amounts."""
        self._decimal, self._grouping = profile.amounts.decimal, profile.amounts.grouping
        grouped = rf"[0-9]{{1,3}}({re.escape(self._grouping)}[0-9]{{3}})+|" if self._grouping else ""
        self._amount = re.compile(rf"-?({grouped}[0-9]+)({re.escape(self._decimal)}[0-9]+)?")
        self._codes = profile.codes
        self.date = lru_cache(MAX_REMEMBERED)(DateReader(profile.dates).read)
        """Parses a date and returns it in ISO 8601. Raises NotADate, DoubtfulDate."""
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

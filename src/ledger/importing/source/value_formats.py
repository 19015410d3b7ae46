"""Parse dates, amounts, codes and texts of cells in the formats of a profile."""

import difflib
import re
from functools import lru_cache

from msgspec.structs import replace

from ledger.application.request import tidy_text
from ledger.domain.fields import Share
from ledger.domain.money import decimals
from ledger.format.entry import BadText
from ledger.importing.profile.model import Profile
from ledger.importing.profile.style_checks import CP1252, FIRST_DAY, LAST_DAY, SPACE
from ledger.importing.row_errors import UnknownSourceCode
from ledger.importing.source.amount_formats import AmountReader
from ledger.importing.source.date_formats import DateReader

LONG = ("purpose", "objective", "deliverables", "outcomes")
"""Fields that may have line feeds."""
COUNTRIES = ("country", "countries")
"""Fields with codes of countries."""
MAX_REMEMBERED = 10_000
"""The size of the cache of dates, and of that of shares: rows repeat them."""
_LINE_FEED = re.compile(r"\r\n|\r|\n")


def _windows_1252() -> dict[int, str]:
    """Return what Windows-1252 has in place of the control characters U+0080 to U+009F, as far as it has anything."""
    pairs = ((number, bytes([number]).decode("cp1252", "ignore")) for number in range(0x80, 0xA0))
    return {number: char for number, char in pairs if char}


_REPAIRS = _windows_1252()


class ValueFormats:
    """Parses cells in the formats of one profile."""

    def __init__(self, profile: Profile) -> None:
        """Prepare the patterns of dates and amounts."""
        self._codes = profile.codes
        self._known = {field: frozenset(table.values()) for field, table in profile.codes.items()}
        self._repairs = profile.text.repair == CP1252
        self._joins_lines = profile.text.line_feeds == SPACE
        self.amounts = AmountReader(profile.amounts, self.currency)
        """Reads amounts of money."""
        self.date = lru_cache(MAX_REMEMBERED)(DateReader(profile.dates).read)
        """Parses a date and returns it in ISO 8601. Raises NotADate, DoubtfulDate."""
        self.dates_of = {
            field: lru_cache(MAX_REMEMBERED)(DateReader(replace(profile.dates, of_year=day, of_month=day)).read)
            for field, day in (("starts_on", FIRST_DAY), ("ends_on", LAST_DAY))
        }
        """Parse the first and the last day of a period, of which a year is all its days, and so is a month."""
        self.share = lru_cache(MAX_REMEMBERED)(self._read_share)
        """Parses a code with a percentage in a field. Raises BadText, BadShare, UnknownSourceCode."""

    def text(self, field: str, text: str) -> str:
        """Return a text in the form that entries store. Raises BadText, UnknownSourceCode."""
        if self._repairs and not text.isascii():
            text = text.translate(_REPAIRS)
        if self._joins_lines and field not in LONG and not text.isprintable():
            text = " ".join(line.strip() for line in _LINE_FEED.split(text))
        if field in self._codes:
            text = self.code(field, text)
        elif field in COUNTRIES and len(text) == 2:
            text = text.upper()  # as the register has it
        try:
            return tidy_text(text, field, long=field in LONG)
        except BadText as error:
            error.hint = _hint(text) or error.hint
            raise

    def _read_share(self, field: str, text: str) -> Share:
        share = Share.parse(text)
        return Share(self.text(field, share.code), share.percent)

    def currency(self, text: str) -> str:
        """Return a known currency. Raises UnknownCurrency, UnknownSourceCode."""
        code = self.code("currency", text)
        decimals(code)
        return code

    def code(self, field: str, text: str) -> str:
        """Return the meaning of a code of the file in the profile. Raises UnknownSourceCode."""
        table = self._codes.get(field)
        if table is None:
            return text
        if text in table:
            return table[text]
        if text and text in self._known[field]:
            return text  # already a code of the ledger
        raise UnknownSourceCode(text, field, difflib.get_close_matches(text, table, n=3))


def _hint(text: str) -> str:
    """Return how a profile reads a text that cannot be recorded as it is; empty if it cannot."""
    for number, char in _REPAIRS.items():
        if chr(number) in text:
            return (
                f"U+{number:04X} is {char} in Windows-1252: was the file decoded twice? "
                "text.repair = 'cp1252' in the profile reads it so."
            )
    if "\n" in text:
        return "Take the line feed out; text.line_feeds = 'space' in the profile reads it as a space."
    return ""

"""Figures as a document prints them: separators, words for small numbers, millions, per cent and days, by language.

The conventions are those of the United Nations Editorial Manual (numbers, dates) and of Unicode CLDR, as Babel has it.
A value is rounded once, from the figure itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol

NO_BREAK = "\N{NO-BREAK SPACE}"
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How numbers are printed in one language.

    `words` are the words of 0, 1, 2, …: smaller numbers are words in running text. `percent` is the term of running
    text, `percent_in_tables` the sign; `million` has the word for a million, one and several.
    """

    language: str
    group: str
    decimal: str
    percent: str
    percent_in_tables: str
    million: tuple[str, str]
    words: tuple[str, ...]
    date: str = "d MMMM y"
    month: str = "MM/y"
    million_from: int = MILLION
    million_decimals: int = 1

    def plain(self, value: int | Decimal) -> str:
        """Return a number with the language's separators; its decimals stay."""
        whole, _, decimals = f"{abs(Decimal(value)):f}".partition(".")
        parts = [whole[max(0, end - 3) : end] for end in range(len(whole), 0, -3)][::-1]
        sign = "\N{MINUS SIGN}" if value < 0 else ""
        return f"{sign}{self.group.join(parts)}{self.decimal + decimals if decimals else ''}"

    def in_words(self, value: int, others: Sequence[int] = ()) -> str:
        """Return a count of running text: in words if it and the `others` of its series are below the limit."""
        limit = len(self.words)
        if 0 <= value < limit and all(0 <= count < limit for count in others):
            return self.words[value]
        return self.plain(value)

    def money(self, value: Decimal, currency: str) -> str:
        """Return an exact amount: `USD 33,826,190.48`."""
        return f"{currency}{NO_BREAK}{self.plain(value)}"

    def rounded(self, value: Decimal) -> str:
        """Return an amount in whole units, without its currency: `33,826,190`."""
        return self.plain(value.quantize(Decimal(1), ROUND_HALF_UP))

    def in_millions(self, value: Decimal, currency: str) -> str:
        """Return an amount of running text: `USD 33.8 million`; a smaller one as a whole amount."""
        if abs(value) < self.million_from:
            return f"{currency}{NO_BREAK}{self.rounded(value)}"
        short = self.millions(value)
        one, several = self.million
        word = one if abs(short) < 2 and self.language == "fr" else several
        return f"{currency}{NO_BREAK}{self.plain(short)}{NO_BREAK}{word}"

    def millions(self, value: Decimal) -> Decimal:
        """Return an amount in millions, rounded half up."""
        return (value / MILLION).quantize(Decimal(1).scaleb(-self.million_decimals), ROUND_HALF_UP)

    def in_percent(self, value: int | Decimal) -> str:
        """Return a share of running text: `92 per cent`."""
        return f"{self.plain(value)}{NO_BREAK}{self.percent}"

    def table_percent(self, value: int | Decimal) -> str:
        """Return a share within a table whose head does not name the unit: `92 %`."""
        return f"{self.plain(value)}{NO_BREAK}{self.percent_in_tables}"

    def day(self, iso: str) -> str:
        """Return an ISO date as a day of the language: `2 May 2025`, with no-break spaces."""
        text = format_date(date.fromisoformat(iso), self.date, locale_of(self.language))
        if self.language == "fr" and text.startswith("1 "):
            text = f"1er{text[1:]}"
        return text.replace(" ", NO_BREAK)

    def month_of(self, iso: str) -> str:
        """Return the month of an ISO date, for narrow columns: `05/2025`."""
        text: str = format_date(date.fromisoformat(iso), self.month, locale_of(self.language))
        return text.replace(" ", NO_BREAK)


class UnknownLocale(ValueError):
    """Unicode CLDR does not know a language."""


def locale_of(language: str) -> Locale:
    """Return what CLDR says of a language, by its code (BCP 47). Raises UnknownLocale."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        raise UnknownLocale(f"Unicode CLDR does not know the language '{language}'") from None


def cldr_separators(language: str) -> tuple[str, str]:
    """Return the group and the decimal separator of a language (CLDR, Latin digits). Raises UnknownLocale."""
    locale = locale_of(language)
    return get_group_symbol(locale, numbering_system="latn"), get_decimal_symbol(locale, numbering_system="latn")

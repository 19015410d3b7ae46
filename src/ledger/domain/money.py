"""Amounts of money in events: a currency and a decimal text, exact to the minor unit."""

import re
from decimal import Decimal
from typing import Self

import msgspec

from ledger.domain.currencies import DECIMALS
from ledger.domain.errors import USAGE, LedgerError

DIGITS = 18
"""How many digits an amount in minor units has at most: a signed 64-bit integer holds it."""
LIMIT = 10**DIGITS
"""Amounts stay below this many minor units."""
WHOLE = 15
"""How many digits an amount has at most before the point."""
LIKE = "Write the currency and the amount with a point and no separators, like 'USD 1250.00'."

_AMOUNT = re.compile(rf"-?(0|[1-9][0-9]{{0,{WHOLE - 1}}})(\.[0-9]+)?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_LOOSE = re.compile(
    r"(?:([A-Za-z]{3})\s*)?([0-9][0-9.,'\u2019 ]*?)(?:[.,]([0-9]{1,2}))?([kKmM]?)(?:\s*([A-Za-z]{3}))?", re.ASCII
)
"""A number with a currency, as people write it: with separators of thousands, a decimal comma, k or M."""


class BadAmount(LedgerError):
    """A text is not an amount of money with its currency."""

    code = "bad-amount"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse `text` as an amount."""
        meant = _meant(text)
        sentence, hint = f"'{text}' is not an amount of money.", LIKE
        if meant is not None:
            currency, number = meant
            places = DECIMALS.get(currency)
            whole, _, fraction = number.partition(".")
            if places is not None and len(whole) > (most := min(WHOLE, DIGITS - places)):
                sentence = f"'{text}' is too large an amount."
                hint = f"An amount in {currency} has at most {most} digits before the point, like {currency} 1250."
            elif places is not None and len(fraction) <= places:
                hint = f"Write it like '{currency} {number}': a currency, a point and no separators."
        super().__init__(sentence, hint)


def _meant(text: str) -> tuple[str, str] | None:
    """Return the amount that a text with separators, small letters or k and M may mean, as currency and number."""
    found = _LOOSE.fullmatch(text.strip())
    if found is None:
        return None
    currency, whole, cents = (found[1] or found[5] or "USD").upper(), found[2], found[3]
    digits = re.sub(r"[^0-9]", "", whole)
    factor = {"k": 1_000, "m": 1_000_000}.get(found[4].casefold(), 1)
    value = Decimal(f"{digits}.{cents or 0}") * factor
    return currency, f"{value:.{len(cents or '') if factor == 1 else 0}f}"


class UnknownCurrency(LedgerError):
    """A currency code is not one of ISO 4217."""

    code = "unknown-currency"
    exit = USAGE

    def __init__(self, code: str) -> None:
        """Refuse `code` as a currency."""
        super().__init__(f"'{code}' is not a currency code of ISO 4217.", "Use three capital letters, like USD or CHF.")


class WrongDecimals(LedgerError):
    """An amount has more decimals than its currency."""

    code = "wrong-decimals"
    exit = USAGE

    def __init__(self, text: str, currency: str) -> None:
        """Refuse `text` as an amount of `currency`."""
        places = DECIMALS[currency]
        super().__init__(
            f"{currency} has {places} decimals, but '{text}' has more.",
            f"Write it as {from_minor(currency, 125000).value}, rounded as the source document rounds it.",
        )


def decimals(currency: str) -> int:
    """Return the number of decimals of `currency`. Raises UnknownCurrency."""
    try:
        return DECIMALS[currency]
    except KeyError:
        raise UnknownCurrency(currency) from None


class Money(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """An amount: ISO 4217 `currency` and decimal `value` with exactly that currency's decimals."""

    currency: str
    value: str

    @property
    def minor(self) -> int:
        """The amount in minor units (cents). Raises BadAmount for a value that an entry should not have."""
        try:
            return int(self.value.replace(".", "", 1))
        except ValueError:
            raise BadAmount(self.value) from None

    @classmethod
    def of(cls, currency: str, value: str) -> Self:
        """Return an amount in canonical form: missing decimals are added, none are dropped.

        Raises BadAmount, UnknownCurrency, WrongDecimals.
        """
        places = decimals(currency)
        if not _AMOUNT.fullmatch(value):
            raise BadAmount(value)
        whole, _, fraction = value.partition(".")
        if len(fraction) > places:
            raise WrongDecimals(value, currency)
        minor = int(whole + fraction.ljust(places, "0"))
        if abs(minor) >= LIMIT:
            raise BadAmount(value)
        if minor == 0:
            whole = "0"
        return cls(currency, f"{whole}.{fraction.ljust(places, '0')}" if places else whole)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `USD 1250.00` or `1250.00 USD`. Raises BadAmount, UnknownCurrency, WrongDecimals."""
        words = text.split()
        if len(words) != 2:
            raise BadAmount(text)
        first, second = words
        if _CURRENCY.fullmatch(second) and not _CURRENCY.fullmatch(first):
            first, second = second, first
        if not _CURRENCY.fullmatch(first):
            raise BadAmount(text)
        try:
            return cls.of(first, second)
        except BadAmount:
            raise BadAmount(text) from None

    def checked(self) -> Self:
        """Return the amount if it is in canonical form. Raises the errors of `of`."""
        return type(self).of(self.currency, self.value)

    def __str__(self) -> str:
        return f"{self.currency} {self.value}"


def from_minor(currency: str, minor: int) -> Money:
    """Return `minor` units of `currency` as money. Raises UnknownCurrency."""
    places = decimals(currency)
    sign, digits = ("-" if minor < 0 else ""), str(abs(minor)).rjust(places + 1, "0")
    value = f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
    return Money(currency, value)

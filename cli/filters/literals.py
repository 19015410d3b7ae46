"""The values that filters are written with, parsed to the type of their column.

A value of an ordered column is an interval: a day is one, and so is a month, a year, or `2026-01..2026-06`. That gives
every operator one meaning: `=` is within, `<` before its beginning, `<=` not after its end.
"""

import re
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from cli.filters.columns import Kind, ListColumn
from cli.filters.days import days
from cli.filters.errors import BadValue
from ledger.domain.errors import LedgerError
from ledger.domain.money import Money

RANGE = ".."
THOUSANDS = {"k": 1_000, "m": 1_000_000}

_AMOUNT = re.compile(r"(-?[0-9.]+)([km])?", re.ASCII | re.IGNORECASE)
_CURRENCY = re.compile(r"[A-Za-z]{3}", re.ASCII)


class Interval(NamedTuple):
    """The values from `low` to `high`, both included; of amounts, only those in `currency`."""

    low: Any
    high: Any
    currency: str = ""


def interval(text: str, column: ListColumn, today: str) -> Interval:
    """Return the interval that a text means for an ordered column; days count from `today`. Raises BadValue."""
    first, dots, last = text.partition(RANGE)
    low = _single(first.strip(), column, today)
    high = _single(last.strip(), column, today) if dots else low
    if (low.currency, low.low) > (high.currency, high.high) or low.currency != high.currency:
        raise BadValue(text, column)
    return Interval(low.low, high.high, low.currency)


def _single(text: str, column: ListColumn, today: str) -> Interval:
    try:
        if column.kind is Kind.DAY:
            return Interval(*days(text, today))
        if column.kind is Kind.NUMBER:
            number = Decimal(text)
            if number.is_finite():
                return Interval(number, number)
        else:
            return _amount(text, column)
    except (ValueError, OverflowError, InvalidOperation):
        pass
    raise BadValue(text, column)


def _amount(text: str, column: ListColumn) -> Interval:
    words = text.split()
    if len(words) == 1 and _AMOUNT.fullmatch(text):
        raise BadValue(text, column, f"Name the currency: {column.key}>{text} USD.")
    if len(words) != 2:
        raise BadValue(text, column)
    number, currency = words if _CURRENCY.fullmatch(words[1]) else reversed(words)
    parts = _AMOUNT.fullmatch(number)
    if parts is None or not _CURRENCY.fullmatch(currency):
        raise BadValue(text, column)
    digits = parts[1]
    if parts[2]:
        digits = f"{Decimal(digits) * THOUSANDS[parts[2].casefold()]:f}"
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    try:
        amount = Money.of(currency.upper(), digits)
    except LedgerError as error:
        raise BadValue(text, column, f"{error.sentence} {error.hint}") from error
    return Interval(amount.minor, amount.minor, amount.currency)

"""Read amounts as a profile describes them: separators, signs of currencies, brackets, thousands and multiples."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ledger.domain.errors import LedgerError
from ledger.domain.money import BadAmount, Money
from ledger.importing.profile.model import AmountStyle
from ledger.importing.profile.style_checks import ANY, IN_CELL, REFUND
from ledger.importing.source.cell_errors import (
    AmountTooLarge,
    CurrencyDiffers,
    NegativeAmount,
    NotAnAmount,
    UnreadCurrency,
)

_AROUND = re.compile(r"(?P<before>[^0-9]*)(?P<number>[0-9](?:.*[0-9])?)(?P<after>[^0-9]*)", re.ASCII)
_ANY_NUMBER = re.compile("[0-9](?:[0-9.,'\u2019 \u00a0\u202f\u2009]*[0-9])?", re.ASCII)
_NO_DIGIT = re.compile("[^0-9]")
_CODE = re.compile(r"[A-Z]{3}", re.ASCII)
_MINUS = ("-", "\u2212")
_APOSTROPHES = ("'", "\u2019")


class AmountInCell(NamedTuple):
    """An amount in a cell: its digits with a point, whether it is negative, its factor, and its currency if any."""

    digits: str
    is_negative: bool = False
    factor: int = 1
    currency: str = ""


class AmountReader:
    """Reads amounts in the style of one profile. `code` returns the currency of a code in the file."""

    def __init__(self, style: AmountStyle, code: Callable[[str], str]) -> None:
        """Prepare the patterns."""
        self._style, self._code = style, code
        grouping, decimal = style.grouping, style.decimal
        marks = "".join(_APOSTROPHES) if grouping in _APOSTROPHES else grouping
        marks = " \u00a0\u202f" if grouping.isspace() else marks
        self._marks = str.maketrans("", "", marks)
        grouped = rf"[0-9]{{1,3}}(?P<mark>[{re.escape(marks)}])[0-9]{{3}}((?P=mark)[0-9]{{3}})*|" if grouping else ""
        self._number = re.compile(rf"({grouped}[0-9]+)({re.escape(decimal)}[0-9]+)?")
        self._any = decimal == ANY
        self._example = "1'250.00" if self._any else f"1{grouping}250{decimal}00"
        self._in_cell = style.currency == IN_CELL
        self._multiples: Mapping[str, int] = dict(sorted(style.multiples.items(), key=lambda item: -len(item[0])))

    def split(self, text: str) -> AmountInCell:
        """Return the parts of an amount. Raises NotAnAmount, UnreadCurrency, UnknownCurrency, UnknownSourceCode."""
        if (digits := self._digits(text)) is not None:  # the common case
            return AmountInCell(digits)
        match = _AROUND.fullmatch(text)
        digits = self._digits(match["number"]) if match else None
        if match is None or digits is None:
            raise NotAnAmount(text, self._example)
        before, after = match["before"].strip(), match["after"].strip()
        in_brackets = before.count("(") == after.count(")") == 1 and "(" not in after and ")" not in before
        if in_brackets:
            before, after = before.replace("(", "").strip(), after.replace(")", "").strip()
        before, first = _without_minus(before)
        after, factor = self._multiple(after)
        after, last = _without_minus(after)
        if factor == 1:
            after, factor = self._multiple(after)
        if in_brackets + first + last > 1 or (before and after):
            raise NotAnAmount(text, self._example)
        negative = in_brackets or first or last
        return AmountInCell(digits, negative, factor, self._currency(before or after, text))

    def _digits(self, number: str) -> str | None:
        """Return a number with a decimal point and no groups; None if it is none in this style."""
        if self._any:
            return any_number(number, self._style.grouping)
        if not self._number.fullmatch(number):
            return None
        return number.translate(self._marks).replace(self._style.decimal, ".")

    def _multiple(self, after: str) -> tuple[str, int]:
        """Return what stands behind a number without its multiple, and the factor that this means."""
        for mark, factor in self._multiples.items():
            rest = after.removeprefix(mark)
            if rest != after and not rest[:1].isalpha():
                return rest.strip(), factor
        return after, 1

    def _currency(self, token: str, text: str) -> str:
        if not token:
            return ""
        if token in self._style.signs:
            return self._style.signs[token]
        if self._in_cell:
            try:
                return self._code(token)
            except LedgerError as error:
                if token.isascii() and token.isalpha():
                    raise
                raise UnreadCurrency(text, token) from error
        if _CODE.fullmatch(token) or not token.isascii() or "$" in token:
            raise UnreadCurrency(text, token)
        raise NotAnAmount(text, self._example)

    def read(self, text: str, found: AmountInCell, currency: str) -> Money:
        """Return an amount in a currency: that of the row, or that of the cell.

        Raises CurrencyDiffers, NegativeAmount, AmountTooLarge, WrongDecimals.
        """
        if found.currency and currency != found.currency:
            raise CurrencyDiffers(found.currency, currency)
        whole, point, fraction = _times(found.digits, found.factor * self._style.unit).partition(".")
        try:
            amount = Money.of(currency, f"{whole.lstrip('0') or '0'}{point}{fraction}")
        except BadAmount:
            raise AmountTooLarge(text) from None
        if not found.is_negative or amount.minor == 0:
            return amount
        if self._style.negative != REFUND:
            raise NegativeAmount(text)
        return Money(currency, f"-{amount.value}")


def _times(digits: str, factor: int) -> str:
    """Return a number times a power of ten, exactly."""
    if factor == 1:
        return digits
    zeros = len(str(factor)) - 1
    whole, _, fraction = digits.partition(".")
    whole, fraction = whole + fraction[:zeros].ljust(zeros, "0"), fraction[zeros:].rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def _without_minus(text: str) -> tuple[str, bool]:
    """Return a text without the minus sign at one of its ends, and whether it had one."""
    for minus in _MINUS:
        if text.startswith(minus):
            return text[1:].strip(), True
        if text.endswith(minus):
            return text[:-1].strip(), True
    return text, False


class NumberSigns(NamedTuple):
    """The signs of one number, empty where it has none. `unclear` is a sign that may be either, as in 1.200."""

    decimal: str = ""
    grouping: str = ""
    unclear: str = ""


def number_signs(text: str) -> NumberSigns | None:
    """Return the signs of a number; None if the text is none, or its signs contradict each other."""
    if not _ANY_NUMBER.fullmatch(text):
        return None
    signs = _NO_DIGIT.findall(text)
    if not signs:
        return NumberSigns()
    groups, last = _NO_DIGIT.split(text), signs[-1]
    if len(set(signs)) > 1:
        return _two_signs(groups, signs)
    if len(signs) > 1 or last not in ".,":
        return NumberSigns(grouping=last) if _are_groups(groups) else None
    if len(groups[1]) != 3 or groups[0].startswith("0") or len(groups[0]) > 3:
        return NumberSigns(decimal=last)
    return NumberSigns(unclear=last)


def _two_signs(groups: list[str], signs: list[str]) -> NumberSigns | None:
    first, last = signs[0], signs[-1]
    is_right = last in ".," and set(signs[:-1]) == {first} and first != last and _are_groups(groups[:-1])
    return NumberSigns(decimal=last, grouping=first) if is_right else None


def _are_groups(groups: list[str]) -> bool:
    return 0 < len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])


def any_number(text: str, grouping: str) -> str | None:
    """Return a number with a decimal point and no groups; None if the text is none or unclear.

    A sign before exactly three digits that may be either parts groups if it is `grouping`; otherwise it is unclear.
    """
    signs = number_signs(text)
    if signs is None or (signs.unclear and signs.unclear != grouping):
        return None
    groups = _NO_DIGIT.split(text)
    return f"{''.join(groups[:-1])}.{groups[-1]}" if signs.decimal else "".join(groups)

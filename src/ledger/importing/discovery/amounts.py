"""Find how amounts are written: signs of decimals and groups, currencies beside the number, and multiples such as k."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from ledger.domain.currencies import DECIMALS

SIGNS = {
    "€": "EUR", "£": "GBP", "US$": "USD", "$": "USD", "Fr.": "CHF", "SFr.": "CHF", "¥": "JPY", "元": "CNY",
    "RMB": "CNY", "₹": "INR", "د.إ": "AED",
}  # fmt: skip
"""Signs of money, and the currency that each usually means; `$` and `¥` are asked about."""
DOUBTFUL_SIGNS = ("$", "¥")
MULTIPLES = {"k": 1000, "K": 1000, "m": 1_000_000, "M": 1_000_000, "Mio": 1_000_000, "bn": 1_000_000_000}
"""What stands behind a number for thousands and more."""
_SPACES = " \u00a0\u202f\u2009"
_NUMBER = re.compile(rf"(-?)([0-9][0-9.,'\u2019{_SPACES}]*[0-9]|[0-9])", re.ASCII)
_PERCENT = re.compile(r"[0-9]\s*%")


class AmountShape(NamedTuple):
    """The parts of one amount: decimal sign and sign between groups if they are certain, currency or sign, multiple.

    `open_sign` is a sign before exactly three digits that may be either, as in 1.200.
    """

    decimal: str = ""
    grouping: str = ""
    money: str = ""
    multiple: str = ""
    open_sign: str = ""
    is_negative: bool = False


class AmountStyles(NamedTuple):
    """How the amounts of some columns are written. `doubtful` are examples of which the decimal sign is unclear."""

    decimals: tuple[str, ...] = ()
    groupings: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    multiples: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    negative: int = 0


def shape(text: str) -> AmountShape | None:
    """Return the parts of a text that is an amount; None for other texts."""
    found = list(_NUMBER.finditer(text))
    if len(found) != 1 or _PERCENT.search(text):
        return None
    number = found[0]
    before, after = text[: number.start()].strip(_SPACES), text[number.end() :].strip(_SPACES)
    is_bracketed = before.endswith("(") and after.startswith(")")
    if is_bracketed:
        before, after = before[:-1].strip(), after[1:].strip()
    multiple, after = _multiple(after)
    money = before or after
    if (before and after) or (money and not _is_money(money)):
        return None
    parts = _number(number[2])
    return parts and parts._replace(money=money, multiple=multiple, is_negative=is_bracketed or number[1] == "-")


def _multiple(after: str) -> tuple[str, str]:
    for word in sorted(MULTIPLES, key=len, reverse=True):
        if after == word or (after.startswith(word) and not after[len(word)].isalpha()):
            return word, after[len(word) :].strip(_SPACES)
    return "", after


def _is_money(text: str) -> bool:
    return text in SIGNS or text in DECIMALS or text.upper() in DECIMALS


def _number(text: str) -> AmountShape | None:
    """Return the signs of a number; None if its signs make no sense."""
    signs = [char for char in text if not char.isdigit()]
    kinds = list(dict.fromkeys(signs))
    if not signs:
        return AmountShape()
    groups = re.split(r"[^0-9]", text)
    last = signs[-1]
    if len(kinds) > 2 or (len(kinds) == 2 and signs.count(last) > 1):
        return None
    if len(kinds) == 2:
        is_right = last in ".," and all(len(group) == 3 for group in groups[1:-1])
        return AmountShape(decimal=last, grouping=kinds[0]) if is_right else None
    if len(signs) > 1 or last not in ".,":
        return AmountShape(grouping=last) if all(len(group) == 3 for group in groups[1:]) else None
    if len(groups[1]) != 3 or groups[0] == "0" or len(groups[0]) > 3:
        return AmountShape(decimal=last)
    return AmountShape(open_sign=last)


def is_amount(text: str) -> bool:
    """Return whether a text is an amount."""
    return shape(text) is not None


def styles_of(texts: Iterable[str]) -> AmountStyles:
    """Return how these amounts are written, the most frequent signs first."""
    decimals, groupings, money, multiples = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    open_texts: dict[str, list[str]] = {}
    negative = 0
    for text in texts:
        parts = shape(text)
        if parts is None:
            continue
        negative += parts.is_negative
        for counter, part in ((decimals, parts.decimal), (groupings, parts.grouping), (money, parts.money),
                              (multiples, parts.multiple)):  # fmt: skip
            if part:
                counter[part] += 1
        if parts.open_sign:
            open_texts.setdefault(parts.open_sign, []).append(text)
    doubtful: list[str] = []
    for sign, examples in open_texts.items():
        if sign in groupings and sign not in decimals:
            continue
        if sign in decimals and sign not in groupings:
            # 1.200 beside 1.5: the sign is that of decimals elsewhere, but amounts rarely have three decimals.
            doubtful += examples
        elif decimals and sign not in decimals:
            groupings[sign] += len(examples)
        else:
            doubtful += examples
    return AmountStyles(
        decimals=_frequent(decimals),
        groupings=_frequent(groupings),
        money=_frequent(money),
        multiples=_frequent(multiples),
        doubtful=tuple(dict.fromkeys(doubtful)),
        negative=negative,
    )


def _frequent(counter: Counter[str]) -> tuple[str, ...]:
    return tuple(text for text, _ in counter.most_common())

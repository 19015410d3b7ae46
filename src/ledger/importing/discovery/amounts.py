"""Find how amounts are written: signs of decimals and groups, currencies near the number, and multiples such as k."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ledger.domain.currencies import DECIMALS
from ledger.importing.discovery.dates import MAX_REMEMBERED
from ledger.importing.source.amount_formats import NumberSigns, number_signs

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
    """The parts of one amount: the signs of its number, its currency as a code or a sign, and its multiple."""

    signs: NumberSigns
    money: str = ""
    multiple: str = ""
    is_negative: bool = False


class AmountStyles(NamedTuple):
    """How the amounts of some columns are written.

    `unclear` are signs before exactly three digits, as in 1.200; `doubtful` are amounts that nothing else explains.
    """

    decimals: tuple[str, ...] = ()
    groupings: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    multiples: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    negative: int = 0


@lru_cache(MAX_REMEMBERED)
def shape(text: str) -> AmountShape | None:
    """Return the parts of a text that is an amount; None for other texts."""
    found = list(_NUMBER.finditer(text))
    if len(found) != 1 or _PERCENT.search(text):
        return None
    number = found[0]
    before, after = text[: number.start()].strip(_SPACES), text[number.end() :].strip(_SPACES)
    is_bracketed = before.count("(") == after.count(")") == 1 and "(" not in after and ")" not in before
    if is_bracketed:
        before, after = before.replace("(", "").strip(), after.replace(")", "").strip()
    multiple, after = _multiple(after)
    money = before or after
    if (before and after) or (money and not _is_money(money)):
        return None
    signs = number_signs(number[2])
    return signs and AmountShape(signs, money, multiple, is_negative=is_bracketed or number[1] == "-")


def _multiple(after: str) -> tuple[str, str]:
    for word in sorted(MULTIPLES, key=len, reverse=True):
        if after == word or (after.startswith(word) and not after[len(word)].isalpha()):
            return word, after[len(word) :].strip(_SPACES)
    return "", after


def _is_money(text: str) -> bool:
    return text in SIGNS or text in DECIMALS or text.upper() in DECIMALS


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
        for counter, part in ((decimals, parts.signs.decimal), (groupings, parts.signs.grouping), (money, parts.money),
                              (multiples, parts.multiple)):  # fmt: skip
            if part:
                counter[part] += 1
        if parts.signs.unclear:
            open_texts.setdefault(parts.signs.unclear, []).append(text)
    doubtful: list[str] = []
    for sign, examples in open_texts.items():
        if sign in groupings and sign not in decimals:
            continue
        if sign in decimals and sign not in groupings:
            # The sign is that of decimals elsewhere, as in 1.5, but amounts rarely have three decimals.
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
        unclear=tuple(open_texts),
        doubtful=tuple(dict.fromkeys(doubtful)),
        negative=negative,
    )


def _frequent(counter: Counter[str]) -> tuple[str, ...]:
    return tuple(text for text, _ in counter.most_common())

"""Tell the decimal sign of a number from the sign between its groups of three digits, where a file uses several."""

import re
from typing import NamedTuple

_NUMBER = re.compile("[0-9](?:[0-9.,'\u2019 \u00a0\u202f\u2009]*[0-9])?", re.ASCII)
_NO_DIGIT = re.compile("[^0-9]")


class NumberSigns(NamedTuple):
    """The signs of one number, empty where it has none. `unclear` is a sign that may be either, as in 1.200."""

    decimal: str = ""
    grouping: str = ""
    unclear: str = ""


def number_signs(text: str) -> NumberSigns | None:
    """Return the signs of a number; None if the text is none, or its signs contradict each other."""
    if not _NUMBER.fullmatch(text):
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

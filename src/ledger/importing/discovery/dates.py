"""Find the styles in which dates are written, and whether days or months come first."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_NUMERIC = re.compile(r"([0-9]{1,4})([./\- ]|\. |年)([0-9]{1,2})(?:([./\- ]|\. |月)([0-9]{2,4})日?)?", re.ASCII)
_NAMED = re.compile(r"(?:([0-9]{1,2})([ \-.]|\. ))?([A-Za-z]{3,9})\.?([ \-,.]|, )([0-9]{4}|[0-9]{2})", re.ASCII)
MAX_REMEMBERED = 50_000
"""The size of a cache of shapes: each answer about a list looks at its values again."""
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LIKE = re.compile(r"[0-9]{4}|[0-9]{1,4}([./\- ]|年)")


class DateShape(NamedTuple):
    """The shape of one date. If days and months cannot be distinguished, `either` has both styles, the day first."""

    style: str
    either: tuple[str, str] | None = None


class DateStyles(NamedTuple):
    """The styles of the dates in some columns. `doubtful` are examples of dates whose day and month are unclear."""

    styles: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
    both: bool = False
    """Whether some dates must have the day first, and others the month."""


@lru_cache(MAX_REMEMBERED)
def shape(text: str) -> DateShape | None:
    """Return the shape of a text that is a date; None for other texts."""
    if re.fullmatch(r"(19|20)[0-9]{2}", text, re.ASCII):
        return DateShape("YYYY")
    if match := _NUMERIC.fullmatch(text):
        return _numeric(match)
    if match := _NAMED.fullmatch(text):
        return _named(match)
    return None


def _numeric(match: re.Match[str]) -> DateShape | None:
    first, mark, second, other, third = match.groups()
    if third is None:
        return DateShape(f"YYYY{mark}M") if len(first) == 4 and 0 < int(second) < 13 else None
    if len(first) == 4:
        return _year_first(match)
    if mark != other or len(first) > 2 or len(third) == 3:
        return None
    return _year_last(int(first), int(second), mark, "Y" * len(third))


def _year_first(match: re.Match[str]) -> DateShape | None:
    _, mark, month, other, day = match.groups()
    if len(day) > 2 or not (0 < int(month) < 13 and 0 < int(day) < 32):
        return None
    if mark == other == "-" and len(month) == len(day) == 2:
        return DateShape("YYYY-MM-DD")
    return DateShape(f"YYYY{mark}M{other}D{'日' * match[0].endswith('日')}")


def _year_last(first: int, second: int, mark: str, year: str) -> DateShape | None:
    day_first, month_first = f"D{mark}M{mark}{year}", f"M{mark}D{mark}{year}"
    if not (0 < first < 32 and 0 < second < 32) or min(first, second) > 12:
        return None
    if first > 12 or second > 12:
        return DateShape(day_first if first > 12 else month_first)
    # Dots and spaces are of languages with the day first.
    is_open = first != second and mark in "/-"
    return DateShape(day_first, (day_first, month_first) if is_open else None)


def _named(match: re.Match[str]) -> DateShape | None:
    day, mark, month, other, year = match.groups()
    if month[:3].lower() not in _MONTHS:
        return None
    years = "Y" * len(year)
    return DateShape(f"D{mark}MMM{other}{years}" if day else f"MMM{other}{years}")


def is_date(text: str) -> bool:
    """Return whether a text is a date."""
    return bool(_LIKE.match(text) or text[:1].isalpha() or text[:1].isdigit()) and shape(text) is not None


def styles_of(texts: Iterable[str], *, day_first: bool | None = None) -> DateStyles:
    """Return the styles of these dates, the most frequent first; `day_first` decides what the dates leave open."""
    found: Counter[str] = Counter()
    open_pairs: dict[tuple[str, str], list[str]] = {}
    for text in texts:
        date = shape(text)
        if date is None:
            continue
        if date.either is None:
            found[date.style] += 1
        else:
            open_pairs.setdefault(date.either, []).append(text)
    doubtful: list[str] = []
    both = False
    for pair, examples in open_pairs.items():
        # A date such as 30/06/2026 tells the order of the others that are written with the same signs.
        seen = [style for style in pair if found[style]]
        both |= len(seen) > 1
        if day_first is None and len(seen) != 1:
            doubtful += examples
        chosen = seen[0] if len(seen) == 1 else pair[day_first is False]
        found[chosen] += len(examples)
    return DateStyles(tuple(style for style, _ in found.most_common()), tuple(dict.fromkeys(doubtful)), both)

"""Check the styles of a profile: how its file, dates, amounts, lists and texts are written."""

import codecs
import re
from collections.abc import Iterator

from ledger.domain.currencies import DECIMALS
from ledger.importing.profile.model import Profile

DATE_MARK = re.compile(r"YYYY|YY|MMM|MM?|DD?", re.ASCII)
"""What stands for a part of a date in a style: `YY` is a year of two digits, `MMM` the English name of a month."""
FIRST_DAY, LAST_DAY = "first day", "last day"
ANY, IN_CELL, REFUND, REPEAT, SKIP, SOURCE, SPACE, CP1252 = (
    "any", "in cell", "refund", "repeat", "skip", "source", "space", "cp1252",
)  # fmt: skip
"""What keys with one possible value say."""
REFUNDING = ("payments", "receipts")
"""The kinds of rows that a negative amount makes a refund."""
MAX_HEADER_ROWS = 10
_MAX_ROWS = 1_048_576
"""The maximum number of rows of a sheet in spreadsheet programs."""
_MAX_FACTOR = 1_000_000_000
_NO_TEXT = {"idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined", "utf-7", "mbcs", "oem"}
_GROUPINGS = ("", ",", ".", "'", "\u2019", " ", "\u00a0", "\u202f")

Finding = tuple[str, str]
"""A key, and why it is wrong."""


def style_mistakes(profile: Profile) -> Iterator[Finding]:
    """Yield the keys with a wrong style, and why."""
    yield from _file_mistakes(profile)
    yield from _date_mistakes(profile)
    yield from _amount_mistakes(profile)
    separator, text = profile.lists.separator, profile.text
    if separator and separator != "\n" and not separator.strip():
        yield "lists.separator", "is blank"
    if text.repair not in ("", CP1252):
        yield "text.repair", f"can only be '{CP1252}'"
    if text.line_feeds not in ("", SPACE):
        yield "text.line_feeds", f"can only be '{SPACE}'"


def date_parts(style: str) -> str:
    """Return the parts of a date that a style has, sorted: `DMY` for a day, `MY` for a month, `Y` for a year."""
    return "".join(sorted(mark[0] for mark in DATE_MARK.findall(style)))


def _file_mistakes(profile: Profile) -> Iterator[Finding]:
    file = profile.file
    checks = [
        ("file.encoding", f"'{file.encoding}' is not an encoding of text", _is_text(file.encoding)),
        ("file.delimiter", "must be one character, not a quote, a letter, a digit or a line feed",
         len(file.delimiter) == 1 and file.delimiter not in '"\r\n\0' and not file.delimiter.isalnum()),
        ("file.header_row", "must be the number of a row, from 1", 0 <= file.header_row <= _MAX_ROWS),
        ("file.header_rows", f"must be from 1 to {MAX_HEADER_ROWS}", 1 <= file.header_rows <= MAX_HEADER_ROWS),
        ("file.layout", "can only be 'wide'", file.layout in ("", "wide")),
        ("file.gap", "is for the layout 'wide'", not file.gap or file.layout == "wide"),
        ("file.covers", "must be 'all' or 'increment'", file.covers in ("all", "increment")),
        ("file.hidden", f"can only be '{SKIP}'", file.hidden in ("", SKIP)),
        ("file.merged", f"can only be '{REPEAT}'", file.merged in ("", REPEAT)),
    ]  # fmt: skip
    yield from ((key, why) for key, why, right in checks if not right)


def _date_mistakes(profile: Profile) -> Iterator[Finding]:
    dates = profile.dates
    parts = [date_parts(style) for style in dates.styles]
    days = {"Y": ("of_year", dates.of_year), "MY": ("of_month", dates.of_month)}
    if not parts or any(part not in ("DMY", *days) for part in parts):
        yield "dates.style", "must have YYYY, MM and DD once each; or YYYY and MM, or YYYY alone"
    for part, (key, day) in days.items():
        name = "a year" if part == "Y" else "a month"
        if day not in ("", FIRST_DAY, LAST_DAY):
            yield f"dates.{key}", f"must be '{FIRST_DAY}' or '{LAST_DAY}'"
        elif part in parts and not day:
            yield "dates.style", f"has no day: dates.{key} must say which day of {name} is meant"
        elif day and part not in parts:
            yield f"dates.{key}", f"is for a style that is {name} without a day"
    if dates.signed_on and (dates.signed_on != SOURCE or profile.kind != "agreements"):
        yield "dates.signed_on", f"can only be '{SOURCE}', in a profile of agreements"


def _amount_mistakes(profile: Profile) -> Iterator[Finding]:
    amounts = profile.amounts
    checks = [
        ("amounts.decimal", "must be '.', ',' or 'any'", amounts.decimal in (".", ",", ANY)),
        ("amounts.grouping", "must be empty or one of , . ' space, and not the decimal sign",
         amounts.grouping != amounts.decimal and amounts.grouping in _GROUPINGS),
        ("amounts.unit", "must be 1, 10, 100, 1000, …", _is_factor(amounts.unit)),
        ("amounts.currency", f"can only be '{IN_CELL}'", amounts.currency in ("", IN_CELL)),
        ("amounts.ceiling_of", "is for agreements with a columns.partner_amount",
         not amounts.ceiling_of or "partner_amount" in profile.columns),
        ("amounts.negative", f"can only be '{REFUND}'", amounts.negative in ("", REFUND)),
        ("amounts.negative", "is for payments and receipts: nothing else is refunded",
         amounts.negative != REFUND or profile.kind in REFUNDING),
    ]  # fmt: skip
    yield from ((key, why) for key, why, right in checks if not right)
    for sign, currency in amounts.signs.items():
        if not _is_sign(sign):
            yield f"amounts.signs.{sign}", "is not a sign: it has a digit, or is blank"
        elif currency not in DECIMALS:
            yield f"amounts.signs.{sign}", f"'{currency}' is not a currency of ISO 4217"
    for mark, factor in amounts.multiples.items():
        if not _is_sign(mark):
            yield f"amounts.multiples.{mark}", "is not a sign: it has a digit, or is blank"
        elif not _is_factor(factor):
            yield f"amounts.multiples.{mark}", "must be 10, 100, 1000, …"


def _is_sign(text: str) -> bool:
    return bool(text.strip()) and not any(char.isdigit() or char in "-()" for char in text)


def _is_factor(number: int) -> bool:
    return 0 < number <= _MAX_FACTOR and set(str(number)[1:]) <= {"0"} and str(number)[0] == "1"


def _is_text(encoding: str) -> bool:
    try:
        codec = codecs.lookup(encoding)
    except (LookupError, ValueError):
        return False
    # Codecs from bytes to bytes, such as zip, are marked only by this private attribute.
    return codec.name not in _NO_TEXT and bool(getattr(codec, "_is_text_encoding", True))

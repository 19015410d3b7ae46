"""Whether a printed text says a value: as it is, rounded, in millions, in words, or as a day, in any usual notation.

Separators of groups and decimals are those of any language. So `1,234` may stand for 1234; that it does not stand for
1.234 follows from the decimals that the value has.
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from projections.papers.against_paper.paper import PaperRun
from projections.papers.against_paper.workbook_texts import is_number
from projections.papers.read_back.alike import plain

GROUPS = ",.'\N{RIGHT SINGLE QUOTATION MARK}\N{ARABIC THOUSANDS SEPARATOR}\N{ARABIC DECIMAL SEPARATOR}"
MINUS = "-\N{MINUS SIGN}"
MILLION = Decimal(1_000_000)
MILLIONS = ("million", "millions", "millones", "млн", "миллион", "миллиона", "миллионов", "مليون", "ملايين", "百万")
SHARES = ("%", "per cent", "percent", "pour cent", "por ciento", "процент", "процента", "процентов", "في المائة", "٪")
NUMBER_WORDS = {
    "en": "zero one two three four five six seven eight nine ten",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix",
}
"""The words of small numbers, from nought on. Words of other languages are not judged."""
ANY_NUMBER = re.compile(rf"[{MINUS}]?[0-9]+(?:[ {GROUPS}][0-9]+)*")
MAX_TEXT, MAX_PLACES = 200, 6
"""The longest text of a number, and the most decimals."""


def judged_printing(run: PaperRun, language: str) -> bool | None:
    """Return whether the text of a printed value says its value; None if this module cannot tell."""
    text = plain(run.text)
    if run.unit in ("day", "month"):
        return _says_day(text, str(run.value))
    if not is_number(run):
        return text == plain(str(run.value))
    digits = _western(text)
    found = ANY_NUMBER.findall(digits)
    if not found and re.fullmatch(r"[^\W\d_]+", text):
        return _says_in_words(text.lower(), Decimal(run.value), language)
    return len(text) <= MAX_TEXT and len(found) == 1 and _says_in_digits(run, digits, found[0], language)


def _says_in_words(text: str, value: Decimal, language: str) -> bool | None:
    words = NUMBER_WORDS.get(language.partition("-")[0], "").split()
    return (text in words and Decimal(words.index(text)) == value) if words else None


def _says_in_digits(run: PaperRun, text: str, number: str, language: str) -> bool | None:
    """Return whether a text with one number, and perhaps a currency or a word, says a value."""
    around = text.replace(number, "", 1).strip()
    if run.unit not in ("count", "days", "percent", "year"):
        around = around.removeprefix(run.unit).removesuffix(run.unit).strip()
    is_million = around in MILLIONS
    if around and not is_million and not (run.unit == "percent" and around in SHARES):
        return None if language.partition("-")[0] not in NUMBER_WORDS else False
    value = Decimal(run.value) / (MILLION if is_million else 1)
    return any(stated == _rounded(value, places) for stated, places in _readings(number))


def _western(text: str) -> str:
    """Return a text with the digits of any script as those of ASCII."""
    return "".join(str(unicodedata.digit(char, "")) or char if char.isdigit() else char for char in text)


def _readings(number: str) -> Iterator[tuple[Decimal, int]]:
    """Yield the numbers that a text can stand for, each with its decimals: the last separator may begin them."""
    sign, digits = (-1, number[1:]) if number[0] in MINUS else (1, number)
    groups = re.split(rf"[ {GROUPS}]", digits)
    if all(len(group) == 3 for group in groups[1:]):
        yield sign * Decimal("".join(groups)), 0
    if len(groups) > 1 and len(groups[-1]) <= MAX_PLACES and digits[-len(groups[-1]) - 1] != " ":
        yield sign * Decimal(f"{''.join(groups[:-1])}.{groups[-1]}"), len(groups[-1])


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _says_day(text: str, iso: str) -> bool:
    """Return whether a text has the numbers of a day or month, or names its month in words."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?", iso)
    if not match:
        return False
    numbers = [int(number) for number in re.findall("[0-9]+", _western(text))]
    year, month, day = int(match[1]), int(match[2]), int(match[3]) if match[3] else None
    due = sorted([year, *([day] if day else [])])
    return sorted(numbers) in (due, sorted([*due, month]))

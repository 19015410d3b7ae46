"""Numbers as documents print them, by the conventions of the United Nations Editorial Manual."""

from dataclasses import replace
from decimal import Decimal

import pytest

from projections.papers.house import read_house
from projections.papers.numbers import NumberStyle
from tests.papers.sample import ENGLISH

SPACE = "\N{NO-BREAK SPACE}"


def _french() -> NumberStyle:
    return read_house().messages("fr", {}).style


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "\N{MINUS SIGN}1,234,567"), (Decimal("0.50"), "0.50")],
)
def test_separators(value: int | Decimal, text: str) -> None:
    """Thousands have a comma in English, a no-break space in French; decimals stay as they are."""
    assert text == ENGLISH.plain(value)
    assert text.replace(",", SPACE).replace(".", ",") == _french().plain(value)


@pytest.mark.parametrize("number", range(131))
def test_words_below_ten(number: int) -> None:
    """Convention 8: numbers below ten are words, others figures; a series is all in words or all in figures."""
    text = ENGLISH.in_words(number)
    assert text.isdigit() is (number >= 10)
    assert ENGLISH.in_words(number, [12]) == str(number)
    assert ENGLISH.in_words(number, [3]) == text


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        ("33826190.48", "USD 33.8 million", "USD 33,8 millions"),
        ("1000000", "USD 1.0 million", "USD 1,0 million"),
        ("1949999.99", "USD 1.9 million", "USD 1,9 million"),
        ("1950000", "USD 2.0 million", "USD 2,0 millions"),
        ("999999.49", "USD 999,999", "USD 999 999"),
        ("999999.50", "USD 1,000,000", "USD 1 000 000"),
        ("0", "USD 0", "USD 0"),
    ],
)
def test_money_of_running_text(value: str, english: str, french: str) -> None:
    """Convention 10: one decimal of a million, code first, rounded once and half up; smaller sums are whole."""
    assert english.replace(" ", SPACE) == ENGLISH.in_millions(Decimal(value), "USD")
    assert french.replace(" ", SPACE) == _french().in_millions(Decimal(value), "USD")


def test_rounded_once() -> None:
    """A share is printed as it is: 92 per cent in text, % in tables (convention 9)."""
    assert f"92{SPACE}per cent" == ENGLISH.in_percent(92)
    assert f"43.8{SPACE}%" == ENGLISH.table_percent(Decimal("43.8"))
    assert f"43,8{SPACE}%" == _french().table_percent(Decimal("43.8"))


def test_days() -> None:
    """Convention 12: 2 May 2025, never an ISO date; the first of a month is 1er in French."""
    assert f"2{SPACE}May{SPACE}2025" == ENGLISH.day("2025-05-02")
    assert f"1er{SPACE}mai{SPACE}2025" == _french().day("2025-05-01")
    assert f"11{SPACE}mai{SPACE}2025" == _french().day("2025-05-11")


def test_a_house_changes_all_of_them() -> None:
    """One setting changes all numbers of a language (convention 11)."""
    own = replace(ENGLISH, group=SPACE, decimal=",", million_decimals=2)
    assert f"USD{SPACE}33,83{SPACE}million" == own.in_millions(Decimal("33826190.48"), "USD")
    assert f"1{SPACE}234,5" == own.plain(Decimal("1234.5"))

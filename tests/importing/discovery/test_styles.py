"""The styles of dates and amounts are found, and what they leave open is told."""

import pytest

from ledger.importing.discovery import amounts, dates
from ledger.importing.profile.model import AmountStyle, DateStyle
from ledger.importing.source.amount_formats import AmountReader
from ledger.importing.source.cell_errors import NotAnAmount
from ledger.importing.source.date_formats import DateReader


@pytest.mark.parametrize(
    ("text", "style", "day"),
    [
        ("30/06/2026", "D/M/YYYY", "2026-06-30"), ("30.6.26", "D.M.YY", "2026-06-30"),
        ("2026-06-30", "YYYY-MM-DD", "2026-06-30"), ("06/30/2026", "M/D/YYYY", "2026-06-30"),
        ("30 June 2026", "D MMM YYYY", "2026-06-30"), ("30-Jun-26", "D-MMM-YY", "2026-06-30"),
        ("2026/6/30", "YYYY/M/D", "2026-06-30"), ("2026年6月30日", "YYYY年M月D日", "2026-06-30"),
    ],
)  # fmt: skip
def test_a_style_that_is_found_reads_its_date(text: str, style: str, day: str) -> None:
    """The style that is found for a date is one of profiles, and reads the date."""
    assert (style,) == dates.styles_of([text]).styles
    assert day == DateReader(DateStyle(style=style)).read(text)


@pytest.mark.parametrize("text", ["hello", "31/31/2026", "2026-13-01", "1.5", "12", "3/4", "USD 5", "2026-06-301"])
def test_what_is_no_date(text: str) -> None:
    """Words, amounts and impossible days are no dates."""
    assert not dates.is_date(text)


def test_one_date_tells_the_order_of_the_others() -> None:
    """A date whose second number is above twelve shows that the month is first in all that are written alike."""
    assert (("M/D/YYYY",), ()) == dates.styles_of(["01/02/2026", "06/30/2026"])[:2]
    assert ("D/M/YYYY",) == dates.styles_of(["01/02/2026", "30/06/2026"]).styles


def test_an_order_that_nothing_tells_is_doubtful() -> None:
    """Dates that may be read both ways are named; the answer decides."""
    assert ("01/02/2026", "03/04/2026") == dates.styles_of(["01/02/2026", "03/04/2026"]).doubtful
    assert ("M/D/YYYY",) == dates.styles_of(["01/02/2026"], day_first=False).styles


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("1'200,50", "1200.50"), ("1.200,50", "1200.50"), ("1,200.50", "1200.50"), ("1.2", "1.2"), ("1,2", "1.2"),
        ("1 200 000", "1200000"), ("1.200.000", "1200000"), ("1200", "1200"), ("0.125", "0.125"),
        ("1200.125", "1200.125"),
    ],
)  # fmt: skip
def test_an_amount_tells_its_own_decimal_sign(text: str, digits: str) -> None:
    """With `any`, both signs, repeated signs and the number of digits behind a sign tell which is which."""
    assert digits == AmountReader(AmountStyle(decimal="any"), str).split(text).digits


@pytest.mark.parametrize("text", ["1.200", "1,200", "1.20.00", "1,2,3", "1.200.00", "1,200,50.5", "12.34,567.8"])
def test_an_unclear_amount_is_refused(text: str) -> None:
    """One sign before exactly three digits may be either, and signs that contradict each other are none."""
    with pytest.raises(NotAnAmount):
        AmountReader(AmountStyle(decimal="any"), str).split(text)


def test_the_grouping_settles_what_is_unclear() -> None:
    """Where the grouping is given, it is the sign before exactly three digits; the other sign stays unclear."""
    reader = AmountReader(AmountStyle(decimal="any", grouping="."), str)
    assert "1200" == reader.split("1.200").digits
    with pytest.raises(NotAnAmount):
        reader.split("1,200")


def test_amounts_with_currencies_and_multiples() -> None:
    """Signs, codes and multiples are found beside the number, before or behind it; brackets are negative."""
    found = amounts.styles_of(["USD 1'200,50", "1.200,50 €", "1.2M", "(35k CHF)", "-5 EUR", "n/a"])
    assert {"USD", "€", "CHF", "EUR"} == set(found.money)
    assert {"M", "k"} == set(found.multiples)
    assert ({",", "."}, {"'", "."}, 2) == (set(found.decimals), set(found.groupings), found.negative)


def test_amounts_whose_sign_nothing_tells_are_doubtful() -> None:
    """1.200 alone may be two numbers; beside 1.200,50 it is clear."""
    assert ("1.200",) == amounts.styles_of(["1.200", "300"]).doubtful
    assert () == amounts.styles_of(["1.200", "1.200,50"]).doubtful


@pytest.mark.parametrize("text", ["12%", "A-12", "1-2", "USD", "", "12 apples", "5 USD 6"])
def test_what_is_no_amount(text: str) -> None:
    """Shares, references and other texts with numbers are no amounts."""
    assert not amounts.is_amount(text)

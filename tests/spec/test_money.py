"""Amounts in canonical form: exactly the decimals of the currency, within 64 bits."""

import pytest

from ledger.domain.errors import LedgerError
from ledger.domain.money import BadAmount, Money, UnknownCurrency, WrongDecimals, from_minor

# ISO 4217: the minor unit of the yen is the yen, of the Kuwaiti dinar a thousandth, of the unidad de fomento 0.0001.


@pytest.mark.parametrize(
    ("currency", "given", "written", "minor"),
    [
        ("USD", "1250", "1250.00", 125_000),
        ("USD", "1250.5", "1250.50", 125_050),
        ("USD", "0.05", "0.05", 5),
        ("USD", "-0.05", "-0.05", -5),
        ("USD", "-0", "0.00", 0),
        ("USD", "-0.00", "0.00", 0),
        ("JPY", "1250", "1250", 1_250),
        ("KWD", "1.2", "1.200", 1_200),
        ("CLF", "1", "1.0000", 10_000),
        ("CLF", "0.0001", "0.0001", 1),
        ("USD", "999999999999999.99", "999999999999999.99", 10**17 - 1),
        ("KWD", "999999999999999.999", "999999999999999.999", 10**18 - 1),
        ("CLF", "99999999999999.9999", "99999999999999.9999", 10**18 - 1),
    ],
)
def test_amounts(currency: str, given: str, written: str, minor: int) -> None:
    """Missing decimals are added, the sign of zero is dropped, and conversion to minor units is exact both ways."""
    amount = Money.of(currency, given)
    assert (currency, written, minor) == (amount.currency, amount.value, amount.minor)
    assert amount == from_minor(currency, minor)
    assert amount == amount.checked()


@pytest.mark.parametrize(
    ("currency", "given", "error"),
    [
        ("USD", "1.005", WrongDecimals),
        ("USD", "1.000", WrongDecimals),
        ("JPY", "1.0", WrongDecimals),
        ("KWD", "1.0000", WrongDecimals),
        ("CLF", "1.00000", WrongDecimals),
        ("USD", "", BadAmount),
        ("USD", ".5", BadAmount),
        ("USD", "5.", BadAmount),
        ("USD", "01", BadAmount),
        ("USD", "+1", BadAmount),
        ("USD", "--1", BadAmount),
        ("USD", "1e2", BadAmount),
        ("USD", "1 000", BadAmount),
        ("USD", "1,000", BadAmount),
        ("USD", "1_000", BadAmount),
        ("USD", "٣", BadAmount),
        ("USD", "NaN", BadAmount),
        ("USD", "1\n", BadAmount),
        ("USD", "1000000000000000", BadAmount),
        ("CLF", "100000000000000", BadAmount),
        ("XXX", "1", UnknownCurrency),
        ("usd", "1", UnknownCurrency),
        ("", "1", UnknownCurrency),
        ("XAU", "1", UnknownCurrency),
    ],
)
def test_amounts_that_cannot_be(currency: str, given: str, error: type[LedgerError]) -> None:
    """No rounding, separators, exponents or other digits; at most fifteen digits before the point."""
    with pytest.raises(error):
        Money.of(currency, given)


@pytest.mark.parametrize("text", ["USD 1250.00", "1250.00 USD", "  USD   1250 "])
def test_amounts_as_text(text: str) -> None:
    """The currency may precede or follow the amount."""
    assert Money("USD", "1250.00") == Money.parse(text)


@pytest.mark.parametrize("text", ["", "USD", "1250.00", "USD 1 250", "US$ 5", "usd 5", "USD CHF", "5 5"])
def test_amounts_as_text_that_cannot_be(text: str) -> None:
    """Text without exactly one currency of three capitals and one amount is refused."""
    with pytest.raises(BadAmount):
        Money.parse(text)


def test_too_many_decimals_are_refused_with_an_example() -> None:
    """The error states the decimals of the currency and shows an amount with them."""
    for currency, example in (("JPY", "125000"), ("USD", "1250.00"), ("KWD", "125.000"), ("CLF", "12.5000")):
        with pytest.raises(WrongDecimals) as caught:
            Money.of(currency, "1.23456")
        assert f"Write it as {example}" in caught.value.hint


@pytest.mark.parametrize(
    "text",
    ["USD 12345678901234567.01", "12,345,678,901,234,567.01 USD", "12345678901234567", "CLF 123456789012345", "9e9 USD",
     "usd 1'200,50", "1.2M EUR", "JPY 12,50", "abc 5", "1200", "ten dollars"],
)  # fmt: skip
def test_the_example_in_a_hint_is_an_amount(text: str) -> None:
    """Whatever was typed, the amount that the hint gives as an example is one."""
    with pytest.raises(BadAmount) as caught:
        Money.parse(text)
    hint = caught.value.hint.rstrip(".")
    example = hint.partition("like ")[2].partition(": a currency")[0].strip("'")
    assert str(Money.parse(example)).startswith(example), hint


def test_an_amount_that_is_too_large_says_so() -> None:
    """An amount beyond what an entry holds is called too large, with the digits that there may be."""
    for text, most in (("USD 12345678901234567.01", 15), ("CLF 123456789012345", 14)):
        with pytest.raises(BadAmount) as caught:
            Money.parse(text)
        assert f"'{text}' is too large an amount." == caught.value.sentence
        assert f"at most {most} digits before the point" in caught.value.hint

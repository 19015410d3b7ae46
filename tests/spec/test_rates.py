"""Exchange rates: one stream per pair, one rate per day, positive, for ISO 4217 currencies."""

import pytest

from ledger.domain.errors import LedgerError
from ledger.domain.money import UnknownCurrency
from ledger.domain.organisation.exchange_rate import BadRate, RateRecorded, RecordRate
from ledger.domain.refusals import InTheFuture
from tests.spec.scenario import Scenario


def rate(text: str, base: str = "EUR", quote: str = "USD", source: str = "UN operational rates") -> RecordRate:
    """Return a command that records a rate."""
    return RecordRate(base=base, quote=quote, rate=text, source=source)


def recorded(text: str) -> RateRecorded:
    """Return the event of a rate of EUR in USD."""
    return RateRecorded(base="EUR", quote="USD", rate=text, source="UN operational rates")


@pytest.mark.parametrize("text", ["1.0850", "1", "0.000000000001", "999999999999.999999999999"])
def test_a_rate_is_recorded_as_published(spec: Scenario, text: str) -> None:
    """The digits are unchanged."""
    spec.when(rate(text), effective="2026-01-01").then(recorded(text))
    assert "rate/EUR-USD" == spec.entry(2).stream


@pytest.mark.parametrize("text", ["0", "0.000", "-1", "1e3", "1,5", ".5", "5.", "01", "NaN", "1.0000000000001", "٣"])
def test_rates_that_cannot_be(spec: Scenario, text: str) -> None:
    """A rate is a positive decimal number with at most twelve digits on each side."""
    spec.when(rate(text), effective="2026-01-01").then_refused(BadRate, f"'{text}' is not a rate")


@pytest.mark.parametrize(
    ("base", "quote", "error"),
    [("EUR", "XXX", UnknownCurrency), ("eur", "USD", UnknownCurrency), ("EUR", "EUR", BadRate)],
)
def test_pairs_that_cannot_be(spec: Scenario, base: str, quote: str, error: type[LedgerError]) -> None:
    """The two currencies are different and in ISO 4217."""
    spec.when(rate("1.1", base, quote)).then_refused(error)


def test_the_same_rate_again_is_nothing(spec: Scenario) -> None:
    """An equal rate for the same date records nothing, also if there are later rates."""
    spec.given(rate("1.1"), effective="2026-01-01").given(rate("1.2"), effective="2026-01-08")
    spec.when(rate("1.1"), effective="2026-01-01").then_nothing()
    spec.when(rate("1.2"), effective="2026-01-08").then_nothing()
    spec.when(rate("1.2"), effective="2026-01-09").then(recorded("1.2"))
    spec.when(rate("1.3"), effective="2026-01-08").then(recorded("1.3"))
    spec.when(rate("1.3"), effective="2026-01-08").then_nothing()


def test_the_latest_date_counts(spec: Scenario) -> None:
    """A rate recorded late does not replace one with a later date."""
    spec.given(rate("1.2"), effective="2026-01-08").given(rate("1.1"), effective="2026-01-01")
    assert "1.2 USD for 1 EUR" == spec.state("rate/EUR-USD").get("rate")


def test_a_rate_is_not_of_the_future(spec: Scenario) -> None:
    """A rate cannot be dated in the future."""
    spec.when(rate("1.1"), effective="2026-01-17").then_refused(InTheFuture, "rate.recorded")

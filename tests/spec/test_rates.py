"""Rates of exchange: one stream a pair, one rate a day, positive, of currencies that there are."""

import pytest

from ledger.domain.errors import LedgerError
from ledger.domain.money import UnknownCurrency
from ledger.domain.organisation.exchange_rate import BadRate, RateRecorded, RecordRate
from ledger.domain.refusals import InTheFuture
from tests.spec.scenario import Scenario


def rate(text: str, base: str = "EUR", quote: str = "USD", source: str = "UN operational rates") -> RecordRate:
    """Return a rate as published."""
    return RecordRate(base=base, quote=quote, rate=text, source=source)


def recorded(text: str) -> RateRecorded:
    """Return the event of a rate of the euro in dollars."""
    return RateRecorded(base="EUR", quote="USD", rate=text, source="UN operational rates")


@pytest.mark.parametrize("text", ["1.0850", "1", "0.000000000001", "999999999999.999999999999"])
def test_a_rate_is_recorded_as_published(spec: Scenario, text: str) -> None:
    """Its digits stay as they are."""
    spec.when(rate(text), effective="2026-01-01").then(recorded(text))
    assert "rate/EUR-USD" == spec.entry(2).stream


@pytest.mark.parametrize("text", ["0", "0.000", "-1", "1e3", "1,5", ".5", "5.", "01", "NaN", "1.0000000000001", "٣"])
def test_rates_that_cannot_be(spec: Scenario, text: str) -> None:
    """A rate is a positive decimal number of twelve digits on each side at most."""
    spec.when(rate(text), effective="2026-01-01").then_refused(BadRate, f"'{text}' is not a rate")


@pytest.mark.parametrize(
    ("base", "quote", "error"),
    [("EUR", "XXX", UnknownCurrency), ("eur", "USD", UnknownCurrency), ("EUR", "EUR", BadRate)],
)
def test_pairs_that_cannot_be(spec: Scenario, base: str, quote: str, error: type[LedgerError]) -> None:
    """Both currencies are of ISO 4217, and two."""
    spec.when(rate("1.1", base, quote)).then_refused(error)


def test_the_same_rate_again_is_nothing(spec: Scenario) -> None:
    """What counts on this very date already is not recorded again, also when later rates are known; another date is."""
    spec.given(rate("1.1"), effective="2026-01-01").given(rate("1.2"), effective="2026-01-08")
    spec.when(rate("1.1"), effective="2026-01-01").then_nothing()
    spec.when(rate("1.2"), effective="2026-01-08").then_nothing()
    spec.when(rate("1.2"), effective="2026-01-09").then(recorded("1.2"))
    spec.when(rate("1.3"), effective="2026-01-08").then(recorded("1.3"))
    spec.when(rate("1.3"), effective="2026-01-08").then_nothing()


def test_the_latest_date_counts(spec: Scenario) -> None:
    """A rate that is learned late does not displace a later one."""
    spec.given(rate("1.2"), effective="2026-01-08").given(rate("1.1"), effective="2026-01-01")
    assert "1.2 USD for 1 EUR" == spec.state("rate/EUR-USD").get("rate")


def test_a_rate_is_not_of_the_future(spec: Scenario) -> None:
    """Rates have been published."""
    spec.when(rate("1.1"), effective="2026-01-17").then_refused(InTheFuture, "rate.recorded")

"""Conversion to the reporting currency, and apportioning of amounts so that the parts add up exactly."""

from fractions import Fraction
from typing import NamedTuple

from ledger.domain.dates import days_between
from ledger.domain.money import decimals
from projections.queries.bitemporal import Queries


class Converted(NamedTuple):
    """An amount in minor units of the reporting currency, and the entries of the rate used."""

    minor: int
    entries: tuple[int, ...]


class _Rate(NamedTuple):
    on: str
    entry: int
    factor: Fraction


ANY_AGE = "of any age"
"""Printed for the greatest age of a rate where no setting limits it."""


class Converter:
    """Converts with the latest rate on or before the day of the amount; without a rate an amount is not converted.

    A rate is used in both directions. The setting `rates.max-age-days` limits the age of rates, if it is set.
    """

    def __init__(self, queries: Queries) -> None:
        """Read the rates and settings at the as-of of the queries."""
        self.currency = queries.reporting_currency()
        settings = queries.settings()
        max_age = settings.get("rates.max-age-days")
        self.max_age_days = None if max_age is None else int(max_age.value)
        self._age_entry = () if max_age is None else (max_age.entry,)
        self._rates: dict[str, list[_Rate]] = {}
        for row in queries.rates():
            rate = Fraction(row.rate)
            if row.quote == self.currency.value:
                self._rates.setdefault(row.base, []).append(_Rate(row.effective_on, row.entry, rate))
            elif row.base == self.currency.value:
                self._rates.setdefault(row.quote, []).append(_Rate(row.effective_on, row.entry, 1 / rate))
        self._factors: dict[tuple[str, str], tuple[int, int, tuple[int, ...]] | None] = {}
        for rates in self._rates.values():
            rates.sort(key=lambda rate: (rate.on, rate.entry))

    def convert(self, currency: str, minor: int, day: str) -> Converted | None:
        """Return the amount in the reporting currency, rounded half to even, or None if the day has no rate."""
        worth = self.worth(currency, minor, day)
        factor = None if currency == self.currency.value else self._factor(currency, day)
        return None if worth is None else Converted(worth, factor[2] if factor else ())

    def worth(self, currency: str, minor: int, day: str) -> int | None:
        """Return only the minor units that `convert` returns."""
        if currency == self.currency.value:
            return minor
        factor = self._factor(currency, day)
        return None if factor is None else _rounded(minor * factor[0], factor[1])

    def _factor(self, currency: str, day: str) -> tuple[int, int, tuple[int, ...]] | None:
        """Return the numerator and denominator for minor units, and the entries of the rate of the day."""
        try:
            return self._factors[currency, day]
        except KeyError:
            factor = self._factors[currency, day] = self._look_up(currency, day)
            return factor

    def _look_up(self, currency: str, day: str) -> tuple[int, int, tuple[int, ...]] | None:
        rate = next((rate for rate in reversed(self._rates.get(currency, [])) if rate.on <= day), None)
        if rate is None or (self.max_age_days is not None and days_between(rate.on, day) > self.max_age_days):
            return None
        # Fractions are exact: a decimal reciprocal of a rate would round some halves the wrong way.
        factor = rate.factor * Fraction(10) ** (decimals(self.currency.value) - decimals(currency))
        return factor.numerator, factor.denominator, (rate.entry, *self._age_entry)


def _rounded(numerator: int, denominator: int) -> int:
    """Return the quotient, rounded half to even."""
    quotient, rest = divmod(numerator, denominator)
    return quotient + (2 * rest > denominator or (2 * rest == denominator and quotient % 2))


def shared_out(minor: int, shares: list[tuple[str, int]]) -> dict[str, int]:
    """Apportion an amount by the largest-remainder method; shares are parts of a million and add up to a million.

    The parts add up to `minor` exactly. Between equal remainders the code that sorts first gets the extra unit.
    """
    sign, whole = (-1 if minor < 0 else 1), abs(minor)
    floors = {code: whole * parts // 1_000_000 for code, parts in shares}
    left = whole - sum(floors.values())
    by_remainder = sorted(shares, key=lambda share: (-(whole * share[1] % 1_000_000), share[0]))
    for code, _ in by_remainder[:left]:
        floors[code] += 1
    return {code: sign * part for code, part in floors.items()}

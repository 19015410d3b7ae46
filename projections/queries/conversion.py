"""Conversion to the reporting currency, and apportioning of amounts so that the parts add up exactly."""

from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction
from operator import itemgetter
from typing import NamedTuple

from ledger.domain.dates import days_between
from ledger.domain.money import decimals
from projections.queries.bitemporal import Queries


class Converted(NamedTuple):
    """An amount in minor units of the reporting currency, and the entries of the rate used."""

    minor: int
    entries: tuple[int, ...]


class _Rate(NamedTuple):
    """What one unit of a currency is worth in another, as a text, and the entry that records it."""

    rate: str
    is_inverse: bool
    entry: int

    @property
    def factor(self) -> Fraction:
        """The exact factor: a decimal reciprocal of a rate would round some halves the wrong way."""
        return 1 / Fraction(self.rate) if self.is_inverse else Fraction(self.rate)


class _Pair:
    """The rates from one currency to another, by day; the latest entry of a day counts."""

    def __init__(self) -> None:
        self.by_day: dict[str, _Rate] = {}
        self._days: list[str] = []

    def days_until(self, day: str) -> Iterator[str]:
        """Yield the days with a rate, up to a day, latest first."""
        if len(self._days) != len(self.by_day):
            self._days = sorted(self.by_day)
        return (self._days[place] for place in range(bisect_right(self._days, day) - 1, -1, -1))


ANY_AGE = "of any age"
"""Printed for the greatest age of a rate where no setting limits it."""


class Converter:
    """Converts with the latest rate on or before the day of the amount; without a rate an amount is not converted.

    A rate is used in both directions. Where two currencies have none, they convert across a third for which both have a
    rate of the same day: on the latest such day, and of several such currencies across the one that sorts first. The
    setting `rates.max-age-days` limits the age of rates, if it is set.
    """

    def __init__(self, queries: Queries) -> None:
        """Read the rates and settings at the as-of of the queries."""
        self.currency = queries.reporting_currency()
        settings = queries.settings()
        max_age = settings.get("rates.max-age-days")
        self.max_age_days = None if max_age is None else int(max_age.value)
        self._age_entry = () if max_age is None else (max_age.entry,)
        self._rates: dict[str, dict[str, _Pair]] = {}
        for row in queries.rates():  # in order of day and entry
            for of, into in ((row.base, row.quote), (row.quote, row.base)):
                pair = self._rates.setdefault(of, {}).setdefault(into, _Pair())
                known = pair.by_day.get(row.effective_on)
                if known is None or known.entry < row.entry:
                    pair.by_day[row.effective_on] = _Rate(row.rate, of == row.quote, row.entry)
        self._factors: dict[tuple[str, str], tuple[int, int, tuple[int, ...]] | None] = {}

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
        legs = self._direct(currency, day) or self._across(currency, day)
        if not legs:
            return None
        factor = Fraction(10) ** (decimals(self.currency.value) - decimals(currency))
        for leg in legs:
            factor *= leg.factor
        return factor.numerator, factor.denominator, (*(leg.entry for leg in legs), *self._age_entry)

    def _direct(self, currency: str, day: str) -> list[_Rate]:
        """Return the rate between a currency and the reporting currency; empty if none can be used on the day."""
        pair = self._rates.get(currency, {}).get(self.currency.value)
        last = next(pair.days_until(day), None) if pair else None
        return [pair.by_day[last]] if pair and last and self._is_fresh(last, day) else []

    def _across(self, currency: str, day: str) -> list[_Rate]:
        """Return the two rates by which a currency converts across a third; empty if there are none."""
        best, legs = "", list[_Rate]()
        for _, first, second in sorted(self._ways(currency), key=itemgetter(0)):
            last = next((each for each in first.days_until(day) if each in second.by_day), "")
            if last > best and self._is_fresh(last, day):
                best, legs = last, [first.by_day[last], second.by_day[last]]
        return legs

    def _ways(self, currency: str) -> Iterator[tuple[str, _Pair, _Pair]]:
        for base, first in self._rates.get(currency, {}).items():
            second = self._rates[base].get(self.currency.value)
            if second is not None:
                yield base, first, second

    def _is_fresh(self, on: str, day: str) -> bool:
        return self.max_age_days is None or days_between(on, day) <= self.max_age_days


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

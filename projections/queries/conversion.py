"""Amounts in the reporting currency, and amounts shared out so that the parts add up to the cent."""

from fractions import Fraction
from typing import NamedTuple

from ledger.domain.dates import days_between
from ledger.domain.money import decimals
from projections.queries.queries import Queries


class Converted(NamedTuple):
    """An amount in minor units of the reporting currency, and the entries of the rate that was used."""

    minor: int
    entries: tuple[int, ...]


class _Rate(NamedTuple):
    on: str
    entry: int
    factor: Fraction


class Converter:
    """Converts with the latest rate on or before the day of the amount; without one the amount is not recorded.

    A rate of the pair counts in either direction. A setting may say how old a rate may be (`rates.max-age-days`).
    """

    def __init__(self, queries: Queries) -> None:
        """Know the rates and settings as of the queries."""
        self.currency = queries.reporting_currency()
        settings = queries.settings()
        held = settings.get("rates.max-age-days")
        self.most_days = None if held is None else int(held.value)
        self._age_entry = () if held is None else (held.entry,)
        self._rates: dict[str, list[_Rate]] = {}
        for row in queries.rates():
            rate = Fraction(row.rate)
            if row.quote == self.currency.value:
                self._rates.setdefault(row.base, []).append(_Rate(row.effective_on, row.entry, rate))
            elif row.base == self.currency.value:
                self._rates.setdefault(row.quote, []).append(_Rate(row.effective_on, row.entry, 1 / rate))
        self._factors: dict[tuple[str, str], tuple[int, int, tuple[int, ...]] | None] = {}
        for found in self._rates.values():
            found.sort(key=lambda rate: (rate.on, rate.entry))

    def convert(self, currency: str, minor: int, day: str) -> Converted | None:
        """Return the amount in the reporting currency, rounded half to even; None without a rate for the day."""
        worth = self.worth(currency, minor, day)
        factor = None if currency == self.currency.value else self._factor(currency, day)
        return None if worth is None else Converted(worth, factor[2] if factor else ())

    def worth(self, currency: str, minor: int, day: str) -> int | None:
        """Return the amount alone that `convert` gives."""
        if currency == self.currency.value:
            return minor
        factor = self._factor(currency, day)
        return None if factor is None else _rounded(minor * factor[0], factor[1])

    def _factor(self, currency: str, day: str) -> tuple[int, int, tuple[int, ...]] | None:
        """Return what minor units are multiplied by and divided by, and the entries of the rate of the day."""
        try:
            return self._factors[currency, day]
        except KeyError:
            found = self._factors[currency, day] = self._looked_up(currency, day)
            return found

    def _looked_up(self, currency: str, day: str) -> tuple[int, int, tuple[int, ...]] | None:
        rate = next((one for one in reversed(self._rates.get(currency, [])) if one.on <= day), None)
        if rate is None or (self.most_days is not None and days_between(rate.on, day) > self.most_days):
            return None
        # Fractions are exact: the reciprocal of a rate as a decimal number would round some halves the wrong way.
        factor = rate.factor * Fraction(10) ** (decimals(self.currency.value) - decimals(currency))
        return factor.numerator, factor.denominator, (rate.entry, *self._age_entry)


def _rounded(whole: int, by: int) -> int:
    """Return the quotient, rounded half to even."""
    quotient, rest = divmod(whole, by)
    return quotient + (2 * rest > by or (2 * rest == by and quotient % 2))


def shared_out(minor: int, shares: list[tuple[str, int]]) -> dict[str, int]:
    """Return the parts of an amount by largest remainder; shares are parts of a million that add up to it.

    The parts add up to `minor` exactly; of equal remainders the code that sorts first gets the odd unit.
    """
    sign, whole = (-1 if minor < 0 else 1), abs(minor)
    floors = {code: whole * parts // 1_000_000 for code, parts in shares}
    left = whole - sum(floors.values())
    by_remainder = sorted(shares, key=lambda share: (-(whole * share[1] % 1_000_000), share[0]))
    for code, _ in by_remainder[:left]:
        floors[code] += 1
    return {code: sign * part for code, part in floors.items()}

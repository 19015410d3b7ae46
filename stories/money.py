"""Amounts as organisations agree on them: round, in a currency of their own, exact to its minor unit."""

from dataclasses import dataclass

from stories.rng import Rng

DECIMALS = {"USD": 2, "CHF": 2, "EUR": 2, "JPY": 0, "KWD": 3}
WORTH = {"USD": 1000, "CHF": 1080, "EUR": 1100, "JPY": 7, "KWD": 3260}
"""About how many thousandths of a dollar a unit is worth, for amounts of like size in each currency."""
CURRENCIES = (("USD", 50), ("CHF", 20), ("EUR", 17), ("JPY", 8), ("KWD", 5))


@dataclass(frozen=True, slots=True)
class Purse:
    """The money of an engagement: its currency and about how much, in minor units."""

    currency: str
    total: int

    def amount(self, minor: int) -> dict[str, str]:
        """Return minor units as commands have money."""
        places = DECIMALS[self.currency]
        digits = str(minor).rjust(places + 1, "0")
        return {"currency": self.currency, "value": f"{digits[:-places]}.{digits[-places:]}" if places else digits}

    def part(self, per_cent: int, of: int | None = None) -> int:
        """Return a percentage of an amount (by default of the total), rounded to ten units."""
        ten = int(10 ** (DECIMALS[self.currency] + 1))
        return max(ten, (self.total if of is None else of) * per_cent // 100 // ten * ten)

    def odd(self, minor: int, rng: Rng) -> int:
        """Return an amount a little below another, as invoices have it."""
        return minor - rng.below(max(1, minor // 40))


def purse(rng: Rng, least: int, most: int) -> Purse:
    """Return an amount between two bounds in thousand dollars, rarely near the upper one."""
    currency = rng.weighted(CURRENCIES)
    thousands = least + min(rng.below(most - least + 1), rng.below(most - least + 1))
    units = thousands * 1_000_000 // WORTH[currency]
    step = 10 ** max(3, len(str(units)) - 2)
    rounded = max(step, units // (step // 2) * (step // 2))
    return Purse(currency, rounded * 10 ** DECIMALS[currency])

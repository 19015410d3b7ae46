"""The threshold that controls measure by, on each day, and what amounts are worth in its currency."""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.domain.money import Money
from projections.compliance.records import Held, last_until
from projections.compliance.versions import Versions
from projections.queries.bitemporal import Queries
from projections.queries.conversion import Converter
from projections.tables.named import settings


class Limit(NamedTuple):
    """A threshold: the amount, and the entry that sets it."""

    amount: Money
    entry: int


class Threshold:
    """From which amount an engagement is financially material, by the guidelines in force on a day or by the setting.

    Where several sets of guidelines state an amount, that of the set whose name sorts first counts.
    """

    def __init__(self, queries: Queries) -> None:
        """Read guidelines, settings and rates."""
        self.converter = Converter(queries)
        self._versions = Versions.recorded(queries)
        rows = queries.rows(settings, settings.c.name == "materiality.threshold")
        self._settings = [Held(row.effective_on, row.entry, Money.parse(row.value)) for row in rows]
        self._on: dict[str, Limit | None] = {}

    def is_recorded(self) -> bool:
        """Return whether a threshold is recorded for some day."""
        amounts = (version.guidelines.materiality.financial for version in self._versions.all())
        return bool(self._settings) or any(amount is not None for amount in amounts)

    def on(self, day: str) -> Limit | None:
        """Return the threshold on a day; None if there was none."""
        if day not in self._on:
            self._on[day] = self._look_up(day)
        return self._on[day]

    def _look_up(self, day: str) -> Limit | None:
        for name in sorted(self._versions.by_set):
            version = self._versions.in_force(name, day)
            if version is not None and version.guidelines.materiality.financial is not None:
                return Limit(version.guidelines.materiality.financial, version.entry)
        held = last_until(self._settings, day)
        return None if held is None else Limit(held.value, held.entry)

    def compared(self, currency: str, minor: int, day: str) -> tuple[int, int, Limit] | None:
        """Return an amount and the threshold in minor units of the same currency; None without threshold or rate."""
        limit = self.on(day)
        if limit is None:
            return None
        if currency == limit.amount.currency:
            return minor, limit.amount.minor, limit
        worth = self.converter.worth(currency, minor, day)
        least = self.converter.worth(limit.amount.currency, limit.amount.minor, day)
        return None if worth is None or least is None else (worth, least, limit)

    def common_currency(self, currencies: Sequence[str]) -> str:
        """Return the currency in which these amounts are added up: their own, or else the reporting currency."""
        return currencies[0] if len({*currencies}) == 1 else self.converter.currency.value

    def in_currency(self, currency: str, amount: Money, day: str) -> int | None:
        """Return what an amount is worth in a currency, which is its own or the reporting one; None without a rate."""
        if amount.currency == currency:
            return amount.minor
        return self.converter.worth(amount.currency, amount.minor, day)

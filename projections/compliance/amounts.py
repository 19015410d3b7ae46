"""Whether amounts of an engagement reach the amount of a rule, in whatever currency they are recorded."""

from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from ledger.domain.money import Money, from_minor
from projections.compliance.answers import Answer
from projections.compliance.records import Record
from projections.queries.conversion import Converter
from projections.tables import named as schema

_WITHHELD_WITH = {
    "signed": ("financials",), "ceiling": ("financials",), "in-kind": ("financials",),
    "ordered": ("service-orders",), "paid": ("financials", "service-orders"),
}  # fmt: skip
"""The facets with which a source withholds each measure."""
WITHHELD = "the amounts, which the source withholds"
"""What is missing where a source withholds a measure."""


class Sum(NamedTuple):
    """An amount by currency in minor units, and the entries that it is the sum of."""

    by_currency: dict[str, int]
    entries: tuple[int, ...]

    def __str__(self) -> str:
        if not self.by_currency:
            return "nothing"
        texts = [str(from_minor(currency, minor)) for currency, minor in sorted(self.by_currency.items()) if minor]
        return " and ".join(texts) or "nothing"


NONE = Sum({}, ())
"""The sum of nothing."""


def reaches(total: Sum, amount: Money, day: str, converter: Converter) -> Answer:
    """Return whether a sum reaches an amount at the rates of a day; None if a currency without a rate decides it."""
    own = {currency: minor for currency, minor in total.by_currency.items() if minor}
    if own.keys() <= {amount.currency}:
        holds = own.get(amount.currency, 0) >= amount.minor
        return Answer(holds, f"{total}, {_against(holds, amount)}", total.entries)
    entries, known, unknown = set(total.entries), 0, []
    limit = converter.convert(amount.currency, amount.minor, day)
    for currency, minor in own.items():
        worth = converter.convert(currency, minor, day) if limit is not None else None
        if worth is None:
            unknown.append(currency)
        else:
            known += worth.minor
            entries.update(worth.entries)
    if limit is None:
        unknown.append(amount.currency)
    elif known >= limit.minor or not unknown:
        holds, entries = known >= limit.minor, entries.union(limit.entries)
        reported = from_minor(converter.currency.value, known)
        return Answer(holds, f"{total}, worth {reported} on {day}, {_against(holds, amount)}", tuple(sorted(entries)))
    missing = tuple(
        f"a rate of {currency} to {converter.currency.value} for {day}" for currency in sorted(set(unknown))
    )
    return Answer(None, f"{total}, not comparable with {amount} on {day}", total.entries, missing)


@lru_cache
def _against(holds: bool, amount: Money) -> str:
    return f"which reaches {amount}" if holds else f"less than {amount}"


def measured(record: Record, measure: str, day: str) -> Sum:
    """Return a measure of an engagement up to a day."""
    if measure == "ceiling":
        held = record.fact("ceiling", day)
        if held is None:
            return NONE
        ceiling = Money.parse(held.value)
        return Sum({ceiling.currency: ceiling.minor}, (held.entry,))
    days, sums = _sums(record, measure)
    return sums[bisect_right(days, day)]


def _sums(record: Record, measure: str) -> tuple[list[str], list[Sum]]:
    """Return the days of the movements of a measure, and the sums before the first and after each."""
    found: tuple[list[str], list[Sum]] | None = record.sums.get(measure)
    if found is None:
        by_currency: dict[str, int] = {}
        entries: set[int] = set()
        days, sums = found = record.sums[measure] = [], [NONE]
        for row in record.movements(measure):
            by_currency[row.currency] = by_currency.get(row.currency, 0) + row.minor
            entries.add(row.entry)
            days.append(row.effective_on)
            sums.append(Sum(dict(by_currency), tuple(sorted(entries))))
    return found


def measure_reaches(record: Record, measure: str, amount: Money, day: str, converter: Converter) -> Answer:
    """Return whether a measure of an engagement reaches an amount on a day.

    Of what the source withholds, only that it reaches the amount can be known, from what is recorded nevertheless.
    Nothing recorded and nothing withheld is nought.
    """
    answer = reaches(measured(record, measure, day), amount, day, converter)
    answer = answer._replace(said=f"{measure}: {answer.said}")
    facets, entry = record.withheld(day)
    hidden = [facet for facet in _WITHHELD_WITH[measure] if facet in facets]
    if not hidden or answer.holds:
        return answer
    return Answer(None, f"{measure}: withheld by the source", (*answer.entries, entry), (WITHHELD,))


def order_sum(record: Record, number: str, day: str, until_entry: int | None = None) -> Sum:
    """Return what a service order comes to on a day, without what its end released; up to an entry if one is given."""
    issues = {row.entry for row in record.rows(schema.order_facts) if row.fact == "vendor"}
    ends = {row.entry for row in record.rows(schema.order_facts) if row.fact == "status"} - issues
    by_currency: dict[str, int] = {}
    entries = []
    for row in record.movements("ordered"):
        if row.order_number != number or row.entry in ends or row.effective_on > day:
            continue
        by_currency[row.currency] = by_currency.get(row.currency, 0) + row.minor
        entries.append(row.entry)
        if row.entry == until_entry:
            break
    return Sum(by_currency, tuple(sorted(set(entries))))

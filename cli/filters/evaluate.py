"""What a filter says of a row, and the order of rows."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from cli.filters.columns import Kind, ListColumn, is_withheld
from cli.filters.expression import Absent, Condition, Filter
from cli.filters.literals import Interval
from ledger.domain.money import Money

Row = dict[str, Any]


def matches(filters: Iterable[Filter], row: Row) -> bool:
    """Return whether all filters hold of a row."""
    return all(any(all(_holds(each, row) for each in every) for every in alternatives) for alternatives in filters)


def _holds(condition: Condition, row: Row) -> bool:
    return _compares(condition, row) is not condition.is_negated


def _compares(condition: Condition, row: Row) -> bool:
    column, value = condition.column, condition.value
    if isinstance(value, Absent):
        return not values(column, row) and is_withheld(column, row) is value.is_withheld
    if isinstance(value, Interval):
        own = [each for each, currency in values(column, row) if currency == value.currency]
        return any(_is_placed(condition.operator, each, value) for each in own)
    if condition.operator == "~":
        wanted = plain(value)
        return any(wanted in plain(text) for text in texts(column, row))
    if column.kind is Kind.PARTY:
        return value in _listed(row[column.of])
    return any(_same(text, value) for text in texts(column, row))


def _is_placed(operator: str, value: Any, among: Interval) -> bool:
    if operator == "=":
        return bool(among.low <= value <= among.high)
    if operator in ("<", ">="):
        return bool((value < among.low) is (operator == "<"))
    return bool((value > among.high) is (operator == ">"))


def values(column: ListColumn, row: Row) -> list[tuple[Any, str]]:
    """Return the values of a column in a row: of amounts minor units and currency, else the value and ''."""
    value = row[column.key]
    if value in (None, "", []):
        return []
    if column.kind is Kind.AMOUNT:
        amounts = [Money.parse(text) for text in _listed(value)]
    elif column.kind is Kind.MONEY:
        amounts = [Money(row[column.of], value)]
    else:
        return [(Decimal(value) if column.kind is Kind.NUMBER else each, "") for each in _listed(value)]
    return [(amount.minor, amount.currency) for amount in amounts]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def texts(column: ListColumn, row: Row) -> Iterator[str]:
    """Yield the texts of a column in a row; of parties names and references."""
    yield from map(str, _listed(row[column.key]))
    if column.kind is Kind.PARTY and column.of != column.key:
        yield from _listed(row[column.of])


def _same(text: str, wanted: str) -> bool:
    return unicodedata.normalize("NFC", text).casefold() == unicodedata.normalize("NFC", wanted).casefold()


def plain(text: str) -> str:
    """Return a text without case and marks: who looks for `geneve` finds `Genève`."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def ordered(rows: Sequence[Row], by: Sequence[tuple[ListColumn, bool]]) -> list[Row]:
    """Return rows in the order of columns, each rising or (True) falling; rows without a value come last.

    Amounts are ordered by their currency first: amounts of different currencies are not compared.
    """
    result = list(rows)
    for column, is_falling in reversed(by):
        there = [row for row in result if values(column, row)]
        there.sort(key=lambda row: _rank(column, row), reverse=is_falling)
        if column.kind.is_amount:
            there.sort(key=lambda row: min(values(column, row), key=_currency)[1])
        result = [*there, *(row for row in result if not values(column, row))]
    return result


def _rank(column: ListColumn, row: Row) -> Any:
    if column.kind.is_amount:
        return min(values(column, row), key=_currency)[0]
    if column.kind.is_ordered:
        return values(column, row)[0][0]
    return [plain(str(value)) for value, _ in values(column, row)]


def _currency(amount: tuple[int, str]) -> str:
    return amount[1]

"""Typed columns: what the values of a column are, and so what a filter or an order may say of it."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any, NamedTuple


class Kind(Enum):
    """The type of the values in a column, named as errors name it."""

    TEXT = "text"
    TEXTS = "a list of texts"
    CHOICE = "one of a few words"
    ENGAGEMENT = "a reference of an engagement"
    PARTY = "a party"
    DAY = "a day"
    NUMBER = "a number"
    AMOUNT = "an amount of money"
    MONEY = "an amount of money whose currency is in another column"

    @property
    def is_ordered(self) -> bool:
        """Whether values can be less or more than others."""
        return self in (Kind.DAY, Kind.NUMBER, Kind.AMOUNT, Kind.MONEY)

    @property
    def is_amount(self) -> bool:
        """Whether values are amounts of money."""
        return self in (Kind.AMOUNT, Kind.MONEY)

    @property
    def operators(self) -> tuple[str, ...]:
        """The operators that a filter may apply."""
        return ("=", "!=", "<", "<=", ">", ">=") if self.is_ordered else ("=", "!=", "~", "!~")


class ListColumn(NamedTuple):
    """A column of a list: a member of its rows in JSON."""

    key: str
    kind: Kind = Kind.TEXT
    of: str = ""
    """Of a party, the member with the references; of MONEY, the member with the currency."""
    values: tuple[str, ...] = ()
    """The words of a CHOICE."""
    withheld: str = ""
    """What a source may withhold, so that an empty value means `not disclosed`; `*`: every empty value means that."""
    instead: Mapping[str, str] = MappingProxyType({})
    """Of a CHOICE, filters for words that it does not have, by word."""
    is_on_request: bool = False
    """Whether rows have it only if a filter, an order or a choice of columns names it."""

    @property
    def name(self) -> str:
        """The key as tables show it."""
        return self.key.replace("_", " ")


def column_named(name: str, columns: Sequence[ListColumn]) -> ListColumn | None:
    """Return the column that a name means, or None.

    `ends` means `ends_on` where there is no `ends`, and `party` the first column of parties.
    """
    key = name.strip().casefold().replace("-", "_").replace(" ", "_")
    found = [column for column in columns if column.key.casefold() == key]
    found = found or [column for column in columns if column.key.casefold() == f"{key}_on"]
    if not found and key in ("party", "parties"):
        found = [column for column in columns if column.kind is Kind.PARTY]
    return found[0] if found else None


def standing(columns: Sequence[ListColumn]) -> Iterator[ListColumn]:
    """Yield the columns that rows always have."""
    return (column for column in columns if not column.is_on_request)


def is_withheld(column: ListColumn, row: Mapping[str, Any]) -> bool:
    """Return whether a value that a row does not have is not disclosed."""
    return column.withheld == "*" or (bool(column.withheld) and column.withheld in row.get("withheld", ()))

"""The errors of filters, orders and choices of columns: what does not exist is refused, with what was perhaps meant."""

from collections.abc import Iterable, Sequence

from cli.filters.columns import Kind, ListColumn
from ledger.domain.errors import USAGE, LedgerError, did_you_mean

OPERATORS = ("=", "!=", "~", "!~", "<", "<=", ">", ">=")
MEANT = {"=>": ">=", "=<": "<=", "==": "=", "<>": "!=", "=!": "!=", "=~": "~", "~=": "~", "!": "!=", "><": "!="}
"""What other languages write, and how it is written here."""
EXAMPLES = {
    Kind.DAY: "a day (2026-06-30), a month (2026-06), a year (2026), 'today', days from today (+90d, -2w, +3m, +1y), "
    "or a period (2026-01..2026-06)",
    Kind.NUMBER: "a number like 12",
    Kind.AMOUNT: "an amount with its currency, like '100000 USD' or '100k USD'",
    Kind.MONEY: "an amount with its currency, like '100000 USD' or '100k USD'",
}
"""How values are written, by kind."""


class BadFilter(LedgerError):
    """A filter cannot be read."""

    code = "bad-filter"
    exit = USAGE

    def __init__(self, text: str, hint: str = "") -> None:
        """Refuse the filter `text`."""
        example = "Write COLUMN OPERATOR VALUE, like 'ends<=+90d', 'party=EY' or 'title~school' (docs/finding.md)."
        super().__init__(f"'{text}' is not a filter.", hint or example)


class UnknownOperator(BadFilter):
    """A filter has an operator that does not exist."""

    code = "unknown-operator"

    def __init__(self, operator: str, text: str) -> None:
        """Refuse `operator` in the filter `text`."""
        meant = [MEANT[operator]] if operator in MEANT else []
        super().__init__(text, f"{did_you_mean(meant)} The operators are {' '.join(OPERATORS)}.".strip())
        self.sentence = f"There is no operator '{operator}'."


class OperatorOfOtherKind(BadFilter):
    """A filter applies an operator to a column whose values it does not fit."""

    code = "operator-does-not-fit"

    def __init__(self, operator: str, column: ListColumn, text: str) -> None:
        """Refuse `operator` for `column` in the filter `text`."""
        super().__init__(text, f"{column.key} takes {' '.join(column.kind.operators)}.")
        self.sentence = f"'{operator}' does not fit {column.key}, which is {column.kind.value}."


class BadValue(BadFilter):
    """A filter compares a column with a value of another type."""

    code = "bad-filter-value"

    def __init__(self, value: str, column: ListColumn, hint: str = "") -> None:
        """Refuse `value` for `column`."""
        super().__init__(value, hint or f"Write {EXAMPLES[column.kind]}.")
        self.sentence = f"'{value}' cannot be compared with {column.key}, which is {column.kind.value}."


class UnknownChoice(BadFilter):
    """A filter compares a column with a word that it never has."""

    code = "unknown-choice"

    def __init__(self, value: str, column: ListColumn) -> None:
        """Refuse `value` for `column`."""
        other = column.instead.get(value.casefold())
        near = f"Write '{other}'." if other else did_you_mean(near_words(value, column.values))
        super().__init__(value, f"{near} It is one of: {', '.join(column.values)}.".strip())
        self.sentence = f"{column.key} is never '{value}'."


class UnknownColumn(LedgerError):
    """A filter, an order or a choice of columns names a column that the list does not have."""

    code = "unknown-column"
    exit = USAGE

    def __init__(self, name: str, columns: Sequence[ListColumn]) -> None:
        """Refuse `name`; the list has `columns`."""
        keys = [column.key for column in columns]
        near = did_you_mean(near_words(name, keys))
        super().__init__(f"There is no column '{name}'.", f"{near} The columns are {', '.join(keys)}.".strip())


def near_words(word: str, known: Iterable[str]) -> list[str]:
    """Return the words most like a word, at most three."""
    import difflib

    by_key = {name.casefold(): name for name in known}
    return [by_key[key] for key in difflib.get_close_matches(word.casefold(), by_key, n=3)]

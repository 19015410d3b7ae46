"""The language of filters: `COLUMN OPERATOR VALUE`, joined by `and` and `or`, negated by `not`.

    ends=today..+90d and not status=suspended or party=EY

`and` binds before `or`. A value ends where `and` or `or` is followed by another condition, so that names need no
quotes: in `party=Ernst and Young`, the value is all of `Ernst and Young`. A value that reads like another condition is
written in double quotes.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from cli.filters.columns import Kind, ListColumn, column_named
from cli.filters.errors import OPERATORS, BadFilter, OperatorOfOtherKind, UnknownChoice, UnknownColumn, UnknownOperator
from cli.filters.literals import Interval, interval

ABSENT = ("none", "not recorded")
"""Words for a value that is not there."""
WITHHELD = "not disclosed"
"""The word for a value that the source withholds, or that no document disclosed."""

_HEAD = re.compile(r"\s*(not\s+)?([^\W\d][\w-]*)\s*([=<>!~]+)", re.IGNORECASE)
_JOINT = re.compile(r"\s+(and|or)\s+(?=(?:not\s+)?[^\W\d][\w-]*\s*[=<>!~])", re.IGNORECASE)
_OPEN = re.compile(r"\s(?:and|or)(?:\s+not)?$", re.IGNORECASE)
_QUOTED = re.compile(r'\s*"([^"]*)"')


class Resolver(Protocol):
    """Finds the records of a ledger that filters name."""

    def party(self, text: str) -> str:
        """Return the reference of the party with this reference or any of its names. Raises what finding it raises."""

    def engagement(self, text: str) -> str:
        """Return the reference of an engagement. Raises UnknownEngagement."""


class Absent(NamedTuple):
    """The value that is not there; `is_withheld` if it is there, but not disclosed."""

    is_withheld: bool


Value = str | Interval | Absent


class Condition(NamedTuple):
    """One comparison; it holds of no row without a value, unless it is negated."""

    column: ListColumn
    operator: str
    value: Value
    is_negated: bool


Filter = tuple[tuple[Condition, ...], ...]
"""Alternatives, each of conditions that must all hold."""


def parse(text: str, columns: Sequence[ListColumn], today: str, resolver: Resolver) -> Filter:
    """Parse a filter of a list with these columns; relative days count from `today`.

    Raises BadFilter, UnknownOperator, OperatorOfOtherKind, BadValue, UnknownChoice, UnknownColumn, and what the
    resolver raises.
    """
    alternatives: list[list[Condition]] = [[]]
    at = 0
    while True:
        head = _HEAD.match(text, at)
        if head is None:
            raise BadFilter(text)
        value, is_quoted, joint = _value(text, head.end())
        if not is_quoted and (not value or _OPEN.search(value)):
            raise BadFilter(text)
        alternatives[-1].append(_condition(text, head, value, columns, today, resolver))
        if joint is None:
            return tuple(map(tuple, alternatives))
        if joint[1].casefold() == "or":
            alternatives.append([])
        at = joint.end()


def _value(text: str, start: int) -> tuple[str, bool, re.Match[str] | None]:
    quoted = _QUOTED.match(text, start)
    if quoted and (not text[quoted.end() :].strip() or _JOINT.match(text, quoted.end())):
        return quoted[1], True, _JOINT.match(text, quoted.end())
    joint = _JOINT.search(text, start)
    return text[start : joint.start() if joint else None].strip(), False, joint


def _condition(
    text: str, head: re.Match[str], value: str, columns: Sequence[ListColumn], today: str, resolver: Resolver
) -> Condition:
    is_negated, name, operator = bool(head[1]), head[2], head[3]
    column = column_named(name, columns)
    if column is None:
        raise UnknownColumn(name, columns)
    if operator not in OPERATORS:
        raise UnknownOperator(operator, text)
    if operator not in column.kind.operators:
        raise OperatorOfOtherKind(operator, column, text)
    if operator.startswith("!"):
        is_negated, operator = not is_negated, operator.removeprefix("!")
    return Condition(column, operator, _typed(value, operator, column, today, resolver), is_negated)


def _typed(value: str, operator: str, column: ListColumn, today: str, resolver: Resolver) -> Value:
    word, kind = value.casefold(), column.kind
    if operator == "=" and (word == ABSENT[1] or (word == ABSENT[0] and kind not in (Kind.TEXT, Kind.CHOICE))):
        return Absent(is_withheld=False)
    if operator == "=" and word == WITHHELD and column.withheld:
        return Absent(is_withheld=True)
    if kind.is_ordered:
        return interval(value, column, today)
    if operator == "=" and kind in (Kind.PARTY, Kind.ENGAGEMENT):
        return resolver.party(value) if kind is Kind.PARTY else resolver.engagement(value)
    if operator == "=" and kind is Kind.CHOICE and word not in map(str.casefold, column.values):
        raise UnknownChoice(value, column)
    return value

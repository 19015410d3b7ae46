"""From an entry to the rows that it asserts: one function for each type of event, of the entry alone."""

from collections.abc import Callable, Iterator
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Table

from ledger.domain.kernel import BEGINNING, Event
from ledger.entry import Entry
from projections.schema import NEVER, PLACED, SUPERSEDED


class Row(NamedTuple):
    """One assertion before it is placed: the table and its facts."""

    table: Table
    facts: dict[str, Any]


E = TypeVar("E", bound=Event)
Projector = Callable[[Any, str], Iterator[Row]]

PROJECTORS: dict[type[Event], list[Projector]] = {}


def projects(*types: type[E]) -> Callable[[Callable[[Any, str], Iterator[Row]]], Callable[[Any, str], Iterator[Row]]]:
    """Mark a function `(event, name of the stream's thing) → rows` as projecting events of these types."""

    def mark(function: Projector) -> Projector:
        for one in types:
            # By module, in whatever order they are loaded: rows of an entry are numbered in this order.
            found = PROJECTORS.setdefault(one, [])
            found.append(function)
            found.sort(key=lambda made: made.__module__)
        return function

    return mark


def rows_of(entry: Entry, position: int, known_from: int) -> Iterator[tuple[Table, tuple[Any, ...]]]:
    """Yield the rows that an entry asserts, known from a position on: its own, or that of the void that revived it.

    A row has its values in the order of the columns of its table.
    """
    event = entry.event
    name = entry.stream.partition("/")[2]
    on = BEGINNING if event.timeless else entry.effective_on
    line = 0
    for projector in PROJECTORS.get(type(event), ()):
        for table, facts in projector(event, name):
            later, in_order = _shape(table)
            yield table, (position, line, known_from, None, on, *later, *in_order(facts))
            line += 1


@cache
def _shape(table: Table) -> tuple[tuple[Any, ...], Callable[[dict[str, Any]], tuple[Any, ...]]]:
    """Return what a new row says of being superseded, and what takes its facts from a dictionary in their order."""
    names = tuple(column.name for column in table.columns)
    later = SUPERSEDED if names[len(PLACED) :][: len(SUPERSEDED)] == SUPERSEDED else ()
    assert names[: len(PLACED)] == PLACED
    return ((NEVER, 0) if later else ()), itemgetter(*names[len(PLACED + later) :])

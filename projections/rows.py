"""From an entry to the rows that it asserts: one function for each type of event, of the entry alone."""

from collections.abc import Callable, Iterator
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Table

from ledger.domain.kernel import BEGINNING, Event
from ledger.entry import Entry


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
            PROJECTORS.setdefault(one, []).append(function)
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
            yield table, (position, line, known_from, None, on, *_in_order(table)(facts))
            line += 1


@cache
def _in_order(table: Table) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
    """Return what takes the facts of a row out of a dictionary, in the order of their columns."""
    placed = ("entry", "line", "known_from", "known_to", "effective_on")
    names = [column.name for column in table.columns]
    assert tuple(names[: len(placed)]) == placed
    return itemgetter(*names[len(placed) :])

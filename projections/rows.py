"""From an entry to the rows that it asserts: one function for each type of event, of the entry alone."""

from collections.abc import Callable, Iterator
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


def rows_of(entry: Entry, position: int, known_from: int) -> Iterator[tuple[Table, dict[str, Any]]]:
    """Yield the rows that an entry asserts, known from a position on: its own, or that of the void that revived it."""
    name = entry.stream.partition("/")[2]
    line = 0
    for projector in PROJECTORS.get(type(entry.event), ()):
        for table, facts in projector(entry.event, name):
            yield (
                table,
                {
                    "entry": position,
                    "line": line,
                    "known_from": known_from,
                    "known_to": None,
                    "effective_on": BEGINNING if entry.event.timeless else entry.effective_on,
                    **facts,
                },
            )
            line += 1

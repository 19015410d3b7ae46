"""The registry of projectors: functions from an event to the rows that it asserts.

A projector sees one entry alone, not the tables.
"""

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Table

from ledger.domain.kernel import BEGINNING, Event
from ledger.format.entry import Entry
from projections.tables.schema import NEVER, PLACED, SUPERSEDED


class Assertion(NamedTuple):
    """One assertion: a table and the facts of its row, without the key and intervals."""

    table: Table
    facts: dict[str, Any]


E = TypeVar("E", bound=Event)
Projector = Callable[[Any, str], Iterator[Assertion]]

MODULES = (
    "projections.projectors.disclosures",
    "projections.projectors.engagements",
    "projections.projectors.facets",
    "projections.projectors.money",
    "projections.projectors.orders",
    "projections.projectors.parties",
    "projections.projectors.oversight",
    "projections.projectors.merged",
    "projections.projectors.guidelines",
    "projections.projectors.findings",
)
"""The modules with projectors. The rows of an entry are numbered in this order, and the number is part of their key.

The order is stored in the tables: raise `version.VERSION` if you change it.
"""

_PROJECTORS: dict[type[Event], list[Projector]] = {}


def projects(
    *types: type[E],
) -> Callable[[Callable[[Any, str], Iterator[Assertion]]], Callable[[Any, str], Iterator[Assertion]]]:
    """Register a function `(event, reference of the stream) → assertions` as a projector of events of these types."""

    def register(function: Projector) -> Projector:
        for event_type in types:
            _PROJECTORS.setdefault(event_type, []).append(function)
        return function

    return register


@cache
def projectors() -> dict[type[Event], tuple[Projector, ...]]:
    """Import all MODULES and return the projectors of each type of event, in the order of MODULES."""
    for name in MODULES:
        import_module(name)
    return {
        event: tuple(sorted(registered, key=lambda projector: MODULES.index(projector.__module__)))
        for event, registered in _PROJECTORS.items()
    }


def rows_of(entry: Entry, position: int, known_from: int) -> Iterator[tuple[Table, tuple[Any, ...]]]:
    """Yield the rows that an entry asserts, as (table, values in the order of the columns).

    `known_from` is the position of the entry, or of the void of a void that restored it.
    """
    event = entry.event
    name = entry.stream.partition("/")[2]
    on = BEGINNING if event.timeless else entry.effective_on
    line = 0
    for projector in projectors().get(type(event), ()):
        for table, facts in projector(event, name):
            interval, in_order = _columns(table)
            yield table, (position, line, known_from, None, on, *interval, *in_order(facts))
            line += 1


@cache
def _columns(table: Table) -> tuple[tuple[Any, ...], Callable[[dict[str, Any]], tuple[Any, ...]]]:
    """Return the initial interval of a row of the table, and a function that puts a dictionary of facts in order."""
    names = tuple(column.name for column in table.columns)
    interval = SUPERSEDED if names[len(PLACED) :][: len(SUPERSEDED)] == SUPERSEDED else ()
    assert names[: len(PLACED)] == PLACED
    return ((NEVER, 0) if interval else ()), itemgetter(*names[len(PLACED + interval) :])

"""From an entry to the rows that it asserts: one function for each type of event, of the entry alone."""

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
    """One assertion before it is placed: the table and its facts."""

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
)
"""The modules with projectors: rows of an entry are numbered in this order, and the number is part of their key.

The order is stored in tables: who changes it raises `schema.VERSION`.
"""

_PROJECTORS: dict[type[Event], list[Projector]] = {}


def projects(
    *types: type[E],
) -> Callable[[Callable[[Any, str], Iterator[Assertion]]], Callable[[Any, str], Iterator[Assertion]]]:
    """Mark a function `(event, name of the stream's thing) → rows` as projecting events of these types."""

    def mark(function: Projector) -> Projector:
        for one in types:
            _PROJECTORS.setdefault(one, []).append(function)
        return function

    return mark


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
    """Yield the rows that an entry asserts, known from a position on: its own, or that of the void that revived it.

    A row has its values in the order of the columns of its table.
    """
    event = entry.event
    name = entry.stream.partition("/")[2]
    on = BEGINNING if event.timeless else entry.effective_on
    line = 0
    for projector in projectors().get(type(event), ()):
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

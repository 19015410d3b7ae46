"""The tables of `schema` by their names, without SQLAlchemy, for modules of queries; to a type checker its own."""

from typing import TYPE_CHECKING, Any

from projections.tables.kept import kept
from projections.tables.noted import Noted, NotedTable

if TYPE_CHECKING:
    from projections.tables.schema import *  # noqa: F403 - all that it defines


def named(table: Any) -> Any:
    """Return a table of `schema` by its name; what is noted already as it is."""
    return table if isinstance(table, Noted) else __getattr__(table.name)


def __getattr__(name: str) -> NotedTable:
    if name.startswith("__"):
        raise AttributeError(name)
    if name not in globals():
        globals()[name] = NotedTable(name, kept().columns(name))
    table: NotedTable = globals()[name]
    return table

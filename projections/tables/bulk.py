"""Bulk writes of rows, past the processing of each value."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, bindparam, insert, select, update

Closing = tuple[int, int]
"""An entry whose rows are closed, and the position of the void that closes them."""
Key = tuple[int, int, int]
"""Primary key of a row: entry, line, and the position from which it is known."""


def add(db: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows whose values are in the order of the columns of their table."""
    # Use the driver directly: SQLAlchemy would process each value of each row again.
    db.exec_driver_sql(_insertion(table, db.dialect), list(rows))


def close(db: Connection, table: Table, closings: Sequence[Closing]) -> None:
    """Close the rows of entries that are open at a position, in the order given."""
    parameters = [{"entry_": entry, "position_": position} for entry, position in closings]
    open_rows = (table.c.entry == bindparam("entry_")) & table.c.known_to.is_(None)
    # A row that a later void restores is known from that void on: an earlier void must not close it.
    open_then = open_rows & (table.c.known_from < bindparam("position_"))
    db.execute(update(table).where(open_then).values(known_to=bindparam("position_")), parameters)


@cache
def _insertion(table: Table, dialect: Dialect) -> str:
    return str(insert(table).compile(dialect=dialect))


def change(db: Connection, table: Table, changes: Sequence[tuple[Any, Key]]) -> None:
    """Update the interval columns of the rows with these keys; `changes` are pairs of (interval, key)."""
    values = [(row.known_to, row.superseded_on, row.superseded_at, *key) for row, key in changes]
    if values:
        db.exec_driver_sql(_CHANGE.format(table.name), values)


def split(db: Connection, table: Table, splits: Sequence[tuple[Any, Key]]) -> None:
    """Copy the rows with these keys, with other intervals; `splits` are pairs of (interval, key)."""
    if splits:
        facts = [column.name for column in table.columns if column.name not in ("entry", "line", *_INTERVAL)]
        interval = [bindparam(f"{name}_", type_=table.c[name].type) for name in _INTERVAL]
        source = select(table.c.entry, table.c.line, *interval, *(table.c[name] for name in facts))
        keys = [table.c[name] == bindparam(f"key_{name}") for name in ("entry", "line", "known_from")]
        copies = insert(table).from_select(["entry", "line", *_INTERVAL, *facts], source.where(*keys))
        parameters = [
            {f"{name}_": getattr(row, name) for name in _INTERVAL}
            | dict(zip(("key_entry", "key_line", "key_known_from"), key, strict=True))
            for row, key in splits
        ]
        db.execute(copies, parameters)


_INTERVAL = ("known_from", "known_to", "superseded_on", "superseded_at")
_CHANGE = """UPDATE {} SET known_to = ?, superseded_on = ?, superseded_at = ?
WHERE entry = ? AND line = ? AND known_from = ?"""

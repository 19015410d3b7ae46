"""Writing many rows at once, in the way that is quickest for each database."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, bindparam, insert, update

Closing = tuple[int, int]
"""The entry whose rows are closed, and the position that closes them."""


def add(db: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows whose values are in the order of the columns of their table."""
    # Straight to the driver: SQLAlchemy would look at each value of each row once more.
    if db.dialect.name == "postgresql":
        driver: Any = db.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        db.exec_driver_sql(_insertion(table, db.dialect), list(rows))


def close(db: Connection, table: Table, closings: Sequence[Closing]) -> None:
    """Close the rows of entries that are open at a position, in the order given."""
    told = [{"entry_": entry, "position_": position} for entry, position in closings]
    open_rows = (table.c.entry == bindparam("entry_")) & table.c.known_to.is_(None)
    # What a later void brings back is known from there on: an earlier one does not close it.
    open_then = open_rows & (table.c.known_from < bindparam("position_"))
    db.execute(update(table).where(open_then).values(known_to=bindparam("position_")), told)


@cache
def _insertion(table: Table, dialect: Dialect) -> str:
    return str(insert(table).compile(dialect=dialect))

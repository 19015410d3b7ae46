"""Verifying the projections: row by row, they must equal a rebuild from the log."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from ledger.application.ledger import Ledger
from ledger.verify.findings import Finding
from projections.runner.follow import catch_up, is_of_log, schema, tracked
from projections.runner.location import place_for
from projections.runner.place import Place, engine_at
from projections.tables.schema import ASSERTIONS

_AT_ONCE = 2_000
"""The number of rows of each side in memory."""


def compare(ledger: Ledger, progress: Callable[[int], None] | None = None) -> list[Finding]:
    """Rebuild the projections in a temporary file and return the first difference of each table.

    This is step 16 of the procedure. Projections that are behind the log are brought to its end first: being behind is
    no fault. Tables of another log or version are no fault either: they are rebuilt when they are next read.
    """
    place = place_for(ledger.store.url)
    if not place.exists():
        return []
    try:
        return _compared(ledger, place, progress)
    except Exception as error:
        if not place.is_database_error(error):
            raise
        if place.is_transient(error):
            raise place.translate(error) from error
        what = f"{place.name} cannot be read as projections; they are rebuilt when next needed"
        return [Finding("projection-broken", None, what)]


def _compared(ledger: Ledger, place: Place, progress: Callable[[int], None] | None) -> list[Finding]:
    stored = place.engine()
    try:
        with stored.connect() as db:
            if not is_of_log(ledger, tracked(db)):
                return []
        catch_up(ledger, stored)
        # One snapshot, and a rebuild up to its position: other processes may record and follow meanwhile.
        with stored.connect() as db, tempfile.TemporaryDirectory() as folder:
            at = tracked(db)
            assert at is not None
            rebuilt = engine_at(Path(folder) / "rebuilt.db")
            try:
                catch_up(ledger, rebuilt, progress, at[0])
                with rebuilt.connect() as expected:
                    found = [finding for table in ASSERTIONS if (finding := _difference(table, db, expected))]
                    return [*_schema_differences(db, expected), *found]
            finally:
                rebuilt.dispose()
    finally:
        stored.dispose()


def _schema_differences(stored: Connection, rebuilt: Connection) -> list[Finding]:
    """Compare the text of every table and index, and find triggers and views; on a server this is step 1."""
    if stored.dialect.name != "sqlite":
        return []
    found, expected = schema(stored), schema(rebuilt)
    names = [name for name in sorted(found.keys() | expected.keys()) if found.get(name) != expected.get(name)]
    return [Finding.of("projection-differs", None, f"{kind} {name} is not as it was made") for kind, name in names]


def _difference(table: Table, stored: Connection, rebuilt: Connection) -> Finding | None:
    for row_stored, row_rebuilt in _paired(_rows(table, stored), _rows(table, rebuilt)):
        if row_stored != row_rebuilt:
            row = row_rebuilt or row_stored
            assert row is not None
            differing = f"has {_text(table, row_stored)}, the log gives {_text(table, row_rebuilt)}"
            return Finding("projection-differs", row[0], f"the projection {table.name} {differing}")
    return None


def _paired(stored: Iterator[Any], rebuilt: Iterator[Any]) -> Iterator[tuple[Any, Any]]:
    while True:
        pair = next(stored, None), next(rebuilt, None)
        if pair == (None, None):
            return
        yield pair


def _rows(table: Table, db: Connection) -> Iterator[Any]:
    # In batches: a table may be larger than memory.
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=_AT_ONCE)
    with db.execute(query) as rows:
        for row in rows:
            yield tuple(row)


def _text(table: Table, row: Any) -> str:
    if row is None:
        return "no row"
    return ", ".join(f"{column.name} {value}" for column, value in zip(table.columns, row, strict=True))

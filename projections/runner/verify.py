"""Checking the projections: they are what a rebuild from the log gives, row by row."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from ledger.application.ledger import Ledger
from ledger.verify.findings import Finding
from projections.runner.follow import catch_up, fits, tracked
from projections.runner.location import engine_at, place_for
from projections.runner.place import NoRight, Place
from projections.tables.schema import ASSERTIONS

_AT_ONCE = 2_000
"""How many rows of each side are held at a time."""


def compare(ledger: Ledger, progress: Callable[[int], None] | None = None) -> list[Finding]:
    """Rebuild the projections apart and return the first difference of each table (step 15 of the procedure).

    Projections that have not followed to the end are caught up first: being behind is no fault. Being of another log or
    version is none either: such tables are made anew when next they are read.
    """
    place = place_for(ledger.store.url)
    if not place.exists():
        return []
    try:
        return _compared(ledger, place, progress)
    except NoRight:
        # Taken from us meanwhile: we read others, which are made from the log.
        return []
    except Exception as error:
        if not place.reports(error):
            raise
        if place.is_passing(error):
            raise place.told(error) from error
        what = f"{place.name} cannot be read as projections; it is made anew when next it is needed"
        return [Finding("projection-broken", None, what)]


def _compared(ledger: Ledger, place: Place, progress: Callable[[int], None] | None) -> list[Finding]:
    kept = place.engine()
    try:
        with kept.execution_options(look=True).connect() as db:
            if not fits(ledger, tracked(db)):
                return []
        catch_up(ledger, kept)
        # One snapshot, and a rebuild up to where it is: others may record and follow meanwhile.
        with kept.connect() as db, tempfile.TemporaryDirectory() as folder:
            at = tracked(db)
            assert at is not None
            fresh = engine_at(Path(folder) / "rebuilt.db")
            try:
                catch_up(ledger, fresh, progress, at[0])
                with fresh.connect() as made:
                    return [one for table in ASSERTIONS if (one := _difference(table, db, made))]
            finally:
                fresh.dispose()
    finally:
        kept.dispose()


def _difference(table: Table, kept: Connection, fresh: Connection) -> Finding | None:
    for ours, theirs in _paired(_rows(table, kept), _rows(table, fresh)):
        if ours != theirs:
            row = theirs or ours
            assert row is not None
            told = f"has {_told(table, ours)}, the log gives {_told(table, theirs)}"
            return Finding("projection-differs", row[0], f"the projection {table.name} {told}")
    return None


def _paired(ours: Iterator[Any], theirs: Iterator[Any]) -> Iterator[tuple[Any, Any]]:
    while True:
        pair = next(ours, None), next(theirs, None)
        if pair == (None, None):
            return
        yield pair


def _rows(table: Table, db: Connection) -> Iterator[Any]:
    # Some at a time: tables may be larger than memory.
    asked = select(table).order_by(*table.primary_key).execution_options(yield_per=_AT_ONCE)
    with db.execute(asked) as found:
        for row in found:
            yield tuple(row)


def _told(table: Table, row: Any) -> str:
    if row is None:
        return "no such row"
    return ", ".join(f"{column.name} {value}" for column, value in zip(table.columns, row, strict=True))

"""Checking the projections: they are what a rebuild from the log gives, row by row."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, select

from ledger.application import Ledger
from ledger.verify.findings import Finding
from projections.follow import catch_up, fits, tracked
from projections.place import engine_at, is_of_sqlite, place_for
from projections.schema import ASSERTIONS


def compare(ledger: Ledger, progress: Callable[[int], None] | None = None) -> list[Finding]:
    """Rebuild the projections apart and return the first difference of each table (step 15 of the procedure).

    Projections that have not followed to the end are caught up first: being behind is no fault. Being of another log or
    version is none either: such tables are made anew when next they are read.
    """
    path, _ = place_for(ledger.store.url)
    if not path.exists():
        return []
    try:
        return _compared(ledger, path, progress)
    except Exception as error:
        if not is_of_sqlite(error):
            raise
        what = f"{path.name} cannot be read as projections; it is made anew when next it is needed"
        return [Finding("projection-broken", None, what)]


def _compared(ledger: Ledger, path: Path, progress: Callable[[int], None] | None) -> list[Finding]:
    kept = engine_at(path)
    try:
        with kept.connect() as db:
            if not fits(ledger, tracked(db)):
                return []
        catch_up(ledger, kept)
        with tempfile.TemporaryDirectory() as folder:
            fresh = engine_at(Path(folder) / "rebuilt.db")
            catch_up(ledger, fresh, progress)
            found = [one for table in ASSERTIONS if (one := _difference(table, kept, fresh))]
            fresh.dispose()
        return found
    finally:
        kept.dispose()


def _difference(table: Table, kept: Engine, fresh: Engine) -> Finding | None:
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


def _rows(table: Table, engine: Engine) -> Iterator[Any]:
    with engine.connect() as db:
        for row in db.execute(select(table).order_by(*table.primary_key)):
            yield tuple(row)


def _told(table: Table, row: Any) -> str:
    if row is None:
        return "no such row"
    return ", ".join(f"{column.name} {value}" for column, value in zip(table.columns, row, strict=True))

"""Merged parties are one: every list, total, report and provenance is as if one record had been kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given

from ledger.application.ledger import Ledger
from ledger.application.request import Request
from ledger.domain.errors import LedgerError
from ledger.domain.party.merging import MergeParty
from ledger.domain.voiding import VoidEntries
from projections.history.journal import Journal
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.queries.figures import walk
from projections.queries.totals import DIMENSIONS, Totals
from projections.reports.registry import REPORTS
from projections.runner.follow import catch_up
from projections.runner.place import engine_at
from tests.projections.as_one import rewritten
from tests.projections.histories import DATES, histories, play
from tests.projections.test_equal import _shown, examples

MEASURES = ("signed", "received", "refunded", "in-kind", "ordered", "accepted", "paid")
ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("partnerships", {"year": 2024}),
    ("partnerships", {"year": 2025}),
    ("council", {"from": "2024-01-01", "to": "2024-12-31"}),
    ("council", {"from": "2025-01-01", "to": "2026-12-31"}),
    ("disclosures", {}),
)
CHANGED = "changed"
"""In the pointers of figures that compare with what documents showed when the two were two: a new name is a change."""


@contextmanager
def tables(ledger: Ledger, folder: Path, name: str) -> Iterator[Any]:
    """Yield a connection to the tables of a ledger."""
    engine = engine_at(folder / f"{name}.tables")
    catch_up(ledger, engine)
    with engine.connect() as db:
        yield db
    engine.dispose()


def seen(ledger: Ledger, db: Any, on: str, known_at: int) -> tuple[dict[str, Any], dict[str, Any], dict[str, set[int]]]:
    """Return lists and totals, the values of figures, and their entries."""
    shown = _listed(db, on, known_at)
    queries = Queries(db, BitemporalPoint(on, known_at))
    for measure in MEASURES:
        shown |= {f"{measure} by {name}": Totals(queries, measure).by(name) for name in DIMENSIONS}
    values: dict[str, Any] = {}
    sources: dict[str, set[int]] = {}
    asked = [*ASKED, *(("engagement", {"engagement": ref}) for ref in queries.engagements())]
    for report, given_ in asked:
        tree = REPORTS[report].build(queries, Journal(ledger, known_at), "root", given_).figures
        for pointer, figure in walk(tree):
            key = f"{report} {sorted(given_.items())} {pointer}"
            if CHANGED in pointer:
                continue
            values[key], sources[key] = (figure.plain, figure.unit), set(figure.entries)
    return shown, values, sources


def _listed(db: Any, on: str, known_at: int) -> dict[str, Any]:
    """Return what the lists show, without the numbers of lines: rows that were written again have others."""
    shown = _shown(db, on, known_at)
    shown["gifts"] = [(*row[:1], *row[2:]) for row in shown["gifts"]]
    return shown


def merge(ledger: Ledger, merged: str, into: str) -> int:
    """Merge two parties; return the position, or 0 if a rule refuses it."""
    try:
        ledger.record(Request(commands=(MergeParty(party=merged, into=into),), actor="staff/1"))
    except LedgerError:
        return 0
    return ledger.store.head().size


@given(story=histories)
@examples(300, 5)
def test_two_that_were_merged_are_as_one(story: Any) -> None:
    """Lists, totals and figures are those of the log that says one where it said two; so are entries, and the merge."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        ledger = play(story, folder)
        before = ledger.store.head().size
        position = merge(ledger, "C", "A")
        if position:
            one = rewritten(ledger, folder, "C", "A")
            with tables(ledger, folder, "two") as db, tables(one, folder, "as-one") as db_one:
                for on in (DATES[2], "2026-06-30"):
                    shown, values, sources = seen(ledger, db, on, position)
                    as_one, values_of_one, sources_of_one = seen(one, db_one, on, position)
                    assert {} == _differences(as_one, shown)
                    assert {} == _differences(values_of_one, values)
                    assert {} == _differences(
                        sources_of_one, {key: entries - {position} for key, entries in sources.items()}
                    )
                    assert _shown(db, on, before) == _as_known(ledger, folder, on, before)
            one.close()
        ledger.close()


def _differences(expected: dict[str, Any], actual: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    keys = expected.keys() | actual.keys()
    return {key: (expected.get(key), actual.get(key)) for key in keys if expected.get(key) != actual.get(key)}


def _as_known(ledger: Ledger, folder: Path, on: str, size: int) -> dict[str, Any]:
    """Return what tables show that followed the log up to a position only."""
    engine = engine_at(folder / f"{on}.tables")
    catch_up(ledger, engine, last=size)
    with engine.connect() as db:
        shown = _shown(db, on, size)
    engine.dispose()
    return shown


@given(story=histories)
@examples(300, 5)
def test_a_void_parts_them(story: Any) -> None:
    """After a void of the merge all is as before it; a void of the void brings the merge back."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        ledger = play(story, folder)
        before = ledger.store.head().size
        position = merge(ledger, "C", "A")
        for _ in range(2 if position else 0):
            target = ledger.store.head().size
            ledger.record(Request(commands=(VoidEntries(positions=(target,), reason="x"),), actor="staff/1"))
        if position:
            with tables(ledger, folder, "followed") as db:
                for on in (DATES[2], "2026-06-30"):
                    assert _listed(db, on, before) == _listed(db, on, position + 1)
                    assert _listed(db, on, position) == _listed(db, on, position + 2)
        ledger.close()

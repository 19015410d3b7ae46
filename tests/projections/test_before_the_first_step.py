"""Before the first step of its life an engagement is in no list, whatever was done for it by then."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from cli.noun_registry import NOUNS
from ledger.application.ledger import Ledger
from ledger.files.attachments import content_of
from projections.history.changes import changes
from projections.history.journal import Journal
from projections.history.later_changes import ChangesSince
from projections.history.since import Point
from projections.projectors.money import MEASURES
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.queries.due import due
from projections.queries.totals import DIMENSIONS, Totals
from projections.reports.registry import REPORTS
from projections.runner.follow import catch_up
from projections.runner.place import engine_at
from tests.projections.small_ledger import record, small_ledger, void
from tests.projections.supervised import AGREEMENT, CONTENT

DAYS = ("2023-12-31", "2024-02-15", "2024-02-28", "2024-03-01", "2024-12-31")
EARLY: dict[str, dict[str, Any]] = {
    "approval evidence": {"authority": "Contracts Committee", "document": "CC/7"},
    "analysis record": {"conclusion": "Outsource"},
    "materiality assess": {"strategic": "yes", "why": "It shapes the plan"},
    "risk assess": {"risk": "access", "likelihood": "low", "impact": "high", "review_on": "2024-02-20"},
    "conflict declare": {"nature": "A donor", "between": ["A", "B"]},
    "outcome plan": {"summary": "Countries with a plan", "due_on": "2024-02-20"},
    "review schedule": {"due_on": "2024-02-20"},
    "information request": {"what": "Spending by region", "by": "Council", "due_on": "2024-02-20"},
    "information provide": {"request": "Q1", "document": "C24/5"},
    "document attach": {"title": "Terms", "content": CONTENT},
}
LISTS = [noun.rows for noun in NOUNS.values()]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Return a ledger with E1, and with E2 that was signed on 1 March and worked on in February."""
    ledger = small_ledger(tmp_path)
    file = tmp_path / "agreement.txt"
    file.write_bytes(AGREEMENT)
    assert ledger.attachments is not None
    ledger.attachments.keep(file, content_of(file))
    roles = [{"party": "B", "role": "consultant"}]
    record(ledger, "engagement sign", "2024-03-01", engagement="E2", title="T2", kind="consultancy", parties=roles)
    for command, members in EARLY.items():
        record(ledger, command, "2024-02-10", engagement="E2", **members)
    yield ledger
    ledger.close()


@pytest.fixture
def db(ledger: Ledger, tmp_path: Path) -> Iterator[Connection]:
    """Return a connection to the tables."""
    engine = engine_at(tmp_path / "tables")
    catch_up(ledger, engine)
    with engine.connect() as db:
        yield db
    engine.dispose()


def _named(rows: Any) -> set[str]:
    return {row["engagement"] for row in rows if row.get("engagement")}


@pytest.mark.parametrize("on", DAYS)
def test_no_list_names_it_before(db: Connection, ledger: Ledger, on: str) -> None:
    """At every as-of, no list names an engagement that the list of engagements does not; later, all have it."""
    for known_at in (6, 7, 10, ledger.store.head().size):
        queries = Queries(db, BitemporalPoint(on, known_at))
        there = set(queries.engagements())
        for rows in LISTS:
            module, _, function = rows.partition(".")
            read = getattr(importlib.import_module(f"projections.queries.{module}"), function)
            assert _named(row for row in read(queries) if isinstance(row, dict)) <= there, rows
        assert {item.engagement for item in due(queries, 365) if item.engagement} <= there
        assert ("E2" in there) == (on >= "2024-03-01" and known_at > 6)
    named = [item.what for item in due(queries, 365) if item.engagement == "E2"]
    assert (on >= "2024-03-01") == ({"review", "outcome", "risk", "conflict of interest"} <= set(named))


@pytest.mark.parametrize("on", DAYS)
def test_no_total_counts_it_before(db: Connection, ledger: Ledger, on: str) -> None:
    """No total counts an engagement that does not exist on the day."""
    queries = Queries(db, BitemporalPoint(on, ledger.store.head().size))
    totals = [total for of in MEASURES for how in DIMENSIONS for total in Totals(queries, of).by(how)]
    assert set[str]().union(*(total.engagements for total in totals)) <= set(queries.engagements())


def test_no_change_names_it_before(ledger: Ledger) -> None:
    """As of a day before, its history is empty, and changes leave it out; what a document shows is not thought seen."""
    size = ledger.store.head().size
    assert [] == list(changes(ledger, "engagement/E2", size, "2024-02-28"))
    assert 1 + len(EARLY) == len(list(changes(ledger, "engagement/E2", size, "2024-03-01")))
    at = [group.engagement for group in ChangesSince(ledger, Point(0), size, on="2024-02-28").groups()]
    assert "E1" in at
    assert "E2" not in at
    since = ChangesSince(ledger, Point(size, "2024-02-28"), size).group("E2")
    assert since is not None
    assert 1 + len(EARLY) == len(since.changes)


def test_a_history_of_a_moved_signature(ledger: Ledger) -> None:
    """Signed later than it was said: as of a day between, nothing that stands is shown."""
    size = ledger.store.head().size
    for position in range(size, size - len(EARLY) - 1, -1):
        void(ledger, position)
    roles = [{"party": "B", "role": "consultant"}]
    record(ledger, "engagement sign", "2024-05-01", engagement="E2", title="T2", kind="consultancy", parties=roles)
    record(ledger, "risk assess", "2024-02-10", engagement="E2", **EARLY["risk assess"])
    shown = list(changes(ledger, "engagement/E2", ledger.store.head().size, "2024-04-01"))
    assert "entry.voided" == shown[-1].entry.event.tag()


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("report", ["council", "partnerships", "disclosures"])
def test_reports_are_made_before(db: Connection, ledger: Ledger, on: str, report: str) -> None:
    """Reports are made as of each day."""
    queries = Queries(db, BitemporalPoint(on, ledger.store.head().size))
    period: dict[str, Any] = {"from": "2023-01-01", "to": on} if report == "council" else {"year": 2024}
    assert REPORTS[report].build(queries, Journal(ledger, queries.as_of.known_at), "root", period)

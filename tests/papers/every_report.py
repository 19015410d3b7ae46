"""The four reports as documents, of stories with few and with many engagements, for tests of all of them."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from cli.options.as_of import viewing
from cli.options.report import build
from cli.session import Session
from projections.papers.house import read_house
from projections.papers.layout import Layout
from projections.reports.documents.document import composed
from projections.reports.documents.occasion import Occasion
from projections.reports.model import Report
from projections.reports.registry import ReportRequest
from stories import record

FEW, MANY = 3, 400
YEARS = {FEW: range(2023, 2026), MANY: range(2021, 2026)}
ON = "2025-12-31"
GIVEN: dict[str, dict[str, Any]] = {
    "partnerships": {"year": "2025"}, "council": {"starts": "2025-01-01", "ends": ON}, "disclosures": {},
    "engagement": {},
}  # fmt: skip
"""What each report is asked with; the dossier, also with an engagement."""
REPORTS = tuple(GIVEN)


@cache
def story(engagements: int) -> str:
    """Return the address of the ledger of a story, recorded once."""
    url = f"sqlite:///{mkdtemp(prefix='ledger-story-')}/ledger.db"
    record(url, 1, engagements, YEARS[engagements])
    return url


@contextmanager
def reported(name: str, engagements: int, engagement: str = "") -> Iterator[Report]:
    """Give a report on a story; the dossier is that of `engagement`, or of the one with the most entries."""
    with viewing(Session(url=story(engagements)), ON, None, None) as view, view.queries() as queries:
        given = GIVEN[name]
        if name == "engagement":
            given = {"engagement": engagement or _longest(engagements, queries.statuses())}
        yield build(view, queries, name, ReportRequest(**given))


def _longest(engagements: int, refs: Mapping[str, Any]) -> str:
    with sqlite3.connect(Path(story(engagements).removeprefix("sqlite:///"))) as file:
        found = file.execute(
            "select substr(stream, 12) from entries where stream like 'engagement/%' group by stream order by count(*)"
        )
        return [str(ref) for (ref,) in found if ref in refs][-1]


@cache
def layout_of(name: str, engagements: int, language: str) -> Layout:
    """Return the document of a report, laid out."""
    with reported(name, engagements) as report:
        return composed(report, read_house(), language, Occasion("Council", "C26/47", "2026-05-01"))[0]

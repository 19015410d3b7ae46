"""The document to the Council says what the controls found."""

from pathlib import Path

import pytest

from cli.options.as_of import viewing
from cli.options.report import build
from cli.session import Session
from projections.papers.house import ReportForm, read_house
from projections.papers.layout import plain
from projections.papers.model import Grid
from projections.papers.printed import lines
from projections.queries.figures import values
from projections.reports.documents.document import composed
from projections.reports.documents.occasion import Occasion
from projections.reports.registry import ReportRequest
from stories import record


@pytest.mark.slow
def test_findings_are_counted_and_may_stand_apart(tmp_path: Path) -> None:
    """The text says how many findings there are by status; a house may put their list into a document of its own."""
    house = read_house()._replace(reports={"council": ReportForm(information=["findings"])})
    occasion = Occasion("Council", "C26/47", "2026-05-01", {})
    url, period = f"sqlite:///{tmp_path}/ledger.db", ReportRequest(starts="2024-01-01", ends="2024-12-31")
    record(url, 1, 40, range(2021, 2026))
    with viewing(Session(url=url), "2024-12-31", None, None) as view, view.queries() as queries:
        report = build(view, queries, "council", period)
        document, listed = composed(report, house, "en", occasion)
    number = values(report.figures)["findings"]["all"]["open"]
    said = " ".join(plain(line) for line in lines(document))
    assert f"{number} open, 0 confirmed, 0 remedied, 0 dismissed. They are listed in document C26/47/INF/1." in said
    assert ["Findings of the controls"] == [plain(part.title) for part in listed.paper.parts]
    [grid] = [block for part in listed.paper.parts for block in part.blocks if isinstance(block, Grid)]
    assert [column.key for column in grid.columns] == ["finding", "severity", "found", "found-since"]

"""The documents to be tabled answer what the two founding documents ask, and are short.

S1 is the contribution to the Council Working Group on Financial and Human Resources that asks for a report on
engagements with substantial implications; S2 is the document on partnerships and resource mobilization of 2024. Each
point names the blocks that answer it, by their keys: a part, a message, a table, a column (`table/column`), a box or a
piece of the masthead.
"""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cli.main import run
from cli.options.as_of import viewing
from cli.options.report import build
from cli.session import Session
from projections.papers.house import read_house
from projections.papers.layout import Layout, plain
from projections.papers.model import Grid, Paper, Paragraph, Part, Picture
from projections.papers.printed import lines
from projections.papers.read_back.pdf import page_count
from projections.queries.figures import values
from projections.reports.council.data import Period
from projections.reports.council.document.earlier import period_before
from projections.reports.documents.document import composed, rendered_document
from projections.reports.documents.occasion import Occasion
from projections.reports.documents.readiness import words_of
from projections.reports.model import Report
from projections.reports.registry import ReportRequest
from stories import record
from tests.reports.council_ledger import Secretariat, three, usd

REGISTER = Path(__file__).parents[2] / "demo" / "data" / "register.csv"
WORDS, PAGES, PAGES_OF_THREE, ROWS = 5_000, 16, 5, 10
LAID_OUT_PAGE = re.compile(rb"/Type\s*/Page\b")
"""A page of a PDF that LibreOffice writes."""
TEXTS: dict[str, tuple[str, ...]] = {
    "background": ("The Council asked for it.",),
    "way-forward": ("The secretariat will report again.",),
}

COUNCIL = {
    "masthead, date of submission, original language": ("masthead/symbol", "masthead/date", "masthead/original"),
    "purpose of the document and action required": ("box/Summary", "box/Action required"),
    "why it reports, and to whom": ("council-introduction", "background"),
    "which engagements have substantial implications": ("council-individual", "individual"),
    "thresholds and rules in force, or that there are none": ("council-by-guidelines|council-as-assessed",),
    "whether the rules are met": ("compliance|council-as-assessed",),
    "all others are counted": ("council-in-force", "by_kind"),
    "financial implications": ("money_by_measure|council-no-money",),
    "service orders": ("council-orders",),
    "what was not disclosed to the body that it addresses": ("council-undisclosed", "undisclosed_facets"),
    "what changed since it was disclosed": ("council-changed",),
    "of how many analysis and review are recorded": ("council-individual",),
    "outcomes": ("council-outcomes",),
    "what is overdue": ("overdue-counts|council-outcomes",),
    "risks": ("risks|outcomes",),
    "conflicts of interest": ("council-conflicts",),
    "findings of the controls": ("council-controls|council-as-assessed",),
    "corrections of the register": ("council-corrections",),
    "how it stood a period before and in the last document": ("compared/compared-now", "compared/compared-before"),
    "way forward": ("way-forward",),
    "how it can be checked": ("check",),
}
"""What S1 asks of the document as a whole; `a|b` is one of the two."""
EACH = {
    "parties and roles on both sides, purpose": ("third-parties-subject", "engagement-in-short"),
    "financial implication": ("signed-received", "ordered-paid", "financial"),
    "duration": ("months", "duration"),
    "service orders": ("orders-undisclosed", "orders", "signed-received"),
    "outcomes": ("outcomes-reached", "outcomes"),
    "highest risk": ("highest-risk",),
    "analysis and last review": ("analysis-review",),
    "when it was told": ("told",),
}
"""What S1 asks of each engagement: the columns of which each table of the annex has one."""
PARTNERSHIPS = {
    "masthead, summary, action required": ("masthead/symbol", "box/Summary", "box/Action required"),
    "background": ("background",),
    "89 agreements, 53 of them with contributions": ("partnerships-signed",),
    "73 partners by type": ("partners_by_type", "partners_by_type-chart"),
    "partners by membership": ("partners_by_membership", "partners_by_membership-chart"),
    "largest financial partners": ("partnerships-top", "top10", "top10-chart"),
    "money by type of partner": ("money_by_type",),
    "by region": ("regions/agreements", "regions/signed", "regions-chart"),
    "by priority": ("priorities/agreements", "priorities/signed", "priorities-chart"),
    "five years": ("trend/agreements", "trend/money-total", "trend-chart"),
    "the full list of agreements": ("list-agreements",),
    "the financial partners": ("list-financial_partners",),
    "way forward": ("way-forward",),
}
"""What S2 has."""


@contextmanager
def _reported(url: str, name: str, on: str | None = None, **period: Any) -> Iterator[Report]:
    with viewing(Session(url=url), on, None, None) as view, view.queries() as queries:
        yield build(view, queries, name, ReportRequest(**period))


def _document(url: str, name: str, language: str = "en", on: str | None = None, **period: Any) -> tuple[Layout, Report]:
    occasion = Occasion("Council", "C26/47", "2026-05-01", TEXTS)
    with _reported(url, name, on, **period) as report:
        return composed(report, read_house(), language, occasion)[0], report


def _keys(paper: Paper) -> set[str]:
    keys = {f"box/{box.label}" for box in paper.boxes}
    keys |= {f"masthead/{name}" for name in ("symbol", "date", "original") if getattr(paper.masthead, name)}
    for part in (*paper.parts, *paper.annexes):
        keys |= set(_of_part(part))
    return keys


def _of_part(part: Part) -> Iterator[str]:
    yield part.key
    for block in part.blocks:
        if isinstance(block, Paragraph):
            yield block.message
        elif isinstance(block, Part):
            yield from _of_part(block)
        else:
            yield block.key
            yield from (f"{block.key}/{column.key}" for column in block.columns) if isinstance(block, Grid) else ()


def _missing(points: dict[str, tuple[str, ...]], paper: Paper) -> list[str]:
    keys = _keys(paper)
    return [point for point, blocks in points.items() for block in blocks if not keys & set(block.split("|"))]


def _words(layout: Layout) -> int:
    return sum(len(plain(line).split()) for line in lines(layout))


def _pages(layout: Layout) -> int:
    return page_count(rendered_document(layout, read_house().look, "pdf"))


def _annex(paper: Paper) -> list[Grid]:
    return [block for part in paper.annexes for block in part.blocks if isinstance(block, Grid)]


def _has_all(paper: Paper, report: Report) -> None:
    """Assert that the annex has each engagement once, with all that was asked for, and no empty cell."""
    grids = _annex(paper)
    named = [plain(row.cells[0]) for grid in grids for row in grid.rows]
    assert sorted(engagement.ref for engagement in report.in_short()) == sorted(named)
    for grid in grids:
        keys = {column.key for column in grid.columns}
        assert [] == [point for point, columns in EACH.items() if not keys.intersection(columns)]
        assert all(plain(cell).strip() for row in grid.rows for cell in row.cells)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of the ledger of the story of 400 engagements."""
    url = f"sqlite:///{tmp_path_factory.mktemp('story')}/ledger.db"
    record(url, 1, 400, range(2021, 2026))
    return url


@pytest.mark.slow
@pytest.mark.parametrize("year", [2024, 2025])
def test_the_document_of_400_engagements(story: str, year: int) -> None:
    """It is within the limits, answers every point, and its annex has each material engagement with all."""
    period = {"starts": f"{year}-01-01", "ends": f"{year}-12-31"}
    layout, report = _document(story, "council", on=period["ends"], **period)
    assert [] == _missing(COUNCIL, layout.paper)
    _has_all(layout.paper, report)
    assert len(report.in_short()) > ROWS
    assert WORDS >= _words(layout) >= words_of(layout)
    assert PAGES >= _pages(layout)


@pytest.mark.slow
def test_the_document_in_french(story: str) -> None:
    """It is within the limits, too, which `--check` tells; a number with separated groups is one word."""
    period = {"starts": "2025-01-01", "ends": "2025-12-31"}
    layout, _ = _document(story, "council", "fr", on=period["ends"], **period)
    assert WORDS >= words_of(layout)
    assert PAGES >= _pages(layout)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_document_in_word(story: str, language: str, tmp_path: Path) -> None:
    """As Word, too, it is within the limit of pages, as LibreOffice lays it out."""
    layout, _ = _document(story, "council", language, on="2025-12-31", starts="2025-01-01", ends="2025-12-31")
    path = tmp_path / "paper.docx"
    path.write_bytes(rendered_document(layout, read_house().look, "docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    assert PAGES >= len(LAID_OUT_PAGE.findall(path.with_suffix(".pdf").read_bytes()))


@pytest.mark.slow
def test_no_table_of_the_body_is_long(story: str) -> None:
    """A table of the body has at most ten rows, and says where the others stand."""
    layout, _ = _document(story, "council", on="2025-12-31", starts="2025-01-01", ends="2025-12-31")
    grids = [block for part in layout.paper.parts for block in part.blocks if isinstance(block, Grid)]
    assert {} == {grid.key: len(grid.rows) for grid in grids if len(grid.rows) > ROWS}


@pytest.mark.slow
def test_many_conflicts_that_were_settled_are_counted(story: str) -> None:
    """Conflicts that were assessed or declared, more than a few, are counted, and the text says where they stand."""
    layout, _ = _document(story, "council", starts="2024-01-01", ends="2024-12-31", on="2024-12-31")
    part = next(part for part in layout.paper.parts if part.key == "conflicts")
    assert ["conflicts_open"] == [block.key for block in part.blocks if isinstance(block, Grid)]
    said = " ".join(plain(line) for line in lines(layout))
    assert "were assessed. All are listed in the report’s web page." in said


def test_the_period_before_is_that_of_its_own_report(story: str) -> None:
    """What is said of the period before equals the figures of a report on it, of its last day and as known now."""
    _, report = _document(story, "council", on="2025-12-31", starts="2025-01-01", ends="2025-12-31")
    said = values(report.in_documents)["compared"]["before"]
    with _reported(story, "council", "2024-12-31", starts="2024-01-01", ends="2024-12-31") as before:
        figures = values(before.figures)
    expected = {
        "from": "2024-01-01",
        "to": "2024-12-31",
        "engagements": figures["engagements"],
        "individually": figures["individually"]["engagements"],
        "orders": figures["orders"]["all"],
        "undisclosed": figures["orders"]["undisclosed"],
    }
    assert expected == said


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_document_of_three_engagements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """The three of the contribution have at most five pages; what the source withholds reads so, never as nought."""
    office = Secretariat(tmp_path, monkeypatch)
    office.record(*three())
    url = f"sqlite:///{tmp_path}/ledger.db"
    layout, report = _document(url, "council", language, starts="2024-01-01", ends="2024-12-31")
    _has_all(layout.paper, report)
    assert PAGES_OF_THREE >= _pages(layout)
    said = {"en": "not disclosed", "fr": "non communiqué"}[language]
    (grid,) = _annex(layout.paper)
    at = [column.key for column in grid.columns]
    assert {said} == {plain(row.cells[at.index(key)]) for row in grid.rows for key in ("financial", "orders")}
    assert "council-withheld" in _keys(layout.paper)
    if language == "en":
        assert [] == _missing(COUNCIL, layout.paper)
        purposes = [line["purpose"] for line in three() if line["command"] == "engagement sign"]
        assert all(purpose in plain(row.cells[1]) for purpose, row in zip(purposes, grid.rows, strict=True))


def test_more_than_few_are_shown_in_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a house that shows one in full, then three stand in a table for each kind, and nothing reads as nought."""
    office = Secretariat(tmp_path, monkeypatch)
    office.record(*three())
    (tmp_path / "house.toml").write_text("[reports.council]\nnamed = 1\n", "utf-8")
    with _reported(f"sqlite:///{tmp_path}/ledger.db", "council", starts="2024-01-01", ends="2024-12-31") as report:
        layout = composed(report, read_house(tmp_path), "en", Occasion("Council"))[0]
        _has_all(layout.paper, report)
    consultancies, partnerships = _annex(layout.paper)
    assert [2, 1] == [len(consultancies.rows), len(partnerships.rows)]
    money, orders = ([plain(row.cells[place]) for row in (*consultancies.rows, *partnerships.rows)] for place in (3, 4))
    assert ["not disclosed"] * 3 == money == orders
    assert "Dalberg. Strategic and financial plan 2024-2027 (ITU secretariat)" == plain(consultancies.rows[0].cells[1])


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the ledger with the register of 366 agreements."""
    folder, before = tmp_path_factory.mktemp("register"), Path.cwd()
    os.chdir(folder)
    try:
        assert 0 == run(["init", "--origin", "example.org/ledger", "--currency", "USD"])
        assert 0 == run(["import", "tdag25", str(REGISTER)])
        yield f"sqlite:///{folder}/ledger.db"
    finally:
        os.chdir(before)


def test_the_document_on_partnerships(register: str) -> None:
    """It has every section, table and chart of its model, and the money by type of partner adds up."""
    layout, report = _document(register, "partnerships", year="2024")
    assert [] == _missing(PARTNERSHIPS, layout.paper)
    figures = values(report.in_documents)
    assert Decimal(figures["partner_usd"]) == sum(Decimal(of["usd"]) for of in figures["money_by_type"].values())
    charts = [block for part in layout.paper.parts for block in part.blocks if isinstance(block, Picture)]
    assert len(charts) > len(("share", "bars", "columns"))


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (("2024-01-01", "2024-12-31"), ("2023-01-01", "2023-12-31")),
        (("2024-03-01", "2024-03-31"), ("2024-02-01", "2024-02-29")),
        (("2025-01-01", "2025-06-30"), ("2024-07-01", "2024-12-31")),
        (("2026-01-01", "2026-11-23"), ("2025-02-08", "2025-12-31")),
    ],
)
def test_the_period_before(period: tuple[str, str], before: tuple[str, str]) -> None:
    """It has the same length, in whole months where the period has, and ends where the period begins."""
    assert before == period_before(Period(*period))


CONFLICTS = (
    ("party register", {"name": "EYGS LLP"}),
    (
        "engagement sign",
        {
            "engagement": "BDT-2024-089", "title": "Digital skills", "kind": "partnership agreement",
            "parties": [{"party": "EYGS LLP"}], "effective": "2024-01-15",
            "contributions": [{"by": "EYGS LLP", "amount": usd("300000")}],
        },
    ),
    ("party affiliate", {"party": "EY", "other": "EYGS LLP", "relation": "one network", "effective": "2024-03-01"}),
    (
        "conflict declare",
        {"engagement": "CWG-2023-003", "nature": "A donor", "between": ["EY", "EYGS LLP"], "effective": "2024-07-01"},
    ),
    (
        "conflict assess",
        {"engagement": "CWG-2023-003", "conflict": "C1", "outcome": "mitigated", "measures": "Two units",
         "effective": "2024-07-15"},
    ),
    (
        "conflict declare",
        {"engagement": "CWG-2023-001", "nature": "A former employee", "between": ["Dalberg"],
         "effective": "2024-07-01"},
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "assessed", "declared"),
    [
        ("en", "One such conflict of interest was assessed (table 5).", "One other conflict of interest was declared"),
        ("fr", "Un conflit d’intérêts de cette nature a été évalué (tableau 5).", "Un autre conflit d’intérêts"),
    ],
)
def test_conflicts_that_were_assessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, assessed: str, declared: str
) -> None:
    """What was assessed stands in a table with its outcome and measures, and so does what else was declared."""
    office = Secretariat(tmp_path, monkeypatch)
    office.record(*three(), *({"command": command, **members} for command, members in CONFLICTS))
    url = f"sqlite:///{tmp_path}/ledger.db"
    layout, _ = _document(url, "council", language, starts="2024-01-01", ends="2024-12-31")
    part = next(part for part in layout.paper.parts if part.key == "conflicts")
    tables = {block.key: [[plain(cell) for cell in row.cells] for row in block.rows]
              for block in part.blocks if isinstance(block, Grid)}  # fmt: skip
    outcome, waits, unknown = {
        "en": ("mitigated", "not assessed", "not recorded"), "fr": ("atténué", "non évalué", "non enregistré"),
    }[language]  # fmt: skip
    expected = {
        "conflicts_assessed": [["CWG-2023-003", "EY", "EYGS LLP", outcome, "Two units"]],
        "conflicts_declared": [["CWG-2023-001", "Dalberg", "A former employee", waits, unknown]],
    }
    assert expected == tables
    said = [plain(line) for line in lines(layout)]
    assert any(assessed in line for line in said), [line for line in said if "onfl" in line]
    assert any(declared in line for line in said)


def test_what_is_substantial_names_its_basis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences and tables say whether engagements are substantial by guidelines or as assessed, and give both."""
    office = Secretariat(tmp_path, monkeypatch)
    office.record(*three())
    url = f"sqlite:///{tmp_path}/ledger.db"
    layout, report = _document(url, "council", starts="2024-01-01", ends="2024-12-31")
    said = " ".join(plain(line) for line in lines(layout))
    assert "three have substantial implications by the assessments on record, or it cannot be told" in said
    assert "Apart from the guidelines" not in said
    assert "Assessed as material" in [column.title for column in _register(report)]
    guidelines = Path(__file__).parents[2] / "demo" / "data" / "guidelines" / "model-third-parties-2.toml"
    office.do(f"guidelines adopt {shlex.quote(str(guidelines))}")
    layout, report = _document(url, "council", starts="2024-01-01", ends="2024-12-31")
    said = " ".join(plain(line) for line in lines(layout))
    assert "have substantial implications by the guidelines in force, or it cannot be told" in said
    assert (
        "Apart from the guidelines, two engagements in force were assessed as having substantial implications" in said
    )
    assert values(report.figures)["material"] == 2
    assert "Material by guidelines" in [column.title for column in _register(report)]


def _register(report: Report) -> Any:
    return next(table for section in report.annexes for table in section.tables if table.key == "engagements").columns

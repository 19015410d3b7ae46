"""Every form of a report: it has all figures, equal reports give equal bytes, and a sample matches its snapshot."""

import json
import os
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from markupsafe import escape

from projections.papers.charts import Bar, Chart
from projections.queries.figures import Figure, walk
from projections.reports.cells import printed
from projections.reports.model import NOT_RECORDED, Cell, Column, Report, Section, Table
from projections.reports.registry import FORMS, render
from projections.reports.render.markdown import escaped
from tests.reports.sample import SAMPLE

HERE = Path(__file__).parent / "snapshots"
ACCEPT = bool(os.environ.get("LEDGER_ACCEPT"))


def written(figure: Figure, form: str) -> str:
    """Return how a form writes a figure."""
    if form == "csv":
        return str(figure.plain).replace('"', '""')
    if form == "json":
        return json.dumps(str(figure.plain), ensure_ascii=False)[1:-1]
    return escaped(printed(figure)) if form == "markdown" else str(escape(printed(figure)))


@pytest.mark.parametrize("form", FORMS)
def test_every_figure_is_there(form: str) -> None:
    """No form leaves a figure out."""
    text = render(SAMPLE, form)
    assert [] == [pointer for pointer, figure in walk(SAMPLE.figures) if written(figure, form) not in text]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_report_gives_the_same_bytes(form: str) -> None:
    """A report does not depend on the time, the machine or the order of sets."""
    assert render(SAMPLE, form).encode() == render(replace(SAMPLE), form).encode()


@pytest.mark.parametrize("form", FORMS)
def test_a_report_looks_as_it_did(form: str) -> None:
    """A small report matches its snapshot, which a person has reviewed; LEDGER_ACCEPT=1 writes a new snapshot."""
    path = HERE / f"small.{form}"
    text = render(small(), form)
    actual = re.sub("<style>.*</style>", "<style>…</style>", text, flags=re.DOTALL)
    if ACCEPT:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(actual.encode())
    assert path.read_bytes().decode() == actual


def small() -> Report:
    """Return a report of one table and one chart."""
    total, part = Figure(Decimal("80.00"), "USD", "sum", (2, 3)), Figure(Decimal("60.00"), "USD", "sum", (2,))
    rows = ((Cell("Ministère | A"), Cell("60.00", part, "/part")), (Cell("B"), Cell(NOT_RECORDED)))
    columns = (Column("Partner"), Column("Signed, USD", right=True))
    table = Table("payers", "By partner", columns, rows, (Cell("Total"), Cell("80.00", total, "/total")), "A note.")
    bars = (Bar("Ministère | A", (Decimal(60),), "60.00"), Bar("B", (), NOT_RECORDED))
    return replace(
        SAMPLE,
        title="A small report",
        figures={"total": total, "part": part},
        sections=(Section("payers", "Payers", ("Two.",), (table,), (Chart("bars", "By partner, USD", bars),)),),
        annexes=(),
        notes=(),
    )

"""Any report as a paper: its names and figures are those of the report, and each table has a title."""

from dataclasses import replace
from html import unescape

from projections.papers import printed
from projections.papers.house import read_house
from projections.papers.layout import Layout, TableItem, laid_out, plain
from projections.papers.read_back import html as back
from projections.papers.render.html import rendered
from projections.queries.figures import find
from projections.reports.documents import as_paper
from projections.reports.documents.composing import Composer
from projections.reports.documents.occasion import Occasion
from tests.reports import sample


def layout_of() -> tuple[Layout, Composer]:
    """Return the report written by hand as a paper, laid out; the table of its annex has no title."""
    (annex,) = sample.SAMPLE.annexes
    untitled = replace(annex, tables=(replace(annex.tables[0], title=""),))
    report = replace(sample.SAMPLE, name="disclosures", annexes=(untitled,))
    composer = Composer(report, read_house(), "en", Occasion("Council"))
    (paper,) = as_paper.papers(composer)
    return laid_out(paper, composer.terms(), composer.messages.style), composer


def test_each_table_has_a_title_and_each_figure_its_value() -> None:
    """A caption is never a number alone; what is printed has the value of the figure at its pointer."""
    layout, composer = layout_of()
    items = [item for flow in layout.flows for item in flow.items if isinstance(item, TableItem)]
    assert items
    assert [] == [item.label for item in items if not plain(item.grid.title).strip()]
    shown = printed.figures(layout)
    assert shown
    assert [] == [run for run in shown if find(composer.report.figures, run.pointer)[1].value != run.value]


def test_hostile_names_are_printed_as_they_are() -> None:
    """Names that look like markup, a formula or two lines stand in the page as they were recorded."""
    layout, composer = layout_of()
    page = rendered(layout, composer.house.look)
    for name in (sample.SCRIPT, sample.PIPES, sample.FORMULA, sample.ARABIC, sample.CHINESE):
        assert name in unescape(page), name
    assert "<script" not in page
    assert all(mark.stated == mark.now for mark in back.read_page(page.encode()).marks)

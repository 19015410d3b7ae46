"""A report as Markdown (CommonMark with GitHub's tables): tables, charts as text, and the provenance of figures."""

import re
from collections.abc import Iterator, Sequence

from projections.papers.charts import Chart
from projections.queries.figures import Figure
from projections.reports import manifest
from projections.reports.model import Cell, Column, Report, Section, Table
from projections.reports.render import outline, provenance, text_charts

MARKUP = re.compile(r"[\\`*_\[\]<>|~^$@]|&(?=#?\w+;)|:(?=//)|(?<=www)\.", re.IGNORECASE)
"""Characters with a meaning inside a line, also in the dialects that make links of addresses, and formulas."""
BLOCK = re.compile(r"([#+=-])|([0-9]+)(?=[.)])")
"""Characters with a meaning at the beginning of a line: headings, lists, underlines."""
INDENT = "&emsp;"
"""The indent of a row that breaks down the row above it."""
FIGURES = (Column("Figure"), Column("Value", right=True), Column("Source"), Column("Positions in the log"))


def rendered(report: Report) -> str:
    """Return the report as Markdown; an empty line separates blocks."""
    return "\n\n".join(_blocks(report)) + "\n"


def escaped(text: str) -> str:
    """Return a text as one line, escaped so that Markdown prints it literally."""
    return MARKUP.sub(lambda match: f"\\{match[0]}", text_charts.one_line(text))


def paragraph(text: str) -> str:
    """Return a text as a paragraph that Markdown prints literally."""
    line = escaped(text)
    match = BLOCK.match(line)
    if not match:
        return line
    return f"\\{line}" if match[1] else f"{match[2]}\\{line[match.end() :]}"


def grid(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    """Return a table of escaped texts; number columns are right-aligned."""
    if not rows:
        return outline.NOTHING
    heads = [escaped(column.title) for column in columns]
    aligned = ["---:" if column.right else ":---" for column in columns]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, aligned, *rows))


def _blocks(report: Report) -> Iterator[str]:
    yield f"# {escaped(report.title)}"
    yield paragraph(report.organization)
    yield paragraph(report.subtitle)
    yield "\n".join(f"- {label}: {escaped(text)}" for label, text in outline.facts(report))
    yield from (f"**Note.** {escaped(note)}" for note in report.notes)
    for part in outline.parts(report):
        yield f"## {escaped(part.heading)}"
        yield from _section(part.section)
    yield f"## {outline.method_number(report)}. {outline.METHOD}"
    yield from map(paragraph, report.method)
    yield f"## {outline.figures_number(report)}. {outline.FIGURES}"
    yield escaped(outline.about_figures(report))
    yield grid(FIGURES, [_figure(pointer, figure) for pointer, figure in outline.printed_figures(report).items()])
    yield manifest.comment(report)


def _section(section: Section, level: int = 3) -> Iterator[str]:
    yield from map(paragraph, section.prose)
    for table in section.tables:
        yield from _table(table)
    for chart in section.charts:
        yield f"**{escaped(chart.title)}**"
        yield _fenced(chart) if chart.bars else outline.NOTHING
    for below in section.below:
        yield f"{'#' * level} {escaped(below.title)}"
        yield from _section(below, level + 1)


def _table(table: Table) -> Iterator[str]:
    if table.title:
        yield f"**{escaped(table.title)}**"
    total = [[f"**{escaped(cell.text)}**" if cell.text else "" for cell in table.total]] if table.total else []
    yield grid(table.columns, [*map(_texts, table.rows), *total])
    if table.note:
        yield paragraph(table.note)


def _texts(row: Sequence[Cell]) -> list[str]:
    return [f"{INDENT * cell.indent}{escaped(cell.text)}" for cell in row]


def _fenced(chart: Chart) -> str:
    lines = "\n".join(text_charts.lines(chart))
    longest = max(map(len, re.findall(r"`+", lines)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{lines}\n{fence}"


def _figure(pointer: str, figure: Figure) -> list[str]:
    texts = (pointer, provenance.with_unit(figure), provenance.source(figure), provenance.positions(figure))
    return [escaped(text) for text in texts]

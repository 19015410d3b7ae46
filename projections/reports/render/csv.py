"""A report as one long CSV (RFC 4180): a line for every cell of every table, and for every figure.

Columns: `table`, `row` (1, 2, … or `total`), `column` (its title), `value` (without thousands separators and per cent
signs), `unit`, `pointer`, `kind`, `entries` (positions, `3..5 9`) and `of` (the pointers of the figures in a ratio, one
per line). Empty cells are left out. The table `report` has the title and the as-of of the report; the table `figures`
has every figure by its pointer.

Spreadsheets read a text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return as a formula. Such a text is
prefixed with an apostrophe, unless it is a number. A text with apostrophes before such a character is prefixed, too, so
that removing one apostrophe from `'=`, `''=`, … always restores the original.
"""

import csv
import io
from collections.abc import Iterator

from projections.queries.figures import Figure, ranges, walk
from projections.reports.model import Cell, Report, Table
from projections.reports.render import outline
from projections.reports.render.csv_safety import harmless

COLUMNS = ("table", "row", "column", "value", "unit", "pointer", "kind", "entries", "of")
Line = tuple[str, str, str, Cell]


def rendered(report: Report) -> str:
    """Return the report as CSV; lines end in CR LF."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for table, row, column, cell in _lines(report):
        line = (table, row, column, str(cell.plain), *_source(cell.figure, cell.pointer))
        writer.writerow([harmless(value) for value in line])
    return text.getvalue()


def _lines(report: Report) -> Iterator[Line]:
    for label, text in (("Title", report.title), ("Organization", report.organization), *outline.facts(report)):
        yield "report", "1", label, Cell(text)
    for index, note in enumerate(report.notes, 1):
        yield "report", str(index), "Note", Cell(note)
    for table in outline.tables(report):
        yield from _table(table)
    for index, (pointer, figure) in enumerate(walk(report.figures), 1):
        yield "figures", str(index), pointer, Cell("", figure, pointer)


def _table(table: Table) -> Iterator[Line]:
    rows = [(str(index), row) for index, row in enumerate(table.rows, 1)]
    for number, row in [*rows, ("total", table.total)]:
        for column, cell in zip(table.columns, row, strict=False):
            if cell.text or cell.figure:
                yield table.key, number, column.title, cell


def _source(figure: Figure | None, pointer: str) -> tuple[str, str, str, str, str]:
    if figure is None:
        return "text", "", "", "", ""
    entries = " ".join(f"{first}" if first == last else f"{first}..{last}" for first, last in ranges(figure.entries))
    return figure.unit, pointer, figure.kind, entries, "\n".join(figure.of)

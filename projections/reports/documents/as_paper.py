"""Any report as a paper: its sections and annexes as they are, in the language of the document.

Its phrases are said by their messages, its titles and heads by those of their words; what is recorded stays as it is.
"""

from collections.abc import Iterator

from projections.papers.model import Block, Column, Grid, Holds, Line, Paper, Paragraph, Part, Row, Words
from projections.reports.documents.composing import Composer
from projections.reports.documents.phrasing import DAY
from projections.reports.model import Section, Table

WIDE = 7
"""The number of columns from which a table needs a page across."""
UNITS: dict[str, Holds] = {"count": "count", "days": "days", "percent": "percent", "year": "reference", "text": "words"}
"""What a column holds, by the unit of its figures; other units are currencies."""
REFERENCE = 20
"""The greatest length of a cell of a column of references."""


def papers(composer: Composer) -> tuple[Paper, ...]:
    """Return the report as one paper."""
    report = composer.report
    parts = [_part(composer, section) for section in report.sections]
    method = tuple(Paragraph("method", composer.phrasing.line(text)) for text in report.method)
    parts.append(Part("method", composer.line("method-title"), method))
    annexes = [_part(composer, section) for section in report.annexes]
    title = composer.own_title(**report.parameters) or composer.line(f"{report.name}-title", **report.parameters)
    return (composer.paper(title, _summary(composer), parts, annexes),)


def _summary(composer: Composer) -> Line:
    line = (*composer.phrasing.line(composer.report.subtitle), Words("."))
    for note in composer.report.notes:
        line = (*line, Words(" "), *composer.phrasing.line(note))
    return line


def _part(composer: Composer, section: Section) -> Part:
    return Part(section.key, composer.phrasing.own(section.title), tuple(_blocks(composer, section)))


def _blocks(composer: Composer, section: Section) -> Iterator[Block | Part]:
    for text in section.prose:
        yield Paragraph(section.key, composer.phrasing.line(text))
    for table in section.tables:
        yield _grid(composer, table, table.title or section.title) if table.rows else _empty(composer, table)
    if len(section.below) == 1:  # no part has a single subpart
        yield from _blocks(composer, section.below[0])
    elif section.below:
        yield from (_part(composer, below) for below in section.below)


def _empty(composer: Composer, table: Table) -> Paragraph:
    nothing = composer.line("nothing-there")
    if not table.title:
        return Paragraph(table.key, nothing)
    return Paragraph(table.key, composer.line("nothing-of", title=composer.phrasing.own(table.title), text=nothing))


def _grid(composer: Composer, table: Table, title: str) -> Grid:
    columns = tuple(_column(composer, table, place) for place in range(len(table.columns)))
    rows = tuple(Row(tuple(map(composer.cell, row)), int(any(cell.indent for cell in row))) for row in table.rows)
    total = Row(tuple(map(composer.cell, table.total))) if table.total else None
    notes = (composer.phrasing.line(table.note),) if table.note else ()
    return Grid(table.key, composer.phrasing.own(title), columns, rows, total, notes, wide=len(columns) >= WIDE)


def _column(composer: Composer, table: Table, place: int) -> Column:
    title = table.columns[place].title
    cells = [row[place] for row in table.rows]
    units = {cell.figure.unit for cell in cells if cell.figure is not None}
    holds: Holds = "words"
    if units:
        holds = UNITS.get(min(units), "money") if len(units) == 1 else "money"
    elif all(DAY.fullmatch(cell.text) for cell in cells):
        holds = "day"
    elif all(len(cell.text) <= REFERENCE and " " not in cell.text for cell in cells):
        holds = "reference"
    heads, _, unit = title.rpartition(", ")
    has_unit = holds == "money" and len(unit) == 3 and unit.isupper()
    own = composer.phrasing.own(heads if has_unit else title)
    return Column(f"{place}", own, holds, unit if has_unit else "")

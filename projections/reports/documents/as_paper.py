"""Any report as a paper: its sections and annexes as they are, in English.

Its sentences are those of the report; the figures in its tables are marked, those within its sentences are not.
"""

from collections.abc import Iterator

from projections.papers.house import UnknownLanguage
from projections.papers.model import Block, Column, Grid, Holds, Line, Paper, Paragraph, Part, Row, Words
from projections.reports.documents.composing import DAY, Composer
from projections.reports.model import Report, Section, Table

WIDE = 7
"""The number of columns from which a table needs a page across."""
UNITS: dict[str, Holds] = {"count": "count", "days": "days", "percent": "percent", "year": "reference", "text": "words"}
"""What a column holds, by the unit of its figures; other units are currencies."""
REFERENCE = 20
"""The greatest length of a cell of a column of references."""


def papers(composer: Composer) -> tuple[Paper, ...]:
    """Return the report as one paper. Raises UnknownLanguage for any language but English."""
    if composer.language != "en":
        raise UnknownLanguage(composer.language)
    report = composer.report
    parts = [_part(composer, section) for section in report.sections]
    method = tuple(Paragraph("method", (Words(text),)) for text in report.method)
    parts.append(Part("method", (Words("How the figures are made"),), method))
    annexes = [_part(composer, section) for section in report.annexes]
    title = composer.own_title(**report.parameters) or (Words(report.title),)
    return (composer.paper(title, _summary(report), parts, annexes),)


def _summary(report: Report) -> Line:
    notes = "".join(f" {note}" for note in report.notes)
    return (Words(f"{report.subtitle}.{notes}"),)


def _part(composer: Composer, section: Section) -> Part:
    return Part(section.key, (Words(section.title),), tuple(_blocks(composer, section)))


def _blocks(composer: Composer, section: Section) -> Iterator[Block | Part]:
    for text in section.prose:
        yield Paragraph(section.key, (Words(text),))
    for table in section.tables:
        yield _grid(composer, table, table.title or section.title) if table.rows else _empty(composer, table)
    if len(section.below) == 1:  # no part has a single subpart
        yield from _blocks(composer, section.below[0])
    elif section.below:
        yield from (_part(composer, below) for below in section.below)


def _empty(composer: Composer, table: Table) -> Paragraph:
    heading = f"{table.title}: " if table.title else ""
    return Paragraph(table.key, (Words(heading), *composer.line("nothing-there")))


def _grid(composer: Composer, table: Table, title: str) -> Grid:
    columns = tuple(_column(table, place) for place in range(len(table.columns)))
    rows = tuple(Row(tuple(map(composer.cell, row)), int(any(cell.indent for cell in row))) for row in table.rows)
    total = Row(tuple(map(composer.cell, table.total))) if table.total else None
    notes = ((Words(table.note),),) if table.note else ()
    return Grid(table.key, (Words(title),), columns, rows, total, notes, wide=len(columns) >= WIDE)


def _column(table: Table, place: int) -> Column:
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
    return Column(f"{place}", (Words(heads if has_unit else title),), holds, unit if has_unit else "")

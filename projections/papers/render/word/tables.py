"""Tables of a Word document: heads on every page, rows on one page, numbers at the right, notes below."""

from itertools import accumulate

from projections.papers.layout import PADDING, SIZE, TableItem, plain
from projections.papers.model import Column, Line, Row, Words
from projections.papers.render.word.lines import RAISED, Lines, letter
from projections.papers.render.word.xml import escaped, paragraph, run, w
from projections.papers.text_width import line_count

SHORT = 220.0
"""A table with at most this height, in points, stays on one page; the rows of a higher one go over to the next."""
ROW, SPACE = 11.0, 3.0
"""The height of a line of a table, and the space above and below the lines of a row, in points."""
LEVEL, AFTER_NUMBER = 200, 80
"""The indents of a row that breaks down another, and of words behind a number, in twentieths of a point."""


def head(column: Column, direction: str) -> Line:
    """Return the head of a column, which names the unit."""
    line = column.head
    if direction == "rtl" and column.unit:
        return (*column.title, Words(plain(line[-1:]).replace(",", "\N{ARABIC COMMA}", 1)))
    return line


def caption(lines: Lines, key: str, label: str, title: Line, notes: list[Line] | None = None) -> str:
    """Return the caption of a table or a figure, which stays on the page with what follows."""
    text = lines.line((Words(f"{label}. "), *title), label, "", notes)
    return paragraph("Caption", lines.anchored(key, text))


def table(lines: Lines, item: TableItem, room: int) -> list[str]:
    """Return a table with its caption and notes as blocks; the last is a paragraph. `room` is the width of the text."""
    grid = item.grid
    notes: list[Line] = []
    above = caption(lines, grid.key, item.label, grid.title, notes)
    ends = [round(end * room) for end in accumulate(item.widths)]
    wide = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    has_notes, is_short = bool(grid.notes), _high(item, wide) <= SHORT
    rows = [_heads(lines, item, wide, notes)]
    for index, row in enumerate(grid.rows, 1):
        is_last = index == len(grid.rows)
        is_edge = index in (1, len(grid.rows) - 1)  # no row stands alone under heads, or on the last page
        stays = is_short or is_edge if not is_last else grid.total is not None or has_notes
        rows.append(_row(lines, item, row, f"{item.label}, row {index}", wide, notes, stays=stays))
    if grid.total:
        place = f"{item.label}, row {len(grid.rows) + 1}"
        rows.append(_row(lines, item, grid.total, place, wide, notes, stays=has_notes, bold=True))
    columns = w("tblGrid", *(w("gridCol", w=part) for part in wide))
    block = w("tbl", _properties(lines, item, sum(wide)), columns, *rows)
    return [above, block, *_below(lines, item, notes)]


def _high(item: TableItem, wide: list[int]) -> float:
    """Return the height of a table, as estimated."""
    grid = item.grid
    high = 0.0
    for row in (*grid.rows, *([grid.total] if grid.total else [])):
        cells = zip(row.cells, wide, strict=False)
        high += (
            ROW * max([line_count(plain(cell), part / 20 - PADDING, SIZE) for cell, part in cells], default=1) + SPACE
        )
    return high


def _properties(lines: Lines, item: TableItem, room: int) -> str:
    title = escaped(f"{item.label}. {plain(item.grid.title)}")
    return w(
        "tblPr",
        w("tblStyle", val="Ledgertable"),
        w("bidiVisual") if lines.base == "rtl" else "",
        w("tblW", w=room, type_="dxa"),
        w("tblLayout", type_="fixed"),
        w("tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
        f'<w:tblCaption w:val="{title}"/>',
    )


def _heads(lines: Lines, item: TableItem, wide: list[int], notes: list[Line]) -> str:
    cells = []
    for index, (column, part) in enumerate(zip(item.grid.columns, wide, strict=True)):
        text = lines.line(head(column, lines.base), f"{item.label}, heads", "", notes)
        style = "Tableheadnumber" if column.is_number else "Tablehead"
        cells.append(_cell(part, paragraph(style, text, properties=_indent(item, index)), bottom=True))
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *cells)


def _row(
    lines: Lines,
    item: TableItem,
    row: Row,
    place: str,
    wide: list[int],
    notes: list[Line],
    *,
    stays: bool,
    bold: bool = False,
) -> str:
    cells = []
    for index, (column, part) in enumerate(zip(item.grid.columns, wide, strict=True)):
        cell = row.cells[index] if index < len(row.cells) else ()
        text = lines.cell(cell, f"{place}, column {index + 1}", "<w:b/><w:bCs/>" if bold else "", notes)
        indent = _indent(item, index, int(row.level))
        style = "Tablenumber" if column.is_number else "Tabletext"
        cells.append(_cell(part, paragraph(style, text, properties=("<w:keepNext/>" if stays else "") + indent)))
    return w("tr", w("trPr", w("cantSplit")), *cells)


def _indent(item: TableItem, index: int, level: int = 0) -> str:
    """Return the indent of a cell: of a row that breaks down another, and of words that follow a number."""
    columns = item.grid.columns
    follows = index > 0 and columns[index - 1].is_number and not columns[index].is_number
    left = AFTER_NUMBER if follows else LEVEL * level if not index else 0
    return w("ind", left=left) if left else ""


def _cell(wide: int, inside: str, *, bottom: bool = False) -> str:
    side = w("vAlign", val="bottom") if bottom else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{side}</w:tcPr>{inside}</w:tc>'


def _below(lines: Lines, item: TableItem, notes: list[Line]) -> list[str]:
    place = f"{item.label}, notes"
    below = [paragraph("Tablenote", lines.line(note, place, "", [])) for note in item.grid.notes]
    for index, note in enumerate(notes, 1):
        below.append(paragraph("Tablenote", run(letter(index), RAISED), run(" "), lines.line(note, place, "", [])))
    return below or [paragraph("Tableend")]  # two tables without a paragraph between them would be one

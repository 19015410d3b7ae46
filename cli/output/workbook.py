"""A workbook (XLSX, ECMA-376) of one sheet: texts, numbers and days under a row of heads that stays in sight.

The same rows give the same bytes. Texts are written as texts, so that no spreadsheet reads one as a formula.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets."""
FIRST_DAY = date(1900, 3, 1)
"""The first day that all spreadsheets number alike; earlier ones are written as texts."""
ONCE = (1980, 1, 1, 0, 0, 0)
"""The time of every part: it would make the bytes differ."""
HEADS, DAYS = 1, 2
"""Styles of cells; 0 is that of texts."""

Cell = str | Decimal | date | None

STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
PARTS = {
    "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">'
    '<sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{LINKS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": STYLES,
}


def workbook(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return a workbook with these heads and rows."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path, content in {**PARTS, "xl/worksheets/sheet1.xml": _sheet(heads, rows)}.items():
            archive.writestr(zipfile.ZipInfo(path, ONCE), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _sheet(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    columns = zip(heads, *rows, strict=True)
    widths = (min(60, max(10, *(len(str(cell or "")) + 2 for cell in cells))) for cells in columns)
    sizes = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1)
    )
    lines = [_row(1, (_text(head, HEADS) for head in heads))]
    lines += [_row(number, map(_cell, row)) for number, row in enumerate(rows, 2)]
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{sizes}</cols><sheetData>{''.join(lines)}</sheetData></worksheet>"
    )


def _row(number: int, cells: Iterable[str]) -> str:
    placed = (cell.replace("<c", f'<c r="{_letters(at)}{number}"', 1) for at, cell in enumerate(cells, 1))
    return f'<row r="{number}">{"".join(placed)}</row>'


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"<c><v>{value:f}</v></c>"
    if isinstance(value, date) and value >= FIRST_DAY:
        return f'<c s="{DAYS}"><v>{(value - EPOCH).days}</v></c>'
    return _text(str(value), 0)


def _text(text: str, style: int) -> str:
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'

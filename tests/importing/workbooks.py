"""A tiny writer of workbooks for tests: a zip of the XML that ECMA-376 describes, and no more of it than is needed."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="[Red]&quot;day&quot; 0.00E+00"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>'
)
"""Style 0 is general, 1 and 2 are dates, 3 is a number whose pattern holds letters of dates in quotes."""
EPOCH = date(1899, 12, 30)


class Raw(str):
    """The XML of a cell, without its reference: `<c t="e"><v>#REF!</v></c>`."""

    __slots__ = ()


ERROR = Raw('<c t="e"><v>#REF!</v></c>')
UNCALCULATED = Raw("<c><f>A1+B1</f></c>")

Value = str | int | float | bool | date | Raw | None


def place(row: int, column: int) -> str:
    """Return the name of a cell, as `B7`, by its row from 1 and its column from 0."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


def cell(row: int, column: int, value: Value) -> str:
    """Return the XML of one cell."""
    at = f'r="{place(row, column)}"'
    if value is None:
        return ""
    if isinstance(value, Raw):
        return value.replace("<c", f"<c {at}", 1)
    if isinstance(value, bool):
        return f'<c {at} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        return f'<c {at} s="2"><v>{(value - EPOCH).days}</v></c>'
    if isinstance(value, (int, float)):
        return f"<c {at}><v>{value!r}</v></c>"
    return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def sheet_xml(
    rows: Iterable[Iterable[Value]],
    first: int = 1,
    *,
    merged: Iterable[str] = (),
    hidden_rows: Iterable[int] = (),
    hidden_columns: Iterable[int] = (),
) -> str:
    """Return the XML of a sheet, whose first row has the number `first`; hidden columns are counted from 1."""
    row_elements = [
        f'<row r="{number}"{" hidden=" + chr(34) + "1" + chr(34) if number in set(hidden_rows) else ""}>'
        f"{''.join(cell(number, column, value) for column, value in enumerate(values))}</row>"
        for number, values in enumerate(rows, first)
    ]
    columns = "".join(f'<col min="{number}" max="{number}" hidden="1"/>' for number in hidden_columns)
    ranges = "".join(f"<mergeCell ref={quoteattr(name)}/>" for name in merged)
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}">{f"<cols>{columns}</cols>" if columns else ""}'
        f"<sheetData>{''.join(row_elements)}</sheetData>"
        f"{f'<mergeCells>{ranges}</mergeCells>' if ranges else ''}</worksheet>"
    )


def parts_of(sheets: Mapping[str, str], hidden: Iterable[str] = (), *, since_1904: bool = False) -> dict[str, str]:
    """Return the parts of a workbook with these sheets, name to XML."""
    names = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"'
        + (' state="hidden"/>' if name in hidden else "/>")
        for number, name in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{REL}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{REL}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><workbookPr date1904="{int(since_1904)}"/>'
        f"<sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}">{links}'
        f'<Relationship Id="st" Type="{REL}/styles" Target="/xl/styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{number}.xml": xml for number, xml in enumerate(sheets.values(), 1)},
    }


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return made.getvalue()


def workbook(*rows: Iterable[Value], first: int = 1, **layout: Any) -> bytes:
    """Return a workbook of one sheet with these rows; `layout` has its merged and hidden cells."""
    return packed(parts_of({"Register": sheet_xml(rows, first, **layout)}))

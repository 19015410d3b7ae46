"""Office files as tests read them: their parts, the texts of a document, the cells of a workbook."""

import io
import re
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from projections.papers.layout import ChartItem, Heading, Layout, TableItem, Text
from projections.papers.model import Line, Noted, Printed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MARKS = str.maketrans("", "", "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}")


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package."""
    with ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(given: dict[str, bytes]) -> bytes:
    """Return a package of parts."""
    made = io.BytesIO()
    with ZipFile(made, "w") as package:
        for name, part in given.items():
            package.writestr(name, part)
    return made.getvalue()


def changed(data: bytes, name: str, old: str, new: str) -> bytes:
    """Return a package in which the first `old` of a part reads `new`."""
    given = parts(data)
    text = given[name].decode()
    assert old in text
    given[name] = text.replace(old, new, 1).encode()
    return packed(given)


def tree(part: bytes) -> ET.Element:
    """Return the XML of a part."""
    return ET.fromstring(part)  # noqa: S314 - written by us a moment ago


def paragraphs(data: bytes, part: str = "word/document.xml") -> list[str]:
    """Return the text of each paragraph of a Word document."""
    return [
        "".join(text.text or "" for text in paragraph.iter(f"{W}t")).translate(MARKS)
        for paragraph in tree(parts(data)[part]).iter(f"{W}p")
    ]


def sheets(data: bytes) -> dict[str, dict[str, str]]:
    """Return what the cells of each sheet hold, as text."""
    given = parts(data)
    names = tree(given["xl/workbook.xml"]).iter(f"{SHEET}sheet")
    relations = {part.get("Id"): part.get("Target") for part in tree(given["xl/_rels/workbook.xml.rels"])}
    shared = [
        "".join(text.text or "" for text in item.iter(f"{SHEET}t"))
        for item in (tree(given["xl/sharedStrings.xml"]) if "xl/sharedStrings.xml" in given else ())
    ]
    return {
        str(sheet.get("name")): _cells(tree(given[f"xl/{relations[sheet.get(RELATION)]}"]), shared) for sheet in names
    }


def _cells(sheet: ET.Element, shared: list[str]) -> dict[str, str]:
    cells = {}
    for cell in sheet.iter(f"{SHEET}c"):
        text = "".join(part.text or "" for part in cell.iter() if part.tag in (f"{SHEET}v", f"{SHEET}t"))
        if text:
            held = shared[int(text)] if cell.get("t") == "s" else text
            cells[str(cell.get("r"))] = re.sub("_x005F_", "_", held).translate(MARKS)
    return cells


def lines(layout: Layout) -> list[Line]:
    """Return every line that a document prints, with those of notes."""
    found: list[Line] = [layout.paper.masthead.title, *(box.line for box in layout.boxes)]
    for flow in layout.flows:
        for item in flow.items:
            if isinstance(item, Heading):
                found.append(item.line)
            elif isinstance(item, Text):
                found += [item.line, *item.items]
            elif isinstance(item, TableItem):
                grid = item.grid
                rows = [*grid.rows, *([grid.total] if grid.total else [])]
                found += [grid.title, *(column.title for column in grid.columns), *grid.notes]
                found += [cell for row in rows for cell in row.cells]
            elif isinstance(item, ChartItem):
                found.append(item.picture.title)
    return found + [run.line for line in found for run in line if isinstance(run, Noted)]


def figures(layout: Layout) -> list[tuple[str, str]]:
    """Return the pointer and text of each figure that a document prints."""
    return sorted(
        (run.pointer, run.text) for line in lines(layout) for run in line if isinstance(run, Printed) and run.pointer
    )

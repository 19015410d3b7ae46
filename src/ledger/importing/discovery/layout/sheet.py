"""Read a sheet of a workbook with its layout: merged cells, hidden rows and columns, and kinds of cells."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Context, Decimal, InvalidOperation
from typing import NamedTuple

from ledger.importing.source.workbook.archive import open_parts
from ledger.importing.source.workbook.cells import MAX_COLUMNS, SheetCell, Workbook
from ledger.importing.source.workbook.sheet_layout import MergedRange

_SHOWN = Context(prec=15)
_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
"""Day 0 of workbooks, by whether they count from 1904."""
KINDS = {"n": "number", "s": "text", "b": "truth", "e": "error", "d": "date", "f": "formula"}
"""Kinds of cells, by the letter that a workbook has for them."""


class Cell(NamedTuple):
    """A cell: its text, and its kind, one of those of KINDS; the text of a date is in ISO 8601.

    Cells of text files are texts.
    """

    text: str = ""
    kind: str = "text"


@dataclass
class SheetGrid:
    """A sheet: its cells with text by row and column, and its layout."""

    name: str
    sheets: tuple[str, ...]
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merges: list[MergedRange] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_grid(data: bytes, name: str = "") -> SheetGrid:
    """Read the named sheet of a workbook, or the first that is shown. Raises NotXlsx, TooLarge, NoSuchSheet."""
    book = Workbook(open_parts(data))
    path = book.chosen(name)
    chosen = next(sheet for sheet, at in book.sheets.items() if at == path)
    grid = SheetGrid(chosen, tuple(sheet for sheet in book.sheets if sheet == chosen or not book.is_hidden(sheet)))

    def take(cell: SheetCell) -> None:
        grid.rows.setdefault(cell.row, {})[cell.column] = _cell(cell, since_1904=book.since_1904)

    layout = book.read(path, take)
    grid.merges, grid.hidden_rows = layout.merged, layout.hidden_rows
    for first, last in layout.hidden_columns:
        grid.hidden_columns.update(range(first, min(last + 1, MAX_COLUMNS)))
    return grid


def _cell(cell: SheetCell, *, since_1904: bool) -> Cell:
    kind = "date" if cell.kind == "n" and cell.is_date else KINDS[cell.kind]
    if cell.kind == "b":
        return Cell("TRUE" if cell.value in ("1", "true") else "FALSE", kind)
    if kind == "date":
        return _day(cell, since_1904=since_1904)
    return Cell(_number(cell.value) if kind == "number" else cell.value, kind)


def _day(cell: SheetCell, *, since_1904: bool) -> Cell:
    try:
        if cell.kind == "d":
            return Cell(date.fromisoformat(cell.value[:10]).isoformat(), "date")
        return Cell((_EPOCHS[since_1904] + timedelta(days=int(Decimal(cell.value)))).isoformat(), "date")
    except (ValueError, OverflowError, InvalidOperation):
        return Cell(cell.value, "number")


def _number(value: str) -> str:
    """Return a number as spreadsheet programs show it, to 15 digits and without an exponent."""
    try:
        plain = format(_SHOWN.create_decimal(Decimal(value)), "f")
    except InvalidOperation:
        return value
    return plain.rstrip("0").rstrip(".") if "." in plain else plain

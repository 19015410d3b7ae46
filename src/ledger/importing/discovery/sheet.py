"""Read a sheet of a workbook with its layout: merged cells, hidden rows and columns, and kinds of cells."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Context, Decimal, InvalidOperation
from typing import NamedTuple

from ledger.importing.errors import NotXlsx
from ledger.importing.source.xlsx_archive import Attributes, Parts, open_parts
from ledger.importing.source.xlsx_workbook import MAX_COLUMNS, SheetCell, Workbook

_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
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


class Merge(NamedTuple):
    """Cells that are merged into one: the first and last row, from 1, and the first and last column, from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class SheetGrid:
    """A sheet: its cells with text by row and column, and its layout."""

    name: str
    sheets: tuple[str, ...]
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_grid(data: bytes, name: str = "") -> SheetGrid:
    """Read the named sheet of a workbook, or the first that is shown. Raises NotXlsx, TooLarge, NoSuchSheet."""
    parts = open_parts(data)
    book = Workbook(parts)
    path = book.chosen(name)
    chosen = next(sheet for sheet, at in book.sheets.items() if at == path)
    grid = SheetGrid(chosen, tuple(sheet for sheet in book.sheets if sheet == chosen or not book.is_hidden(sheet)))

    def take(cell: SheetCell) -> None:
        grid.rows.setdefault(cell.row, {})[cell.column] = _cell(cell, since_1904=book.since_1904)

    book.read(path, take)
    _read_layout(parts, path, grid)
    return grid


def _read_layout(parts: Parts, path: str, grid: SheetGrid) -> None:
    def start(name: str, given: Attributes) -> None:
        if name == "row" and given.get("hidden") in ("1", "true"):
            grid.hidden_rows.add(_whole(given.get("r", "")))
        elif name == "col" and given.get("hidden") in ("1", "true"):
            first, last = _whole(given.get("min", "")), _whole(given.get("max", ""))
            grid.hidden_columns.update(range(first - 1, min(last, MAX_COLUMNS)))
        elif name == "mergeCell" and (match := _RANGE.fullmatch(given.get("ref", ""))):
            grid.merges.append(Merge(int(match[2]), column_number(match[1]), int(match[4]), column_number(match[3])))

    parts.parse(path, start, lambda _: None, lambda _: None)


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 7:
        raise NotXlsx(f"its sheet has a row or a column '{text[:20]}'")
    return int(text)


def column_number(letters: str) -> int:
    """Return the number of a column, from 0, by its letters in a sheet."""
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - 64
    return column - 1


def column_letters(column: int) -> str:
    """Return the letters of a column in a sheet, by its number from 0."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


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

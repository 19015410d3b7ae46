"""Convert a sheet of a workbook to rows of text, in the formats that the profile gives for CSV files.

A rejected row can then be written to a CSV file and read back by the same profile.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple

from ledger.importing.errors import NotXlsx, TooLarge
from ledger.importing.profile.model import Profile
from ledger.importing.profile.style_checks import ANY, REPEAT, SKIP
from ledger.importing.row_errors import UNCALCULATED
from ledger.importing.source.date_formats import format_date
from ledger.importing.source.workbook.archive import open_parts
from ledger.importing.source.workbook.cells import MAX_CELLS, SheetCell, Workbook
from ledger.importing.source.workbook.sheet_layout import SheetLayout

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_SHOWN = Context(prec=15, rounding=ROUND_HALF_EVEN)
"""Spreadsheet programs store binary fractions and show 15 digits: 0.1 + 0.2 is 0.30000000000000004, shown as 0.3."""
_FIRST_1900, _FIRST_1904 = date(1899, 12, 30), date(1904, 1, 1)
_NO_LEAP = 60
"""Day 60 of the 1900 calendar is 29 February 1900, which did not exist; the days before it are off by one."""
_LAST_DAY = 2_958_465


class SheetRow(NamedTuple):
    """A row of a sheet that is not empty: its number in the sheet, and its cells from the first column on."""

    number: int
    cells: list[str]


def read_sheet(data: bytes, profile: Profile) -> Iterator[SheetRow]:
    """Return the rows of the profile's sheet, from the header on. Raises the errors of `open_sheet`."""
    return open_sheet(data, profile)[0]


def open_sheet(data: bytes, profile: Profile) -> tuple[Iterator[SheetRow], SheetLayout]:
    """Return the rows of the profile's sheet, from the header on, and its layout.

    By default the header begins in the first row with text. Cells to the right of the header are kept, without empty
    ones between them: such a row is ragged. Raises NotXlsx, TooLarge, NoSuchSheet.
    """
    book = Workbook(open_parts(data))
    style = profile.file
    rows: dict[int, dict[int, str]] = {}
    writer = _Writer(profile, since_1904=book.since_1904)

    def take(cell: SheetCell) -> None:
        text = writer.text(cell)
        if text.strip() and cell.row >= style.header_row:
            rows.setdefault(cell.row, {})[cell.column] = text

    layout = book.read(book.chosen(style.sheet), take)
    layout.hide(rows, skip=style.hidden == SKIP)
    numbers = sorted(rows)
    heads = [number for number in numbers if number < numbers[0] + style.header_rows]
    width = max((max(rows[number]) + 1 for number in heads), default=0)
    if width * len(numbers) > MAX_CELLS:
        raise TooLarge(f"{len(numbers):,} rows of {width:,} columns", f"{MAX_CELLS:,} cells")
    layout.merge(rows, heads, numbers, width, repeat=style.merged == REPEAT)
    return _rows(rows, numbers, width), layout


def _rows(rows: dict[int, dict[int, str]], numbers: list[int], width: int) -> Iterator[SheetRow]:
    for number in numbers:
        cells = rows.pop(number)
        beyond = [text for column, text in sorted(cells.items()) if column >= width]
        yield SheetRow(number, [cells.get(column, "") for column in range(width)] + beyond)


class _Writer:
    """Formats cells with the profile's formats of dates and numbers."""

    def __init__(self, profile: Profile, *, since_1904: bool) -> None:
        self._style = profile.dates.written
        self._decimal = profile.amounts.decimal if profile.amounts.decimal != ANY else "."
        self._since_1904 = since_1904

    def text(self, cell: SheetCell) -> str:
        if cell.kind == "n":
            return self._day(cell) if cell.is_date else self._number(cell)
        if cell.kind == "d":
            return self._iso_day(cell)
        if cell.kind == "b":
            return "TRUE" if cell.value in ("1", "true") else "FALSE"
        return UNCALCULATED if cell.kind == "f" else cell.value

    def _number(self, cell: SheetCell) -> str:
        plain = format(_SHOWN.create_decimal(_decimal(cell)), "f")
        if "." in plain:
            plain = plain.rstrip("0").rstrip(".")
        return "0" if plain in ("-0", "") else plain.replace(".", self._decimal)

    def _day(self, cell: SheetCell) -> str:
        # The fraction is the time of day, which the ledger does not record.
        day = int(_decimal(cell))
        if not 0 < day <= _LAST_DAY and not (self._since_1904 and day == 0):
            return self._number(cell)
        if self._since_1904:
            return format_date(_FIRST_1904 + timedelta(days=day), self._style)
        if day == _NO_LEAP:
            return self._number(cell)
        return format_date(_FIRST_1900 + timedelta(days=day + (day < _NO_LEAP)), self._style)

    def _iso_day(self, cell: SheetCell) -> str:
        try:
            return format_date(date.fromisoformat(cell.value[:10]), self._style)
        except ValueError:
            return cell.value


def _decimal(cell: SheetCell) -> Decimal:
    if not _NUMBER.fullmatch(cell.value):
        raise NotXlsx(f"row {cell.row} of its sheet holds the number '{cell.value[:20]}'")
    return Decimal(cell.value)

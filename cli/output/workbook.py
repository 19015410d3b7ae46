"""A workbook of one sheet: texts, numbers and days under a row of heads that stays in sight and filters.

The same rows give the same bytes. Texts are written as texts, so that no spreadsheet reads one as a formula or a link.
"""

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.domain.errors import USAGE, LedgerError

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FIRST_DAY = date(1900, 3, 1)
"""The first day that all spreadsheets number alike; earlier ones are written as texts."""
CREATED = datetime(1980, 1, 1)  # noqa: DTZ001 - a workbook has no time zone
"""The creation time of every workbook: another would make the bytes differ."""
DIGITS = 15
"""The number of digits that a number of a spreadsheet holds; one with more is written as a text."""
WIDTHS = 10, 60
"""The least and the largest width of a column, in characters."""
AS_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Cell = str | Decimal | date | None


class WorkbookTooSmall(LedgerError):
    """A workbook cannot hold the rows: a sheet ends at row 1,048,576, and a cell at 32,767 characters."""

    code = "workbook-too-small"
    exit = USAGE

    def __init__(self, row: int) -> None:
        """Name the row, from 1 below the heads, that does not fit."""
        super().__init__(
            f"A workbook has no place for row {row} of the list: a sheet ends at 1,048,576 rows, a cell at 32,767 "
            "characters.",
            "Write the list as .csv, or fewer rows with --where or --limit.",
        )


def workbook(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return a workbook (XLSX) with these heads and rows. Raises WorkbookTooSmall."""
    from xlsxwriter import Workbook

    made = io.BytesIO()
    book = Workbook(made, {"in_memory": True, **AS_TEXTS})
    book.set_properties({"created": CREATED})
    sheet = book.add_worksheet("List")
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, heads, bold)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    for at, cells in enumerate(zip(heads, *rows, strict=True)):
        least, most = WIDTHS
        sheet.set_column(at, at, min(most, max(least, *(len(str(cell or "")) + 2 for cell in cells))))
    for number, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            if _write(sheet, number, at, cell, day):
                raise WorkbookTooSmall(number)
    book.close()
    return made.getvalue()


def _write(sheet: "Worksheet", row: int, column: int, cell: Cell, day: object) -> int:
    """Write a cell; return another number than 0 where it does not fit."""
    if cell is None:
        return 0
    if isinstance(cell, Decimal) and len(cell.as_tuple().digits) <= DIGITS:
        return int(sheet.write_number(row, column, float(cell)))
    if isinstance(cell, date) and cell >= FIRST_DAY:
        return int(sheet.write_datetime(row, column, cell, day))
    return int(sheet.write_string(row, column, str(cell)))

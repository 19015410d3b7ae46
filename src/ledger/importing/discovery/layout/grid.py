"""A file as a grid of cells, with what only people see: merged cells, hidden rows and hidden columns."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ledger.importing.discovery.layout.dialect import guess_delimiter
from ledger.importing.discovery.layout.encoding import EncodingGuess, guess_encoding
from ledger.importing.discovery.layout.sheet import Cell, SheetGrid, read_grid
from ledger.importing.errors import CannotRead, EmptyFile, NotCsv
from ledger.importing.source.workbook.archive import is_workbook
from ledger.importing.source.workbook.sheet_layout import MergedRange

MAX_ROWS = 20_000
"""The number of rows that are looked at."""
MAX_BYTES = 256 * 1024 * 1024
"""The number of bytes of a file that are looked at."""


class GridRow(NamedTuple):
    """A row with text: its number in the sheet, or the line of the file that it starts on, and all its cells."""

    number: int
    cells: list[Cell]
    is_hidden: bool = False


class Grid(NamedTuple):
    """A file as a grid, without empty rows. All rows have `width` cells.

    `encoding` and `delimiter` are those of a text file; None and empty for a workbook. `sheets` are the sheets that are
    shown. `merges` and `hidden_columns` are numbered as rows and columns are: columns from 0.
    """

    rows: list[GridRow]
    width: int
    encoding: EncodingGuess | None = None
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    merges: tuple[MergedRange, ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    is_cut: bool = False
    """Whether the file has more rows than were looked at."""

    @property
    def is_workbook(self) -> bool:
        """Whether the file is a workbook."""
        return self.encoding is None


def read_grid_of(path: Path, *, sheet: str = "", encoding: str = "", delimiter: str = "") -> Grid:
    """Read a file as a grid; an empty sheet, encoding or delimiter is guessed.

    Raises CannotRead, EmptyFile, NotCsv, NotXlsx, TooLarge, NoSuchSheet.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES)
    except (OSError, ValueError) as error:
        raise CannotRead(str(path), getattr(error, "strerror", None) or str(error)) from error
    if is_workbook(data[:16], path.suffix):
        grid = _of_sheet(read_grid(data, sheet))
    else:
        grid = _of_text(data, encoding, delimiter)
    if not grid.rows:
        raise EmptyFile("text in it")
    return grid


def _of_sheet(found: SheetGrid) -> Grid:
    width = 1 + max((column for cells in found.rows.values() for column in cells), default=-1)
    numbers = sorted(found.rows)
    rows = [
        GridRow(
            number, [found.rows[number].get(column, Cell()) for column in range(width)], number in found.hidden_rows
        )
        for number in numbers[:MAX_ROWS]
    ]
    hidden = frozenset(column for column in found.hidden_columns if column < width)
    return Grid(
        rows,
        width,
        sheet=found.name,
        sheets=found.sheets,
        merges=tuple(found.merges),
        hidden_columns=hidden,
        is_cut=len(numbers) > MAX_ROWS,
    )


def _of_text(data: bytes, encoding: str, delimiter: str) -> Grid:
    guess = EncodingGuess(encoding) if encoding else guess_encoding(data)
    name = "utf-8-sig" if guess.name == "utf-8" else guess.name
    try:
        # A file of which only the beginning is read may end within a letter.
        text = data.decode(name, "ignore" if len(data) == MAX_BYTES else "strict")
    except UnicodeDecodeError as error:
        fault = f"it is no {guess.name.upper()} from byte {error.start + 1} on, so it may be cut off"
        raise NotCsv(fault, "Save it as CSV (UTF-8) once more.") from error
    delimiter = delimiter or guess_delimiter(text)
    records: list[tuple[int, list[str]]] = []
    is_cut = False
    for number, cells in _records(text, delimiter):
        if not any(cell.strip() for cell in cells):
            continue
        if len(records) == MAX_ROWS:
            is_cut = True
            break
        records.append((number, cells))
    width = max((len(cells) for _, cells in records), default=0)
    rows = [
        GridRow(number, [Cell(text) for text in cells] + [Cell()] * (width - len(cells))) for number, cells in records
    ]
    return Grid(rows, width, encoding=guess, delimiter=delimiter, is_cut=is_cut)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise NotCsv(f"line {line}: {error}", "Check the quotes in that line.") from error

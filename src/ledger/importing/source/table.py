"""Read a CSV file or a sheet of a workbook as a table: its header, and its records."""

import csv
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain
from typing import BinaryIO, NamedTuple

from ledger.importing.errors import EmptyFile, NotCsv
from ledger.importing.profile.model import Profile
from ledger.importing.source.csv_text import Digest, checked_encoding, read_lines
from ledger.importing.source.header import Header
from ledger.importing.source.row_filter import RowFilter
from ledger.importing.source.wide import is_wide, long_header, long_records
from ledger.importing.source.workbook.archive import is_workbook
from ledger.importing.source.workbook.sheet_layout import SheetLayout

FIRST_BYTES = 16
"""The number of bytes that distinguish a workbook from other files."""


class Record(NamedTuple):
    """A record of the file: its number (1 is the first below the header), the line it starts on, and its cells.

    In a workbook the line is the row of the sheet.
    """

    number: int
    line: int
    cells: list[str]


class SourceTable(NamedTuple):
    """A file whose header was read. `columns` maps fields to indexes in a record; `encoding` is the detected one.

    For a workbook, `encoding` is that of the profile: its reject file is written with it. `records` is an iterator
    of the records that `row_filter` keeps; when it is exhausted, `digest` is the digest of the file. `layout` has the
    merged and hidden cells of a sheet.
    """

    heads: Header
    columns: dict[str, int]
    records: Iterator[Record]
    encoding: str
    digest: Digest
    row_filter: RowFilter
    layout: SheetLayout

    @property
    def header(self) -> list[str]:
        """The name of each column."""
        return self.heads.names

    def notes(self) -> Iterator[str]:
        """Yield notes about the file as a whole, once its records were read."""
        yield from self.row_filter.notes()
        yield from self.layout.notes()


def read_table(file: BinaryIO, profile: Profile, suffix: str = "") -> SourceTable:
    """Read the header of a file whose name ends in `suffix`. Empty records are skipped, and count in the numbers.

    Raises EmptyFile, WrongEncoding, NotCsv, NotXlsx, TooLarge, NoSuchSheet, MissingColumns, DoubtfulColumn. Iterating
    over the records raises NotCsv.
    """
    start = file.read(FIRST_BYTES)
    file.seek(0)
    layout = SheetLayout()
    if is_workbook(start, suffix):
        data = file.read()
        encoding, digest = profile.file.encoding, sha256(data)
        rows, layout = _sheet_rows(data, profile)
    else:
        encoding, digest = checked_encoding(file, profile.file.encoding), sha256()
        rows = _csv_rows(read_lines(file, encoding, digest), profile)
    header, first, rows = _read_header(rows, profile.file.header_rows, is_sheet=layout.is_sheet)
    records = (Record(place - first, line, cells) for place, line, cells in rows if _has_text(cells))
    if is_wide(header.names, profile):
        cells = long_records(header.names, ((record.line, record.cells) for record in records), profile)
        records = (Record(number, line, given) for number, (line, given) in enumerate(cells, 1))
        header = Header.of([long_header(header.names, profile)])
    columns = header.columns(profile)
    row_filter = RowFilter(profile, header)
    kept = (record for record in records if row_filter.keeps(record.cells))
    return SourceTable(header, columns, kept, encoding, digest, row_filter, layout)


_Row = tuple[int, int, list[str]]
"""The place of a row in the file, empty rows included; its line, and its cells."""


def _read_header(rows: Iterator[_Row], count: int, *, is_sheet: bool) -> tuple[Header, int, Iterator[_Row]]:
    """Return the header, the place of its last row, and the rows below it. Raises EmptyFile."""
    heads: list[_Row] = []
    for row in rows:
        if heads and row[0] >= heads[0][0] + count:
            rows = chain([row], rows)
            break
        heads.append(row)
        if len(heads) == count:
            break
    if not heads:
        raise EmptyFile("text in it")
    # A sheet has no empty rows; a CSV file has them.
    last = heads[0][0] + count - 1 if is_sheet else heads[-1][0]
    return Header.of([cells for _, _, cells in heads]), last, rows


def _sheet_rows(data: bytes, profile: Profile) -> tuple[Iterator[_Row], SheetLayout]:
    from ledger.importing.source.workbook.sheet import open_sheet  # noqa: PLC0415 - only workbooks need a reader of XML

    rows, layout = open_sheet(data, profile)
    return ((row.number, row.number, row.cells) for row in rows), layout


def _csv_rows(lines: Iterable[str], profile: Profile) -> Iterator[_Row]:
    """Yield the rows from the header on. Raises NotCsv."""
    reader = csv.reader(lines, delimiter=profile.file.delimiter, strict=True)
    place = 0
    line = 1
    try:
        for cells in reader:
            # Lines above the header are not counted.
            if place or (line >= profile.file.header_row and _has_text(cells)):
                yield place, line, cells
                place += 1
            line = reader.line_num + 1
    except csv.Error as error:
        raise NotCsv(f"line {line}: {error}", "Check the quotes in that line, and the delimiter.") from error


def _has_text(cells: Iterable[str]) -> bool:
    return any(cell.strip() for cell in cells)

"""Read a CSV file or a sheet of a workbook as a table: its header, and its records."""

import csv
import difflib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import BinaryIO, NamedTuple

from ledger.importing.errors import DoubtfulColumn, EmptyFile, MissingColumns, NotCsv
from ledger.importing.profile.model import Profile
from ledger.importing.source.csv_text import Digest, checked_encoding, read_lines
from ledger.importing.source.wide import is_wide, long_header, long_records
from ledger.importing.source.xlsx_archive import is_workbook

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

    For a workbook, `encoding` is that of the profile: its reject file is written with it. `records` is an iterator;
    when it is exhausted, `digest` is the digest of the file.
    """

    header: list[str]
    columns: dict[str, int]
    records: Iterator[Record]
    encoding: str
    digest: Digest


def read_table(file: BinaryIO, profile: Profile, suffix: str = "") -> SourceTable:
    """Read the header of a file whose name ends in `suffix`. Empty records are skipped, and count in the numbers.

    Raises EmptyFile, WrongEncoding, NotCsv, NotXlsx, TooLarge, NoSuchSheet, MissingColumns, DoubtfulColumn. Iterating
    over the records raises NotCsv.
    """
    start = file.read(FIRST_BYTES)
    file.seek(0)
    if is_workbook(start, suffix):
        data = file.read()
        records, encoding, digest = _sheet_records(data, profile), profile.file.encoding, sha256(data)
    else:
        encoding, digest = checked_encoding(file, profile.file.encoding), sha256()
        records = _records(read_lines(file, encoding, digest), profile)
    first = next(records, None)
    if first is None:
        raise EmptyFile("text in it")
    header = [cell.strip() for cell in first.cells]
    records = filter(_has_text, records)
    if is_wide(header, profile):
        cells = long_records(header, ((record.line, record.cells) for record in records), profile)
        records = (Record(number, line, given) for number, (line, given) in enumerate(cells, 1))
        header = long_header(header, profile)
    return SourceTable(header, _columns(header, profile), records, encoding, digest)


def _sheet_records(data: bytes, profile: Profile) -> Iterator[Record]:
    from ledger.importing.source.xlsx_sheet import read_sheet  # noqa: PLC0415 - only workbooks need a reader of XML

    first = None
    for row in read_sheet(data, profile):
        first = row.number if first is None else first
        yield Record(row.number - first, row.number, row.cells)


def _records(lines: Iterable[str], profile: Profile) -> Iterator[Record]:
    reader = csv.reader(lines, delimiter=profile.file.delimiter, strict=True)
    number = 0
    line = 1
    try:
        for cells in reader:
            record = Record(number, line, cells)
            # Lines above the header are not counted.
            if number or (line >= profile.file.header_row and _has_text(record)):
                yield record
                number += 1
            line = reader.line_num + 1
    except csv.Error as error:
        raise NotCsv(f"line {line}: {error}", "Check the quotes in that line, and the delimiter.") from error


def _has_text(record: Record) -> bool:
    return any(cell.strip() for cell in record.cells)


def _columns(header: list[str], profile: Profile) -> dict[str, int]:
    wanted = profile.columns
    missing = [name for name in dict.fromkeys(wanted.values()) if name.strip() not in header]
    if missing:
        spare = [name for name in header if name and name not in wanted.values()]
        near = [close for name in missing for close in difflib.get_close_matches(name, spare, n=1)]
        raise MissingColumns(missing, near, profile.file.delimiter)
    for name in wanted.values():
        if header.count(name.strip()) > 1:
            raise DoubtfulColumn(name)
    return {field: header.index(name.strip()) for field, name in wanted.items()}

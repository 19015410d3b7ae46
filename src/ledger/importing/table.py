"""A file as rows of cells: a CSV file with its encoding, or a sheet of a workbook; its header, and what is neither."""

import codecs
import csv
import difflib
import io
from typing import NamedTuple

from ledger.importing.errors import DoubtfulColumn, EmptyFile, MissingColumns, NotCsv, WrongEncoding
from ledger.importing.parts import is_workbook
from ledger.importing.profile import Profile

BINARY = {
    b"%PDF": "it is a PDF",
    b"\x1f\x8b": "it is compressed",
    b"SQLite format 3\x00": "it is a database",
}
"""How files that people take for CSV begin, and what they are."""
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
"""Byte order marks, and the encodings that read them."""


class Record(NamedTuple):
    """A row of the file: its number (1 is the first below the header), the line it starts on, its cells.

    In a workbook the line is the row of the sheet.
    """

    number: int
    line: int
    cells: list[str]


class Table(NamedTuple):
    """A file that was read: `columns` maps fields to places in a row; `encoding` is the one that was found.

    That of a workbook is the profile's: a CSV file of it is written so.
    """

    header: list[str]
    columns: dict[str, int]
    records: list[Record]
    encoding: str


def read_table(data: bytes, profile: Profile, suffix: str = "") -> Table:
    """Return the rows of a file, whose name ends in `suffix`; rows without text are left out, and keep their numbers.

    Raises EmptyFile, WrongEncoding, NotCsv, NotXlsx, TooLarge, NoSuchSheet, MissingColumns, DoubtfulColumn.
    """
    if is_workbook(data, suffix):
        records, encoding = _sheet_records(data, profile), profile.file.encoding
    else:
        text, encoding = _decoded(data, profile.file.encoding)
        if "\0" in text:
            raise NotCsv("it holds the character NUL")
        records = _records(text, profile)
    if not records:
        raise EmptyFile("text in it")
    header = [cell.strip() for cell in records[0].cells]
    columns = _columns(header, profile)
    rows = [record for record in records[1:] if _has_text(record)]
    if not rows:
        raise EmptyFile("rows below its header")
    return Table(header, columns, rows, encoding)


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    for mark, what in BINARY.items():
        if data.startswith(mark):
            raise NotCsv(what)
    if b"\0" in data and not codecs.lookup(encoding).name.startswith(("utf-16", "utf-32")):
        raise NotCsv("it holds the byte NUL", "If it is UTF-16, name that encoding in the profile, under [file].")
    found = next((name for mark, name in BOMS.items() if data.startswith(mark)), None)
    if found == "utf-8-sig":
        encoding = found
    try:
        return data.decode(encoding), encoding
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        raise WrongEncoding(encoding, start, data.count(b"\n", 0, start) + 1, found or _likely(data)) from error


def _likely(data: bytes) -> str | None:
    for encoding in ("utf-8", "cp1252"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def _sheet_records(data: bytes, profile: Profile) -> list[Record]:
    from ledger.importing.sheet import read_sheet  # noqa: PLC0415 - only workbooks need a reader of XML

    rows = list(read_sheet(data, profile))
    return [Record(row.number - rows[0].number, row.number, row.cells) for row in rows]


def _records(text: str, profile: Profile) -> list[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=profile.file.delimiter, strict=True)
    records: list[Record] = []
    line = 1
    try:
        for cells in reader:
            record = Record(len(records), line, cells)
            # What stands above the header is not counted.
            if records or (line >= profile.file.header_row and _has_text(record)):
                records.append(record)
            line = reader.line_num + 1
    except csv.Error as error:
        raise NotCsv(f"line {line}: {error}", "Check the quotes in that line, and the delimiter.") from error
    return records


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

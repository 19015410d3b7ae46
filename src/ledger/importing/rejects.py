"""The reject file: rows that were refused, as they stand in the file, with why; to be mended and imported."""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from ledger.importing.errors import CannotWriteRejects, RejectsInTheWay
from ledger.importing.profile.model import Profile
from ledger.importing.read import Reading
from ledger.importing.result import Fault
from ledger.importing.source.table import SourceTable

REASON = ("reason", "import reason")
"""The name of the last column, which importing ignores; the second where the file has a column of the first name."""


def is_reject_file(table: SourceTable) -> bool:
    """Return whether a file is one of rejected rows: its last column is the reason, which the profile does not read."""
    last = len(table.header) - 1
    return table.header[last] in REASON and last not in table.columns.values()


def rejects_path(path: Path) -> Path:
    """Return where the rejected rows of a file go: beside it."""
    return path.with_name(f"{path.name}.rejects.csv")


def reject_bytes(reading: Reading, profile: Profile, faults: Sequence[Fault]) -> bytes:
    """Return the rejected rows with their columns, delimiter and encoding, and the reason as the last column.

    A ragged row keeps its number of cells, so that it is refused again until somebody mends it. The header stands in
    the line that the profile says; rows of a workbook are written as the profile says a CSV file is.
    """
    table = reading.table
    keep = len(table.header) - is_reject_file(table)
    header = table.header[:keep]
    why: dict[int, list[str]] = {}
    for fault in faults:
        where = f"{fault.column}: " if fault.column else ""
        why.setdefault(fault.row, []).append(f"{where}{fault.reason}")
    text = io.StringIO(newline="")
    text.write("\r\n" * (profile.file.header_row - 1))
    writer = csv.writer(text, delimiter=profile.file.delimiter)
    writer.writerow([*header, REASON[REASON[0] in header]])
    refused = [reading.spool.record(number) for number in sorted(why)]
    for record in refused:
        ragged = len(record.cells) != len(table.header)
        cells = record.cells if ragged else record.cells[:keep]
        writer.writerow([*cells, " ".join(why[record.number])])
    encoding = _encoding(table.encoding, [header, *(record.cells for record in refused)])
    # A reason quotes what stands in the row, cut or translated; it never adds what the encoding lacks but marks.
    return text.getvalue().encode(encoding, "replace")


def _encoding(declared: str, rows: Iterable[Iterable[str]]) -> str:
    """Return the encoding for these rows: UTF-8 with its mark where a workbook holds what the declared one cannot."""
    try:
        for cells in rows:
            "".join(cells).encode(declared)
    except UnicodeEncodeError:
        return "utf-8-sig"
    return declared


def write_rejects(path: Path, data: bytes) -> None:
    """Write a reject file whole or not at all. Raises RejectsInTheWay, CannotWriteRejects."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.exists():
            if path.is_file() and path.read_bytes() == data:
                return
            raise RejectsInTheWay(str(path))
        try:
            beside.write_bytes(data)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWriteRejects(str(path), error.strerror or str(error)) from error

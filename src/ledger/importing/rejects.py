"""Write the reject file: refused rows as they are in the source, with the reason, for a person to mend and import."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from ledger.files.atomic import new_file
from ledger.importing.errors import CannotWriteRejects, RejectsInTheWay
from ledger.importing.profile.model import Profile
from ledger.importing.read import Reading
from ledger.importing.result import Fault
from ledger.importing.row_errors import MERGED
from ledger.importing.source.table import SourceTable

REASON = ("reason", "import reason")
"""The name of the last column, which an import ignores; the second if the file has a column with the first name."""


def is_reject_file(table: SourceTable) -> bool:
    """Return whether a file is a reject file: the last column is the reason, and the profile does not read it."""
    last = len(table.header) - 1
    return table.header[last] in REASON and last not in table.columns.values()


def rejects_path(path: Path) -> Path:
    """Return the path of the reject file: next to the source file."""
    return path.with_name(f"{path.name}.rejects.csv")


def reject_bytes(reading: Reading, profile: Profile, faults: Sequence[Fault]) -> bytes:
    """Return the rejected rows with their columns, delimiter and encoding, and the reason as the last column.

    A ragged row keeps its number of cells, so that it is refused again until somebody mends it. The header is in the
    line that the profile names. Rows of a workbook become a CSV file in the profile's format.
    """
    table = reading.table
    is_again = is_reject_file(table)
    keep = len(table.header) - is_again
    heads = [head[:keep] for head in table.heads.rows]
    reasons: dict[int, list[str]] = {}
    for fault in faults:
        where = f"{fault.column}: " if fault.column else ""
        reasons.setdefault(fault.row, []).append(f"{where}{fault.reason}")
    text = io.StringIO(newline="")
    text.write("\r\n" * (profile.file.header_row - 1))
    writer = csv.writer(text, delimiter=profile.file.delimiter)
    reason = REASON[REASON[0] in table.header[:keep]]
    writer.writerows([*head, *[reason][place:]] for place, head in enumerate(heads))
    refused = [reading.spool.record(number) for number in sorted(reasons)]
    for record in refused:
        ragged = len(record.cells) != len(table.header)
        cells = record.cells if ragged else record.cells[:keep]
        writer.writerow([*_without_merged(cells, record.line, table, profile), " ".join(reasons[record.number])])
    encoding = _encoding(table.encoding, [*heads, *(record.cells for record in refused)])
    # A reason quotes text of the row. The encoding can lack only the punctuation that the reason adds.
    return text.getvalue().encode(encoding, "replace")


def _without_merged(cells: list[str], line: int, table: SourceTable, profile: Profile) -> list[str]:
    """Return the cells of a record with a mark in place of amounts that are repeated from merged cells."""
    amounts = {table.columns[field] for field in profile.row_schema.amounts if field in table.columns}
    merged = {place for place in amounts if table.layout.covered and table.layout.range_at(line, place)}
    return [MERGED if place in merged else cell for place, cell in enumerate(cells)] if merged else cells


def _encoding(declared: str, rows: Iterable[Iterable[str]]) -> str:
    """Return the declared encoding; UTF-8 with a byte order mark if it cannot encode these rows of a workbook."""
    try:
        for cells in rows:
            "".join(cells).encode(declared)
    except UnicodeEncodeError:
        return "utf-8-sig"
    return declared


def write_rejects(path: Path, data: bytes) -> None:
    """Write a reject file atomically. Raises RejectsInTheWay, CannotWriteRejects."""
    try:
        if path.is_file() and path.read_bytes() == data:
            return
        new_file(path, data)
    except FileExistsError:
        raise RejectsInTheWay(str(path)) from None
    except OSError as error:
        raise CannotWriteRejects(str(path), error.strerror or str(error)) from error

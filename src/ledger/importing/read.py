"""Read a whole file as rows, each with its own reference, in the order of their dates; and collect the faults."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import msgspec

from ledger.domain.errors import listed
from ledger.importing.errors import CannotRead, EmptyFile
from ledger.importing.kinds.registry import KINDS
from ledger.importing.profile.model import Profile
from ledger.importing.result import Fault, FaultList
from ledger.importing.row_errors import RepeatedReference
from ledger.importing.source.row_mapper import RowMapper
from ledger.importing.source.rows import RegisterRow
from ledger.importing.source.spool import Spool
from ledger.importing.source.table import SourceTable, read_table


class Reading(NamedTuple):
    """A file that was read. The spool has its records and rows, and the references of all rows, also of faulty ones."""

    sha256: str
    table: SourceTable
    mapper: RowMapper
    spool: Spool[Any]
    faults: FaultList

    @property
    def rows(self) -> Iterator[RegisterRow]:
        """The rows in the order of their dates, so that a party is registered on its first day in the file."""
        return self.spool.rows_by_day()

    def close(self) -> None:
        """Delete the spool."""
        self.spool.close()


def read_path(path: Path, profile: Profile, faults: FaultList | None = None) -> Reading:
    """Read the file at a path, and add to `faults`; the caller closes the result.

    Raises CannotRead, and the errors of `read_file`.
    """
    try:
        file = path.open("rb")
    except (OSError, ValueError) as error:
        raise CannotRead(str(path), getattr(error, "strerror", None) or str(error)) from error
    try:
        with file:
            # A pipe can be read only once.
            return read_file(file if file.seekable() else BytesIO(file.read()), profile, path.suffix, faults)
    except OSError as error:
        raise CannotRead(str(path), error.strerror or str(error)) from error


def read_file(file: BinaryIO, profile: Profile, suffix: str = "", faults: FaultList | None = None) -> Reading:
    """Read a file whose name ends in `suffix`, and add to `faults`; the caller closes the result.

    Raises the errors of ledger.importing.source.table.read_table, and DiskFull if the file does not fit in the spool.
    """
    table = read_table(file, profile, suffix)
    kind = KINDS[profile.kind]
    spool: Spool[Any] = Spool(kind.row)
    try:
        mapper = RowMapper(profile, table, kind.read)
        faults = FaultList() if faults is None else faults
        _read(mapper, table, spool, faults)
    except BaseException:
        spool.close()
        raise
    return Reading(table.digest.hexdigest(), table, mapper, spool, faults)


def _read(mapper: RowMapper, table: SourceTable, spool: Spool[Any], faults: FaultList) -> None:
    copies: Counter[str] = Counter()
    for record in table.records:
        row, row_faults = mapper.read(record)
        if row is not None and not row.reference:
            reference = _made_reference(mapper.profile, mapper.content(record), copies)
            row = msgspec.structs.replace(row, reference=reference)
        spool.add(record, row, row.reference if row is not None else mapper.key(record))
        faults.extend(row_faults)
    schema = mapper.profile.row_schema
    if not spool.records:
        left_out = table.row_filter.left_out
        raise EmptyFile(f"rows that {listed(left_out, 'and')} leave" if left_out else "rows below its header")
    for number, line, reference, first in spool.drop_repeated():
        error = RepeatedReference(reference, first, schema.noun)
        faults.append(Fault.of(error, number, line, mapper.column(schema.key[-1]), reference))


def _made_reference(profile: Profile, content: str, copies: Counter[str]) -> str:
    """Return a reference derived from the content of a row. Equal rows are different agreements and are numbered."""
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    copies[digest] += 1
    return f"{profile.name}-{digest}-{copies[digest]}"

"""Preview a profile on a file: the first rows as they are read, and unused columns. Nothing is recorded."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from ledger.importing.profile.model import Profile
from ledger.importing.read import Reading, read_path
from ledger.importing.result import Fault, FaultList

MAX_SHOWN = 3
"""The number of rows in a preview, unless another is asked for."""
MAX_FAULTS = 1_000
"""The number of faults in a preview."""


class PreviewRow(NamedTuple):
    """A row of a preview: its number and line, its values by field, or its faults."""

    row: int
    line: int
    values: dict[str, str]
    faults: list[Fault]


class Preview(NamedTuple):
    """The preview of a file: its first rows, the number of all rows and that of faulty rows."""

    shown: list[PreviewRow]
    rows: int
    faulty: int
    unused: list[str]
    """Columns that no field uses."""
    notes: list[str]
    """Notes about the file: rows that are left out, hidden rows and columns."""
    faults: list[Fault]
    """The first faults of other rows."""


def preview_profile(profile: Profile, path: Path, count: int = MAX_SHOWN) -> Preview:
    """Return the preview of a file with its first `count` rows.

    Raises CannotRead, and the errors of `source.table.read_table`.
    """
    faults = _FirstFaults()
    with closing(read_path(path, profile, faults)) as reading:
        return _preview(reading, faults, count)


class _FirstFaults(FaultList):
    """The first faults; of others, only the number of the row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: set[int] = set()

    def append(self, fault: Fault) -> None:
        self.rows.add(fault.row)
        if len(self) < MAX_FAULTS:
            list.append(self, fault)


def _preview(reading: Reading, found: _FirstFaults, count: int) -> Preview:
    header, used = reading.table.header, set(reading.table.columns.values())
    unused = [name for place, name in enumerate(header) if name and place not in used]
    shown = list(_shown(reading, count))
    rows = {row.row for row in shown}
    others = [fault for fault in found if fault.row not in rows]
    return Preview(shown, reading.spool.records, len(found.rows), unused, list(reading.table.notes()), others)


def _shown(reading: Reading, count: int) -> Iterable[PreviewRow]:
    for record, row in reading.spool.first(count):
        faults = [fault for fault in reading.faults if fault.row == record.number]
        values = {name: text for name, value in row.display_values().items() if (text := _text(value))} if row else {}
        yield PreviewRow(record.number, record.line, values, faults)


def _text(value: Any) -> str:
    if isinstance(value, (tuple, list)):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)

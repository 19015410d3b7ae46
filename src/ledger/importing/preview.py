"""A profile tried on a file: how the first rows are read, and what no field uses. Nothing is recorded."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from ledger.importing.profile.model import Profile
from ledger.importing.read import Reading, read_path
from ledger.importing.result import Fault

SHOWN = 3
"""So many rows are shown as they are read."""


class PreviewRow(NamedTuple):
    """One row: its number and line, what it gives by field, or what is wrong with it."""

    row: int
    line: int
    values: dict[str, str]
    faults: list[Fault]


class Preview(NamedTuple):
    """What a profile makes of a file: the first rows, how many there are and how many cannot be read."""

    shown: list[PreviewRow]
    rows: int
    faulty: int
    unused: list[str]
    """Columns of the file that no field uses."""


def preview_profile(profile: Profile, path: Path) -> Preview:
    """Return what a profile makes of a file. Raises CannotRead, and what `source.table.read_table` raises."""
    with closing(read_path(path, profile)) as reading:
        return _trial(reading)


def _trial(reading: Reading) -> Preview:
    header, used = reading.table.header, set(reading.table.columns.values())
    unused = [name for place, name in enumerate(header) if name and place not in used]
    faulty = {fault.row for fault in reading.faults}
    return Preview(list(_shown(reading)), reading.spool.records, len(faulty), unused)


def _shown(reading: Reading) -> Iterable[PreviewRow]:
    for record, row in reading.spool.first(SHOWN):
        faults = [fault for fault in reading.faults if fault.row == record.number]
        told = {name: text for name, value in row.display_values().items() if (text := _words(value))} if row else {}
        yield PreviewRow(record.number, record.line, told, faults)


def _words(value: Any) -> str:
    if isinstance(value, (tuple, list)):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)

"""The wide layout: a table with a column for each item, such as a currency, read as one record for each cell."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ledger.importing.profile.model import Profile

if TYPE_CHECKING:
    from ledger.importing.source.table import Record

NAME, VALUE = "column", "value"
"""The columns of the records: the name of a column of the file, and its cell."""


def is_wide(header: list[str], profile: Profile) -> bool:
    """Return whether a file is read as wide; a file of rejected rows has the columns of the records already."""
    return profile.file.layout == "wide" and not {NAME, VALUE} <= set(header)


def long_header(header: list[str], profile: Profile) -> list[str]:
    """Return the columns of the records: those of the file that the profile names, then `column` and `value`."""
    return [*(name for name in header if name in profile.columns.values()), NAME, VALUE]


def long_records(header: list[str], records: Iterator["Record"], profile: Profile) -> Iterator["Record"]:
    """Yield a record for each cell under a column that the profile does not name, except gaps; they are counted."""
    kept = [place for place, name in enumerate(header) if name in profile.columns.values()]
    spread = [(place, name) for place, name in enumerate(header) if name and place not in kept]
    number = 0
    for record in records:
        if len(record.cells) != len(header):
            number += 1
            yield record._replace(number=number, cells=[*record.cells, *[""] * (len(kept) + 3)])
            continue
        own = [record.cells[place] for place in kept]
        for place, name in spread:
            if (cell := record.cells[place].strip()) and cell != profile.file.gap:
                number += 1
                yield record._replace(number=number, cells=[*own, name, cell])

"""The wide layout: a table with a column for each item, such as a currency, read as one record for each cell.

The records have the columns of the file that the profile names, then the name of the column of the cell, and the cell:
a file with the columns `Date`, `USD` and `CHF` has two records a row, under `Date`, `column` and `value`.
"""

from collections.abc import Iterable, Iterator

from ledger.importing.profile.model import Profile, texts
from ledger.importing.source.header import folded

NAME, VALUE = "column", "value"
"""The columns of the records: the name of a column of the file, and its cell."""

Cells = tuple[int, list[str]]
"""The line of a record, and its cells."""


def is_wide(header: list[str], profile: Profile) -> bool:
    """Return whether a file is read as wide; a file of rejected rows has the columns of the records already."""
    return profile.file.layout == "wide" and not {NAME, VALUE} <= set(header)


def long_header(header: list[str], profile: Profile) -> list[str]:
    """Return the columns of the records: those of the file that the profile names, then `column` and `value`."""
    named = _named(profile)
    return [*(name for name in header if name in named), NAME, VALUE]


def long_records(header: list[str], records: Iterable[Cells], profile: Profile) -> Iterator[Cells]:
    """Yield a record for each cell under a column that the profile does not name, except gaps.

    A record with more or fewer cells than the header is yielded with too many, so that it is refused.
    """
    named = _named(profile)
    kept = [place for place, name in enumerate(header) if name in named]
    items = [(place, name) for place, name in enumerate(header) if name and place not in kept]
    for line, cells in records:
        if len(cells) != len(header):
            yield line, [*cells, *[""] * (len(kept) + 3)]
            continue
        own = [cells[place] for place in kept]
        for place, name in items:
            if (cell := cells[place].strip()) and cell != profile.file.gap:
                yield line, [*own, name, cell]


def _named(profile: Profile) -> set[str]:
    return {folded(name) for names in profile.columns.values() for name in texts(names)}

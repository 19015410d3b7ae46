"""The header of a table: the names of its columns, from one row or several, and the column of each field."""

import difflib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.importing.errors import DoubtfulColumn, MissingColumns
from ledger.importing.profile.model import Profile, texts


def folded(text: str) -> str:
    """Return a text with each run of white space and line feeds as one space: so names of columns are compared."""
    return " ".join(text.split())


class Header(NamedTuple):
    """The names of all columns: with the head of a group of columns that stands above them, and `plain` without.

    `rows` are the rows of the file that hold the names, as they stand.
    """

    names: list[str]
    plain: list[str]
    rows: list[list[str]]

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]]) -> "Header":
        """Return the header in these rows.

        A head above several columns stands over the first of them only, as files write merged cells; it counts for
        the empty cells to its right as well, as long as a name stands below them.
        """
        width = max(map(len, rows))
        cells = [[folded(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
        return cls(_joined(_spread(cells)), _joined(cells), [[cell.strip() for cell in row] for row in rows])

    def place(self, names: Iterable[str]) -> int | None:
        """Return the index of the column that has one of these names; None if none has. Raises DoubtfulColumn."""
        wanted = {folded(name) for name in names}
        for columns in (self.names, self.plain):
            places = [place for place, name in enumerate(columns) if name in wanted]
            if len(places) > 1:
                raise DoubtfulColumn(dict.fromkeys(columns[place] for place in places))
            if places:
                return places[0]
        return None

    def columns(self, profile: Profile) -> dict[str, int]:
        """Return the index of the column of each field. Raises MissingColumns, DoubtfulColumn."""
        named = {field: texts(names) for field, names in profile.columns.items()}
        found = {field: self.place(names) for field, names in named.items()}
        places = {field: place for field, place in found.items() if place is not None}
        lost = [named[field] for field in found if field not in places]
        lost += [(column,) for column in (*profile.only, *profile.skip) if self.place((column,)) is None]
        if lost:
            used = set(places.values())
            spare = [name for place, name in enumerate(self.names) if name and place not in used]
            missing = dict.fromkeys(" or ".join(map(folded, names)) for names in lost)
            near = [close for name in missing for close in difflib.get_close_matches(name, spare, n=1)]
            raise MissingColumns(missing, near, profile.file.delimiter)
        return places


def _spread(rows: list[list[str]]) -> list[list[str]]:
    """Return the rows with the heads of groups in each column of their group."""
    spread = [list(row) for row in rows]
    for upper, lower in zip(spread, rows[1:], strict=False):
        for place in range(1, len(upper)):
            if not upper[place] and lower[place] and lower[place - 1]:
                upper[place] = upper[place - 1]
    return spread


def _joined(rows: list[list[str]]) -> list[str]:
    return [" ".join(dict.fromkeys(filter(None, column))) for column in zip(*rows, strict=True)]

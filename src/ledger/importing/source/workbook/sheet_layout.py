"""The layout of a sheet, as far as it matters for what its cells say: merged cells, hidden rows and columns."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ledger.importing.errors import TooLarge

SheetCells = dict[int, dict[int, str]]
"""The texts of cells by row, from 1, and column, from 0."""
MAX_MERGED = 1_000_000
"""How many cells merged ranges may cover together."""
MAX_KNOWN = 100_000
"""How many covered cells are remembered, to say in an error that a cell is merged."""
MAX_LISTED = 5


class MergedRange(NamedTuple):
    """Merged cells: rows from 1, columns from 0, and the name that a spreadsheet program shows, as `C7:C8`."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int
    name: str

    @property
    def rows(self) -> int:
        """The number of rows that it covers."""
        return self.last_row - self.first_row + 1

    def covered(self, rows: Sequence[int], width: int) -> Iterator[tuple[int, int]]:
        """Yield row and column of each cell that it covers in these sorted rows, below `width`."""
        start, stop = bisect_left(rows, self.first_row), bisect_right(rows, self.last_row)
        for row in rows[start:stop]:
            for column in range(self.first_column, min(self.last_column + 1, width)):
                yield row, column


def column_letters(column: int) -> str:
    """Return the letters of a column, from 0, as spreadsheet programs show them: `A`, `AB`."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


@dataclass(slots=True)
class SheetLayout:
    """Merged ranges and hidden parts of a sheet; empty for a CSV file.

    `covered` has the range of each merged cell that has no text of its own, by row and column.
    """

    is_sheet: bool = False
    merged: list[MergedRange] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    covered: dict[tuple[int, int], MergedRange] = field(default_factory=dict)
    skips_hidden: bool = False
    read_hidden: list[str] = field(default_factory=list)
    """The rows and columns with text that are hidden."""

    def hide(self, rows: SheetCells, *, skip: bool) -> None:
        """Remember which rows and columns with text are hidden, and drop them with `skip`."""
        self.skips_hidden = skip
        hidden_rows = sorted(self.hidden_rows & rows.keys())
        used = {column for cells in rows.values() for column in cells} if self.hidden_columns else set[int]()
        hidden_columns = sorted(column for column in used if self._hides(column))
        self.read_hidden = [f"row {row}" for row in hidden_rows]
        self.read_hidden += [f"column {column_letters(column)}" for column in hidden_columns]
        if not skip:
            return
        for row in hidden_rows:
            del rows[row]
        for row, cells in list(rows.items()):
            for column in hidden_columns:
                cells.pop(column, None)
            if not cells:
                del rows[row]

    def _hides(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.hidden_columns)

    def merge(
        self, rows: SheetCells, heads: Sequence[int], numbers: Sequence[int], width: int, *, repeat: bool
    ) -> None:
        """Write the text of merged cells into each column of a header of several rows, and with `repeat` everywhere.

        `heads` are the rows of the header, `numbers` all rows with text, in order. Raises TooLarge.
        """
        visited = 0
        for merged in self.merged:
            text = rows.get(merged.first_row, {}).get(merged.first_column)
            if text is None:
                continue
            for row, column in merged.covered(numbers, width):
                visited += 1
                if visited > MAX_MERGED:
                    raise TooLarge("more merged cells", f"{MAX_MERGED:,} cells")
                if row in heads:
                    if row == merged.first_row and len(heads) > 1:
                        rows[row].setdefault(column, text)
                elif column not in rows[row]:
                    if repeat or len(self.covered) < MAX_KNOWN:
                        self.covered[row, column] = merged
                    if repeat:
                        rows[row][column] = text

    def range_at(self, row: int, column: int) -> MergedRange | None:
        """Return the merged range that covers a cell without text of its own."""
        return self.covered.get((row, column))

    def notes(self) -> Iterator[str]:
        """Yield a note about hidden rows and columns."""
        if self.read_hidden:
            shown = ", ".join(self.read_hidden[:MAX_LISTED])
            more = f" and {len(self.read_hidden) - MAX_LISTED} more" if len(self.read_hidden) > MAX_LISTED else ""
            if self.skips_hidden:
                yield f"hidden {shown}{more} left out by file.hidden"
            else:
                yield f"hidden {shown}{more} were read as well: file.hidden = 'skip' leaves them out"

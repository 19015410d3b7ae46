"""What the columns of a list hold: their values below the head, and what kind of values they are."""

import re
from collections import Counter
from functools import cached_property
from itertools import pairwise

from ledger.domain.currencies import DECIMALS
from ledger.importing.discovery import amounts, dates
from ledger.importing.discovery.layout.grid import Grid, GridRow
from ledger.importing.discovery.layout.header import Header
from ledger.importing.discovery.layout.sheet import Cell
from ledger.importing.discovery.names import COUNTER, REFERENCE, meanings

_MOSTLY = 0.7
"""The share of cells that decides what a column holds."""
_SEPARATOR = re.compile(r"[;\n]")
BLANKS = frozenset(
    "- \u2013 \u2014 -- ? n/a na n.a. none nil tbd tbc t.b.d. pending open unknown ongoing s.o. néant".split()
)
"""What people write into cells of which nothing is known, in small letters."""
FEW = 12
"""The number of different values of a column of codes."""


class Column:
    """A column: its place from 0, its name in the head, and its cells that are not empty, by row."""

    def __init__(self, place: int, name: str, cells: list[Cell], rows: int, *, is_hidden: bool = False) -> None:
        """Keep the cells of a column in a list of `rows` rows."""
        self.place, self.name, self.rows = place, name, rows
        self.is_hidden = is_hidden
        self.cells = [cell for cell in cells if cell.text.strip()]
        self.texts = [cell.text.strip() for cell in self.cells]
        self._filled = [cell for cell in self.cells if cell.text.strip().casefold() not in BLANKS]

    def _share(self, count: int) -> float:
        return count / len(self._filled) if self._filled else 0.0

    @cached_property
    def values(self) -> Counter[str]:
        """The different texts, with how often each occurs."""
        return Counter(self.texts)

    @cached_property
    def is_dates(self) -> bool:
        """Whether most cells are dates. Years alone are dates only together with other dates: they may be amounts."""
        found = [cell for cell in self._filled if _is_date(cell)]
        years = sum(len(cell.text.strip()) == 4 for cell in found)
        return self._share(len(found)) >= _MOSTLY and (years < len(self._filled) or self._are_years())

    @cached_property
    def is_years(self) -> bool:
        """Whether all cells are years."""
        return bool(self.texts) and all(len(text) == 4 and text.isdigit() for text in self.texts) and self._are_years()

    def _are_years(self) -> bool:
        return all(cell.kind in ("text", "number") and cell.text.strip()[:2] in ("19", "20") for cell in self._filled)

    @cached_property
    def is_amounts(self) -> bool:
        """Whether most cells are amounts."""
        found = sum(map(_is_amount, self._filled))
        return not self.is_dates and self._share(found) >= _MOSTLY

    @property
    def odd(self) -> list[str]:
        """The texts of a column of dates or amounts that are neither."""
        fits = _is_date if self.is_dates else _is_amount
        found = {cell.text.strip() for cell in self.cells if cell.kind == "text" and not fits(cell)}
        return [text for text in self.values if text in found]

    @cached_property
    def is_currencies(self) -> bool:
        """Whether all cells are currencies, by their codes or signs."""
        known = DECIMALS.keys() | amounts.SIGNS.keys()
        return bool(self.texts) and all(text in known or text.upper() in known for text in self.values)

    @cached_property
    def meanings(self) -> dict[str, float]:
        """The concepts that the column may mean, by its head, each with how likely that is.

        A head like `No.` is that of references where the cells are distinct, and do not count the rows.
        """
        found = dict(meanings(self.name))
        if COUNTER in found and self.is_distinct and len(self._running) < 0.8 * len(self.cells):
            found[REFERENCE] = max(found.get(REFERENCE, 0.0), found.pop(COUNTER) - 0.1)
        return found

    @cached_property
    def is_counting(self) -> bool:
        """Whether the cells count the rows, one after the other."""
        return len(self._running) > 2 and len(self._running) >= 0.8 * len(self.cells)

    @cached_property
    def _running(self) -> list[int]:
        """The plain numbers of the column, if each is one more than that before it."""
        numbers = [int(text) for text in self.texts if text.isascii() and text.isdigit() and len(text) < 8]
        return numbers if all(after == before + 1 for before, after in pairwise(numbers)) else []

    @property
    def is_codes(self) -> bool:
        """Whether the column has few different texts."""
        return 0 < len(self.values) <= FEW and (self.rows < 6 or len(self.values) <= self.rows / 2)

    @property
    def is_distinct(self) -> bool:
        """Whether nearly every row has a text of its own."""
        return len(self.texts) >= 0.9 * self.rows and len(self.values) >= 0.9 * len(self.texts)

    @property
    def sample(self) -> str:
        """The first text, for people."""
        return " ".join(self.texts[0].split()) if self.texts else ""


def _is_date(cell: Cell) -> bool:
    return cell.kind == "date" or (cell.kind == "text" and dates.is_date(cell.text.strip()))


def _is_amount(cell: Cell) -> bool:
    return cell.kind == "number" or (cell.kind == "text" and all(map(amounts.is_amount, items(cell.text))))


def items(text: str) -> list[str]:
    """Return the items of a cell with several dates or amounts."""
    return [item.strip() for item in _SEPARATOR.split(text) if item.strip()]


def columns_of(grid: Grid, header: Header, rows: list[GridRow]) -> list[Column]:
    """Return the columns of a list that have a name or cells, with their cells in `rows`."""
    columns = [
        Column(
            place,
            header.names[place],
            [row.cells[place] for row in rows],
            len(rows),
            is_hidden=place in grid.hidden_columns,
        )
        for place in range(grid.width)
    ]
    return [column for column in columns if column.name or column.cells]

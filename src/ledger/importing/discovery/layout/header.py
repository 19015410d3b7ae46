"""Find the head of a grid: the row with the names of the columns, perhaps two rows that belong together."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from ledger.importing.discovery.layout.grid import Grid, GridRow
from ledger.importing.discovery.names import is_known_head
from ledger.importing.source.header import folded

LOOKED_AT = 40
"""The number of rows with text from the top among which the head is looked for."""
_LONGEST = 80
"""The number of characters of the name of a column; longer texts are notes."""
_DIGITS = re.compile(r"[0-9]")


class Header(NamedTuple):
    """The head: the number of its first row, how many rows it has, and the names of all columns; some may be empty.

    `upper` and `lower` are the rows of the grid, counted from 0, that it begins and ends with.
    """

    row: int
    rows: int
    names: list[str]
    upper: int
    lower: int


def find_header(grid: Grid, row: int = 0) -> Header:
    """Return the head of a grid: the row with the most texts that look like names of columns, and its companion.

    The head begins in `row` of the file if that is given.
    """
    visible = [given for given in grid.rows if given.number >= row][:LOOKED_AT] if row else grid.rows[:LOOKED_AT]
    scores = [_score(row, visible[place + 1 : place + 6]) for place, row in enumerate(visible)]
    best = max(range(len(visible)), key=lambda place: (scores[place], -place))
    if best + 1 < len(visible) and _is_upper(grid, visible[best], visible[best + 1]):
        return _header(grid, best, best + 1)
    if best and _is_upper(grid, visible[best - 1], visible[best]):
        return _header(grid, best - 1, best)
    return _header(grid, best, best)


def _score(row: GridRow, below: list[GridRow]) -> float:
    """Return how much a row looks like a head: short texts, known names, and values of another form below."""
    score = 0.0
    for column, cell in enumerate(row.cells):
        text = folded(cell.text)
        if not text:
            continue
        if cell.kind != "text" or (_DIGITS.search(text) and not is_known_head(text)) or len(text) > _LONGEST:
            score -= 1
            continue
        score += 3 if is_known_head(text) else 1
        beneath = [lower.cells[column] for lower in below if lower.cells[column].text.strip()]
        if any(value.kind != "text" or _DIGITS.search(value.text) for value in beneath):
            score += 0.5
    return score


def _is_upper(grid: Grid, upper: GridRow, lower: GridRow) -> bool:
    """Return whether `upper` has names of groups of the columns that `lower` names."""
    if lower.number - upper.number > 1 + (not grid.is_workbook) * _LONGEST:
        return False
    texts = [cell for cell in lower.cells if cell.text.strip()]
    if not texts or any(cell.kind != "text" or _DIGITS.search(cell.text) for cell in texts):
        return False
    groups = _groups(grid, upper)
    wide = [places for places in groups if len(places) > 1]
    if not wide or any(len(places) == grid.width for places in groups):
        return False
    inside = [place for places in wide for place in places if lower.cells[place].text.strip()]
    # Below the other names the cells are empty, or merged into them.
    beside = [places[0] for places in groups if len(places) == 1 and lower.cells[places[0]].text.strip()]
    return len(inside) > 1 and len(beside) <= len(groups) // 3


def _groups(grid: Grid, row: GridRow) -> list[list[int]]:
    """Return the columns that each text of a row stands over: its merged cells, else up to the next text."""
    starts = [place for place, cell in enumerate(row.cells) if cell.text.strip()]
    groups = []
    for start, end in zip(starts, [*starts[1:], grid.width], strict=True):
        merge = next(
            (
                merge
                for merge in grid.merges
                if merge.first_row <= row.number <= merge.last_row and merge.first_column == start
            ),
            None,
        )
        if merge is not None:
            groups.append(list(range(start, merge.last_column + 1)))
        else:
            groups.append([start] if grid.is_workbook else list(range(start, end)))
    return groups


def _header(grid: Grid, upper: int, lower: int) -> Header:
    first, last = grid.rows[upper], grid.rows[lower]
    if upper == lower:
        names = [folded(cell.text) for cell in first.cells]
        return Header(first.number, 1, names, upper, lower)
    above = {place: folded(first.cells[places[0]].text) for places in _groups(grid, first) for place in places}
    names = [joined(above.get(place, ""), folded(cell.text)) for place, cell in enumerate(last.cells)]
    return Header(first.number, 2, names, upper, lower)


def joined(upper: str, lower: str) -> str:
    """Return the name of a column whose head has two rows."""
    return " ".join(filter(None, [upper, lower] if upper != lower else [upper]))


def repeated(names: Iterable[str]) -> set[str]:
    """Return the names that several columns have."""
    return {name for name, count in Counter(names).items() if name and count > 1}

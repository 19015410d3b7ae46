"""Find the rows of a list that are no records: totals, notes below the list, and repeated heads."""

import re
from typing import NamedTuple

from ledger.domain.currencies import DECIMALS
from ledger.importing.discovery import amounts, dates
from ledger.importing.discovery.layout.grid import Grid, GridRow
from ledger.importing.discovery.layout.header import Header
from ledger.importing.discovery.names import normal
from ledger.importing.source.header import folded

_TOTAL = re.compile(
    r"(grand |sub ?|overall )?totals?\b.*|sous total.*|total general.*|somme|suma|summe|gesamt(summe)?"
    r"|合计|总计|小计|المجموع|الإجمالي|الاجمالي"
)
_MOST_WORDS = 2
"""How many cells of a row with a total have words."""
_NOTE = re.compile(r"(source|note|notes|remark|updated|last update|as of|as at|prepared by|status|stand)\b")


class Split(NamedTuple):
    """The rows below the head: the records, and those that are none, by what they are."""

    records: list[GridRow]
    totals: list[GridRow]
    notes: list[GridRow]
    heads: list[GridRow]

    @property
    def none(self) -> list[GridRow]:
        """All rows that are no records."""
        return [*self.totals, *self.notes, *self.heads]


def split_rows(grid: Grid, header: Header) -> Split:
    """Tell the records below the head from totals, notes and repeated heads."""
    split = Split([], [], [], [])
    for row in grid.rows[header.lower + 1 :]:
        texts = [folded(cell.text) for cell in row.cells]
        filled = [text for text in texts if text]
        if is_total(filled):
            split.totals.append(row)
        elif [text for text in texts if text] == [name for name in header.names if name]:
            split.heads.append(row)
        elif len(filled) == 1 and sum(map(bool, header.names)) > 3 and _is_note(filled[0]):
            split.notes.append(row)
        else:
            split.records.append(row)
    return split


def is_total(filled: list[str]) -> bool:
    """Return whether a row has a word for a total, and hardly any words besides: a company may be called Total."""
    words = [text for text in filled if not (amounts.is_amount(text) or dates.is_date(text) or text in DECIMALS)]
    return len(words) <= _MOST_WORDS and any(_TOTAL.fullmatch(normal(text)) and len(text) < 60 for text in words)


def _is_note(text: str) -> bool:
    return bool(_NOTE.match(normal(text)) or text[:1] in "*(†" or len(text) > 60)

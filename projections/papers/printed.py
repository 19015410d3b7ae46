"""What a layout prints, in the order of reading."""

import unicodedata
from collections.abc import Iterator

from projections.papers.layout import ChartItem, Heading, Item, Layout, TableItem, Text
from projections.papers.model import Line, Noted, Printed, Row, Run

LETTERS = {
    "ar": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "ru": "абвгдежзиклмнопрстуфхцчшщэюя",
}
"""The letters of subparagraphs where they are not Latin."""
WITHOUT_BRACKET = ("ar", "es", "fr", "ru", "zh")
"""The languages that print a) for (a)."""


def item_label(index: int, language: str) -> str:
    """Return the label of a subparagraph, counted from 0: `(a)`, in French `a)`."""
    letters = LETTERS.get(language, "abcdefghijklmnopqrstuvwxyz")
    letter = letters[index % len(letters)] * (index // len(letters) + 1)
    return f"{letter})" if language in WITHOUT_BRACKET else f"({letter})"


def lines(layout: Layout) -> Iterator[Line]:
    """Yield each line in the order of reading. A chart has its title alone: its labels are those of its table."""
    yield layout.paper.masthead.title
    for box in layout.boxes:
        yield box.line
    for flow in layout.flows:
        for item in flow.items:
            yield from _lines(item)


def _lines(item: Item) -> Iterator[Line]:
    if isinstance(item, Heading):
        yield item.line
    elif isinstance(item, Text):
        yield item.line
        yield from item.items
    elif isinstance(item, TableItem):
        grid = item.grid
        yield grid.title
        yield from (column.head for column in grid.columns)
        for row in rows(item):
            yield from row.cells
        yield from grid.notes
    else:
        yield item.picture.title


def rows(item: TableItem) -> tuple[Row, ...]:
    """Return the rows of a table, with the total as the last one."""
    return (*item.grid.rows, *([item.grid.total] if item.grid.total else []))


def runs(line: Line) -> Iterator[Run]:
    """Yield each run of a line; those of a note stand where its indicator does."""
    for run in line:
        if isinstance(run, Noted):
            yield from runs(run.line)
        else:
            yield run


def figures(layout: Layout) -> list[Printed]:
    """Return each printed figure in the order of reading, as often as it is printed."""
    return [run for line in lines(layout) for run in runs(line) if isinstance(run, Printed) and run.pointer]


def key_of(item: Item) -> str:
    """Return the key of an item to which references lead; a paragraph has none."""
    if isinstance(item, Heading):
        return item.key
    if isinstance(item, TableItem):
        return item.grid.key
    return item.picture.key if isinstance(item, ChartItem) else ""


def targets(layout: Layout) -> dict[str, Item]:
    """Return the item to which the references to each key lead: the last one, since their text names that."""
    return {key_of(item): item for flow in layout.flows for item in flow.items if key_of(item)}


def is_rtl(text: str) -> bool:
    """Whether a text has letters of a script that is written from right to left."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)

"""The layout of a paper: numbers, references, widths of columns and texts of charts, given once for all renderings.

Parts are numbered I., A., 1.; paragraphs 1. to the end of the body; tables and figures through body and annexes;
annexes by letters. A reference becomes the text of what it refers to.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import ceil
from typing import NamedTuple

from projections.papers.charts import Bar, Chart, described
from projections.papers.model import (
    Block,
    Box,
    Column,
    Grid,
    Line,
    Noted,
    Paper,
    Paragraph,
    Part,
    Picture,
    Printed,
    Referred,
    Row,
    Run,
    Words,
)  # fmt: skip
from projections.papers.numbers import NumberStyle
from projections.papers.text_width import width

SIZE = 8.5
"""The size of letters in tables, in points; widths of columns are estimated with it."""
PAGE, PAGE_ACROSS = 470.0, 717.0
"""The width of the text of an A4 page, and of one across, in points."""
PADDING = 9.0
"""The room at the sides of a cell, in points."""
BOLD = 1.1
"""How much wider the letters of heads are, which are bold."""
INDENT = 1.2 * SIZE
"""By how much a row is indented for each level, in points."""
AIRY = 5
"""Tables with fewer columns have room for heads on one line."""
HEAD_LINES = 2.2
"""The lines that a head takes in other tables, about: it breaks between words only."""
LONGEST_WORD = 110.0
"""The width for which a column of words is wide enough, in points: a longer word is broken."""
_YEAR = re.compile(r"(?<=[^\W\d_])\u00a0(?=[0-9]{4}\b)")


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a language that numbering needs: `Table`, `Figure`, `Annex`, and those within sentences.

    A page closes with a table of its figures, their values and entries.
    """

    table: str
    figure: str
    annex: str
    table_in_text: str
    figure_in_text: str
    annex_in_text: str
    section_in_text: str
    total: str
    figures: str = "Figures and entries"
    value: str = "Value"
    entries: str = "Entries of the log"
    colon: str = ":"


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading. Level 1 is a section or an annex."""

    key: str
    level: int
    number: str
    line: Line


@dataclass(frozen=True, slots=True)
class Text:
    """A numbered paragraph with its subparagraphs, of a message. In an annex it has no number (0)."""

    number: int
    line: Line
    items: tuple[Line, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class TableItem:
    """A table with its caption (`Table 1`, title) and the share of the width that each column has, 1 in all."""

    label: str
    grid: Grid
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ChartItem:
    """A chart with its caption, the table that it draws, and its text for who cannot see it."""

    label: str
    picture: Picture
    grid: Grid
    chart: Chart
    alternative: str


Item = Heading | Text | TableItem | ChartItem


class Flow(NamedTuple):
    """What stands on pages of one orientation: the body, an annex, a wide table. `is_new` begins a new page."""

    wide: bool
    is_new: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A paper with all numbers given and all references resolved."""

    paper: Paper
    boxes: tuple[Box, ...]
    flows: tuple[Flow, ...]
    terms: Terms
    style: NumberStyle


def laid_out(paper: Paper, terms: Terms, style: NumberStyle) -> Layout:
    """Return the layout of a paper. Raises KeyError for a reference to nothing, ValueError for a single subpart."""
    numbering = _Numbering(terms)
    for index, part in enumerate(paper.parts, 1):
        numbering.name(part, _roman(index), terms.section_in_text)
    for index, part in enumerate(paper.annexes):
        numbering.name(part, _letter(index), terms.annex_in_text)
    writer = _Writer(numbering.names, terms, style)
    items = [item for index, part in enumerate(paper.parts, 1) for item in writer.part(part, f"{_roman(index)}.", 1)]
    flows = list(_flows(items, is_new=False))
    for index, part in enumerate(paper.annexes):
        number = f"{terms.annex} {_letter(index)}."
        flows += _flows(list(writer.part(part, number, 1, is_annex=True)), is_new=True)
    boxes = tuple(replace(box, line=writer.line(box.line)) for box in paper.boxes)
    return Layout(paper, boxes, tuple(flows), terms, style)


def plain(line: Line) -> str:
    """Return the text of a line, without its notes."""
    return "".join("" if isinstance(run, Noted) else run.text for run in line)


def _flows(items: list[Item], *, is_new: bool) -> Iterator[Flow]:
    # A wide table takes its heading, and what an annex says below it, with it onto a page across.
    flow: list[Item] = []
    wide = False
    for item in items:
        is_wide = isinstance(item, TableItem) and item.grid.wide
        if is_wide != wide and flow:
            heads: list[Item] = []
            while is_wide and flow and (isinstance(flow[-1], Heading) or getattr(flow[-1], "number", 1) == 0):
                heads.insert(0, flow.pop())
            if flow:
                yield Flow(wide, is_new, tuple(flow))
                is_new = True
            flow = heads
        wide = is_wide
        flow.append(item)
    if flow:
        yield Flow(wide, is_new, tuple(flow))


def _roman(number: int) -> str:
    text = ""
    for value, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        text += letters * (number // value)
        number %= value
    return text


def _letter(index: int) -> str:
    """Return A to Z, then AA, AB, …."""
    return (_letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


@dataclass(slots=True)
class _Numbering:
    """Gives each part, table and chart the text by which sentences refer to it."""

    terms: Terms
    names: dict[str, str] = field(default_factory=dict)
    tables: int = 0
    figures: int = 0

    def name(self, part: Part, number: str, term: str) -> None:
        self.names[part.key] = f"{term} {number}"
        subparts = 0
        for block in part.blocks:
            if isinstance(block, Grid):
                self.tables += 1
                self.names[block.key] = f"{self.terms.table_in_text} {self.tables}"
            elif isinstance(block, Picture):
                self.figures += 1
                self.names[block.key] = f"{self.terms.figure_in_text} {self.figures}"
            elif isinstance(block, Part):
                subparts += 1
                self.name(block, f"{number}.{_letter(subparts - 1)}", term)
        if subparts == 1:
            raise ValueError(f"the part '{part.key}' has a single subpart")  # UN Editorial Manual, headings


@dataclass(slots=True)
class _Writer:
    """Turns blocks into items, counting paragraphs, tables and figures."""

    names: Mapping[str, str]
    terms: Terms
    style: NumberStyle
    paragraphs: int = 0
    tables: int = 0
    figures: int = 0

    def part(self, part: Part, number: str, level: int, *, is_annex: bool = False) -> Iterator[Item]:
        yield Heading(part.key, level, number, self.line(part.title))
        grids = {block.key: block for block in part.blocks if isinstance(block, Grid)}
        subparts = 0
        for block in part.blocks:
            if isinstance(block, Part):
                subparts += 1
                below = f"{_letter(subparts - 1)}." if level == 1 else f"{subparts}."
                yield from self.part(block, below, level + 1, is_annex=is_annex)
            else:
                yield self.block(block, grids, is_annex=is_annex)

    def block(self, block: Block, grids: Mapping[str, Grid], *, is_annex: bool) -> Item:
        if isinstance(block, Paragraph):
            self.paragraphs += not is_annex
            number = 0 if is_annex else self.paragraphs
            return Text(number, self.line(block.line), tuple(map(self.line, block.items)), block.message)
        if isinstance(block, Grid):
            self.tables += 1
            grid = self.grid(block)
            return TableItem(f"{self.terms.table} {self.tables}", grid, widths(grid))
        self.figures += 1
        grid = self.grid(grids[block.of])
        chart = _chart(block, grid, self.style)
        label = f"{self.terms.figure} {self.figures}"
        return ChartItem(label, replace(block, title=self.line(block.title)), grid, chart, _described(chart))

    def grid(self, grid: Grid) -> Grid:
        columns = tuple(replace(column, title=self.line(column.title)) for column in grid.columns)

        def row(given: Row) -> Row:
            cells = zip(given.cells, columns, strict=True)
            return replace(given, cells=tuple(_loose(self.line(cell), column) for cell, column in cells))

        return replace(
            grid,
            title=self.line(grid.title),
            columns=columns,
            rows=tuple(map(row, grid.rows)),
            total=row(grid.total) if grid.total else None,
            notes=tuple(map(self.line, grid.notes)),
        )

    def line(self, line: Line) -> Line:
        return tuple(map(self.run, line))

    def run(self, run: Run) -> Run:
        if isinstance(run, Referred):
            return Referred(run.to, self.names[run.to])
        return Noted(self.line(run.line)) if isinstance(run, Noted) else run


def _loose(line: Line, column: Column) -> Line:
    # In a column of words, which may be narrow, a day may break before its year.
    def loose(run: Run) -> Run:
        if isinstance(run, Words) or (isinstance(run, Printed) and not run.pointer):
            return replace(run, text=_YEAR.sub(" ", run.text))
        return run

    return tuple(map(loose, line)) if column.holds == "words" else line


def widths(grid: Grid) -> tuple[float, ...]:
    """Return the share of a table's width that each column has.

    Numbers, days and references have the width of their longest text, so that none breaks. Columns of words share the
    rest by the length of what they hold, so that their cells have as many lines; none is narrower than its words.
    """
    rows = [*grid.rows, *([grid.total] if grid.total else [])]
    is_airy = len(grid.columns) < AIRY
    wanted, least = [], []
    for index, column in enumerate(grid.columns):
        cells = [plain(row.cells[index]) for row in rows]
        indent = INDENT * max((row.level for row in rows), default=0) if index == 0 else 0.0
        wanted.append(_wanted(column, cells, is_airy=is_airy) + indent)
        least.append(_least(column, cells) + indent)
    words = [index for index, column in enumerate(grid.columns) if column.holds == "words"]
    whole = PAGE_ACROSS if grid.wide else PAGE
    rigid = sum(wanted) - sum(wanted[index] for index in words)
    room = max(whole - rigid, sum(least[index] for index in words))
    points = wanted.copy()
    shares = _shared(room, [wanted[index] for index in words], [least[index] for index in words])
    for index, share in zip(words, shares, strict=True):
        points[index] = share
    return tuple(part / sum(points) for part in points)


def _shared(room: float, wanted: Sequence[float], least: Sequence[float]) -> list[float]:
    """Return the parts of a room by what is wanted; who would get less than its least, gets that first."""
    if sum(least) > room:
        return [room * need / sum(least) for need in least]
    short: set[int] = set()
    while True:
        free = room - sum(least[index] for index in short)
        rest = sum(want for index, want in enumerate(wanted) if index not in short)
        shares = [least[index] if index in short else free * want / rest for index, want in enumerate(wanted)]
        more = {index for index, share in enumerate(shares) if index not in short and share < least[index] - 0.1}
        if not more:
            return shares
        short |= more


def _wanted(column: Column, cells: Sequence[str], *, is_airy: bool) -> float:
    """Return the width that a column asks for, in points: of words that of most cells, of all else of the longest.

    The head stays on one line where there is room for it (`is_airy`), otherwise on few.
    """
    whole = width(plain(column.head), SIZE) * BOLD
    head = whole if is_airy else max(whole / HEAD_LINES, _longest_word([plain(column.head)]) * BOLD)
    long = sorted(width(cell, SIZE) for cell in cells) or [0.0]
    return max(head, long[ceil((len(long) - 1) * 0.9)] if column.holds == "words" else long[-1]) + PADDING


def _least(column: Column, cells: Sequence[str]) -> float:
    """Return the width that a column of words needs to break none, in points; a very long word is broken."""
    return min(max(_longest_word([plain(column.head)]) * BOLD, _longest_word(cells)), LONGEST_WORD) + PADDING


def _longest_word(texts: Sequence[str]) -> float:
    # A no-break space is within a word, and between two characters of Chinese a line may break.
    words = (word for text in texts for word in re.split(r"[ \u3000-\u9fff]", text))
    return max((width(word, SIZE) for word in words), default=0.0)


def _chart(picture: Picture, grid: Grid, style: NumberStyle) -> Chart:
    at = {column.key: index for index, column in enumerate(grid.columns)}
    series = [at[key] for key in picture.series]
    legend = tuple(plain(grid.columns[index].title) for index in series)
    title = plain(picture.title)
    if picture.kind == "share":
        parts = [(plain(row.cells[at[picture.category]]), _amount(row.cells[series[0]]), row) for row in grid.rows]
        labels = tuple(_labels(row, picture, at, style) for _, _, row in parts)
        total = plain(grid.total.cells[series[0]]) if grid.total else ""
        bar = Bar("", tuple(amount for _, amount, _ in parts), total, labels)
        return Chart("share", title, (bar,), tuple(name for name, _, _ in parts))
    is_money = all(grid.columns[index].holds == "money" for index in series)

    def short(amount: Decimal) -> str:
        return style.plain(style.millions(amount) if is_money else amount)

    bars = []
    for row in grid.rows:
        amounts = tuple(_amount(row.cells[index]) for index in series)
        text, labels = _labels(row, picture, at, style), ()
        if picture.kind == "columns":
            # The text over a column is the sum rounded, not the sum of rounded parts.
            whole, labels = short(sum(amounts, Decimal(0))), tuple(map(short, amounts))
            text = f"{whole} ({text})" if text else whole
        bars.append(Bar(plain(row.cells[at[picture.category]]), amounts, text, labels))
    return Chart(picture.kind, title, tuple(bars), legend)


def _labels(row: Row, picture: Picture, at: Mapping[str, int], style: NumberStyle) -> str:
    texts = [_label(row.cells[at[key]], style) for key in picture.labels]
    return texts[0] + "".join(f" ({text})" for text in texts[1:]) if texts else ""


def _label(cell: Line, style: NumberStyle) -> str:
    # On a chart no head names the unit of a share.
    run = cell[0] if len(cell) == 1 else None
    if isinstance(run, Printed) and run.unit == "percent" and not isinstance(run.value, str):
        return style.table_percent(run.value)
    return plain(cell)


def _amount(cell: Line) -> Decimal:
    values = [run.value for run in cell if isinstance(run, Printed) and not isinstance(run.value, str)]
    return Decimal(values[0]) if values else Decimal(0)


def _described(chart: Chart) -> str:
    return f"{chart.title}. {described(chart)}"  # for who cannot see it: made from the rows of its table

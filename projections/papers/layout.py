"""The layout of a paper: numbers, references, widths of columns and texts of charts, given once for all renderings.

Parts are numbered I., A., 1.; paragraphs 1. to the end of the body; tables and figures through body and annexes;
annexes by letters. A reference becomes the text of what it refers to.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
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
INDENT = 10.0
"""The indent of a row that breaks down another, in points."""
BREAKS = re.compile("[ \u2e80-\u9fff\uac00-\ud7a3]")
"""Where a line can be broken: at spaces, and at each Chinese, Japanese or Korean character."""
LONGEST_WORD = 90.0
"""The width for which a column of words is wide enough for any word: a longer one is broken."""
AIRY = 5
"""Tables with fewer columns have room for heads on one line."""
LEAST_WORDS = 0.3
"""The share of a table's width that columns of running text have at least, together."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a language that numbering needs: `Table`, `Figure`, `Annex`, and those within sentences."""

    table: str
    figure: str
    annex: str
    table_in_text: str
    figure_in_text: str
    annex_in_text: str
    section_in_text: str
    total: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading. Level 1 is a section or an annex."""

    key: str
    level: int
    number: str
    line: Line


@dataclass(frozen=True, slots=True)
class Text:
    """A numbered paragraph with its subparagraphs. In an annex it has no number (0)."""

    number: int
    line: Line
    items: tuple[Line, ...] = ()


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
    # A wide table takes its heading with it onto a page across.
    flow: list[Item] = []
    wide = False
    for item in items:
        is_wide = isinstance(item, TableItem) and item.grid.wide
        if is_wide != wide and flow:
            heads: list[Item] = []
            while is_wide and flow and isinstance(flow[-1], Heading):
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
            return Text(number, self.line(block.line), tuple(map(self.line, block.items)))
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
        def row(given: Row) -> Row:
            return replace(given, cells=tuple(map(self.line, given.cells)))

        return replace(
            grid,
            title=self.line(grid.title),
            columns=tuple(replace(column, title=self.line(column.title)) for column in grid.columns),
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


def widths(grid: Grid) -> tuple[float, ...]:
    """Return the share of a table's width that each column has.

    Numbers, days and references have the width of their longest text, so that none breaks. Columns of words share the
    rest by what they hold; none has less than its longest word needs, where there is room.
    """
    rows = [*grid.rows, *([grid.total] if grid.total else [])]
    is_airy = len(grid.columns) < AIRY
    indent = INDENT * max((int(row.level) for row in rows), default=0)
    needs = [
        _need(column, [row.cells[index] for row in rows], 0 if index else indent, is_airy=is_airy)
        for index, column in enumerate(grid.columns)
    ]
    words = [index for index, column in enumerate(grid.columns) if column.holds == "words"]
    whole = PAGE_ACROSS if grid.wide else PAGE
    rigid = sum(need.wanted for index, need in enumerate(needs) if index not in words)
    room = max(whole - rigid, LEAST_WORDS * whole if words else 0.0)
    points = [need.wanted for need in needs]
    for index, part in zip(words, _shared(room, [needs[index] for index in words]), strict=True):
        points[index] = part
    return tuple(part / sum(points) for part in points)


class _Need(NamedTuple):
    """The width that a column cannot do without, and the one that it asks for, in points."""

    least: float
    wanted: float


def _need(column: Column, cells: Sequence[Line], indent: float, *, is_airy: bool) -> _Need:
    """Return the width that a column needs: of words that of most cells, of all else of the longest.

    The head stays on one line where there is room for it (`is_airy`).
    """
    texts = [plain(cell) for cell in cells]
    head = _longest([plain(column.head)]) * BOLD
    wished = width(plain(column.head), SIZE) * BOLD if is_airy else head
    beside = PADDING + indent
    long = sorted(width(text, SIZE) for text in texts) or [0.0]
    if column.holds == "words":
        wanted = max(wished, long[int((len(long) - 1) * 0.9)]) + beside
        return _Need(min(max(head, min(_longest(texts), LONGEST_WORD)) + beside, wanted), wanted)
    wanted = max(wished, long[-1]) + beside
    return _Need(wanted, wanted)


def _longest(texts: Sequence[str]) -> float:
    """Return the width of the longest word of some texts; no-break spaces are within a word."""
    return max((width(word, SIZE) for text in texts for word in BREAKS.split(text)), default=0.0)


def _shared(room: float, needs: Sequence[_Need]) -> list[float]:
    """Return how columns of words share a room: their texts take the same number of lines, and no word is broken."""
    least = sum(need.least for need in needs)
    if room <= least:
        return [room * need.least / least for need in needs]
    lines = 1.0
    while sum(points := [max(need.least, need.wanted / lines) for need in needs]) > room:
        lines *= 1.05
    return [room * part / sum(points) for part in points]


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
    bars = []
    for row in grid.rows:
        parts_of = tuple(_amount(row.cells[index]) for index in series)
        short = tuple(style.plain(style.millions(part)) for part in parts_of) if picture.kind == "columns" else ()
        bars.append(Bar(plain(row.cells[at[picture.category]]), parts_of, _labels(row, picture, at, style), short))
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
    """Return a chart in words, for who cannot see it: made from the rows of its table."""
    return f"{chart.title}. {described(chart)}"

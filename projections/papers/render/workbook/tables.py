"""The sheet of a table: typed cells under frozen and filtered heads, its notes below, its charts at its side."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from projections.papers.layout import PAGE, PAGE_ACROSS, ChartItem, TableItem
from projections.papers.model import Column, Line, Noted, Printed, Row, Words
from projections.papers.render import native_chart
from projections.papers.render.word.lines import letter
from projections.papers.render.workbook.book import LETTER, Book, is_typed, place
from projections.papers.render.workbook.lines import Written, written
from projections.papers.render.workbook.names import MANIFEST, Names

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

CAPTION, BACK, HEADS, FIRST = 0, 1, 2, 3
"""The rows of a sheet: caption, link to the document, heads, first row of the table."""
LEAST, MOST = 9.0, 60.0
WORDS = 1.4
"""How much wider columns of words are than on a page across: a sheet has more room."""
FILTER = 3
"""The room for the button of a filter, in letters."""
CHART = 640
"""The width of a chart in pixels, and the columns that it covers."""
COVERED = 11


@dataclass(slots=True)
class TableSheet:
    """Writes one table onto its sheet, row by row."""

    book: Book
    names: Names
    sheet: "Worksheet"
    item: TableItem
    charts: list[ChartItem]
    document: str
    notes: list[Line] = field(default_factory=list)

    def write(self) -> None:
        """Write the sheet. Rows are written in their order, since no more than one is held."""
        grid, sheet = self.item.grid, self.sheet
        for index, wide in enumerate(self._widths):
            sheet.set_column(index, index, wide)
        self._across(CAPTION, (Words(f"{self.item.label}. "), *grid.title), bold=True, font_size=12)
        self.book.link(sheet, BACK, 0, f"{self.document}!A1", self.document)
        beside = len(grid.columns) + 1
        for index, chart in enumerate(self.charts):
            title = (Words(f"{chart.label}. "), *chart.picture.title)
            self._text(BACK, beside + index * COVERED, title, bold=True)
        for index, column in enumerate(grid.columns):
            self._head(index, column)
        for index, row in enumerate(grid.rows):
            self._row(FIRST + index, row)
        below = FIRST + len(grid.rows)
        if grid.total:
            self._row(below, grid.total, bold=True, top=1, top_color=self.book.look.accent)
            below += 1
        self._below(below + 1)
        self._charts(beside)
        sheet.freeze_panes(FIRST, 0)
        if grid.rows:
            sheet.autofilter(HEADS, 0, FIRST + len(grid.rows) - 1, len(grid.columns) - 1)
        sheet.repeat_rows(HEADS)
        self.book.print_as(sheet, across=grid.wide or bool(self.charts))

    @property
    def _widths(self) -> list[float]:
        grid = self.item.grid
        room = PAGE_ACROSS if grid.wide else PAGE
        wides = [WORDS if grid.wide and column.holds == "words" else 1 for column in grid.columns]
        parts = zip(self.item.widths, wides, strict=True)
        return [min(max(share * room * wide / LETTER + FILTER, LEAST), MOST) for share, wide in parts]

    def _head(self, index: int, column: Column) -> None:
        side: dict[str, Any] = {"align": "right"} if column.is_number else {"indent": int(index > 0)}
        accent = self.book.look.accent
        rule: dict[str, Any] = {"valign": "bottom", "top": 1, "top_color": accent, "bottom": 1, "bottom_color": accent}
        self._text(HEADS, index, column.head, bold=True, room=self._widths[index] - FILTER, **rule, **side)

    def _row(self, row: int, given: Row, **properties: Any) -> None:
        for index, column in enumerate(self.item.grid.columns):
            line = given.cells[index] if index < len(given.cells) else ()
            indent = int(not column.is_number) if index else 2 * int(given.level)
            self._cell(row, index, column, line, **properties, indent=indent)

    def _cell(self, row: int, index: int, column: Column, line: Line, **properties: Any) -> None:
        values = [run for run in line if not isinstance(run, Noted)]
        value = values[0] if len(values) == 1 else None
        if isinstance(value, Printed) and is_typed(value, as_number=column.is_number):
            self.names.name(value, place(self.sheet, row, index))
            suffix = "".join(f'" [{self._noted(run.line)}]"' for run in line if isinstance(run, Noted))
            self.book.value(self.sheet, row, index, value, suffix, **properties)
            return
        side = {"align": "right"} if column.is_number else {}
        wraps = {"room": self._widths[index]} if column.holds == "words" else {}
        self._text(row, index, line, all_values=True, **properties, **side, **wraps)

    def _text(self, row: int, column: int, line: Line, *, all_values: bool = False, **properties: Any) -> None:
        at = place(self.sheet, row, column)
        text = self._written(line, at, all_values=all_values)
        self.names.keep(text, at)
        self.book.text(self.sheet, row, column, text.text, **properties)

    def _across(self, row: int, line: Line, **properties: Any) -> None:
        """Write a text over all columns of the table."""
        last = len(self.item.grid.columns) - 1
        if last:
            self.sheet.merge_range(row, 0, row, last, "", self.book.format(text_wrap=True, **properties))
        self._text(row, 0, line, room=sum(self._widths), **properties)

    def _written(self, line: Line, at: str, *, all_values: bool) -> Written:
        base = self.book.layout.paper.direction
        return written(line, base, lambda run: self.names.name(run, at), self._noted, all_values=all_values)

    def _noted(self, line: Line) -> str:
        self.notes.append(line)
        return letter(len(self.notes))

    def _below(self, row: int) -> None:
        for line in self.item.grid.notes:
            self._across(row, line, font_size=9)
            row += 1
        index = 0
        while index < len(self.notes):  # a note can have a note
            self._across(row + index, (Words(f"[{letter(index + 1)}] "), *self.notes[index]), font_size=9)
            index += 1

    def _charts(self, beside: int) -> None:
        for index, item in enumerate(self.charts):
            given = native_chart.drawing(item.chart, self.book.layout)
            chart = native_chart.native(self.book.book, given, self._drawn(item, given), self.book.look)
            chart.set_size({"width": CHART, "height": given.high})
            options = {"description": item.alternative, "object_position": 3}
            self.sheet.insert_chart(HEADS, beside + index * COVERED, chart, options)

    def _drawn(self, item: ChartItem, given: native_chart.Drawing) -> native_chart.Place:
        """Return the cells that a chart draws: those of the table, but for sums, which no table needs to have."""
        at = {column.key: index for index, column in enumerate(item.grid.columns)}
        name, last = self.sheet.get_name(), FIRST + len(item.grid.rows) - 1
        columns = [at[key] for key in item.picture.series]
        if given.chart.kind == "share":
            caption = [name, CAPTION, 0, CAPTION, 0]
            rows = range(FIRST, FIRST + len(given.series))
            return native_chart.Place(caption, [[name, row, columns[0], row, columns[0]] for row in rows])
        category = at[item.picture.category]
        numbers: list[list[Any]] = []
        for index, series in enumerate(given.series):
            if series.is_end:
                kept = self.names.numbers(series.numbers)
                numbers.append([MANIFEST, kept, 1, kept, len(series.numbers)])
            else:
                numbers.append([name, FIRST, columns[index], last, columns[index]])
        return native_chart.Place([name, FIRST, category, last, category], numbers)

"""A laid-out paper as a workbook: its text on the first sheet, a sheet for each table, and a sheet of its figures.

Numbers and days are typed, and texts stay texts. Of a long paper no more than one row of a sheet is held.
Equal papers give equal bytes.
"""

import io
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from projections.papers.layout import ChartItem, Heading, Item, Layout, TableItem, Text, plain
from projections.papers.look import Look
from projections.papers.model import Box, Line, Words
from projections.papers.render.native_chart import AS_TEXTS, completed
from projections.papers.render.normal_zip import normal
from projections.papers.render.workbook.book import Book, place
from projections.papers.render.workbook.lines import written
from projections.papers.render.workbook.names import FIGURES, MANIFEST, Names
from projections.papers.render.workbook.tables import TableSheet

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

DOCUMENT = "Document"
NUMBER, TEXT = 7, 100
"""The widths of the columns of the document, in letters."""
LONG = 2_000
"""The number of rows of tables from which cells do not share their texts, since all texts would have to be held."""
WITHOUT_BRACKET = ("fr", "es")
"""The languages that print a) for (a) (United Nations Editorial Manual, paragraphs)."""


def rendered(layout: Layout, look: Look) -> bytes:
    """Return a paper as XLSX."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only this writes workbooks

    target, paper = io.BytesIO(), layout.paper
    with Workbook(target, {**AS_TEXTS, "constant_memory": _rows(layout) > LONG}) as workbook:
        head = paper.masthead
        workbook.set_properties(
            {
                "title": plain(head.title)[:255],
                "author": head.organization[:255],
                "created": datetime.fromisoformat(paper.dated),
            }
        )
        book = Book(workbook, layout, look, {FIGURES.lower(), MANIFEST.lower()})
        sheet = book.sheet(DOCUMENT)
        items = [item for flow in layout.flows for item in flow.items]
        tables = {item.grid.key: book.sheet(item.label) for item in items if isinstance(item, TableItem)}
        names = Names(book, workbook.add_worksheet(FIGURES), workbook.add_worksheet(MANIFEST))
        names.begin(layout)
        document = _Document(book, names, sheet, tables, [item for item in items if isinstance(item, ChartItem)])
        document.write(items)
        names.end()
    return normal(target.getvalue(), completed)


def _rows(layout: Layout) -> int:
    return sum(len(item.grid.rows) for flow in layout.flows for item in flow.items if isinstance(item, TableItem))


@dataclass(slots=True)
class _Document:
    """Writes the first sheet, and each table where it stands in the document."""

    book: Book
    names: Names
    sheet: "Worksheet"
    tables: dict[str, "Worksheet"]
    charts: list[ChartItem]
    row: int = 0
    notes: list[Line] = field(default_factory=list)

    def write(self, items: list[Item]) -> None:
        self.sheet.set_column(0, 0, NUMBER)
        self.sheet.set_column(1, 1, TEXT)
        self.sheet.hide_gridlines(2)
        self._masthead()
        for box in self.book.layout.boxes:
            self._box(box)
        for item in items:
            self._item(item)
        self._notes()
        self.row += 1
        self._line("", (Words(self.book.layout.paper.foot),), font_size=9)
        self.book.print_as(self.sheet, across=False)

    def _masthead(self) -> None:
        head = self.book.layout.paper.masthead
        self._line("", (Words(head.organization),), bold=True, font_size=12)
        for text in (head.body, head.session, head.agenda, head.symbol, head.date, head.original, head.distribution):
            if text:
                self._line("", (Words(text),))
        self.row += 1
        if head.source:
            self._line("", (Words(head.source),))
        self._line("", head.title, bold=True, font_size=16, font_color=self.book.look.accent)
        self.row += 1

    def _box(self, box: Box) -> None:
        rule = {"left": 1, "right": 1, "border_color": self.book.look.accent}
        self._line("", (Words(box.label),), bold=True, top=1, **rule)
        self._line("", box.line, bottom=1, **rule)

    def _item(self, item: Item) -> None:
        if isinstance(item, Heading):
            self._heading(item)
        elif isinstance(item, Text):
            self._line(f"{item.number}." if item.number else "", item.line)
            for index, line in enumerate(item.items):
                self._line("", (Words(f"{self._label(index)} "), *line), indent=2)
        elif isinstance(item, TableItem):
            self._link(item.grid.key, f"{item.label}. {plain(item.grid.title)}")
            self._table(item)
        else:
            self._link(item.grid.key, f"{item.label}. {plain(item.picture.title)}")

    def _heading(self, item: Heading) -> None:
        self.row += 1
        is_annex = item.number.startswith(f"{self.book.layout.terms.annex} ")
        number, line = ("", (Words(f"{item.number} "), *item.line)) if is_annex else (item.number, item.line)
        self._line(number, line, bold=True, font_size=max(14 - 1.5 * (item.level - 1), 10))

    def _label(self, index: int) -> str:
        label = f"{chr(ord('a') + index % 26)})"
        return label if self.book.layout.paper.language in WITHOUT_BRACKET else f"({label}"

    def _table(self, item: TableItem) -> None:
        charts = [chart for chart in self.charts if chart.grid.key == item.grid.key]
        TableSheet(self.book, self.names, self.tables[item.grid.key], item, charts, DOCUMENT).write()

    def _link(self, key: str, text: str) -> None:
        self.book.link(self.sheet, self.row, 1, f"{self.tables[key].get_name()}!A1", text, text_wrap=True)
        self.row += 1

    def _notes(self) -> None:
        index = 0
        self.row += bool(self.notes)
        while index < len(self.notes):  # a note can have a note
            self._line(f"[{index + 1}]", self.notes[index], font_size=9)
            index += 1

    def _line(self, number: str, line: Line, **properties: Any) -> None:
        at = place(self.sheet, self.row, 1)
        direction = self.book.layout.paper.direction
        text = written(line, direction, lambda run: self.names.name(run, at), self._noted)
        self.names.keep(text, at)
        if number:
            size = {key: value for key, value in properties.items() if key in ("bold", "font_size")}
            self.book.text(self.sheet, self.row, 0, number, **size)
        self.book.text(self.sheet, self.row, 1, text.text, room=TEXT, **properties)
        self.row += 1

    def _noted(self, line: Line) -> str:
        self.notes.append(line)
        return str(len(self.notes))

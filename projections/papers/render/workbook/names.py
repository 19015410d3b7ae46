"""The last sheets of a workbook: the figures with their places and entries, and a hidden one for programs."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from projections.papers.carried import NamedValue, as_json, chunks, data_of, marked
from projections.papers.layout import Layout
from projections.papers.model import Printed
from projections.papers.render.workbook.book import LONGEST, Book, is_exact, number
from projections.papers.render.workbook.lines import Written
from projections.queries.figures import Figure, ranges

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FIGURES, MANIFEST = "Figures", "Manifest"
HEADS = ("Figure", "Pointer", "As printed", "Value", "Unit", "Kind", "Made from", "Place")
WIDTHS = (9, 44, 24, 18, 10, 10, 48, 22)
LINKS = 60_000
"""The number of links that are written: a sheet can have 65,530."""
RANGES = 1_000
"""The number of ranges of entries that a cell names."""


@dataclass(slots=True)
class Names:
    """Names each printed value as it is written, and writes the two sheets row by row."""

    book: Book
    figures: "Worksheet"
    manifest: "Worksheet"
    count: int = 0
    links: int = 0
    rows: int = 0
    known: dict[str, str] = field(default_factory=dict)

    def begin(self, layout: Layout) -> None:
        """Write the heads, and the data of the paper."""
        sheet, accent = self.figures, self.book.look.accent
        for column, (head, wide) in enumerate(zip(HEADS, WIDTHS, strict=True)):
            sheet.set_column(column, column, wide)
            self.book.text(sheet, 0, column, head, bold=True, bottom=1, bottom_color=accent)
        sheet.freeze_panes(1, 0)
        self.book.print_as(sheet, across=True)
        sheet.repeat_rows(0)
        self.manifest.very_hidden()
        self._row("data", as_json(data_of(layout.paper)))

    def name(self, run: Printed, place: str) -> str:
        """Write the row of a printed value, and return its name."""
        self.count += 1
        mark = marked(self.count, run, place)
        book, sheet, row = self.book, self.figures, self.count
        for column, text in ((0, mark.ident), (1, mark.pointer), (2, mark.text), (4, mark.unit)):
            book.text(sheet, row, column, text)
        if is_exact(run.value):
            sheet.write_number(row, 3, float(run.value), book.format(num_format=number(run)))
        else:
            book.text(sheet, row, 3, mark.value, align="right")
        figure = book.layout.paper.figures.get(run.pointer)
        if figure is not None:
            book.text(sheet, row, 5, figure.kind)
            book.text(sheet, row, 6, self._made_from(run.pointer, figure))
        self._place(mark, row)
        return mark.ident

    def _made_from(self, pointer: str, figure: Figure) -> str:
        if pointer not in self.known:
            self.known[pointer] = _made_from(figure)
        return self.known[pointer]

    def _place(self, mark: NamedValue, row: int) -> None:
        # Days of lists have no links: a list of 20,000 agreements has more days than a sheet can have links.
        if mark.pointer and self.links < LINKS:
            self.links += 1
            self.book.link(self.figures, row, 7, mark.place, mark.place)
        else:
            self.book.text(self.figures, row, 7, mark.place)

    def keep(self, line: Written, place: str) -> None:
        """Keep the texts around the figures of a cell, so that a reader finds them after the text was edited."""
        if line.figures:
            self._row("line", as_json({"place": place, "figures": line.figures, "between": line.between}))

    def numbers(self, numbers: list[float]) -> int:
        """Keep the numbers of a series that no table has, and return their row; they begin in the second column."""
        self.manifest.write_string(self.rows, 0, "series")
        for column, value in enumerate(numbers, 1):
            self.manifest.write_number(self.rows, column, value)
        self.rows += 1
        return self.rows - 1

    def _row(self, kind: str, text: str) -> None:
        self.manifest.write_string(self.rows, 0, kind)
        for column, piece in enumerate(chunks(text, LONGEST), 1):
            self.manifest.write_string(self.rows, column, piece)
        self.rows += 1

    def end(self) -> None:
        """Let the rows be filtered."""
        self.figures.autofilter(0, 0, max(self.count, 1), len(HEADS) - 1)


def _made_from(figure: Figure) -> str:
    if figure.of:
        return " / ".join(figure.of)
    found = ranges(figure.entries)
    texts = [str(first) if first == last else f"{first}\N{EN DASH}{last}" for first, last in found[:RANGES]]
    return ", ".join(texts) + (", …" if len(found) > RANGES else "")

"""A laid-out paper as one HTML file, for screens and A4: style and charts are inline; no script, no external files.

Each figure is a link to its row in the closing table, which names the entries of the log behind it. A comment at the
end carries the data of the paper, so that a program can compare each figure with what was stated.
"""

import base64
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from projections.papers import carried, printed
from projections.papers.layout import ChartItem, Heading, Item, Layout, TableItem, plain
from projections.papers.look import Look
from projections.papers.model import Column, Line, Named, Noted, Printed, Referred, Run
from projections.papers.render import svg_charts
from projections.papers.render.css import css_text
from projections.queries.figures import Figure, ranges

TEMPLATES = Path(__file__).parent / "templates"
MAX_RANGES = 100
"""The most ranges of entries that are printed for a figure; `ledger explain` and the JSON form have all."""
LONGEST_WORD = 30
"""The length in characters from which a word within a cell may break."""
IMAGES = {".svg": "svg+xml", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}


def rendered(layout: Layout, look: Look, closing: str = "") -> str:
    """Return the paper as an HTML document; `closing` is markup to put at the end of the body."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    page = _Page(layout, look)
    return environment.get_template("paper.html.j2").render(
        page=page,
        paper=layout.paper,
        layout=layout,
        look=look,
        foot=css_text(layout.paper.foot),
        symbol=css_text(layout.paper.masthead.symbol),
        data=Markup(commented(carried.as_ascii(carried.attached(layout)))),  # noqa: S704 - ASCII without <, > and --
        closing=Markup(closing),  # noqa: S704 - the caller's markup
    )


def commented(data: str) -> str:
    """Return JSON as a comment that nothing in it can end."""
    safe = data.replace("<", "\\u003c").replace(">", "\\u003e").replace("--", "-\\u002d")
    return f"<!-- ledger-paper {safe} -->"


class FigureRow(NamedTuple):
    """A row of the closing table: `of` are the pointers of a ratio, with the anchors of their rows."""

    anchor: str
    pointer: str
    value: str
    of: tuple[tuple[str, str], ...]
    entries: str


class _Page:
    """What the template asks for. Lines must be asked for in the order of reading: figures and notes are numbered."""

    def __init__(self, layout: Layout, look: Look) -> None:
        self.layout = layout
        self.is_rtl = layout.paper.direction == "rtl"
        self.pen = svg_charts.Pen(look.series, layout.terms.total, self.is_rtl)
        self.numbers = count(1)
        self.notes: list[Markup] = []
        self.targets = printed.targets(layout)
        self.anchors = {pointer: f"figure-{index}" for index, pointer in enumerate(self._pointers(), 1)}
        self.logo = _data_uri(look.logo) if look.logo else ""

    def _pointers(self) -> Iterator[str]:
        """Yield the pointers that the paper prints, then those of which their ratios are."""
        known = self.layout.paper.figures
        shown = dict.fromkeys(run.pointer for run in printed.figures(self.layout) if run.pointer in known)
        yield from dict.fromkeys([*shown, *(of for pointer in shown for of in known[pointer].of if of in known)])

    def line(self, line: Line) -> Markup:
        """Return a line as markup."""
        return Markup("").join(map(self._run, line))

    def _run(self, run: Run) -> Markup:
        if isinstance(run, Noted):
            number = len(self.notes) + 1
            self.notes.append(Markup(""))
            self.notes[number - 1] = self.line(run.line)
            return Markup('<sup><a href="#note-{0}" id="noted-{0}">{0}</a></sup>').format(number)
        if isinstance(run, Referred):
            return Markup('<a href="#key-{}">{}</a>').format(run.to, run.text)
        if isinstance(run, Printed):
            return self._printed(run)
        return self._isolated(run.text) if isinstance(run, Named) else escape(run.text)

    def _printed(self, run: Printed) -> Markup:
        # Arabic words of a value order it; without any, a minus or a currency stands before its number.
        text = escape(run.text) if printed.is_rtl(run.text) else self._isolated(run.text)
        if not run.pointer:
            return text
        given = Markup('id="f{}" data-pointer="{}" data-value="{}"').format(
            next(self.numbers), run.pointer, carried.plain_value(run)
        )
        anchor = self.anchors.get(run.pointer)
        if anchor is None:
            return Markup("<span {}>{}</span>").format(given, text)
        return Markup('<a class="figure" href="#{}" {}>{}</a>').format(anchor, given, text)

    def _isolated(self, text: str) -> Markup:
        # A name from right to left must not reorder its neighbours, nor be reordered in a line of the other direction.
        return Markup("<bdi>{}</bdi>").format(text) if self.is_rtl or printed.is_rtl(text) else escape(text)

    def title(self) -> str:
        """Return the title without its notes."""
        return plain(self.layout.paper.masthead.title)

    def heading(self, item: Heading) -> str:
        """Return the text of a heading for the list of contents, where it is no figure and has no note."""
        return plain(item.line)

    def anchor(self, item: Item) -> str:
        """Return the attribute with the anchor of a heading, table or chart to which references lead."""
        key = printed.key_of(item)
        return Markup(' id="key-{}"').format(key) if self.targets.get(key) is item else ""

    def kind(self, item: Item) -> str:
        """Return the kind of an item: `Heading`, `Text`, `TableItem` or `ChartItem`."""
        return type(item).__name__

    def label(self, index: int) -> str:
        """Return the label of a subparagraph."""
        return printed.item_label(index, self.layout.paper.language)

    def rows(self, item: TableItem) -> Sequence[tuple[tuple[Line, ...], int, bool]]:
        """Return the rows of a table: cells, level, and whether it is the total."""
        return [(row.cells, row.level, row is item.grid.total) for row in printed.rows(item)]

    def style_of(self, column: Column, cell: Line) -> str:
        """Return the classes of a cell: numbers, days and references stay on one line, a very long word may break."""
        is_long = any(len(word) > LONGEST_WORD for word in plain(cell).split(" "))
        names = ("n" * column.is_number, "whole" * (column.holds != "words" and not is_long), "long" * is_long)
        return " ".join(filter(None, names))

    def drawn(self, item: ChartItem) -> Markup:
        """Return the drawing of a chart."""
        ident = f"drawn-{item.picture.key}-{item.label.split()[-1]}"
        return Markup(svg_charts.drawn(item.chart, ident, self.pen))  # noqa: S704 - svg_charts escapes all text

    def figures(self) -> Iterator[FigureRow]:
        """Yield the rows of the closing table."""
        for pointer, anchor in self.anchors.items():
            figure = self.layout.paper.figures[pointer]
            of = tuple((below, self.anchors.get(below, "")) for below in figure.of)
            yield FigureRow(anchor, pointer, closing_text(self.layout, figure), of, self._entries(figure))

    def _entries(self, figure: Figure) -> str:
        found = ranges(figure.entries)
        shown = [self._range(*ends) for ends in found[:MAX_RANGES]]
        return ", ".join(shown) + (f", … (+{len(found) - MAX_RANGES})" if len(found) > MAX_RANGES else "")

    def _range(self, first: int, last: int) -> str:
        return f"{first}" if first == last else f"{first}\N{EN DASH}{last}"


def closing_text(layout: Layout, figure: Figure) -> str:
    """Return the value of a figure as the closing table prints it."""
    style, value = layout.style, figure.value
    if isinstance(value, str) or figure.unit in ("text", "year"):
        return str(value)
    if figure.unit == "percent":
        return style.table_percent(value)
    number = style.plain(value)
    return number if figure.unit in ("count", "days") else f"{figure.unit}\N{NO-BREAK SPACE}{number}"


def _data_uri(path: Path) -> str:
    kind = IMAGES.get(path.suffix.lower(), "png")
    return f"data:image/{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"

"""A laid-out paper as PDF, by Typst: PDF/A-3a and PDF/UA-1 in one file, with the data of the paper attached.

Typst reads the layout as data and the fonts of the folders that it is given; it reaches no network, and no font of the
machine. The same paper gives the same bytes: the only time in the file is the date of the paper.
"""

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from math import ceil
from pathlib import Path
from typing import Any

import typst

from projections.papers import carried, glyphs, printed
from projections.papers.house import BadHouse
from projections.papers.layout import SIZE, ChartItem, Heading, Item, Layout, TableItem, Text, plain
from projections.papers.look import PDF_FONTS, Look
from projections.papers.model import Line, Named, Noted, Printed, Referred, Row, Run
from projections.papers.render import svg_charts
from projections.papers.text_width import width

FONTS = Path(__file__).parents[1] / "fonts"
DOCUMENT = Path(__file__).with_name("document.typ")
PAPERS = {"A4": ("a4", 595.28, 841.89), "letter": ("us-letter", 612.0, 792.0)}
"""The papers by the names of a house and of Typst, with width and height in points."""
MARGIN = 62.0
"""The margins at left and right, in points."""
INSET = 4.0
TEXT = 10.0
"""The size of letters of running text, in points."""
ISOLATE, END_OF_ISOLATE, MAY_BREAK = "\u2068", "\u2069", "\u200b"
WHOLE = 15
"""Tables with fewer lines are not divided between pages."""
ROOM = 0.9
"""The share of a line that a piece of a very long word fills: its width is estimated."""


def rendered(layout: Layout, look: Look) -> bytes:
    """Return the paper as PDF. Raises MissingGlyphs if no font has a character of it, BadHouse."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[*look.font_folders, FONTS]
    )
    families = _families(fonts, look)
    document = _Document(layout, look, families)
    error = glyphs.missing(document.texts(), frozenset[int]().union(*families.values()))
    if error:
        raise error
    source = look.typst or DOCUMENT
    compiler = typst.Compiler(
        source.read_bytes(),
        root=source.parent,
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={
            "paper": carried.as_json(document.data()),
            "attached": carried.as_json(carried.attached(layout)),
        },
    )
    dated = datetime.fromisoformat(layout.paper.dated).replace(tzinfo=UTC)
    try:
        pdf = compiler.compile(format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=dated)
    except typst.TypstError as error:
        own = look.typst or look.logo
        if own is None:
            raise
        raise BadHouse(str(own), f"Typst says '{error}'") from None
    assert isinstance(pdf, bytes)
    return pdf


def _families(fonts: typst.Fonts, look: Look) -> dict[str, frozenset[int]]:
    """Return the fonts of the house in their order, then those of the ledger, with the characters that each has.

    A character must be in all weights of its family. Raises BadHouse for a family without a file.
    """
    families: dict[str, frozenset[int]] = {}
    for face in fonts.fonts():
        if face.path:
            points = glyphs.code_points(Path(face.path), face.index)
            families[face.family] = families.get(face.family, points) & points
    for family in look.pdf_fonts:
        if family not in families:
            raise BadHouse("[fonts] of house.toml", f"no file in fonts/ has the family '{family}'")
    return {family: families[family] for family in dict.fromkeys((*look.pdf_fonts, *PDF_FONTS))}


class _Document:
    """The data that Typst lays out. Figures are numbered in the order of reading, as in the attached data."""

    def __init__(self, layout: Layout, look: Look, families: dict[str, frozenset[int]]) -> None:
        self.layout = layout
        self.look = look
        self.is_rtl = layout.paper.direction == "rtl"
        self.families = families
        self.pen = svg_charts.Pen(look.series, layout.terms.total, self.is_rtl, tuple(families.items()))
        self.size, self.wide, self.high = PAPERS[look.paper]
        self.numbers = count()
        self.targets = printed.targets(layout)

    def texts(self) -> Iterator[str]:
        """Yield every text that is printed."""
        layout = self.layout
        head, terms = layout.paper.masthead, layout.terms
        yield from (head.organization, head.body, head.session, head.symbol, head.date, head.original)
        yield from (head.distribution, head.agenda, head.source, layout.paper.foot, terms.total)
        yield from (box.label for box in layout.boxes)
        for line in printed.lines(layout):
            yield from (run.text for run in printed.runs(line) if not isinstance(run, Noted))
        for flow in layout.flows:
            for item in flow.items:
                yield from _own_texts(item, layout.paper.language)

    def data(self) -> dict[str, Any]:
        """Return the paper as the template reads it. The lines must be made in the order of reading."""
        paper = self.layout.paper
        head = paper.masthead
        texts = ("body", "session", "date", "original", "distribution", "agenda", "source")
        masthead: dict[str, Any] = {name: getattr(head, name) for name in texts}
        return {
            "name": "".join(run.text for run in printed.runs(head.title) if not isinstance(run, Noted)),
            "organization": head.organization,
            "symbol": head.symbol,
            "foot": paper.foot,
            "language": paper.language.partition("-")[0],
            "is_rtl": self.is_rtl,
            "dated": dict(zip(("year", "month", "day"), map(int, paper.dated.split("-")), strict=True)),
            "fonts": list(self.families),
            "accent": self.look.accent,
            "size": self.size,
            "margin": MARGIN,
            "inset": INSET,
            "table_size": SIZE,
            "logo": self._logo(),
            "masthead": masthead | {"title": self._line(head.title)},
            "boxes": [
                {"label": f"{box.label}{self.layout.terms.colon}", "line": self._line(box.line)}
                for box in self.layout.boxes
            ],
            "flows": self._flows(),
        }

    def _flows(self) -> list[dict[str, Any]]:
        flows: list[dict[str, Any]] = [
            {"wide": flow.wide, "items": [self._item(item, is_wide=flow.wide) for item in flow.items]}
            for flow in self.layout.flows
        ]
        if flows:
            flows[-1]["items"].append({"is": "end"})
        return flows

    def _logo(self) -> dict[str, Any] | None:
        logo = self.look.logo
        if not logo:
            return None
        return {"data": list(logo.read_bytes()), "format": logo.suffix.lower().removeprefix(".").replace("jpeg", "jpg")}

    def _item(self, item: Item, *, is_wide: bool) -> dict[str, Any]:
        if isinstance(item, Text):
            number = f"{item.number}." if item.number else ""
            labels = [printed.item_label(index, self.layout.paper.language) for index in range(len(item.items))]
            line, items = self._line(item.line), [self._line(below) for below in item.items]
            return {"is": "text", "number": number, "line": line, "items": items, "labels": labels}
        own = printed.key_of(item)
        key = {"key": _label(own)} if self.targets[own] is item else {}
        if isinstance(item, Heading):
            return key | {"is": "heading", "level": item.level, "number": item.number, "line": self._line(item.line)}
        if isinstance(item, TableItem):
            return key | self._table(item, (self.high if is_wide else self.wide) - 2 * MARGIN)
        drawn = svg_charts.drawn(item.chart, "chart", self.pen, **self._of_image())
        title = self._line(item.picture.title)
        return key | {"is": "chart", "label": item.label, "title": title, "svg": drawn, "alternative": item.alternative}

    def _of_image(self) -> dict[str, str]:
        families = ", ".join(f"'{family}'" for family in self.families)
        return {"xmlns": "http://www.w3.org/2000/svg", "font_family": families, "direction": "ltr"}

    def _table(self, item: TableItem, room: float) -> dict[str, Any]:
        grid = item.grid
        rooms = [share * room - 2 * INSET for share in item.widths]

        def row(given: Row) -> dict[str, Any]:
            cells = [self._line(cell, at, SIZE) for cell, at in zip(given.cells, rooms, strict=True)]
            return {"cells": cells, "level": int(given.level)}

        return {
            "is": "table",
            "label": item.label,
            "is_whole": _lines_of(item, rooms) <= WHOLE,
            "title": self._line(grid.title),
            "widths": item.widths,
            "columns": [
                {"title": self._line(column.head, at, SIZE), "is_number": column.is_number}
                for column, at in zip(grid.columns, rooms, strict=True)
            ],
            "rows": [row(given) for given in grid.rows],
            "total": row(grid.total) if grid.total else None,
            "notes": [self._line(note) for note in grid.notes],
        }

    def _line(self, line: Line, room: float = 0.0, size: float = TEXT) -> list[Any]:
        return [self._run(run, room or self.wide - 2 * MARGIN, size) for run in line]

    def _run(self, run: Run, room: float, size: float) -> Any:
        if isinstance(run, Noted):
            return {"note": self._line(run.line)}
        if isinstance(run, Referred):
            return {"text": run.text, "to": _label(run.to)}
        if isinstance(run, Printed):
            # Arabic words of a value order it; without any, a minus or a currency stands before its number.
            text = run.text if printed.is_rtl(run.text) else self._isolated(run.text)
            return {"text": text, "figure": next(self.numbers)} if run.pointer else text
        text = breakable(run.text, room, size)
        return self._isolated(text) if isinstance(run, Named) else text

    def _isolated(self, text: str) -> str:
        # A name from right to left must not reorder its neighbours, nor be reordered in a line of the other direction.
        return f"{ISOLATE}{text}{END_OF_ISOLATE}" if self.is_rtl or printed.is_rtl(text) else text


def _lines_of(item: TableItem, rooms: list[float]) -> float:
    """Return about how many lines the rows of a table take."""
    return sum(
        max((ceil(width(plain(cell), SIZE) / at) for cell, at in zip(row.cells, rooms, strict=True)), default=1)
        for row in item.grid.rows
    )


def breakable(text: str, room: float, size: float) -> str:
    """Return a text in which a word that is longer than a line may break; all others stay whole."""
    return " ".join(_pieces(word, room, size) for word in text.split(" "))


def _pieces(word: str, room: float, size: float) -> str:
    if width(word, size) <= room or any(unicodedata.east_asian_width(char) in "WF" for char in word):
        return word
    pieces = [""]
    for char in word:
        if pieces[-1] and width(pieces[-1] + char, size) > room * ROOM:
            pieces.append("")
        pieces[-1] += char
    return MAY_BREAK.join(pieces)


def _label(key: str) -> str:
    return f"key-{key}"


def _own_texts(item: Item, language: str) -> Iterator[str]:
    """Yield the texts of an item that are not in its lines: numbers, labels, what stands on a chart."""
    if isinstance(item, Heading):
        yield item.number
    elif isinstance(item, Text):
        yield from (printed.item_label(index, language) for index in range(len(item.items)))
    else:
        yield item.label
    if isinstance(item, ChartItem):
        yield from item.chart.legend
        for bar in item.chart.bars:
            yield from (bar.label, bar.text, *bar.labels)

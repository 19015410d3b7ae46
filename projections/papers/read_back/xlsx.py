"""A workbook read back: what the cells of figures hold now, what was printed there, and all other text."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from projections.papers.read_back.drawn import drawn_texts
from projections.papers.read_back.errors import NotReadable
from projections.papers.read_back.marks import Mark, ReadBack, Said, json_object
from projections.papers.read_back.package import FIGURES, Events, Package, local, readable

WORKBOOK = "xl/workbook.xml"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
NAMES, MANIFEST = "Figures", "Manifest"
"""The sheets that name the figures: one for people, one for programs."""
COMPARED = "BCDEFG"
"""The columns of the sheet of figures that are compared: the others have the names and places of figures."""
STRINGS = 2_000_000
"""The most texts that the cells of a workbook share."""
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
OWN_DIGITS = re.compile(r'"[^"]*[0-9][^"]*"|[\\!_*][0-9]|(?<![\[\w])[1-9]')
SHOWS = re.compile("[0#?@dmyhs]|General", re.IGNORECASE)
"""Digits in a format of numbers that stand for themselves, and what shows the value."""
CELL = re.compile("([A-Z]{1,3})([0-9]{1,7})")
DAY_ZERO = date(1899, 12, 30)
"""The day from which cells count days, from March 1900 on."""

Taken = Callable[[str, str], None]
"""Takes a cell: its name, such as B3, and what it holds as text."""


class Stated(NamedTuple):
    """A row of the sheet of figures."""

    ident: str
    pointer: str
    text: str
    value: str
    unit: str
    sheet: str
    cell: str


class Line(NamedTuple):
    """A text with figures in it: its place, the names of the figures, and the texts before, between and after them."""

    place: str
    figures: tuple[str, ...]
    between: tuple[str, ...]


def read_workbook(data: bytes) -> ReadBack:
    """Return the figures of a workbook, and the data of its paper. Raises NotReadable.

    The text now of a number or a day that was changed is its value; of a figure within a text that was rewritten, the
    whole text; of a cell that is gone, it is empty.
    """
    with readable("a workbook"):
        book = _Book(Package(data))
        figures = _Rows()
        book.cells(NAMES, figures.take)
        stated = [_stated(row) for row in list(figures.rows.values())[1:]]
        manifest = _Rows()
        book.cells(MANIFEST, manifest.take)
        rows = [list(row.values()) for row in manifest.rows.values()]
        known = json_object("".join(piece for kind, *pieces in rows if kind == "data" for piece in pieces))
        lines = [_line(json_object("".join(pieces))) for kind, *pieces in rows if kind == "line"]
        held, said = _held(book, stated, {line.place for line in lines})
        said += [
            Said(f"{NAMES}!{column}{row}", text, is_listed=True)
            for row, cells in list(figures.rows.items())[1:]
            for column, text in cells.items()
            if text and column in COMPARED
        ]
        said += [*drawn_texts(book.package, "xl/charts/", "xl/drawings/", of=("f",)), *book.formats()]
        return ReadBack(tuple(_marks(held, stated, lines)), known, (), tuple(said))


def _line(given: dict[str, Any]) -> Line:
    place, figures, between = (given.get(name) for name in ("place", "figures", "between"))
    if not isinstance(place, str) or not isinstance(figures, list) or not isinstance(between, list):
        raise NotReadable("The workbook does not say where its figures stand.")
    if len(between) != len(figures) + 1:
        raise NotReadable("The workbook does not say where its figures stand.")
    return Line(place, tuple(map(str, figures)), tuple(map(str, between)))


def _stated(row: dict[str, str]) -> Stated:
    sheet, _, cell = row.get("H", "").rpartition("!")
    ident, pointer, text, value, unit = (row.get(column, "") for column in "ABCDE")
    return Stated(ident, pointer, text, value, unit, sheet, cell)


def _marks(cells: dict[str, str], stated: Sequence[Stated], lines: Sequence[Line]) -> list[Mark]:
    texts = {figure.ident: figure.text for figure in stated}
    within: dict[str, str] = {}
    for line in lines:
        within |= _within(line, texts, cells.get(line.place, ""))
    marks = []
    for figure in stated:
        place = f"{figure.sheet}!{figure.cell}"
        now = within[figure.ident] if figure.ident in within else _value(figure, cells.get(place, ""))
        marks.append(Mark(figure.ident, figure.pointer, figure.text, now, place))
    return marks


def _held(book: "_Book", stated: Sequence[Stated], texts: set[str]) -> tuple[dict[str, str], list[Said]]:
    """Return what the cells of figures hold, by their places, and what all others say, with those that have `texts`."""
    wanted: dict[str, set[str]] = {}
    for figure in stated:
        wanted.setdefault(figure.sheet, set()).add(figure.cell)
    held: dict[str, str] = {}
    said: list[Said] = []

    def taking(sheet: str) -> Taken:
        def take(cell: str, text: str) -> None:
            place = f"{sheet}!{cell}"
            if cell in wanted.get(sheet, ()):
                held[place] = text
            if text and (place in texts or place not in held):
                said.append(Said(place, text))

        return take

    for sheet in book.sheets:
        if sheet not in (NAMES, MANIFEST):
            said += [Said(sheet, hidden) for hidden in book.cells(sheet, taking(sheet))]
    said += [Said(sheet, "hidden sheet") for sheet in book.hidden if sheet != MANIFEST]
    return held, said


def _within(line: Line, texts: dict[str, str], now: str) -> dict[str, str]:
    """Return the texts now of the figures within a text, by the texts that stood between them."""
    stated = {ident: texts.get(ident, "") for ident in line.figures}
    first, *others = line.between
    before = first + "".join(stated[ident] + after for ident, after in zip(line.figures, others, strict=True))
    if now == before:
        return stated
    if (read := _separated(line.between, now)) is not None:
        return dict(zip(line.figures, read, strict=True))
    return {ident: text if now.count(text) >= before.count(text) else now for ident, text in stated.items()}


def _separated(between: Sequence[str], now: str) -> list[str] | None:
    """Return what stands between known texts, or nothing if they are no longer there."""
    if not now.startswith(between[0]) or not now.endswith(between[-1]):
        return None
    ends = len(now) - len(between[-1])
    position, read = len(between[0]), []
    for after in between[1:-1]:
        found = now.find(after, position, ends) if after else -1
        if found < 0:
            return None
        read.append(now[position:found])
        position = found + len(after)
    return [*read, now[position:ends]] if position <= ends else None


def _value(figure: Stated, now: str) -> str:
    """Return the text now of a cell that holds a value alone: that which was printed, if the value is the same."""
    try:
        number = float(now)
        if figure.unit == "day":
            now = (DAY_ZERO + timedelta(days=int(number))).isoformat()
            return figure.text if now == figure.value else now
        return figure.text if number == float(figure.value) else now
    except (ValueError, OverflowError):
        return now


@dataclass(slots=True)
class _Rows:
    """Keeps the cells of a sheet by their rows and columns."""

    rows: dict[str, dict[str, str]] = field(default_factory=dict)

    def take(self, cell: str, text: str) -> None:
        match = CELL.fullmatch(cell)
        if match is None:
            raise NotReadable("A cell of the file has no name.")
        self.rows.setdefault(match[2], {})[match[1]] = text
        if len(self.rows) > FIGURES:
            raise NotReadable("The file names more figures than a document has.")


class _Book:
    """The sheets of a workbook by their names, and the texts that their cells share."""

    def __init__(self, package: Package) -> None:
        """Read the lists of sheets and texts."""
        self.package = package
        targets, sheets, strings = _Attributes("Relationship"), _Attributes("sheet"), _Strings()
        package.read("xl/_rels/workbook.xml.rels", targets)
        package.read(WORKBOOK, sheets)
        parts = {given.get("Id", ""): given.get("Target", "") for given in targets.given}
        shown = ("", "visible")
        self.hidden = [given.get("name", "") for given in sheets.given if given.get("state", "") not in shown]
        self.sheets = {given.get("name", ""): _part(parts.get(given.get(RELATION, ""), "")) for given in sheets.given}
        if NAMES not in self.sheets or MANIFEST not in self.sheets:
            raise NotReadable("The workbook does not name its figures: it is not of the ledger, or they were removed.")
        if package.has("xl/sharedStrings.xml"):
            package.read("xl/sharedStrings.xml", strings)
        self._strings = strings.texts

    def cells(self, sheet: str, take: Taken) -> list[str]:
        """Send the cells of a sheet to a function; return what of the sheet is hidden."""
        cells = _Cells(self._strings, take)
        self.package.read(self.sheets[sheet], cells)
        return cells.hidden

    def formats(self) -> Iterator[Said]:
        """Yield the formats of numbers that print digits of their own, or nothing; the ledger has none."""
        formats = _Attributes("numFmt")
        if self.package.has("xl/styles.xml"):
            self.package.read("xl/styles.xml", formats)
        for code in (given.get("formatCode", "") for given in formats.given):
            if OWN_DIGITS.search(code) or not SHOWS.search(code):
                yield Said("formats of numbers", code, is_listed=True)


def _part(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


@dataclass(slots=True)
class _Attributes(Events):
    """Keeps the attributes of each element of a name."""

    name: str
    given: list[dict[str, str]] = field(default_factory=list)
    depth: int = 0

    def entered(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == self.name:
            self.given.append(attributes)
            if len(self.given) > FIGURES:
                raise NotReadable("The file has more sheets than a document has.")


@dataclass(slots=True)
class _Strings(Events):
    """The texts that cells share."""

    texts: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    is_text: bool = False
    depth: int = 0

    def entered(self, tag: str, attributes: dict[str, str]) -> None:
        self.is_text = local(tag) == "t"

    def data(self, text: str) -> None:
        if self.is_text:
            self.pieces.append(text)

    def left(self, tag: str) -> None:
        self.is_text = False
        if local(tag) == "si":
            self.texts.append(_unescaped("".join(self.pieces)))
            self.pieces.clear()
            if len(self.texts) > STRINGS:
                raise NotReadable("The file holds more texts than a document can.")


@dataclass(slots=True)
class _Cells(Events):
    """Sends each cell that holds something to a function."""

    strings: Sequence[str]
    take: Taken
    cell: str = ""
    kind: str = ""
    pieces: list[str] = field(default_factory=list)
    is_text: bool = False
    is_formula: bool = False
    depth: int = 0
    hidden: list[str] = field(default_factory=list)

    def entered(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        self.is_text = name in ("t", "f") or (name == "v" and not self.is_formula)
        if name == "c":
            self.cell, self.kind, self.is_formula = attributes.get("r", ""), attributes.get("t", "n"), False
            self.pieces.clear()
        elif name == "f":
            self.is_formula, self.kind = True, "str"
            self.pieces[:] = ["="]
        elif name in ("row", "col") and attributes.get("hidden", "") in ("1", "true"):
            self.hidden.append(f"hidden {name} {attributes.get('r') or attributes.get('min', '')}")

    def data(self, text: str) -> None:
        if self.is_text:
            self.pieces.append(text)

    def left(self, tag: str) -> None:
        self.is_text = False
        if local(tag) != "c" or not self.pieces:
            return
        text = "".join(self.pieces)
        if self.kind == "s":
            text = self.strings[int(text)]
        elif self.kind in ("inlineStr", "str"):
            text = _unescaped(text)
        self.take(self.cell, text)


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)

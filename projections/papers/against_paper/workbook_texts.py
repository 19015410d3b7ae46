"""What a workbook says by its paper: the cells of its sheets, and the rows of its sheet of figures."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from projections.papers.against_paper.paper import (
    GivenPaper,
    PaperChart,
    PaperHeading,
    PaperLine,
    PaperRun,
    PaperTable,
    PaperText,
    plain_text,
    printed_ranges,
)
from projections.papers.against_paper.word_texts import letter_of, mark_of
from projections.papers.read_back.marks import Mark, ReadBack, Said

DOCUMENT, FIGURE_SHEET = "Document", "Figures"
LONGEST_CELL, LONGEST_NAME = 32_767, 31
"""The most letters of a cell and of the name of a sheet."""
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
CELL_DIGITS = 15
"""The digits of a number that a cell keeps."""
MOST_OF_NUMBER = 10**18
FIRST_CELL_DAY = "1900-03-01"
"""Days before it are texts."""
RANGES_OF_CELL = 1_000
"""The most ranges of entries that a cell names."""
BEHIND, COVERED = 1, 11
"""How many columns a chart stands behind its table, and how many it covers."""
ANNEX = ("agenda", "symbol", "date", "original", "distribution")
Noting = Callable[[PaperLine], str]


def workbook_texts(paper: GivenPaper) -> ReadBack:
    """Return what a workbook of a paper holds, but for its charts and formats."""
    written = _WorkbookTexts(paper)
    written.document()
    said = [Said(f"{name}!{cell}", text) for name, cells in written.sheets.items() for cell, text in _in_rows(cells)]
    said += written.listed
    return ReadBack(tuple(written.marks), paper.data, (), tuple(said))


def _in_rows(cells: dict[tuple[int, int], str]) -> list[tuple[str, str]]:
    return [(cell_name(*at), cells[at]) for at in sorted(cells)]


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, counted from 0: `B3`."""
    return f"{letter_of(column + 1).upper()}{row + 1}"


@dataclass(slots=True)
class _WorkbookTexts:
    """Writes the cells in the order in which a workbook is written."""

    paper: GivenPaper
    sheets: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    listed: list[Said] = field(default_factory=list)
    notes: list[PaperLine] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    row: int = 0

    def document(self) -> None:
        """Write all sheets."""
        paper, head = self.paper, self.paper.masthead
        sheet = self._sheet(DOCUMENT)
        self.names = {item.key: self._sheet(item.label) for item in paper.items if isinstance(item, PaperTable)}
        for name in ("organization", "body", "session", *ANNEX):
            if head[name] or name == "organization":
                self._text(sheet, "", (PaperRun("words", head[name]),))
        self.row += 1
        if head["source"]:
            self._text(sheet, "", (PaperRun("words", head["source"]),))
        self._text(sheet, "", paper.title)
        self.row += 1
        for label, line in paper.boxes:
            self._text(sheet, "", (PaperRun("words", label),))
            self._text(sheet, "", line)
        for item in paper.items:
            self._item(sheet, item)
        self.row += bool(self.notes)
        index = 0
        while index < len(self.notes):  # a note can have a note
            self._text(sheet, f"[{index + 1}]", self.notes[index])
            index += 1
        self.row += 1
        self._text(sheet, "", (PaperRun("words", paper.foot),))

    def _sheet(self, name: str) -> str:
        short = name.translate(NOT_IN_NAMES).strip("' ")[: LONGEST_NAME - 4] or "Sheet"
        unique, count, known = short, 1, {"figures", "manifest", *map(str.lower, self.sheets)}
        while unique.lower() in known:
            count += 1
            unique = f"{short} {count}"
        self.sheets[unique] = {}
        return unique

    def _item(self, sheet: str, item: PaperHeading | PaperText | PaperTable | PaperChart) -> None:
        if isinstance(item, PaperHeading):
            self.row += 1
            is_annex = item.number.startswith(f"{self.paper.terms['annex']} ")
            number = (PaperRun("words", f"{item.number} "),) if is_annex else ()
            self._text(sheet, "" if is_annex else item.number, (*number, *item.line))
        elif isinstance(item, PaperText):
            self._text(sheet, f"{item.number}." if item.number else "", item.line)
            for index, line in enumerate(item.items):
                self._text(sheet, "", (PaperRun("words", f"{self._label(index)} "), *line))
        else:
            self._put(sheet, self.row, 1, f"{item.label}. {plain_text(item.title)}")
            self.row += 1
            if isinstance(item, PaperTable):
                self._table(item)

    def _label(self, index: int) -> str:
        label = f"{chr(ord('a') + index % 26)})"
        return label if self.paper.language in ("fr", "es") else f"({label}"

    def _text(self, sheet: str, number: str, line: PaperLine) -> None:
        text = self._line(line, f"{sheet}!{cell_name(self.row, 1)}", self._noted)
        self._put(sheet, self.row, 0, number)
        self._put(sheet, self.row, 1, text)
        self.row += 1

    def _noted(self, note: PaperLine) -> str:
        self.notes.append(note)
        return str(len(self.notes))

    def _put(self, sheet: str, row: int, column: int, text: str) -> None:
        if text:
            cut = text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"
            self.sheets[sheet][row, column] = cut

    def _line(self, line: PaperLine, place: str, noted: Noting, *, is_cell: bool = False) -> str:
        text = ""
        for run in line:
            if run.kind == "note":
                text += f"[{noted(run.note)}]"
                continue
            if run.kind == "value" and (run.pointer or is_cell):
                self._name(run, place)
            text += run.text
        return text

    def _name(self, run: PaperRun, place: str) -> None:
        number = len(self.marks) + 1
        self.marks.append(mark_of(number, run, place))
        figure = self.paper.figures.get(run.pointer)
        kind = figure.kind if figure else ""
        made_from = ""
        if figure:
            made_from = " / ".join(figure.of) or printed_ranges(figure.entries, RANGES_OF_CELL, ", …")
        columns = zip("BCDEFG", (run.pointer, run.text, str(run.value), run.unit, kind, made_from), strict=True)
        self.listed += [
            Said(f"{FIGURE_SHEET}!{name}{number + 1}", text, is_listed=True) for name, text in columns if text
        ]

    def _table(self, item: PaperTable) -> None:
        sheet, wide = self.names[item.key], len(item.columns)
        notes: list[PaperLine] = []

        def noted(note: PaperLine) -> str:
            notes.append(note)
            return letter_of(len(notes))

        def put(row: int, column: int, line: PaperLine, *, is_cell: bool = False) -> None:
            at = f"{sheet}!{cell_name(row, column)}"
            self._put(sheet, row, column, self._line(line, at, noted, is_cell=is_cell))

        put(0, 0, (PaperRun("words", f"{item.label}. "), *item.title))
        self._put(sheet, 1, 0, DOCUMENT)
        charts = [chart for chart in self.paper.items if isinstance(chart, PaperChart) and chart.of == item.key]
        for index, chart in enumerate(charts):
            put(1, wide + BEHIND + index * COVERED, (PaperRun("words", f"{chart.label}. "), *chart.title))
        for index, column in enumerate(item.columns):
            put(2, index, column.head)
        for row, cells in enumerate(item.rows, 3):
            for index, (column, cell) in enumerate(zip(item.columns, cells, strict=True)):
                values = [run for run in cell if run.kind != "note"]
                if len(values) == 1 and _is_typed(values[0], as_number=column.is_number):
                    self._name(values[0], f"{sheet}!{cell_name(row, index)}")
                    notes += [run.note for run in cell if run.kind == "note"]
                else:
                    put(row, index, cell, is_cell=True)
        below = 3 + len(item.rows) + 1
        for note in item.notes:
            put(below, 0, note)
            below += 1
        index = 0
        while index < len(notes):
            put(below + index, 0, (PaperRun("words", f"[{letter_of(index + 1)}] "), *notes[index]))
            index += 1


def _is_typed(run: PaperRun, *, as_number: bool) -> bool:
    """Return whether a cell holds a value as a number or a day; all others are texts."""
    if run.kind != "value":
        return False
    if run.unit == "day":
        return str(run.value) >= FIRST_CELL_DAY
    return as_number and is_exact_number(run)


def is_exact_number(run: PaperRun) -> bool:
    """Return whether a value is a number that a cell holds as it is."""
    if not is_number(run):
        return False
    value = Decimal(run.value)
    return len(value.as_tuple().digits) <= CELL_DIGITS and Decimal(repr(float(value))) == value


def is_number(run: PaperRun) -> bool:
    """Return whether a value is a number: amounts and shares are numbers as texts."""
    if type(run.value) is int:
        return abs(run.value) < MOST_OF_NUMBER
    is_amount = run.unit == "percent" or re.fullmatch("[A-Z]{3}", run.unit) is not None
    return is_amount and re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,6})?", str(run.value)) is not None

"""Composing papers from reports: paragraphs from messages, typed tables from the tables of a report, and the masthead.

A composer adds nothing to what the report says: every figure of a paper is one of the report's, by its pointer.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, NamedTuple

import msgspec

from ledger.domain.errors import USAGE, LedgerError, did_you_mean
from projections.papers.house import FILE, BadHouse, House, ReportForm, localized
from projections.papers.layout import Terms, plain
from projections.papers.messages import Messages
from projections.papers.model import (
    Box,
    Column,
    Grid,
    Holds,
    Line,
    Masthead,
    Noted,
    Paper,
    Paragraph,
    Part,
    Printed,
    Referred,
    Row,
    Run,
    Words,
)  # fmt: skip
from projections.queries.figures import Figure, walk
from projections.reports import manifest
from projections.reports.documents.occasion import Occasion
from projections.reports.documents.phrasing import Phrasing
from projections.reports.model import Cell, Report, Table
from projections.reports.render import outline

ROOT = 12
"""How much of the root of the log stands on each page."""
NAMED_FIGURE = re.compile(r"\{(/[^{}|]*(?:\|[a-z]+)?)\}")
"""A figure that the secretariat names within its own text: `{/agreements}`, `{/total_usd|million}`."""


class UnknownFigureInText(LedgerError):
    """A text of the secretariat names a figure that the report does not have."""

    code = "bad-document-text"
    exit = USAGE

    def __init__(self, pointer: str, near: Sequence[str]) -> None:
        """Refuse `pointer`; `near` are pointers that are like it."""
        hint = did_you_mean(f"{{{name}}}" for name in near)
        super().__init__(
            f"The text names the figure {{{pointer}}}, which the report does not have.",
            hint or "The JSON form of the report lists its figures under 'provenance'.",
        )


class UnknownTextPart(LedgerError):
    """A text of the secretariat is for a part that the document does not have."""

    code = "unknown-text-part"
    exit = USAGE

    def __init__(self, part: str, known: Sequence[str]) -> None:
        """Refuse `part`; `known` are the parts in which text of the secretariat can stand."""
        parts = f"Parts: {', '.join(f'# {name}' for name in known)}." if known else "Leave --texts out."
        super().__init__(f"The document has no part '{part}' for a text of the secretariat.", parts)


class ColumnPlan(NamedTuple):
    """A column of a paper's table: its key, what it holds, its place in the table of the report, and its unit.

    `then` are the places of what stands behind it in the same cell.
    """

    key: str
    holds: Holds
    place: int
    unit: str = ""
    then: tuple[int, ...] = ()


class Composer:
    """Composes one paper of a report, in one language."""

    def __init__(self, report: Report, house: House, language: str, occasion: Occasion) -> None:
        """Index the figures and the tables of the report. Raises UnknownLanguage, BadHouse."""
        self.report = report
        self.house = house
        self.occasion = occasion
        self.form: ReportForm = house.report(report.name)
        self.figures: dict[str, Figure] = dict(walk(report.in_documents))
        self.messages: Messages = house.messages(language, self.figures)
        self.phrasing = Phrasing(self.messages, house.document.original or house.document.language)
        self.language = language
        self.tables = {table.key: table for table in outline.tables(report)}
        body = house.body(occasion.body)
        letter = body.letters.get(language, language[:1].upper())
        self.symbol = occasion.number
        if occasion.number and re.fullmatch(r"[0-9]+[A-Za-z]?", occasion.number):
            self.symbol = body.symbol.format(number=occasion.number, language=letter, symbol="", n="")
        self.body = body
        self.letter = letter
        self.text_parts: dict[str, None] = {}
        """The parts for which a text of the secretariat was looked up."""

    def text(self, message: str, **given: Any) -> str:
        """Return a message as plain text."""
        return self.messages.text(message, **given)

    def lists_apart(self, known: Iterable[str]) -> tuple[str, ...]:
        """Return the lists that the house puts into information documents. Raises BadHouse for one that is not known.

        A draft without a symbol has none: they would have no symbol either.
        """
        asked = self.form.information
        for key in asked:
            if key not in known:
                place = f"information of the report '{self.report.name}' in {self.house.folder / FILE}"
                raise BadHouse(place, f"there is no list '{key}'; there are {', '.join(known)}")
        return tuple(asked) if self.symbol else ()

    def line(self, message: str, **given: Any) -> Line:
        """Return a message as a line."""
        return self.messages.line(message, **given)

    def say(self, message: str, *, note: Line = (), items: Sequence[Line] = (), **given: Any) -> Paragraph:
        """Return a message as a paragraph, perhaps with a footnote at its end."""
        line = self.line(message, **given)
        return Paragraph(message, (*line, Noted(note)) if note else line, tuple(items))

    def written(self, key: str) -> tuple[Paragraph, ...]:
        """Return what the secretariat wrote for a part: its figures are named like `{/agreements|words}`."""
        self.text_parts[key] = None
        texts = self.occasion.texts
        paragraphs = texts.get(f"{self.language}: {key}", texts.get(key, ()))
        return tuple(Paragraph(key, tuple(self._written(text))) for text in paragraphs)

    def _written(self, text: str) -> Iterator[Run]:
        for index, piece in enumerate(NAMED_FIGURE.split(text)):
            if index % 2 == 0:
                if piece:
                    yield Words(piece, "secretariat")
                continue
            pointer, _, style = piece.partition("|")
            if pointer not in self.figures:
                raise UnknownFigureInText(pointer, get_close_matches(pointer, self.figures, n=2))
            figure = self.figures[pointer]
            yield Printed(pointer, self.messages.printed(figure, style or "plain"), figure.value, figure.unit)

    def grid(
        self,
        key: str,
        title: Line,
        columns: Sequence[ColumnPlan],
        *,
        first: int | None = None,
        rows: Sequence[Sequence[Cell]] | None = None,
        notes: Sequence[Line] = (),
        wide: bool = False,
    ) -> Grid:
        """Return a table of the report with typed columns; with `first`, only that many of its rows, or of `rows`."""
        table = self.tables[key]
        chosen = tuple(self._row(row, columns) for row in (table.rows if rows is None else rows)[:first])
        total = self._row(table.total, columns) if table.total and first is None else None
        heads = tuple(Column(plan.key, self.line(f"column-{plan.key}"), plan.holds, plan.unit) for plan in columns)
        return Grid(key, title, heads, chosen, total, tuple(notes), wide)

    def figures_grid(
        self,
        key: str,
        title: Line,
        columns: Sequence[ColumnPlan],
        rows: Sequence[Sequence[Line]],
        notes: Sequence[Line] = (),
    ) -> Grid:
        """Return a table of lines, one for each column of each row."""
        heads = tuple(Column(plan.key, self.line(f"column-{plan.key}"), plan.holds, plan.unit) for plan in columns)
        return Grid(key, title, heads, tuple(Row(tuple(row)) for row in rows), None, tuple(notes))

    def figure(self, pointer: str) -> Line:
        """Return a figure as a cell of a table; a cell that says so if it is not recorded."""
        if pointer not in self.figures:
            return self.line("not-recorded")
        return self.cell(Cell("", self.figures[pointer], pointer))

    def amount(self, pointer: str, style: str = "amount") -> Printed:
        """Return an amount with its currency, for a cell of words; `style` is that of a message."""
        figure = self.figures[pointer]
        return Printed(pointer, self.messages.printed(figure, style), figure.value, figure.unit)

    def day(self, iso: str) -> Printed:
        """Return a day."""
        return Printed("", self.messages.style.day(iso), iso, "day")

    def month(self, iso: str) -> Printed:
        """Return the month of a day."""
        return Printed("", self.messages.style.month_of(iso), iso[: len("2025-05")], "month")

    def check(self, title: str) -> Part:
        """Return the part that says how to check the document."""
        as_of = self.report.as_of
        position = self.messages.style.plain(as_of.known_at)
        return Part("check", self.line(title), (self.say("check", position=position, root=as_of.root, on=as_of.on),))

    def shares_note(self, key: str, place: int, what: str = "") -> tuple[Line, ...]:
        """Return the note on shares that do not add up to 100.0; nothing where they do, or where the whole is 0."""
        values = [Decimal(row[place].plain) for row in self.tables[key].rows]
        sum_ = sum(values, Decimal(0))
        if sum_ in (Decimal("100.0"), Decimal(0)):
            return ()
        printed = self.messages.style.plain(sum_)
        return (self.line("rounding-of", sum=printed, what=what) if what else self.line("rounding", sum=printed),)

    def _row(self, row: Sequence[Cell], columns: Sequence[ColumnPlan]) -> Row:
        cells = tuple(self._cell(row, plan) for plan in columns)
        return Row(cells, int(any(cell.indent for cell in row)))

    def _cell(self, row: Sequence[Cell], plan: ColumnPlan) -> Line:
        line = self.cell(row[plan.place])
        for place in plan.then:
            line = (*ended(line), *self.cell(row[place]))
        return line

    def cell(self, cell: Cell) -> Line:
        """Return a cell of a report as a line of a table: the unit of a number stands in the head of its column."""
        if cell.figure is None:
            return self.phrasing.line(cell.text)
        value, unit = cell.figure.value, cell.figure.unit
        text = value if isinstance(value, str) else str(value) if unit == "year" else self.messages.style.plain(value)
        return (Printed(cell.pointer, text, value, unit),)

    def runs(self, text: str) -> Iterator[Run]:
        """Yield the runs of a recorded text: its days as the language prints them."""
        return self.phrasing.runs(text)

    @property
    def body_name(self) -> str:
        """The name of the body that the document goes to."""
        return localized(self.body.name, self.language) or self.text("governing-body")

    @property
    def percent(self) -> str:
        """The unit of shares in the heads of tables."""
        return self.messages.style.percent

    def members(self, key: str) -> list[str]:
        """Return the names of the members below a top-level member of the figures."""
        members = self.report.in_documents.get(key)
        return list(members) if isinstance(members, dict) else []

    def own_title(self, **given: Any) -> Line:
        """Return the title that the house gives the report, with its {year} or {period}; an empty line if none."""
        title = localized(self.form.title, self.language)
        for name, value in given.items():
            title = title.replace(f"{{{name}}}", str(value))
        return (Words(title),) if title else ()

    def apart(self, number: int) -> Line:
        """Return the line that names an information document: `document C26/INF/1-E`."""
        return self.line("in-document", symbol=self._information_symbol(number))

    def as_information(self, paper: Paper, number: int) -> Paper:
        """Return a paper as the information document with a number."""
        return replace(paper, masthead=replace(paper.masthead, symbol=self._information_symbol(number)))

    def _information_symbol(self, number: int) -> str:
        # The documents of one report are numbered after it: the first list of C26/47 is C26/INF/47.1.
        given = re.search(r"[0-9]+[A-Za-z]?$", self.occasion.number)
        own = f"{given[0]}.{number}" if given else str(number)
        return self.body.information.format(number=own, language=self.letter, symbol=self.symbol, n=number)

    def masthead(self, title: Line) -> Masthead:
        """Return the masthead of the paper."""
        house, language, occasion = self.house, self.language, self.occasion
        of = localized(house.organization.name, language, self.report.organization)
        made_in = house.document.original or house.document.language
        original = self.text("original", language=self.text(f"language-{made_in}"))
        agenda = self.form.agenda
        return Masthead(
            organization=of,
            body=self.body_name,
            session=localized(self.body.session, language),
            symbol=self.symbol or self.text("draft"),
            date=self.messages.style.day(occasion.date) if occasion.date else "",
            original=original,
            distribution=localized(house.document.distribution, language),
            agenda=self.text("agenda-item", item=agenda) if agenda else "",
            source=localized(self.form.source, language),
            title=title,
        )

    def boxes(self, summary: Line) -> tuple[Box, ...]:
        """Return the boxes of the first page: summary, action required, references."""
        action = localized(self.body.action, self.language)
        asked: Line = (Words(action),) if action else self.line("action", body=self.body_name)
        boxes = (Box(self.text("summary"), summary), Box(self.text("action-required"), asked))
        if not self.form.references:
            return boxes
        return (*boxes, Box(self.text("references"), (Words("; ".join(self.form.references)),)))

    def paper(self, title: Line, summary: Line, parts: Sequence[Part], annexes: Sequence[Part] = ()) -> Paper:
        """Return the paper."""
        as_of = self.report.as_of
        parts, annexes = tuple(parts), tuple(annexes)
        boxes = self.boxes(summary) if summary else ()
        named = {run.pointer for line in _lines(boxes, (*parts, *annexes)) for run in line if isinstance(run, Printed)}
        foot = self.text(
            "foot", on=as_of.on, position=self.messages.style.plain(as_of.known_at), root=as_of.root[:ROOT]
        )
        return Paper(
            report=self.report.name,
            language=self.language,
            dated=self.occasion.date or as_of.on,
            direction="rtl" if self.language in ("ar", "he", "fa", "ur") else "ltr",
            masthead=self.masthead(title),
            boxes=boxes,
            parts=parts,
            annexes=annexes,
            foot=foot,
            figures={pointer: figure for pointer, figure in self.figures.items() if pointer in named},
            data=manifest.members(self.report) | {"occasion": msgspec.to_builtins(self.occasion)},
        )

    def terms(self) -> Terms:
        """Return the words of the language that numbering needs."""
        names = ("table", "figure", "annex", "in-text-table", "in-text-figure", "in-text-annex", "in-text-section")
        closing = ("figures-and-entries", "value", "entries-of-the-log", "colon")
        return Terms(*(self.text(name) for name in (*names, "total", *closing)))


def ended(line: Line) -> Line:
    """Return a line with the stop and the space that end it, for another after it; `S.A.` has its stop already."""
    return (*line, Words(" " if plain(line).endswith(".") else ". "))


def _lines(boxes: Sequence[Box], parts: Sequence[Part]) -> Iterator[Line]:
    for box in boxes:
        yield from _with_notes(box.line)
    for part in parts:
        yield from _with_notes(part.title)
        for block in part.blocks:
            if isinstance(block, Part):
                yield from _lines((), (block,))
            elif isinstance(block, Paragraph):
                for line in (block.line, *block.items):
                    yield from _with_notes(line)
            elif isinstance(block, Grid):
                for row in (*block.rows, *([block.total] if block.total else [])):
                    yield from row.cells


def _with_notes(line: Line) -> Iterator[Line]:
    yield line
    for run in line:
        if isinstance(run, Noted):
            yield run.line


def reference(key: str) -> Line:
    """Return a line that refers to a part, a table or a chart."""
    return (Referred(key),)


def money_unit(table: Table, place: int) -> str:
    """Return the currency that the head of a column names, like `Signed, USD`."""
    return table.columns[place].title.rpartition(", ")[2]

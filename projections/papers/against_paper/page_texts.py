"""What a web page says by its paper: each text in its order, with its figures numbered as the page numbers them."""

from dataclasses import dataclass, field

from projections.papers.against_paper.paper import (
    GivenPaper,
    PaperChart,
    PaperColumn,
    PaperHeading,
    PaperItem,
    PaperLine,
    PaperTable,
    PaperText,
    plain_text,
    printed_ranges,
    runs_of,
)
from projections.papers.against_paper.word_texts import mark_of
from projections.papers.read_back.marks import Mark, ReadBack, Said

RANGES_OF_PAGE = 100
"""The most ranges of entries that a page prints for a figure."""
LONG_WORD = 30
"""The length in characters from which a word within a cell may break."""


def page_texts(paper: GivenPaper) -> ReadBack:
    """Return what a page of a paper holds, but for its style, its links and its drawings."""
    written = _PageTexts(paper)
    written.head()
    for item in paper.items:
        written.item(item)
    written.notes_below()
    written.closing()
    written.say("", paper.foot)
    return ReadBack(tuple(written.marks), paper.data, tuple(mark.ident for mark in written.marks), tuple(written.said))


@dataclass(slots=True)
class _PageTexts:
    """Writes the texts in the order in which a page has them."""

    paper: GivenPaper
    marks: list[Mark] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def say(self, place: str, text: str, *, is_listed: bool = False) -> None:
        if text.strip():
            self.said.append(Said(place, " ".join(text.split()), is_listed))

    def line(self, line: PaperLine, place: str) -> str:
        text = ""
        for run in line:
            if run.kind == "value" and run.pointer:
                self.marks.append(mark_of(len(self.marks) + 1, run, place))
                text += f"{{{self.marks[-1].ident}}}"
            elif run.kind == "note":
                number = len(self.notes) + 1
                self.notes.append("")
                self.notes[number - 1] = self.line(run.note, place)
                text += str(number)
            else:
                text += run.text
        return text

    def head(self) -> None:
        """Write what stands over the text: title, masthead, boxes, contents."""
        paper, head = self.paper, self.paper.masthead
        self.say("title", f"{plain_text(paper.title)} \N{EN DASH} {head['organization']}")
        order = ("organization", "body", "session", "symbol", "date", "original", "distribution", "agenda", "source")
        for name in order:
            self.say("masthead", head[name])
        self.say("title", self.line(paper.title, "title"))
        for label, line in paper.boxes:
            self.say(label, f"{label}: {self.line(line, label)}")
        for item in paper.items:
            if isinstance(item, PaperHeading) and item.level == 1:
                self.say("contents", f"{item.number} {plain_text(item.line)}")
        self.say("contents", paper.terms["figures"])

    def item(self, item: PaperItem) -> None:
        if isinstance(item, PaperHeading):
            self.say(f"heading {item.number}", f"{item.number} {self.line(item.line, item.number)}")
        elif isinstance(item, PaperText):
            place = f"paragraph {item.number}" if item.number else plain_text(item.line)[:40]
            number = f"{item.number}. " if item.number else ""
            self.say(place, number + self.line(item.line, place))
            for label, line in zip(item.labels, item.items, strict=True):
                self.say(f"{place} {label}", f"{label} {self.line(line, place)}")
        elif isinstance(item, PaperTable):
            self._table(item)
        elif isinstance(item, PaperChart):
            self.say(item.label, f"{item.label}. {self.line(item.title, item.label)}")

    def _table(self, item: PaperTable) -> None:
        self.say(item.label, f"{item.label}. {self.line(item.title, item.label)}")
        for column in item.columns:
            self.say(f"{item.label}, heads", self.line(column.head, item.label))
        for number, row in enumerate(item.rows, 1):
            for place, (column, cell) in enumerate(zip(item.columns, row, strict=True), 1):
                at = f"{item.label}, row {number}, column {place}"
                is_listed = place > 1 and _is_listed(column, cell)
                self.say(at, self.line(cell, at), is_listed=is_listed)
        for note in item.notes:
            self.say(f"{item.label}, notes", self.line(note, item.label))

    def notes_below(self) -> None:
        """Write the notes of all lines."""
        for number, text in enumerate(self.notes, 1):
            self.say(f"note {number}", f"{number} {text}")

    def closing(self) -> None:
        """Write the table of the figures, with their values and entries."""
        paper = self.paper
        names = ("figures", "figure", "value", "entries")
        for name in names:
            self.say("list of figures", paper.terms[name])
        for number, pointer in enumerate(listed_figures(paper), 1):
            figure = paper.figures[pointer]
            more = f", … (+{len(figure.entries) - RANGES_OF_PAGE})"
            entries = " / ".join(figure.of) + printed_ranges(figure.entries, RANGES_OF_PAGE, more)
            for text in (pointer, figure.text, entries):
                self.say(f"list of figures, row {number}", text, is_listed=True)


def listed_figures(paper: GivenPaper) -> list[str]:
    """Return the pointers that a page lists: those that it prints, then those of which their ratios are."""
    printed = [run.pointer for _, line in paper.lines() for run in runs_of(line) if run.pointer in paper.figures]
    shown = list(dict.fromkeys(printed))
    parts = [part for pointer in shown for part in paper.figures[pointer].of if part in paper.figures]
    return list(dict.fromkeys([*shown, *parts]))


def _is_listed(column: PaperColumn, cell: PaperLine) -> bool:
    is_long = any(len(word) > LONG_WORD for word in plain_text(cell).split(" "))
    return column.is_number or (column.holds != "words" and not is_long)

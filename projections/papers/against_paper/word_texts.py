"""What a Word document says by its paper: each text in its place, with its figures numbered as their bookmarks are."""

from dataclasses import dataclass, field

from projections.papers.against_paper.paper import (
    GivenPaper,
    PaperChart,
    PaperColumn,
    PaperHeading,
    PaperItem,
    PaperLine,
    PaperRun,
    PaperTable,
    PaperText,
    plain_text,
)
from projections.papers.read_back.marks import Mark, ReadBack, Said

PAGES_OF = "[PAGE]/[NUMPAGES]"
"""What stands for the number of the page and that of all pages."""
LETTERS = 26


def word_texts(paper: GivenPaper) -> ReadBack:
    """Return what a Word document of a paper holds, but for its drawings and their workbooks."""
    written = _WordTexts(paper)
    written.masthead()
    for label, line in paper.boxes:
        written.say(label, f"{label}\n{written.line(line, label)}")
    for item in paper.items:
        written.item(item)
    for number, text in enumerate(written.footnotes, 1):
        written.say(f"footnote {number}", text)
    symbol = paper.masthead["symbol"]
    for text in sorted({symbol, f"{paper.foot}\t{symbol}\N{EM SPACE}{PAGES_OF}"}):
        written.say("header or footer", text)
    return ReadBack(tuple(written.marks), paper.data, tuple(mark.ident for mark in written.marks), tuple(written.said))


def letter_of(number: int) -> str:
    """Return the letter of a note of a table: a to z, then aa."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, LETTERS)
        letters = chr(ord("a") + rest) + letters
    return letters


def mark_of(number: int, run: PaperRun, place: str) -> Mark:
    """Return the mark of a printed value with a number, counted from 1."""
    return Mark(f"f{number}", run.pointer, run.text, run.text, place, str(run.value))


@dataclass(slots=True)
class _WordTexts:
    """Writes the texts in the order in which a Word document has them."""

    paper: GivenPaper
    marks: list[Mark] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)

    def say(self, place: str, text: str) -> None:
        if text.strip():
            self.said.append(Said(place, text.strip()))

    def masthead(self) -> None:
        head = self.paper.masthead
        left = ("organization", "body", "session", "agenda")
        for name in (*left, "symbol", "date", "original", "distribution", "source"):
            self.say("masthead", head[name])
        self.say("title", plain_text(self.paper.title))

    def line(self, line: PaperLine, place: str, notes: list[PaperLine] | None = None, *, is_cell: bool = False) -> str:
        """Return the text of a line; `notes` takes the notes of a table, which are lettered."""
        text = ""
        for run in line:
            if run.kind == "value" and (run.pointer or is_cell):
                self.marks.append(mark_of(len(self.marks) + 1, run, place))
                text += f"{{{self.marks[-1].ident}}}"
            elif run.kind == "note" and notes is not None:
                notes.append(run.note)
                text += letter_of(len(notes))
            elif run.kind == "note":
                number = len(self.footnotes) + 1
                self.footnotes.append("")
                self.footnotes[number - 1] = self.line(run.note, f"footnote {number}")
            else:
                text += run.text
        return text

    def item(self, item: PaperItem) -> None:
        if isinstance(item, PaperHeading):
            text = f"{item.number}\t{self.line(item.line, item.number)}"
            self.say(text, text)
        elif isinstance(item, PaperText):
            self._text(item)
        elif isinstance(item, PaperTable):
            self._table(item)
        elif isinstance(item, PaperChart):
            self.say(item.label, f"{item.label}. {self.line(item.title, item.label)}")
            self.say(item.label, "[drawing]")

    def _text(self, item: PaperText) -> None:
        place = f"paragraph {item.number}" if item.number else plain_text(item.line)[:40]
        self.say(place, self.line(item.line, place))
        for label, line in zip(item.labels, item.items, strict=True):
            self.say(f"{place} {label}", self.line(line, f"{place} {label}"))

    def _table(self, item: PaperTable) -> None:
        notes: list[PaperLine] = []
        self.say(item.label, f"{item.label}. {self.line(item.title, item.label, notes)}")
        for column in item.columns:
            self.say(f"{item.label}, heads", self.line(self._head(column), f"{item.label}, heads", notes))
        for number, row in enumerate(item.rows, 1):
            for column_number, cell in enumerate(row, 1):
                at = f"{item.label}, row {number}, column {column_number}"
                self.say(at, self.line(cell, at, notes, is_cell=True))
        place = f"{item.label}, notes"
        for note in item.notes:
            self.say(place, self.line(note, place, []))
        for number, note in enumerate(notes, 1):
            self.say(place, f"{letter_of(number)} {self.line(note, place, [])}")

    def _head(self, column: PaperColumn) -> PaperLine:
        if self.paper.direction == "rtl" and column.unit:
            return (*column.title, PaperRun("words", f"\N{ARABIC COMMA} {column.unit}"))
        return column.head

"""Lines of text as runs of Word: figures are bookmarks, references are links, notes are footnotes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from projections.papers.carried import NamedValues
from projections.papers.layout import ChartItem, Heading, Layout, TableItem, plain
from projections.papers.model import Line, Named, Noted, Printed, Referred, Run
from projections.papers.render.directions import around_name, before_value
from projections.papers.render.word.xml import paragraph, run, runs, w

RAISED = '<w:vertAlign w:val="superscript"/>'
FIRST_NOTE = 1
"""Word has its two separators at -1 and 0."""


def anchors(layout: Layout) -> dict[str, str]:
    """Return the bookmark of each heading, table and chart by its key; keys have characters that bookmarks cannot."""
    keys = []
    for flow in layout.flows:
        for item in flow.items:
            if isinstance(item, Heading):
                keys.append(item.key)
            elif isinstance(item, TableItem):
                keys.append(item.grid.key)
            elif isinstance(item, ChartItem):
                keys.append(item.picture.key)
    return {key: f"r{index}" for index, key in enumerate(dict.fromkeys(keys), 1)}


@dataclass(slots=True)
class Lines:
    """Writes lines, and keeps the figures and footnotes that they have."""

    base: str
    anchors: Mapping[str, str]
    marks: NamedValues = field(default_factory=NamedValues)
    footnotes: list[str] = field(default_factory=list)
    bookmarks: int = 0

    def line(self, line: Line, place: str, properties: str = "", notes: list[Line] | None = None) -> str:
        """Return a line as runs. `notes` takes the notes of a table, which are lettered; others become footnotes."""
        return "".join(self._run(part, place, properties, notes) for part in line)

    def cell(self, line: Line, place: str, properties: str, notes: list[Line]) -> str:
        """Return the line of a cell, of which every value is marked."""
        return "".join(
            self.marked(part, place, properties)
            if isinstance(part, Printed)
            else self._run(part, place, properties, notes)
            for part in line
        )

    def _run(self, part: Run, place: str, properties: str, notes: list[Line] | None) -> str:
        if isinstance(part, Printed) and part.pointer:
            return self.marked(part, place, properties)
        if isinstance(part, Named):
            return self._named(part.text, properties)
        if isinstance(part, Referred):
            inside = runs(part.text, self.base, properties)
            return w("hyperlink", inside, anchor=self.anchors[part.to], history=1) if inside else ""
        if isinstance(part, Noted):
            return self._noted(part.line, notes)
        return self._value(part.text, properties)

    def marked(self, part: Printed, place: str, properties: str) -> str:
        """Return a printed value within its bookmark."""
        mark = self.marks.add(part, place)
        return self.bookmarked(mark.ident, self._value(part.text, properties))

    def bookmarked(self, name: str, inside: str) -> str:
        """Return runs within a bookmark."""
        self.bookmarks += 1
        start = w("bookmarkStart", id=self.bookmarks, name=name)
        return f"{start}{inside}{w('bookmarkEnd', id=self.bookmarks)}"

    def anchored(self, key: str, inside: str) -> str:
        """Return runs to which references lead."""
        return self.bookmarked(self.anchors[key], inside)

    def _value(self, text: str, properties: str) -> str:
        return run(before_value(text, self.base)) + runs(text, self.base, properties)

    def _named(self, text: str, properties: str) -> str:
        apart = run(around_name(text, self.base))
        return f"{apart}{runs(text, self.base, properties)}{apart}"

    def _noted(self, line: Line, notes: list[Line] | None) -> str:
        if notes is not None:
            notes.append(line)
            return run(letter(len(notes)), RAISED)
        number = len(self.footnotes) + FIRST_NOTE
        self.footnotes.append("")  # its number is taken before a note within it is written
        indicator = w("r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteRef"))
        text = paragraph("FootnoteText", indicator, run(" "), self.line(line, f"footnote {number}"))
        self.footnotes[number - FIRST_NOTE] = w("footnote", text, id=number)
        return w("r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteReference", id=number))


def letter(number: int) -> str:
    """Return the letter of a table's note: a to z, then aa."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def start_of(line: Line) -> str:
    """Return the beginning of a line, by which a reader finds a paragraph without a number."""
    text = plain(line)
    return text if len(text) <= 40 else f"{text[:40].rstrip()}…"

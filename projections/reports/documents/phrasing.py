"""Texts of reports as lines of a document in its language: phrases by their messages, all else as recorded."""

import re
from collections.abc import Iterator
from typing import Any

from projections.papers.messages import Messages
from projections.papers.model import Line, Named, Printed, Run, Words
from projections.reports.model import NOT_DISCLOSED, NOT_RECORDED
from projections.reports.phrases import Number, Phrase, Pointer, Quoted, slug, title

DAY = re.compile(r"(?<![\w-])([0-9]{4}-[0-9]{2}-[0-9]{2})(?![\w-])")
"""A date within a text of a report."""
SAID = {NOT_RECORDED: "not-recorded", NOT_DISCLOSED: "not-disclosed", "none": "none", "No membership": "no-membership",
        "Total": "total", "All": "all"}  # fmt: skip
"""Words of reports that the catalogue has; all other texts of tables are of the register."""
AROUND = {" to ": "to-day", " or before": "or-before"}
"""What reports say around days."""


class Phrasing:
    """Says texts of reports in the language of a catalogue; `working` is the language of the register."""

    def __init__(self, messages: Messages, working: str) -> None:
        """Use the catalogue of `messages`."""
        self.messages = messages
        self.is_foreign = messages.language != working

    def line(self, text: str) -> Line:
        """Return a text as a line: a phrase in English where a catalogue, such as that of a house, does not have it."""
        if isinstance(text, Quoted):
            return self._quotation(text)
        if not isinstance(text, Phrase):
            return tuple(self.runs(text))
        if text.message and not self.messages.has(text.message):
            return tuple(self.runs(str(text)))
        if text.message:
            line = self.messages.line(text.message, **{name: self._given(value) for name, value in text.given.items()})
        else:
            line = tuple(run for part in text.parts for run in self.line(part))
        return _capital(line) if text.is_capital else line

    def own(self, text: str) -> Line:
        """Return a title, or a head of a column, of a report: by the message of its words."""
        own = text if isinstance(text, Phrase | Quoted) else title(text)
        return self.line(own)

    def runs(self, text: str) -> Iterator[Run]:
        """Yield the runs of a text of a table: its days as the language prints them, all else as recorded."""
        # The values of lists, such as types of parties, are of the register; a house may give words for them.
        message = SAID.get(text) or word(text)
        if text and self.messages.has(message):
            yield from self.messages.line(message)
            return
        for index, piece in enumerate(DAY.split(text)):
            if index % 2:
                yield Printed("", self.messages.style.day(piece), piece, "day")
            elif piece:
                yield Words(self.messages.text(AROUND[piece])) if piece in AROUND else Named(piece)

    def _quotation(self, text: Quoted) -> Line:
        message = word(text.key)
        if self.messages.has(message):
            return self.messages.line(message)
        recorded = tuple(self.runs(str(text)))
        return self.messages.line("quotation", text=recorded) if self.is_foreign else recorded

    def _given(self, value: Any) -> Any:
        if isinstance(value, Number):
            return (self._number(value),)
        if isinstance(value, Pointer):
            return str(value)
        return self.line(value) if isinstance(value, str) else value

    def _number(self, given: Number) -> Printed:
        style, (value, unit) = self.messages.style, given
        if unit == "percent":
            return Printed("", style.table_percent(value), value, unit)
        return Printed("", style.plain(value) if unit == "count" else style.money(value, unit), value, unit)


def word(text: str) -> str:
    """Return the name of the message for a word of a report."""
    return f"word-{slug(text)}"


def _capital(line: Line) -> Line:
    first = line[0] if line else None
    if not isinstance(first, Words | Named):
        return line
    return (type(first)(first.text[:1].upper() + first.text[1:]), *line[1:])

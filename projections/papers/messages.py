"""The messages of papers: sentences in Fluent that name figures by pointer, formatted to lines that keep them.

A message chooses its words by the value of a figure (`FIG("/agreements") -> [0] … [one] … *[other] …`, with the plural
forms of CLDR), prints figures in a style, names from the register, references and footnotes. What it prints is marked
while the message is formatted, and cut into runs afterwards: no text is searched for numbers. https://projectfluent.org
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property
from importlib.resources import files
from typing import Any

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentInt, FluentNone, FluentType
from fluent.syntax import ast

from projections.papers.model import Line, Named, Noted, Printed, Referred, Run, Words
from projections.papers.numbers import NO_BREAK, NumberStyle
from projections.queries.figures import Figure

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}|([^{_OPEN}]+)")
TEXTS = files("projections.papers") / "texts"
"""The catalogues that come with the ledger, one Fluent file a language."""


class BadMessage(ValueError):
    """A message is missing, or cannot be formatted: a defect of a catalogue, never of the data of the ledger."""


class _Marked(FluentType):
    """A value that prints as the mark of a run."""

    def __init__(self, mark: str) -> None:
        self.mark = mark

    def format(self, locale: Any) -> str:
        return self.mark


class _Count(FluentInt):
    """A count that chooses the form of words by its value, and prints as the mark of a run."""

    mark: str

    def format(self, locale: Any) -> str:
        return self.mark


class Messages:
    """The catalogue of one language, with the texts of a house added to it or in the place of its own.

    `style` prints numbers; `figures` are what messages may name.
    """

    def __init__(self, language: str, style: NumberStyle, figures: Mapping[str, Figure], house: str = "") -> None:
        """Read the catalogue of `language`. Raises BadMessage for a message that Fluent cannot read."""
        self.language = language
        self.style = style
        self.figures = figures
        self._runs: list[Run] = []
        functions: dict[str, Callable[..., FluentType]] = {
            "FIG": self._fig,
            "NAME": self._name,
            "REF": self._ref,
            "NOTE": self._note,
            "DAY": self._day,
            "COUNT": self._count,
        }
        self._bundle = FluentBundle([language], functions=functions, use_isolating=False)
        own = TEXTS / f"{language}.ftl"
        if own.is_file():
            self._bundle.add_resource(_read(own.read_text("utf-8")))
        if house:
            self._bundle.add_resource(_read(house), allow_overrides=True)

    @cached_property
    def number_words(self) -> tuple[str, ...]:
        """The words of the numbers from nought on."""
        return tuple(self.text("numbers-in-words").split())

    def has(self, message: str) -> bool:
        """Whether the catalogue has a message."""
        return bool(self._bundle.has_message(message))

    def text(self, message: str, **given: Any) -> str:
        """Return a message as plain text. Raises BadMessage."""
        return "".join(run.text for run in self.line(message, **given) if isinstance(run, Words | Printed | Named))

    def line(self, message: str, **given: Any) -> Line:
        """Return a message as a line. `given` are its variables: texts, counts, lines. Raises BadMessage."""
        outer, self._runs = self._runs, []
        try:
            text = self._formatted(message, {name.replace("_", "-"): self._value(at) for name, at in given.items()})
            return self._cut(text)
        finally:
            self._runs = outer

    def _formatted(self, message: str, given: dict[str, Any]) -> str:
        pattern = self._bundle.get_message(message).value if self._bundle.has_message(message) else None
        if pattern is None:
            raise BadMessage(f"the catalogue '{self.language}' has no message '{message}'")
        text, errors = self._bundle.format_pattern(pattern, given)
        if errors or isinstance(text, FluentNone):
            raise BadMessage(f"the message '{message}' of '{self.language}' cannot be formatted: {errors}")
        return str(text)

    def _cut(self, text: str) -> Line:
        return tuple(self._runs[int(match[1])] if match[1] else Words(match[2]) for match in _MARK.finditer(text))

    def _mark(self, run: Run) -> str:
        self._runs.append(run)
        return f"{_OPEN}{len(self._runs) - 1}{_CLOSE}"

    def _value(self, given: Any) -> Any:
        if isinstance(given, tuple):
            return _Marked("".join(self._mark(run) for run in given))
        return given

    def _fig(self, pointer: Any, *series: Any, style: Any = "plain") -> FluentType:
        figure = self.figure(str(pointer))
        others = [self.figure(str(name)).value for name in series]
        printed = Printed(str(pointer), self.printed(figure, str(style), others), figure.value, figure.unit)
        mark = self._mark(printed)
        if isinstance(figure.value, str) or figure.unit == "year":
            return _Marked(mark)
        count = _Count(int(figure.value))  # of an amount, only whether it is nought decides
        count.mark = mark
        return count

    def figure(self, pointer: str) -> Figure:
        """Return the figure at a pointer. Raises BadMessage."""
        if pointer not in self.figures:
            raise BadMessage(f"there is no figure {pointer}")
        return self.figures[pointer]

    def printed(self, figure: Figure, style: str, others: Any = ()) -> str:
        """Return a figure in a style: plain, words, million, percent, amount, whole, rounded, day."""
        value, unit = figure.value, figure.unit
        if isinstance(value, str) or unit == "year":
            return self.style.day(str(value)) if style == "day" else str(value)
        if style == "words":
            return self.style.in_words(int(value), others)
        if style == "million":
            return self.style.in_millions(Decimal(value), unit)
        if style == "percent":
            return self.style.in_percent(value)
        if style in ("whole", "rounded"):
            text = self.style.rounded(Decimal(value))
            return f"{unit}{NO_BREAK}{text}" if style == "whole" else text
        return self.style.money(Decimal(value), unit) if style == "amount" else self.style.plain(value)

    def _name(self, text: Any) -> FluentType:
        return _Marked(self._mark(Named(str(text))))

    def _ref(self, key: Any) -> FluentType:
        return _Marked(self._mark(Referred(str(key))))

    def _day(self, iso: Any) -> FluentType:
        return _Marked(self._mark(Printed("", self.style.day(str(iso)), str(iso), "day")))

    def _count(self, number: Any) -> FluentType:
        count = _Count(int(number))
        count.mark = self.style.in_words(int(number))
        return count

    def _note(self, message: Any) -> FluentType:
        return _Marked(self._mark(Noted(self.line(str(message)))))


def _read(text: str) -> Any:
    """Return the messages of a Fluent text. Raises BadMessage for a part that Fluent cannot read, with its line."""
    resource = FluentResource(text)
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            start = entry.span.start if entry.span else 0
            why = "; ".join(str(note.message) for note in entry.annotations)
            raise BadMessage(f"line {text.count(chr(10), 0, start) + 1}: {why}")
    return resource

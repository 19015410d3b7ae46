"""The manifest that a file carries for programs: each figure that it prints, where it stands, and the paper's data.

A figure is named f1, f2, … in the order in which it stands. Values of table cells that are no figure of the report have
a name too, and no pointer: a reader can compare them with the paper.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from projections.papers.model import Paper, Printed


class Mark(NamedTuple):
    """One printed value: its name in the file, pointer, text, value and unit, and the place where it stands."""

    ident: str
    pointer: str
    text: str
    value: str
    unit: str
    place: str


@dataclass(slots=True)
class Marks:
    """Names printed values, and keeps what was named."""

    marks: list[Mark] = field(default_factory=list)

    def add(self, run: Printed, place: str) -> Mark:
        """Return the mark of a printed value."""
        self.marks.append(marked(len(self.marks) + 1, run, place))
        return self.marks[-1]


def marked(number: int, run: Printed, place: str) -> Mark:
    """Return the mark of the printed value with a number, counted from 1."""
    return Mark(f"f{number}", run.pointer, run.text, plain_value(run.value), run.unit, place)


def plain_value(value: int | Decimal | str) -> str:
    """Return a value as a program reads it: without separators, and without an exponent."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def data_of(paper: Paper) -> str:
    """Return what a file carries of a paper as JSON: what it is, and the manifest of its report."""
    data = {
        "report": paper.report,
        "language": paper.language,
        "dated": paper.dated,
        "symbol": paper.masthead.symbol,
        "foot": paper.foot,
        "manifest": dict(paper.data),
    }
    return as_json(data)


def as_json(data: Mapping[str, object]) -> str:
    """Return data as JSON, the same for equal data."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def chunks(text: str, size: int) -> Iterator[str]:
    """Yield a text in pieces of at most `size` characters."""
    for start in range(0, len(text), size):
        yield text[start : start + size]

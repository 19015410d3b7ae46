"""What a file carries of its paper for programs: how it was made, and each figure with its pointer, text and value.

A figure is named f1, f2, … in the order in which it stands. In Word documents and workbooks values of table cells that
are no figure of the report have a name too, and no pointer: a reader can compare them with the paper.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from projections.papers import printed
from projections.papers.layout import Layout
from projections.papers.model import Paper, Printed


class NamedValue(NamedTuple):
    """One printed value: its name in the file, pointer, text, value and unit, and the place where it stands."""

    ident: str
    pointer: str
    text: str
    value: str
    unit: str
    place: str


@dataclass(slots=True)
class NamedValues:
    """Names printed values, and keeps what was named."""

    marks: list[NamedValue] = field(default_factory=list)

    def add(self, run: Printed, place: str) -> NamedValue:
        """Return the mark of a printed value."""
        self.marks.append(marked(len(self.marks) + 1, run, place))
        return self.marks[-1]


def marked(number: int, run: Printed, place: str) -> NamedValue:
    """Return the mark of the printed value with a number, counted from 1."""
    return NamedValue(f"f{number}", run.pointer, run.text, str(plain_value(run)), run.unit, place)


def data_of(paper: Paper) -> dict[str, Any]:
    """Return the data that each form carries: what the paper is, and the manifest of its report."""
    return {
        "report": paper.report,
        "language": paper.language,
        "dated": paper.dated,
        "symbol": paper.masthead.symbol,
        "foot": paper.foot,
        "manifest": dict(paper.data),
    }


def attached(layout: Layout) -> dict[str, Any]:
    """Return the data with the figures as printed, for forms that list them nowhere else."""
    figures = [{"pointer": run.pointer, "text": run.text, "value": plain_value(run)} for run in printed.figures(layout)]
    return {**data_of(layout.paper), "figures": figures}


def plain_value(run: Printed) -> int | str:
    """Return a printed value as in JSON: counts as integers, amounts as text without separators and exponent."""
    return f"{run.value:f}" if isinstance(run.value, Decimal) else run.value


def as_json(data: Any) -> str:
    """Return data as JSON in one line, the same for equal data."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def as_ascii(data: Any) -> str:
    """Return data as JSON of ASCII alone, for files whose encoding could be taken for another."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"))


def chunks(text: str, size: int) -> Iterator[str]:
    """Yield a text in pieces of at most `size` characters."""
    for start in range(0, len(text), size):
        yield text[start : start + size]

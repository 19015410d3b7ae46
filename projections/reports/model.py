"""What a report is, before it is a document: sections of prose, tables and charts, and its figures with provenance."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from projections.queries.figures import Figure, FigureTree

NOT_RECORDED = "not recorded"
"""Said of what was never recorded: never 0, never blank."""
NOT_DISCLOSED = "not disclosed"
"""Said of what the source withholds."""


@dataclass(frozen=True, slots=True)
class ReportAsOf:
    """What a report shows: the state on a date, as known at a position, of the log with this root (base64)."""

    on: str
    known_at: int
    root: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a text, or a figure with its JSON Pointer. `text` is how a document prints it.

    `indent` says that the row is a part of the one above it.
    """

    text: str
    figure: Figure | None = None
    pointer: str = ""
    indent: bool = False

    @property
    def plain(self) -> int | str:
        """The value for JSON and CSV."""
        return self.text if self.figure is None else self.figure.plain


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, and whether it holds numbers (right-aligned)."""

    title: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `key` names it in CSV and JSON, `total` is its last row, `note` stands under it."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its parts in the order of the chart's legend, and what is printed at its end.

    `labels` are the texts of the parts where parts are labelled; without them a part is printed as its amount. A bar of
    an amount that was never recorded has no parts, and its text says so.
    """

    label: str
    parts: tuple[Decimal, ...]
    text: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars with direct labels (`bars`), upright ones over years (`columns`), or one bar of 100 % (`share`).

    `legend` names the parts of each bar; a share has one bar, whose parts are labelled from the legend.
    """

    kind: Literal["bars", "columns", "share"]
    title: str
    bars: tuple[Bar, ...]
    legend: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section: a heading, what is said, tables, charts and sections below it, in the order in which they stand."""

    key: str
    title: str
    prose: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    below: tuple["Section", ...] = ()


@dataclass(frozen=True)
class Report:
    """A report: the same model is rendered as Markdown, HTML, CSV and JSON.

    `unprinted` are members of the figures whose entries documents leave to the JSON and CSV forms, since they are many.
    """

    name: str
    title: str
    subtitle: str
    organization: str
    parameters: dict[str, Any]
    as_of: ReportAsOf
    version: str
    figures: FigureTree
    sections: tuple[Section, ...]
    annexes: tuple[Section, ...] = ()
    method: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    unprinted: tuple[str, ...] = field(default=())

"""The model of a report: sections of prose, tables and charts, and figures with provenance. It knows no file format."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from ledger.domain.disclosure.disclosure import Coverage
from projections.papers.charts import Chart
from projections.queries.figures import Figure, FigureTree

NOT_RECORDED = "not recorded"
"""Printed for a value that was never recorded; never 0 and never blank."""
NOT_DISCLOSED = "not disclosed"
"""Printed for a value that the source withholds."""


@dataclass(frozen=True, slots=True)
class ReportAsOf:
    """The as-of of a report: a date, the position up to which the log is read, and the root there (base64)."""

    on: str
    known_at: int
    root: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a text, or a figure with its JSON Pointer. Documents print `text` in both cases.

    `indent` marks a row that breaks down the row above it.
    """

    text: str
    figure: Figure | None = None
    pointer: str = ""
    indent: bool = False

    @property
    def plain(self) -> int | str:
        """The value for JSON and CSV."""
        return str(self.text) if self.figure is None else self.figure.plain


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, and whether it holds numbers (right-aligned)."""

    title: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `key` names it in CSV and JSON, `total` is its last row, `note` is printed below it."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section: heading, paragraphs, tables, charts and subsections (`below`), printed in this order."""

    key: str
    title: str
    prose: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    below: tuple["Section", ...] = ()


@dataclass(frozen=True)
class Report:
    """A report, from which Markdown, HTML, CSV and JSON are rendered.

    `settings` are the settings of the ledger that select what is counted or convert it, as in force at the as-of.
    `unprinted` names members of the figures that have too many figures for a document. Their provenance is in the JSON
    and CSV forms only; `unproved` names those that no definition gives, which a proof leaves out. `discloses` are the
    facets and service orders that readers of the report learn. `left_out` counts what the figures leave out, by reason;
    `guidelines` are the symbols of those in force that say what is material. `in_short` returns what a document says of
    single engagements, and `further` the figures that only documents have; both are asked only where one is made.
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
    unproved: tuple[str, ...] = field(default=())
    settings: dict[str, str] = field(default_factory=dict)
    discloses: tuple[Coverage, ...] = field(default=())
    left_out: dict[str, int] = field(default_factory=dict)
    guidelines: tuple[str, ...] = field(default=())
    in_short: Callable[[], Sequence[Any]] = field(default=tuple)
    further: Callable[[], dict[str, FigureTree]] = field(default=dict)

    def for_documents(self) -> "Report":
        """Return the report with what only documents have, read while the projections are open."""
        shown, tree = tuple(self.in_short()), self.further()
        return replace(self, in_short=lambda: shown, further=lambda: tree)

    @cached_property
    def in_documents(self) -> dict[str, FigureTree]:
        """All figures that a document can have, by their first member."""
        own = self.figures if isinstance(self.figures, dict) else {}
        return {**own, **self.further()}

"""The model of a paper: everything that is printed, before it is a file.

A line of text is a tuple of runs. A run says what it is (words, a figure, a name, a reference, a note), so that every
renderer can mark figures, isolate names and link references in its own way, and none has to read text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from projections.queries.figures import Figure


@dataclass(frozen=True, slots=True)
class Words:
    """Literal text: of the catalogue of messages, or written by the secretariat."""

    text: str
    by: Literal["catalogue", "secretariat"] = "catalogue"


@dataclass(frozen=True, slots=True)
class Printed:
    """A value as it is printed here: `USD 33.8 million` and `33,826,190.48` are one figure in two styles.

    `pointer` is the JSON Pointer of the figure; it is empty for a value of a list, such as a day, which is no figure.
    `unit` is that of the figure, or `day` for an ISO date.
    """

    pointer: str
    text: str
    value: int | Decimal | str
    unit: str


@dataclass(frozen=True, slots=True)
class Named:
    """A name or a text of the register: it is never translated, and never read as markup or as a formula."""

    text: str


@dataclass(frozen=True, slots=True)
class Referred:
    """A reference to a table, chart, part or annex by its key.

    The layout gives it its text: `table 2`, `section V`, `annex A`.
    """

    to: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """A footnote; its indicator stands where the run stands."""

    line: "Line"


Run = Words | Printed | Named | Referred | Noted
Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph. `message` is its message in the catalogue; `items` are its subparagraphs (a) to (z)."""

    message: str
    line: Line
    items: tuple[Line, ...] = ()


Holds = Literal["words", "count", "money", "percent", "days", "day", "reference"]
"""What a column holds: it decides how cells are aligned, typed in a workbook, and printed."""
NUMBERS: tuple[Holds, ...] = ("count", "money", "percent", "days")
"""The columns that are aligned at the right."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its key, its head, what it holds, and the unit, which stands in the head."""

    key: str
    title: Line
    holds: Holds = "words"
    unit: str = ""

    @property
    def head(self) -> Line:
        """The head as it is printed, with the unit, which is not broken."""
        unit = self.unit.replace(" ", "\N{NO-BREAK SPACE}")
        return (*self.title, Words(f", {unit}")) if unit else self.title

    @property
    def is_number(self) -> bool:
        """Whether it holds numbers."""
        return self.holds in NUMBERS


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. `level` indents a row that breaks down the row above it."""

    cells: tuple[Line, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `notes` are printed below it. A `wide` one needs a page across."""

    key: str
    title: Line
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    notes: tuple[Line, ...] = ()
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart of a table: it has no numbers of its own.

    `bars` are horizontal, `columns` upright and stacked, `share` is one bar of 100 per cent with a part for each row.
    `series` are the keys of the columns that are drawn, `category` the key of the one that labels, `labels` the keys
    of the columns that are printed at the end of a bar.
    """

    key: str
    of: str
    kind: Literal["bars", "columns", "share"]
    title: Line
    category: str
    series: tuple[str, ...]
    labels: tuple[str, ...] = ()


Block = Paragraph | Grid | Picture


@dataclass(frozen=True, slots=True)
class Part:
    """A section or an annex, or a part of one."""

    key: str
    title: Line
    blocks: tuple["Block | Part", ...]


@dataclass(frozen=True, slots=True)
class Masthead:
    """Who tables what to whom: from the settings of the house and from the command, never from the log."""

    organization: str
    body: str
    session: str
    symbol: str
    date: str
    original: str
    distribution: str
    agenda: str
    source: str
    title: Line


@dataclass(frozen=True, slots=True)
class Box:
    """An entry of the box on the first page: `Summary`, `Action required`, `References`."""

    label: str
    line: Line


@dataclass(frozen=True)
class Paper:
    """One document in one language.

    `dated` is the ISO date of the masthead: files carry it as their time, so that equal papers give equal bytes.
    `foot` stands on every page: the as-of, the position and the root. `figures` are the figures that the paper names,
    by pointer, with their entries; `data` is the report's manifest, which each form carries for programs.
    """

    report: str
    language: str
    dated: str
    direction: Literal["ltr", "rtl"]
    masthead: Masthead
    boxes: tuple[Box, ...]
    parts: tuple[Part, ...]
    annexes: tuple[Part, ...]
    foot: str
    figures: Mapping[str, Figure] = field(default_factory=dict)
    data: Mapping[str, object] = field(default_factory=dict)

"""A workbook into which sheets write cells: texts that stay texts, typed numbers and days, and their formats."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from projections.papers.layout import BOLD, Layout
from projections.papers.look import Look
from projections.papers.model import Printed
from projections.papers.text_width import line_count

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST = 32_767
"""The number of letters that a cell can hold."""
LETTERS = 10
"""The size of letters, in points."""
LETTER = 5.25
"""The width of a letter by which columns are measured, in points."""
ROW, TALLEST, LINE = 15.0, 409.0, 1.32
"""The height of a row and the greatest that it can have, in points; the height of a line by the size of its letters."""
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
DIGITS = 15
"""The digits of a number that a cell keeps."""
NAME = 31
"""The number of letters that the name of a sheet can have."""
FIRST_DAY = "1900-03-01"
"""Excel has a 29 February 1900: days before it are texts."""
COUNTRIES = {"ar": "[$-401]", "en": "[$-809]", "es": "[$-40A]", "fr": "[$-40C]", "ru": "[$-419]", "zh": "[$-804]"}
"""The numbers by which a format of days names the language of its months."""
ELLIPSIS = "…"


@dataclass(slots=True)
class Book:
    """The workbook with its formats and the names of its sheets."""

    book: "Workbook"
    layout: Layout
    look: Look
    names: set[str] = field(default_factory=set)
    _formats: dict[tuple[tuple[str, Any], ...], "Format"] = field(default_factory=dict)
    _high: dict[str, tuple[int, float]] = field(default_factory=dict)

    def sheet(self, name: str) -> "Worksheet":
        """Add a sheet. Its name loses what names of sheets cannot have, and is made different from others."""
        short = name.translate(NOT_IN_NAMES).strip("' ")[: NAME - 4] or "Sheet"
        unique, count = short, 1
        while unique.lower() in self.names:
            count += 1
            unique = f"{short} {count}"
        self.names.add(unique.lower())
        sheet = self.book.add_worksheet(unique)
        if self.layout.paper.direction == "rtl":
            sheet.right_to_left()
        return sheet

    def print_as(self, sheet: "Worksheet", *, across: bool) -> None:
        """Have a sheet printed on the paper of the house, as wide as a page, with the symbol and the foot."""
        if across:
            sheet.set_landscape()
        sheet.set_paper(1 if self.look.paper == "letter" else 9)
        sheet.fit_to_pages(1, 0)
        paper = self.layout.paper
        symbol, foot = (text.replace("&", "&&")[:200] for text in (paper.masthead.symbol, paper.foot))
        sheet.set_header(f"&R{symbol}")
        sheet.set_footer(f"&L&8{foot}&R&8&P / &N")

    def format(self, **properties: Any) -> "Format":
        """Return a format, one for equal properties."""
        known = {"font_name": self.look.word_font, "font_size": LETTERS, "valign": "top", **properties}
        key = tuple(sorted(known.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(known)
        return self._formats[key]

    def text(self, sheet: "Worksheet", row: int, column: int, text: str, room: float = 0, **properties: Any) -> None:
        """Write a text, which never becomes a formula, a number or a link; in a column of `room` letters it wraps."""
        wraps = {"text_wrap": True} if room else {}
        sheet.write_string(row, column, held(text), self.format(**wraps, **properties))
        if room:
            wide = BOLD if properties.get("bold") else 1
            room = (room - 2 * properties.get("indent", 0)) * LETTER / wide
            self._grow(sheet, row, text, room, properties.get("font_size", LETTERS))

    def _grow(self, sheet: "Worksheet", row: int, text: str, room: float, size: float) -> None:
        # Programs differ in whether they give a row the height of its text when they open a file.
        high = min(line_count(text, room, size) * size * LINE, TALLEST)
        name = sheet.get_name()
        given = self._high.get(name, (row, ROW))
        if high > (given[1] if given[0] == row else ROW):
            self._high[name] = (row, high)
            sheet.set_row(row, high)

    def value(self, sheet: "Worksheet", row: int, column: int, printed: Printed, suffix: str, **format_: Any) -> None:
        """Write a value that `is_typed`; `suffix` stands behind it, as the letter of a note does."""
        if printed.unit == "day":
            shown = COUNTRIES.get(self.layout.paper.language, "") + "d mmmm yyyy" + suffix
            own = self.format(num_format=shown, align="right" if self._is_rtl else "left", **format_)
            sheet.write_datetime(row, column, date.fromisoformat(str(printed.value)), own)
            return
        sheet.write_number(
            row, column, float(printed.value), self.format(num_format=number(printed) + suffix, **format_)
        )

    @property
    def _is_rtl(self) -> bool:
        return self.layout.paper.direction == "rtl"

    def link(self, sheet: "Worksheet", row: int, column: int, to: str, text: str, **properties: Any) -> None:
        """Write a text that leads to a place in the workbook, like `Table 1!B3`."""
        name, _, cell = to.rpartition("!")
        look = self.format(font_color=self.look.accent, underline=1, **properties)
        sheet.write_url(row, column, f"internal:{quote_sheetname(name)}!{cell}", look, held(text))


def place(sheet: "Worksheet", row: int, column: int) -> str:
    """Return the place of a cell: `Table 1!B3`."""
    return f"{sheet.get_name()}!{xl_rowcol_to_cell(row, column)}"


def held(text: str) -> str:
    """Return what a cell can hold of a text."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + ELLIPSIS


def is_exact(value: int | Decimal | str) -> bool:
    """Return whether a cell holds this number as it is: cells have 15 digits."""
    if isinstance(value, str):
        return False
    return len(Decimal(value).as_tuple().digits) <= DIGITS and Decimal(repr(float(value))) == value


def is_typed(printed: Printed, *, as_number: bool) -> bool:
    """Return whether a cell holds a value as a number or a day; all other values are texts."""
    if printed.unit == "day":
        return str(printed.value) >= FIRST_DAY
    return as_number and is_exact(printed.value)


def number(printed: Printed) -> str:
    """Return the format of a number, with the decimals that it has."""
    decimals = len(f"{Decimal(printed.value):f}".partition(".")[2])
    whole = "0" if printed.unit in ("year", "percent") else "#,##0"
    return f"{whole}.{'0' * decimals}" if decimals else whole

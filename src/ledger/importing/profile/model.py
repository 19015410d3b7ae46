"""The model of a profile: the formats of a register, and the columns of its fields (docs/importing.md)."""

from collections.abc import Mapping

import msgspec

from ledger.importing.profile.row_schema import ROW_SCHEMAS, RowSchema

Texts = str | tuple[str, ...]
"""One text, or several of which any may stand in the file."""
ISO_STYLE = "YYYY-MM-DD"
LIST_SEPARATOR = ";"
"""The separator of lists of codes and texts in a profile that names none."""


def texts(given: Texts) -> tuple[str, ...]:
    """Return one or several texts as several."""
    return (given,) if isinstance(given, str) else given


class FileStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The format of the file: its encoding, by its name in Python, and the character between cells.

    `sheet` is the sheet of a workbook to read; an empty name means the first visible one. `header_row` is the row of
    the sheet, or the line of the file, with the names of the columns; 0 means the first with text. With more than one
    of `header_rows` the texts of a column in these rows are joined. `hidden = "skip"` leaves out hidden rows and
    columns of a workbook; `merged = "repeat"` reads a merged cell in each of its rows and columns.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""
    header_row: int = 0
    header_rows: int = 1
    hidden: str = ""
    merged: str = ""
    layout: str = ""
    """`wide` if each column that the profile does not name is an item, and its cells are rows of their own."""
    gap: str = ""
    """The text of a cell without a value in the wide layout, besides an empty cell."""
    covers: str = "all"
    """`all` if a file holds the whole register, `increment` if it holds only what is new since the last file."""


class DateStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The format of dates: `YYYY` (or `YY`), `MM` (or `M`, `MMM`), `DD` (or `D`), and the characters between them.

    Several styles are tried in turn. `of_year` and `of_month` say which day a year or a month without a day means:
    `first day` or `last day`. With `signed_on = "source"` the rows of agreements have no date of signature; they are
    effective on the date of the source document.
    """

    style: Texts = ISO_STYLE
    of_year: str = ""
    of_month: str = ""
    signed_on: str = ""

    @property
    def styles(self) -> tuple[str, ...]:
        """All styles, in the order in which they are tried."""
        return texts(self.style)

    @property
    def written(self) -> str:
        """The style in which dates of a workbook are written: the only one if no day is lost in it, else ISO 8601."""
        style = self.styles[0]
        return style if len(self.styles) == 1 and "YYYY" in style and "M" in style and "D" in style else ISO_STYLE


class AmountStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The format of amounts: the decimal sign, and the sign between groups of three digits, if any.

    Amounts are in `unit`, as 1000. With `currency = "in cell"` a cell may have a currency next to the amount; `signs`
    maps signs such as £ to currencies. `multiples` maps what stands behind a number to a factor, as k to 1000.
    The `partner_amount` of agreements of a kind in `ceiling_of` is their ceiling: that party is paid.
    `negative = "refund"` makes refunds of negative amounts; otherwise they are refused.
    """

    decimal: str = "."
    grouping: str = ""
    unit: int = 1
    currency: str = ""
    signs: dict[str, str] = {}
    multiples: dict[str, int] = {}
    ceiling_of: Texts = ()
    negative: str = ""


class ListStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The separator between the items of a cell with a list; an empty one means that each cell has one item.

    Without one, a cell has one party, and lists of codes and texts are separated by `;`.
    """

    separator: str | None = None

    @property
    def of_parties(self) -> str:
        """The separator of parties and of what is given for each of them; empty if a cell has one."""
        return self.separator or ""

    @property
    def of_others(self) -> str:
        """The separator of codes and texts; empty if a cell has one."""
        return LIST_SEPARATOR if self.separator is None else self.separator


class TextStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is mended in texts.

    `repair = "cp1252"` replaces control characters by what Windows-1252 has in their place; `line_feeds = "space"`
    replaces line feeds in one-line texts by spaces. A cell with one of the texts in `blank` is as an empty one.
    """

    repair: str = ""
    line_feeds: str = ""
    blank: Texts = ()


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A validated profile. `columns` maps fields to columns; `codes` maps the codes of the file to ours, by field.

    A column may have several names, of which the file has one. `constants` has the text of fields without a column;
    `empty` has the meaning of an empty cell, by field; `roles` has the role of parties, by kind of agreement. `only`
    and `skip` have values by column: rows without those of `only`, and with one of `skip`, are left out.
    """

    kind: str
    name: str = ""
    about: str = ""
    file: FileStyle = FileStyle()
    dates: DateStyle = DateStyle()
    amounts: AmountStyle = AmountStyle()
    lists: ListStyle = ListStyle()
    text: TextStyle = TextStyle()
    columns: dict[str, Texts]
    constants: dict[str, str] = {}
    codes: dict[str, dict[str, str]] = {}
    empty: dict[str, str] = {}
    roles: dict[str, str] = {}
    only: dict[str, Texts] = {}
    skip: dict[str, Texts] = {}

    @property
    def row_schema(self) -> RowSchema:
        """The schema of its rows."""
        return ROW_SCHEMAS[self.kind]

    @property
    def given(self) -> frozenset[str]:
        """The fields that rows have: by a column, a constant or the meaning of an empty cell."""
        return frozenset({*self.columns, *self.constants, *self.empty})

    @property
    def column_names(self) -> Mapping[str, str]:
        """The names of the column of each field, for display."""
        return {field: " or ".join(texts(names)) for field, names in self.columns.items()}

"""The model of a profile: the formats of a register, and the columns of its fields (docs/importing.md)."""

import msgspec

from ledger.importing.profile.row_schema import ROW_SCHEMAS, RowSchema


class FileStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The format of the file: its encoding, by its name in Python, and the character between cells.

    `sheet` is the sheet of a workbook to read; an empty name means the first visible one. `header_row` is the row of
    the sheet, or the line of the file, with the names of the columns; 0 means the first with text.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""
    header_row: int = 0
    layout: str = ""
    """`wide` if each column that the profile does not name is an item, and its cells are rows of their own."""
    gap: str = ""
    """The text of a cell without a value in the wide layout, besides an empty cell."""
    covers: str = "all"
    """`all` if a file holds the whole register, `increment` if it holds only what is new since the last file."""


class DateStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The format of dates: `YYYY`, `MM` (or `M`), `DD` (or `D`), and the characters between them.

    With `signed_on = "source"` the rows of agreements have no date of signature; they are effective on the date of the
    source document.
    """

    style: str = "YYYY-MM-DD"
    signed_on: str = ""


class AmountStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The format of amounts: the decimal sign, and the sign between groups of three digits, if any."""

    decimal: str = "."
    grouping: str = ""


class ListStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The separator between the items of a cell with a list."""

    separator: str = ";"


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A validated profile. `columns` maps fields to columns; `codes` maps the codes of the file to ours, by field.

    `empty` has the meaning of an empty cell, by field; `roles` has the role of parties, by kind of agreement.
    """

    kind: str
    name: str = ""
    about: str = ""
    file: FileStyle = FileStyle()
    dates: DateStyle = DateStyle()
    amounts: AmountStyle = AmountStyle()
    lists: ListStyle = ListStyle()
    columns: dict[str, str]
    codes: dict[str, dict[str, str]] = {}
    empty: dict[str, str] = {}
    roles: dict[str, str] = {}

    @property
    def row_schema(self) -> RowSchema:
        """The schema of its rows."""
        return ROW_SCHEMAS[self.kind]

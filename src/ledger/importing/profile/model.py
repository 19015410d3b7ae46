"""What a profile states: how a register is written, and which of its columns gives what (docs/importing.md)."""

import msgspec

from ledger.importing.profile.row_schema import ROW_SCHEMAS, RowSchema


class FileStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the file is written: its encoding, as Python names it, and the character between cells.

    Of a workbook, `sheet` is the one to read; without a name it is the first that is shown. `header_row` is the row of
    the sheet, or the line of the file, in which the columns have their names; 0 is the first with text.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""
    header_row: int = 0


class DateStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How dates are written: `YYYY`, `MM` (or `M`), `DD` (or `D`) and what stands between them.

    With `signed_on = "source"` rows tell of agreements without saying when they were signed: what they say is effective
    on the date of the document that tells of them.
    """

    style: str = "YYYY-MM-DD"
    signed_on: str = ""


class AmountStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How amounts are written: the decimal sign, and the sign between groups of three digits, if any."""

    decimal: str = "."
    grouping: str = ""


class ListStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands between the items of a cell that holds several."""

    separator: str = ";"


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A profile, checked. `columns` maps fields to columns, `codes` the file's codes to ours, field by field.

    `empty` says what an empty cell means, `roles` what parties are in an agreement of a kind.
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
        """What its rows are made of."""
        return ROW_SCHEMAS[self.kind]

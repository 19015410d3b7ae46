"""Read a record as a row: its cells become values by the profile.

A cell that cannot be read is a fault with its column, and reading goes on.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from ledger.domain.engagement.oversight.analysis import NO, YES, BadAnswer
from ledger.domain.errors import LedgerError
from ledger.domain.fields import Identifier, checked_reference
from ledger.domain.money import Money
from ledger.importing.profile.model import Profile
from ledger.importing.profile.row_schema import CLASSES
from ledger.importing.result import Fault
from ledger.importing.row_errors import (
    ERROR_TEXTS,
    UNCALCULATED,
    AmountWithoutCurrency,
    EmptyCell,
    ErrorCell,
    RaggedRow,
    Uncalculated,
)
from ledger.importing.source.rows import RegisterRow
from ledger.importing.source.table import Record, SourceTable
from ledger.importing.source.value_formats import ValueFormats

T = TypeVar("T")


class RecordCells:
    """The cells of one record, by field; `faults` are what is wrong with them."""

    def __init__(self, mapping: "RowMapper", record: Record, filled: dict[str, str]) -> None:
        """Read this record as the mapping says; `filled` are its cells that hold something, by field."""
        self.mapping = mapping
        self.profile = mapping.profile
        self.style = mapping.style
        self.record = record
        self.filled = filled
        self.faults: list[Fault] = []

    def fault(self, field: str, value: str, error: LedgerError) -> None:
        """Note what is wrong with a field."""
        column = self.mapping.column(field)
        self.faults.append(Fault.of(error, self.record.number, self.record.line, column, value))

    def attempt(self, field: str, value: str, make: Callable[..., T], *given: Any) -> T | None:
        """Return what `make` makes of what is given; what it refuses is a fault of the field."""
        try:
            return make(*given)
        except LedgerError as error:
            self.fault(field, value, error)
            return None

    def cell(self, field: str) -> str:
        """Return the cell of a field; empty if nothing does, it is an error, or its code means nothing."""
        return self.filled.get(field, "")

    def get(self, field: str, parse: Callable[..., T], *named: str) -> T | None:
        """Return what a cell or, if it is empty, the profile gives; `named` is what `parse` takes before the text."""
        text = self.filled.get(field)
        if text:
            # As `attempt`: a call less for each cell.
            try:
                return parse(*named, text)
            except LedgerError as error:
                self.fault(field, text, error)
                return None
        return self.profile.empty.get(field)  # type: ignore[return-value]

    def text(self, field: str) -> str | None:
        """Return a text, as entries hold it."""
        return self.get(field, self.style.text, field)

    def date(self, field: str) -> str | None:
        """Return a date, as the ledger writes dates."""
        return self.get(field, self.style.date)

    def reference(self, field: str) -> str:
        """Return a reference, empty if there is none."""
        return self.get(field, lambda text: checked_reference(self.style.code(field, text))) or ""

    def answer(self, field: str) -> str | None:
        """Return yes or no."""
        found = self.text(field)
        if found not in (None, YES, NO):
            self.fault(field, self.cell(field), BadAnswer(str(found)))
            return None
        return found

    def items(self, field: str) -> list[str]:
        """Return the items of a cell that holds several."""
        text = self.filled.get(field)
        if not text:
            return []
        separator = self.profile.lists.separator
        return [item.strip() for item in text.split(separator)] if separator in text else [text]

    def texts(self, field: str) -> tuple[str, ...]:
        """Return the items of a cell that holds several texts; empty ones are none."""
        found = [self.attempt(field, item, self.style.text, field, item) for item in self.items(field) if item]
        return tuple(dict.fromkeys(item for item in found if item))

    def identifier(self, text: str) -> Identifier | None:
        """Return an identifier of a party."""
        return self.attempt("identifiers", text, Identifier.parse, text) if text else None

    def need(self, field: str) -> None:
        """Note that a field is missing which the row must have, unless its cell is at fault already."""
        if not self._is_faulty(field):
            self.fault(field, "", EmptyCell(field.replace("_", " ")))

    def _is_faulty(self, field: str) -> bool:
        column = self.mapping.column(field)
        return any(fault.column == column for fault in self.faults)

    def currency(self, of: str, amount: str) -> str | None:
        """Return the currency of the row, which has an `amount` in the field `of`."""
        found = self.get("currency", self.style.currency)
        if found is None and not self._is_faulty("currency"):
            self.fault(of, amount, AmountWithoutCurrency())
        return found

    def amount(self, field: str) -> Money | None:
        """Return an amount in the currency of the row."""
        text = self.cell(field)
        currency = self.currency(field, text) if text else None
        return self.attempt(field, text, self.style.amount, text, currency) if currency else None


ReadRow = Callable[[RecordCells], RegisterRow]


class RowMapper:
    """Reads the rows of one table by one profile."""

    def __init__(self, profile: Profile, table: SourceTable, read: ReadRow) -> None:
        """Prepare the styles of the profile; `read` makes a row of a record's cells."""
        self.profile = profile
        self.table = table
        self.style = ValueFormats(profile)
        self.assumed = {field: profile.empty[field] for field in CLASSES if field in profile.empty}
        self._read = read
        self.fields = profile.columns.keys() | profile.empty.keys()
        """The fields that the profile gives, by a column or for all rows."""
        self._places = list(table.columns.items())
        nothing = {field: {code for code, ours in codes.items() if not ours} for field, codes in profile.codes.items()}
        self._nothing = [(field, codes) for field, codes in nothing.items() if codes]
        """Fields with the codes that mean nothing."""

    def column(self, field: str) -> str:
        """Return the name of the column that gives a field; empty if none does."""
        return self.profile.columns.get(field, "")

    def cell(self, record: Record, field: str) -> str:
        """Return what a record holds for a field, right or wrong; empty if it has none."""
        place = self.table.columns.get(field)
        return record.cells[place].strip() if place is not None and place < len(record.cells) else ""

    def key(self, record: Record) -> str:
        """Return what tells a record from others, as far as it gives that; empty if it does not."""
        cells = [self.cell(record, field) or self.profile.empty.get(field, "") for field in self.profile.row_schema.key]
        return "; ".join(cells) if all(cells) else ""

    def content(self, record: Record) -> str:
        """Return all cells of a record that the profile reads, as one text."""
        places = sorted(self.table.columns.items())
        return "\x1f".join(f"{field}={record.cells[place].strip()}" for field, place in places)

    def read(self, record: Record) -> tuple[RegisterRow | None, list[Fault]]:
        """Return the row that a record is, or what is wrong with it."""
        if len(record.cells) != len(self.table.header):
            error = RaggedRow(len(record.cells), len(self.table.header))
            return None, [Fault.of(error, record.number, record.line)]
        given = record.cells
        texts = {field: text for field, place in self._places if (text := given[place].strip())}
        cells = RecordCells(self, record, texts)
        if not ERROR_TEXTS.isdisjoint(texts.values()):
            self._check_errors(cells)
        for field, nothing in self._nothing:
            if texts.get(field) in nothing:
                del texts[field]
        row = self._read(cells)
        return (None, cells.faults) if cells.faults else (row, [])

    def _check_errors(self, cells: RecordCells) -> None:
        for field, text in list(cells.filled.items()):
            if text in ERROR_TEXTS:
                cells.fault(field, text, Uncalculated() if text == UNCALCULATED else ErrorCell(text))
                del cells.filled[field]

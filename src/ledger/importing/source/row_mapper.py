"""Map a record to a row: parse its cells as the profile describes.

A cell that cannot be parsed is a fault of its column, and reading continues.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from ledger.domain.engagement.oversight.analysis import NO, YES, BadAnswer
from ledger.domain.errors import LedgerError
from ledger.domain.fields import Identifier, checked_reference
from ledger.domain.money import Money
from ledger.importing.profile.model import Profile
from ledger.importing.profile.model import texts as profile_texts
from ledger.importing.profile.row_schema import CLASSES
from ledger.importing.result import Fault
from ledger.importing.row_errors import (
    ERROR_TEXTS,
    UNCALCULATED,
    EmptyCell,
    ErrorCell,
    RaggedRow,
    Uncalculated,
)
from ledger.importing.source.cell_errors import AmountWithoutCurrency, MergedAmount
from ledger.importing.source.rows import RegisterRow
from ledger.importing.source.table import Record, SourceTable
from ledger.importing.source.value_formats import ValueFormats

T = TypeVar("T")


class RecordCells:
    """The cells of one record, by field, with the `faults` found so far."""

    def __init__(self, mapper: "RowMapper", record: Record, filled: dict[str, str]) -> None:
        """Prepare to parse a record; `filled` has its cells that are not empty, by field."""
        self.mapper = mapper
        self.profile = mapper.profile
        self.formats = mapper.formats
        self.record = record
        self.filled = filled
        self.faults: list[Fault] = []

    def fault(self, field: str, value: str, error: LedgerError) -> None:
        """Add a fault of a field."""
        column = self.mapper.column(field)
        self.faults.append(Fault.of(error, self.record.number, self.record.line, column, value))

    def attempt(self, field: str, value: str, make: Callable[..., T], *given: Any) -> T | None:
        """Return the result of `make` for the given arguments; if it refuses them, add a fault of the field."""
        try:
            return make(*given)
        except LedgerError as error:
            self.fault(field, value, error)
            return None

    def cell(self, field: str) -> str:
        """Return the cell of a field; empty if there is none, it has an error, or its code means no value."""
        return self.filled.get(field, "")

    def get(self, field: str, parse: Callable[..., T], *named: str) -> T | None:
        """Return the parsed cell or, if it is empty, the default of the profile; `parse` gets `named` and the text."""
        text = self.filled.get(field)
        if text:
            # The same as `attempt`, inlined to save a call for each cell.
            try:
                return parse(*named, text)
            except LedgerError as error:
                self.fault(field, text, error)
                return None
        return self.profile.empty.get(field)  # type: ignore[return-value]

    def text(self, field: str) -> str | None:
        """Return a text in the form that entries store."""
        return self.get(field, self.formats.text, field)

    def date(self, field: str) -> str | None:
        """Return a date in ISO 8601."""
        return self.get(field, self.formats.dates_of.get(field, self.formats.date))

    def reference(self, field: str) -> str:
        """Return a reference, empty if there is none."""
        return self.get(field, lambda text: checked_reference(self.formats.code(field, text))) or ""

    def answer(self, field: str) -> str | None:
        """Return yes or no."""
        answer = self.text(field)
        if answer not in (None, YES, NO):
            self.fault(field, self.cell(field), BadAnswer(str(answer)))
            return None
        return answer

    def items(self, field: str) -> list[str]:
        """Return the items of a cell with a list of codes or texts."""
        return self._split(field, self.profile.lists.of_others)

    def each(self, field: str) -> list[str]:
        """Return the parties in a cell, or what it gives for each of them."""
        return self._split(field, self.profile.lists.of_parties)

    def _split(self, field: str, separator: str) -> list[str]:
        text = self.filled.get(field)
        if not text:
            return []
        return [item.strip() for item in text.split(separator)] if separator and separator in text else [text]

    def texts(self, field: str) -> tuple[str, ...]:
        """Return the texts of a cell with a list, without empty and repeated items."""
        texts = [self.attempt(field, item, self.formats.text, field, item) for item in self.items(field) if item]
        return tuple(dict.fromkeys(text for text in texts if text))

    def identifier(self, text: str) -> Identifier | None:
        """Return an identifier of a party."""
        return self.attempt("identifiers", text, Identifier.parse, text) if text else None

    def need(self, field: str) -> None:
        """Add a fault for a missing required field, unless its cell has a fault already."""
        if not self._is_faulty(field):
            merged = self.mapper.merged_range(self.record, field)
            can_default = field in self.profile.row_schema.defaulted
            self.fault(field, "", EmptyCell(field, merged, can_default=can_default))

    def _is_faulty(self, field: str) -> bool:
        column = self.mapper.column(field)
        return any(fault.column == column for fault in self.faults) if self.faults else False

    def amount(self, field: str) -> Money | None:
        """Return the amount in the cell of a field."""
        text = self.cell(field)
        return self.money(field, text) if text else None

    def money(self, field: str, text: str) -> Money | None:
        """Return the amount in a text of a field, in the currency of the text, else in that of the row."""
        merged = self.mapper.merged_range(self.record, field)
        if merged:
            self.fault(field, text, MergedAmount(merged))
            return None
        found = self.attempt(field, text, self.formats.amounts.split, text)
        if found is None:
            return None
        if found.currency and not self.cell("currency"):
            currency: str | None = found.currency
        else:
            currency = self._row_currency(field, text)
        return self.attempt(field, text, self.formats.amounts.read, text, found, currency) if currency else None

    def _row_currency(self, of: str, amount: str) -> str | None:
        """Return the currency of the row. If it has none, add a fault for the `amount` in the field `of`."""
        if self._is_faulty("currency"):
            return None
        currency = self.get("currency", self.formats.currency)
        if currency is None and not self._is_faulty("currency"):
            self.fault(of, amount, AmountWithoutCurrency())
        return currency


ReadRow = Callable[[RecordCells], RegisterRow]


class RowMapper:
    """Maps the records of one table to rows by one profile."""

    def __init__(self, profile: Profile, table: SourceTable, read: ReadRow) -> None:
        """Prepare the value formats of the profile; `read` makes a row of the cells of a record."""
        self.profile = profile
        self.table = table
        self.formats = ValueFormats(profile)
        self.assumed = {field: profile.empty[field] for field in CLASSES if field in profile.empty}
        self._read = read
        self.fields = profile.given
        """The fields that have a column, a constant or a default in the profile."""
        self._places = list(table.columns.items())
        self._blank = frozenset(text.strip().casefold() for text in profile_texts(profile.text.blank))
        self._constants = {field: text.strip() for field, text in profile.constants.items()}
        empty = {field: {code for code, value in codes.items() if not value} for field, codes in profile.codes.items()}
        self._empty_codes = [(field, codes) for field, codes in empty.items() if codes]
        """The codes of each field that mean no value."""

    def column(self, field: str) -> str:
        """Return the name of the column of a field, or the key of its constant; empty if it has none."""
        place = self.table.columns.get(field)
        if place is None:
            return f"constants.{field}" if field in self._constants else ""
        return self.table.header[place]

    def cell(self, record: Record, field: str) -> str:
        """Return the text of a record for a field, valid or not; empty if there is none."""
        place = self.table.columns.get(field)
        if place is None:
            return self._constants.get(field, "")
        return record.cells[place].strip() if place < len(record.cells) else ""

    def merged_range(self, record: Record, field: str) -> str:
        """Return the name of the merged cells of which the cell of a field is one but the first; empty if of none."""
        if not self.table.layout.covered:
            return ""
        place = self.table.columns.get(field)
        merged = None if place is None else self.table.layout.range_at(record.line, place)
        return merged.name if merged else ""

    def key(self, record: Record) -> str:
        """Return the key that identifies a record; empty if any part of it is missing."""
        cells = [self.cell(record, field) or self.profile.empty.get(field, "") for field in self.profile.row_schema.key]
        return "; ".join(cells) if all(cells) else ""

    def content(self, record: Record) -> str:
        """Return all cells of a record that the profile reads, joined to one text."""
        places = sorted(self.table.columns.items())
        return "\x1f".join(f"{field}={record.cells[place].strip()}" for field, place in places)

    def read(self, record: Record) -> tuple[RegisterRow | None, list[Fault]]:
        """Return the row of a record, or its faults."""
        if len(record.cells) != len(self.table.header):
            error = RaggedRow(len(record.cells), len(self.table.header))
            return None, [Fault.of(error, record.number, record.line)]
        given = record.cells
        texts = {field: text for field, place in self._places if (text := given[place].strip())}
        if self._blank:
            texts = {field: text for field, text in texts.items() if text.casefold() not in self._blank}
        if self._constants:
            texts |= self._constants
        cells = RecordCells(self, record, texts)
        if not ERROR_TEXTS.isdisjoint(texts.values()):
            self._check_errors(cells)
        for field, codes in self._empty_codes:
            if texts.get(field) in codes:
                del texts[field]
        row = self._read(cells)
        return (None, cells.faults) if cells.faults else (row, [])

    def _check_errors(self, cells: RecordCells) -> None:
        for field, text in list(cells.filled.items()):
            if text in ERROR_TEXTS:
                cells.fault(field, text, Uncalculated() if text == UNCALCULATED else ErrorCell(text))
                del cells.filled[field]

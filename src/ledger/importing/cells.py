"""One record while it is read: cells become values by the profile; what cannot is a fault, and reading goes on."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ledger.domain.engagement.analysis import NO, YES, BadAnswer
from ledger.domain.errors import LedgerError
from ledger.domain.fields import Identifier, checked_reference
from ledger.domain.money import Money
from ledger.importing.outcome import Fault
from ledger.importing.row_errors import AmountWithoutCurrency, EmptyCell
from ledger.importing.table import Record

if TYPE_CHECKING:
    from ledger.importing.mapping import Mapping

T = TypeVar("T")


class Cells:
    """The cells of one record, by field; `faults` are what is wrong with them."""

    def __init__(self, mapping: "Mapping", record: Record, filled: dict[str, str]) -> None:
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

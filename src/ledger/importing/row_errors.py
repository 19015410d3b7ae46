"""Errors of one row of a register; `ledger.importing.result.Fault` adds the place in the file."""

from collections.abc import Iterable

from ledger.domain.errors import LedgerError, did_you_mean, listed
from ledger.domain.money import Money

UNCALCULATED = "#UNCALCULATED!"
"""The text of a cell with a formula whose value is not stored, in the style of `#REF!`."""
MERGED = "#MERGED!"
"""The text of an amount in merged cells, of which it is not the first, in a file of rejected rows."""
ERROR_TEXTS = {
    UNCALCULATED, MERGED,
    "#BLOCKED!", "#BUSY!", "#CALC!", "#CONNECT!", "#DIV/0!", "#FIELD!", "#GETTING_DATA", "#N/A", "#NAME?", "#NULL!",
    "#NUM!", "#REF!", "#SPILL!", "#UNKNOWN!", "#VALUE!",
}  # fmt: skip
"""The texts that spreadsheet programs write for failed formulas, in workbooks and in CSV files."""


_LABELS = {
    "signed_on": "day of signature", "issued_on": "day of issue", "paid_on": "day of payment",
    "received_on": "day of receipt",
}  # fmt: skip
"""What fields are called in sentences, where the name of the field is no noun."""


class At(Exception):
    """A refusal of a row, with the field that it is about."""

    def __init__(self, error: LedgerError, field: str, value: str) -> None:
        """Report that `error` refuses the `value` of `field`."""
        super().__init__(error.sentence)
        self.error, self.field, self.value = error, field, value


class RaggedRow(LedgerError):
    """A row has more or fewer cells than the header."""

    code = "ragged-row"

    def __init__(self, cells: int, expected: int) -> None:
        """Refuse a row of `cells` cells where the header has `expected`."""
        super().__init__(
            f"The row has {cells} cells, and the header has {expected}.",
            "Put a text that holds the delimiter or a line feed in double quotes.",
        )


class ErrorCell(LedgerError):
    """A cell holds the error of a formula."""

    code = "error-cell"

    def __init__(self, text: str) -> None:
        """Refuse the error `text`."""
        super().__init__(
            f"The cell holds the error {text}.", "Correct the formula in the workbook, or write the value itself."
        )


class Uncalculated(LedgerError):
    """A cell has a formula whose value the workbook does not hold."""

    code = "uncalculated"

    def __init__(self) -> None:
        """Refuse the formula."""
        super().__init__(
            "The cell has a formula that was never calculated.",
            "Open the workbook in a spreadsheet program, save it, and import again; or write the value itself.",
        )


class EmptyCell(LedgerError):
    """A required cell is empty."""

    code = "empty-cell"

    def __init__(self, field: str, merged: str = "", *, can_default: bool = True) -> None:
        """Refuse a row without `field`; `merged` is the range of which the cell is a part, if any.

        `can_default`: the profile can say what an empty cell means.
        """
        fill = "Fill the cell, or say under [empty] in the profile what it means."
        if merged:
            fill = "Fill the cell; or file.merged = 'repeat' in the profile reads merged cells in each row."
        elif not can_default:
            fill = "Fill the cell; if all rows have the same, give it under [constants] in the profile."
        part = f": its cell is one of the merged cells {merged}, and only the first of them has text" if merged else ""
        super().__init__(f"The row does not give its {_LABELS.get(field) or field.replace('_', ' ')}{part}.", fill)


class NotYet(LedgerError):
    """A row dates something that has happened, such as a signature, in the future."""

    code = "not-signed-yet"

    def __init__(self, field: str, day: str, today: str) -> None:
        """Refuse `day`, given for `field`, while it is `today`."""
        what = field.removesuffix("_on")
        super().__init__(
            f"It is {today}, and the row says that it was {what} on {day}.", "Check the date and its style."
        )


class AmountOfMany(LedgerError):
    """A row has one amount for several parties."""

    code = "amount-of-many"

    def __init__(self, parties: int, amounts: int, separator: str) -> None:
        """Refuse `amounts` amounts for `parties` parties."""
        super().__init__(
            f"The row has {parties} part{'y' if parties == 1 else 'ies'} and {amounts} amount"
            f"{'' if amounts == 1 else 's'}: it is not clear whose it is.",
            f"Give one amount per party, with '{separator}' between them; leave a place empty for a party without one.",
        )


class ListsDiffer(LedgerError):
    """A list does not have one item per party of the row."""

    code = "lists-differ"

    def __init__(self, parties: int, items: int, separator: str) -> None:
        """Refuse `items` items for `parties` parties."""
        super().__init__(
            f"The row has {parties} part{'y' if parties == 1 else 'ies'} and {items} of these.",
            f"Give one per party, with '{separator}' between them; leave a place empty where nothing is known.",
        )


class UnknownSourceCode(LedgerError):
    """A code is not in the profile's table for its field."""

    code = "unknown-source-code"

    def __init__(self, text: str, field: str, near: Iterable[str]) -> None:
        """Refuse `text`; `near` are codes of the table that resemble it."""
        # A code with digits is no misspelling of its neighbour.
        meant = "" if any(map(str.isdigit, text)) else did_you_mean(near)
        super().__init__(
            f"The profile does not say what '{text}' means.",
            f"Add it to [codes.{field}] in the profile. {meant}".strip(),
        )


class RepeatedReference(LedgerError):
    """Two rows of one file have the same reference."""

    code = "repeated-reference"

    def __init__(self, ref: str, row: int, what: str) -> None:
        """Refuse `ref`, which `row` has already; rows are each a `what`."""
        super().__init__(
            f"Row {row} has the reference '{ref}' already.", f"Give each {what} one row and a reference of its own."
        )


class TakenBack(LedgerError):
    """A row changes something that was imported before and has been voided since."""

    code = "taken-back"

    def __init__(self, what: str, stream: str) -> None:
        """Refuse to change `what`, which is recorded in `stream`."""
        super().__init__(
            f"{what} was imported before, and has been voided since.",
            f"Remove the row; or see 'ledger log --stream {stream}' and void the void to bring it back.",
        )


class SigningDateDiffers(LedgerError):
    """A row gives another date of signature than the one that was recorded: only a correction changes that."""

    code = "signing-date-differs"

    def __init__(self, given: str, held: str) -> None:
        """Refuse the date `given` for what was signed on `held`."""
        super().__init__(
            f"The row says that it was signed on {given}, but it was signed on {held}.",
            "A date of signature is not amended; if what was recorded is wrong, import with --as correction.",
        )


class OrderDiffers(LedgerError):
    """A row gives a service order another vendor, currency or day of issue: only a correction changes these."""

    code = "order-differs"

    def __init__(self, what: str, given: str, held: str) -> None:
        """Refuse `given` as the `what` of an order that has `held`."""
        super().__init__(
            f"The row says that its {what} is {given}, but it is {held}.",
            "That is not amended; if what was recorded is wrong, import with --as correction.",
        )


class PaymentDiffers(LedgerError):
    """A row contradicts a recorded payment: payments are not amended."""

    code = "payment-differs"

    def __init__(self, payment: str, what: str, given: str, held: str) -> None:
        """Refuse `given` as the `what` of `payment`, which has `held`."""
        super().__init__(
            f"The row says that the {what} of payment {payment} is {given}, but it is {held}.",
            "If the money came back, use 'ledger payment reverse'; if what was recorded is wrong, void it, or import "
            "with --as correction.",
        )


class UnknownStatus(LedgerError):
    """A row gives a state that is none of an engagement since its signature."""

    code = "unknown-status"

    def __init__(self, text: str, known: Iterable[str]) -> None:
        """Refuse `text`; `known` are the states that rows can give."""
        super().__init__(
            f"'{text}' is not a state of an agreement.",
            f"Rows give {listed(known)}; [codes.status] in the profile translates other words.",
        )


class StatusDiffers(LedgerError):
    """No step leads from the state of an engagement to the one in a row."""

    code = "status-differs"

    def __init__(self, given: str, held: str) -> None:
        """Refuse the state `given` for an engagement that is `held`."""
        super().__init__(
            f"The row says that it is {given}, but it is {held}, and no step leads from there.",
            "If what was recorded is wrong, import with --as correction; 'ledger engagement reopen' goes back.",
        )


class MoneyDiffers(LedgerError):
    """A row contradicts a recorded receipt or refund: money that moved is not amended."""

    code = "money-differs"

    def __init__(self, what: str, field: str, given: str, held: str) -> None:
        """Refuse `given` as the `field` of `what`, which has `held`."""
        label = _LABELS.get(field, field)
        super().__init__(
            f"The row says that the {label} of {what} is {given}, but it is {held}.",
            "Money that moved is not amended; if what was recorded is wrong, import with --as correction.",
        )


class OverRefunded(LedgerError):
    """More came back than was paid."""

    code = "over-refunded"

    def __init__(self, of: str, paid: Money) -> None:
        """Refuse a refund of what was paid under `of`, of which `paid` had not come back on that day."""
        super().__init__(
            f"Only {paid} of what was paid under {of} is left to come back on that day.",
            "Check the order and the day; a payment that is not recorded cannot come back.",
        )


class IdentifierDiffers(LedgerError):
    """A party has the name in the row, but another identifier of the same scheme."""

    code = "identifier-differs"

    def __init__(self, party: str, given: str, held: Iterable[str]) -> None:
        """Refuse the identifier `given` for `party`, which has `held`."""
        super().__init__(
            f"{party} has the identifier {listed(held, 'and')}, not {given}.",
            "If it is another organisation, register it with 'ledger party register --namesake --identifier …' first.",
        )


class CannotCorrect(LedgerError):
    """Other entries depend on what a correction would void, or it was recorded from several dates."""

    code = "cannot-correct"

    def __init__(self, why: str, dates: Iterable[str]) -> None:
        """Refuse a correction because `why`; `dates` are those from which what is wrong counts."""
        since = listed(dates) or "DATE"
        super().__init__(
            f"The wrong entries cannot be voided: {why}",
            f"Import the row as an amendment from the day on which it should count: --effective {since}.",
        )

"""Errors of dates and amounts in cells; `row_errors` has those of whole rows."""

from collections.abc import Iterable

from ledger.domain.errors import LedgerError, listed


class NotADate(LedgerError):
    """A cell is not a date in a style of the profile, or the date does not exist."""

    code = "not-a-date"

    def __init__(self, text: str, styles: Iterable[str]) -> None:
        """Refuse `text`, since dates are written in one of `styles`."""
        written = listed(styles, "or")
        super().__init__(f"'{text}' is not a date.", f"The profile's dates are written {written}, from 1865 to 2199.")


class DoubtfulDate(LedgerError):
    """Two styles of the profile read a cell as different days."""

    code = "doubtful-date"

    def __init__(self, text: str, days: Iterable[str]) -> None:
        """Refuse `text`, which may be any of `days`."""
        super().__init__(
            f"'{text}' is {listed(days, 'or')}: two of the profile's date styles read it differently.",
            "Name one of these styles in the profile, dates.style; or write the date with the year first.",
        )


class NotAnAmount(LedgerError):
    """A cell is not an amount in the style of the profile."""

    code = "not-an-amount"

    def __init__(self, text: str, example: str) -> None:
        """Refuse `text`, since amounts look like `example`."""
        super().__init__(f"'{text}' is not an amount.", f"The profile's amounts are written like {example}.")


class NegativeAmount(LedgerError):
    """A register gives a commitment that is less than zero."""

    code = "negative-amount"

    def __init__(self, text: str) -> None:
        """Refuse `text`."""
        super().__init__(
            f"{text} is less than zero.", "A row gives what is committed now; a lower amount becomes an amendment."
        )


class AmountTooLarge(LedgerError):
    """A number in a cell is beyond the largest amount."""

    code = "amount-too-large"

    def __init__(self, text: str) -> None:
        """Refuse `text`."""
        super().__init__(
            f"'{text[:40]}' is too large for an amount of money.", "Check the column, and amounts.unit in the profile."
        )


class UnreadCurrency(LedgerError):
    """A cell has a currency next to its amount, and the profile does not read one there."""

    code = "unread-currency"

    def __init__(self, text: str, token: str) -> None:
        """Refuse `text`, in which `token` is a code or a sign."""
        is_code = token.isascii() and token.isalpha()
        read = "amounts.currency = 'in cell'" if is_code else f"[amounts.signs] '{token}' = 'USD', or what it means,"
        super().__init__(f"'{text}' has a currency next to the amount.", f"In the profile, {read} reads it.")


class CurrencyDiffers(LedgerError):
    """An amount has another currency than its row."""

    code = "currency-differs"

    def __init__(self, cell: str, row: str) -> None:
        """Refuse an amount in `cell` in a row with the currency `row`."""
        super().__init__(f"The amount is in {cell}, and the currency of the row is {row}.", "Correct one of the two.")


class MergedAmount(LedgerError):
    """An amount stands in merged cells, and would count several times."""

    code = "merged-amount"

    def __init__(self, cells: str) -> None:
        """Refuse the amount in the range `cells`."""
        super().__init__(
            f"The amount stands in the merged cells {cells}, and would count more than once.",
            "Unmerge the cells, and give each row its own amount.",
        )


class AmountWithoutCurrency(LedgerError):
    """A row has an amount without a currency."""

    code = "amount-without-currency"

    def __init__(self) -> None:
        """Refuse the amount."""
        super().__init__(
            "The amount has no currency.", "Fill the currency's cell, or give it under [empty] in the profile."
        )

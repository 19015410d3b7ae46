"""How numbers are printed in documents: thousands separated by commas, shares with their sign."""

from decimal import Decimal

from projections.figures import Figure


def printed_text(value: int | Decimal | str) -> str:
    """Return a number with separated thousands; a text as it is."""
    return value if isinstance(value, str) else f"{value:,}"


def printed(held: Figure) -> str:
    """Return a figure as a document prints it."""
    if held.unit == "year":
        return str(held.value)
    return f"{held.value} %" if held.unit == "percent" else printed_text(held.value)

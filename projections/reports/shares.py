"""Shares of one figure in another, always printed beside the numbers that they are made of."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from projections.figures import Figure


def whole_percent(part: Figure, whole: Figure, *of: str) -> Figure:
    """Return a share as a whole per cent, rounded half up; of nothing it is 0."""
    return Figure(int(_percent(part, whole, Decimal(1))), "percent", "ratio", (), of)


def percent(known: Mapping[str, Figure], part: str, whole: str) -> Figure:
    """Return a share of two figures, named by their pointers, with one decimal, rounded half up."""
    value = _percent(known[part], known[whole], Decimal("0.1"))
    return Figure(value, "percent", "ratio", (), (part, whole))


def _percent(part: Figure, whole: Figure, step: Decimal) -> Decimal:
    if not Decimal(whole.value):
        return Decimal(0).quantize(step)
    return (100 * Decimal(part.value) / Decimal(whole.value)).quantize(step, ROUND_HALF_UP)

"""Shares of one figure in another, always printed beside the numbers that they are made of."""

from decimal import ROUND_HALF_UP, Decimal

from projections.figures import Figure, FigureTree, find


def whole_percent(part: Figure, whole: Figure, *of: str) -> Figure:
    """Return a share as a whole per cent, rounded half up; of nothing it is 0."""
    return Figure(int(_percent(part, whole, Decimal(1))), "percent", "ratio", (), of)


def percent(tree: FigureTree, part: str, whole: str) -> Figure:
    """Return a share of two figures with one decimal, rounded half up."""
    value = _percent(find(tree, part)[1], find(tree, whole)[1], Decimal("0.1"))
    return Figure(value, "percent", "ratio", (), (part, whole))


def _percent(part: Figure, whole: Figure, step: Decimal) -> Decimal:
    if not Decimal(whole.value):
        return Decimal(0).quantize(step)
    return (100 * Decimal(part.value) / Decimal(whole.value)).quantize(step, ROUND_HALF_UP)

"""Cells made of the figures of a report: how numbers are printed, and shares of one figure in another.

Thousands are separated by commas, and shares have their sign; a share always stands with the numbers it is made of.
"""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from projections.queries.figures import Figure, FigureTree, walk
from projections.reports.model import NOT_RECORDED, Cell


def printed_text(value: int | Decimal | str) -> str:
    """Return a number with separated thousands; a text as it is."""
    return value if isinstance(value, str) else f"{value:,}"


def printed(figure: Figure) -> str:
    """Return a figure as a document prints it."""
    if figure.unit == "year":
        return str(figure.value)
    return f"{figure.value} %" if figure.unit == "percent" else printed_text(figure.value)


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


class FigureCells:
    """Makes cells of the figures of one report."""

    def __init__(self, tree: FigureTree) -> None:
        """Keep the figures, and find them by their pointers: a report may have tens of thousands."""
        self.tree = tree
        self.known = dict(walk(tree))

    def cell(self, pointer: str) -> Cell:
        """Return the cell of the figure at a pointer. Raises KeyError."""
        figure = self.known[pointer]
        return Cell(printed(figure), figure, pointer)

    def optional_cell(self, pointer: str) -> Cell:
        """Return the cell of a figure that there may not be; then it is not recorded."""
        return self.cell(pointer) if pointer in self.known else Cell(NOT_RECORDED)

    def share(self, part: str, whole: str) -> Cell:
        """Return the cell of a share with one decimal."""
        figure = percent(self.known, part, whole)
        return Cell(printed(figure), figure)

    def names(self, key: str) -> list[str]:
        """Return the names, or the places, of what stands under a member of the figures."""
        members = self.tree[key] if isinstance(self.tree, dict) else {}
        if isinstance(members, Figure):
            return []
        return [str(place) for place in (members if isinstance(members, dict) else range(len(members)))]

    def number(self, pointer: str) -> Decimal:
        """Return a figure as a number."""
        return Decimal(self.known[pointer].value)


def text_cell(text: str | None) -> Cell:
    """Return the cell of a text, or of what was not recorded."""
    return Cell(text or NOT_RECORDED)


def list_cell(texts: Iterable[str], otherwise: str = NOT_RECORDED) -> Cell:
    """Return the cell of texts, one after the other, or what is said where there are none."""
    return Cell("; ".join(texts) or otherwise)


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: `1 engagement`, `2,000 engagements`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"

"""Cells made of the figures of a report."""

from collections.abc import Iterable
from decimal import Decimal

from projections.figures import Figure, FigureTree, walk
from projections.reports.model import NOT_RECORDED, Cell
from projections.reports.printing import printed
from projections.reports.shares import percent


class Cells:
    """Makes cells of the figures of one report."""

    def __init__(self, tree: FigureTree) -> None:
        """Keep the figures, and find them by their pointers: a report may have tens of thousands."""
        self.tree = tree
        self.known = dict(walk(tree))

    def cell(self, pointer: str) -> Cell:
        """Return the cell of the figure at a pointer. Raises KeyError."""
        held = self.known[pointer]
        return Cell(printed(held), held, pointer)

    def held(self, pointer: str) -> Cell:
        """Return the cell of a figure that there may not be; then it is not recorded."""
        return self.cell(pointer) if pointer in self.known else Cell(NOT_RECORDED)

    def share(self, part: str, whole: str) -> Cell:
        """Return the cell of a share with one decimal."""
        held = percent(self.known, part, whole)
        return Cell(printed(held), held)

    def names(self, key: str) -> list[str]:
        """Return the names, or the places, of what stands under a member of the figures."""
        held = self.tree[key] if isinstance(self.tree, dict) else {}
        if isinstance(held, Figure):
            return []
        return [str(place) for place in (held if isinstance(held, dict) else range(len(held)))]

    def number(self, pointer: str) -> Decimal:
        """Return a figure as a number."""
        return Decimal(self.known[pointer].value)


def said(text: str | None) -> Cell:
    """Return the cell of a text, or of what was not recorded."""
    return Cell(text or NOT_RECORDED)


def saying(texts: Iterable[str], otherwise: str = NOT_RECORDED) -> Cell:
    """Return the cell of texts, one after the other, or what is said where there are none."""
    return Cell("; ".join(texts) or otherwise)


def counted(number: int, one: str, more: str = "") -> str:
    """Return a number with its noun: `1 engagement`, `2,000 engagements`."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"

"""Table cells from the figures of a report: number formats, and shares of one figure in another.

Thousands are separated by commas, and shares carry a per cent sign. A table that prints a share also prints the numbers
from which it is computed.
"""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from projections.queries.figures import Figure, FigureTree, walk
from projections.reports.model import NOT_RECORDED, Cell
from projections.reports.phrases import joined


def printed_text(value: int | Decimal | str) -> str:
    """Return a number with thousands separators; a text unchanged."""
    return value if isinstance(value, str) else f"{value:,}"


def printed(figure: Figure) -> str:
    """Return a figure as documents print it."""
    if figure.unit == "year":
        return str(figure.value)
    return f"{figure.value} %" if figure.unit == "percent" else printed_text(figure.value)


def whole_percent(part: Figure, whole: Figure, *of: str) -> Figure:
    """Return a share as a whole per cent, rounded half up; 0 if the whole is 0. `of` are the pointers of the two."""
    return Figure(int(_percent(part, whole, Decimal(1))), "percent", "ratio", (), of)


def percent(known: Mapping[str, Figure], part: str, whole: str) -> Figure:
    """Return the share of one figure in another, both given by pointer, with one decimal, rounded half up."""
    value = _percent(known[part], known[whole], Decimal("0.1"))
    return Figure(value, "percent", "ratio", (), (part, whole))


def _percent(part: Figure, whole: Figure, step: Decimal) -> Decimal:
    if not Decimal(whole.value):
        return Decimal(0).quantize(step)
    return (100 * Decimal(part.value) / Decimal(whole.value)).quantize(step, ROUND_HALF_UP)


class FigureCells:
    """Builds cells from the figures of one report."""

    def __init__(self, tree: FigureTree) -> None:
        """Index the figures by pointer: a report may have tens of thousands."""
        self.tree = tree
        self.known = dict(walk(tree))

    def cell(self, pointer: str) -> Cell:
        """Return the cell of the figure at a pointer. Raises KeyError."""
        figure = self.known[pointer]
        return Cell(printed(figure), figure, pointer)

    def optional_cell(self, pointer: str) -> Cell:
        """Return the cell of the figure at a pointer, or `not recorded` if there is no such figure."""
        return self.cell(pointer) if pointer in self.known else Cell(NOT_RECORDED)

    def share(self, part: str, whole: str) -> Cell:
        """Return the cell of a share with one decimal; the share itself has no pointer."""
        figure = percent(self.known, part, whole)
        return Cell(printed(figure), figure)

    def names(self, key: str) -> list[str]:
        """Return the member names, or the indexes, below a top-level member of the figures."""
        members = self.tree[key] if isinstance(self.tree, dict) else {}
        if isinstance(members, Figure):
            return []
        return [str(place) for place in (members if isinstance(members, dict) else range(len(members)))]

    def number(self, pointer: str) -> Decimal:
        """Return a figure as a number."""
        return Decimal(self.known[pointer].value)


def text_cell(text: str | None) -> Cell:
    """Return the cell of a text, or `not recorded` for None and empty texts."""
    return Cell(text or NOT_RECORDED)


def list_cell(texts: Iterable[str], otherwise: str = NOT_RECORDED) -> Cell:
    """Return the cell of texts joined by semicolons, or `otherwise` if there are none."""
    return Cell(joined(texts) or otherwise)


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: `1 engagement`, `2,000 engagements`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"

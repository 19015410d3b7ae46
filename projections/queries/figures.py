"""A number in a report and where it comes from: its kind, and every entry that was read for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Literal, Union

Kind = Literal["sum", "count", "distinct", "ratio", "rank", "parameter"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number (or a name, of a rank or parameter).

    `unit` is `count`, `days`, an ISO 4217 currency, `percent`, `text` or `year`. `entries` are positions of the log,
    sorted; a ratio has none: `of` holds the JSON Pointers of the figures that it is made of, part first, whole second.
    """

    value: int | Decimal | str
    unit: str
    kind: Kind
    entries: tuple[int, ...] = ()
    of: tuple[str, ...] = ()

    @property
    def plain(self) -> int | str:
        """The value as it stands in JSON: money as text, counts and whole percents as integers."""
        return self.value if isinstance(self.value, int) else str(self.value)


FigureTree = Union[Figure, dict[str, "FigureTree"], list["FigureTree"]]  # noqa: UP007 - it names itself


def figure(value: int | Decimal | str, unit: str, kind: Kind, entries: Iterable[int] = ()) -> Figure:
    """Return a figure with its entries sorted, each once."""
    return Figure(value, unit, kind, tuple(sorted(set(entries))))


def ranges(positions: Iterable[int]) -> list[list[int]]:
    """Return sorted positions as ranges: `[[1, 5], [9, 9]]`, both ends included."""
    found: list[list[int]] = []
    for position in positions:
        if found and found[-1][1] == position - 1:
            found[-1][1] = position
        else:
            found.append([position, position])
    return found


def walk(tree: FigureTree, pointer: str = "") -> Iterator[tuple[str, Figure]]:
    """Yield each figure with its JSON Pointer (RFC 6901)."""
    if isinstance(tree, Figure):
        yield pointer, tree
    elif isinstance(tree, dict):
        for name, held in tree.items():
            yield from walk(held, f"{pointer}/{escaped(name)}")
    else:
        for index, held in enumerate(tree):
            yield from walk(held, f"{pointer}/{index}")


def escaped(name: str) -> str:
    """Return a member name as it stands in a JSON Pointer (RFC 6901 §3)."""
    return name.replace("~", "~0").replace("/", "~1")


def values(tree: FigureTree) -> Any:
    """Return the tree with plain values in place of figures."""
    if isinstance(tree, Figure):
        return tree.plain
    if isinstance(tree, dict):
        return {name: values(held) for name, held in tree.items()}
    return [values(held) for held in tree]


def find(tree: FigureTree, path: str) -> tuple[str, Figure]:
    """Return the figure at `/regions/AFR/usd`, or `regions.AFR.usd`, with its pointer.

    Raises KeyError with the near pointers as its arguments.
    """
    known = dict(walk(tree))
    for pointer, held in known.items():
        if path in (pointer, pointer.lstrip("/")) or path == pointer.lstrip("/").replace("/", "."):
            return pointer, held
    wanted = path if path.startswith("/") else "/" + path.replace(".", "/")
    raise KeyError(*get_close_matches(wanted, known, n=3, cutoff=0.5))

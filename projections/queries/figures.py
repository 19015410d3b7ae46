"""The figures of reports with their provenance: the kind of each figure and the entries it was computed from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Literal, Union

Kind = Literal["sum", "count", "distinct", "ratio", "rank", "parameter"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, or a name if it is a rank or parameter.

    `unit` is `count`, `days`, an ISO 4217 currency, `percent`, `text` or `year`. `entries` are sorted positions of
    the log. A ratio has no entries; `of` has the JSON Pointers of its two figures, the part first, then the whole.
    """

    value: int | Decimal | str
    unit: str
    kind: Kind
    entries: tuple[int, ...] = ()
    of: tuple[str, ...] = ()

    @property
    def plain(self) -> int | str:
        """The value as in JSON: money as text, counts and whole percents as integers."""
        return self.value if isinstance(self.value, int) else str(self.value)


FigureTree = Union[Figure, dict[str, "FigureTree"], list["FigureTree"]]  # noqa: UP007 - it names itself


def figure(value: int | Decimal | str, unit: str, kind: Kind, entries: Iterable[int] = ()) -> Figure:
    """Return a figure with its entries sorted and without duplicates."""
    return Figure(value, unit, kind, tuple(sorted(set(entries))))


def ranges(positions: Iterable[int]) -> list[list[int]]:
    """Return sorted positions as ranges: `[[1, 5], [9, 9]]`, both ends included."""
    runs: list[list[int]] = []
    for position in positions:
        if runs and runs[-1][1] == position - 1:
            runs[-1][1] = position
        else:
            runs.append([position, position])
    return runs


def walk(tree: FigureTree, pointer: str = "") -> Iterator[tuple[str, Figure]]:
    """Yield each figure with its JSON Pointer (RFC 6901)."""
    if isinstance(tree, Figure):
        yield pointer, tree
    elif isinstance(tree, dict):
        for name, branch in tree.items():
            yield from walk(branch, f"{pointer}/{escaped(name)}")
    else:
        for index, branch in enumerate(tree):
            yield from walk(branch, f"{pointer}/{index}")


def escaped(name: str) -> str:
    """Return a member name escaped for a JSON Pointer (RFC 6901 §3)."""
    return name.replace("~", "~0").replace("/", "~1")


def values(tree: FigureTree) -> Any:
    """Return the tree with figures replaced by their plain values."""
    if isinstance(tree, Figure):
        return tree.plain
    if isinstance(tree, dict):
        return {name: values(branch) for name, branch in tree.items()}
    return [values(branch) for branch in tree]


def find(tree: FigureTree, path: str) -> tuple[str, Figure]:
    """Return the pointer and figure at a path, written `/regions/AFR/usd` or `regions.AFR.usd`.

    Raises KeyError with similar pointers as its arguments.
    """
    known = dict(walk(tree))
    for pointer, candidate in known.items():
        if path in (pointer, pointer.lstrip("/")) or path == pointer.lstrip("/").replace("/", "."):
            return pointer, candidate
    wanted = path if path.startswith("/") else "/" + path.replace(".", "/")
    raise KeyError(*get_close_matches(wanted, known, n=3, cutoff=0.5))

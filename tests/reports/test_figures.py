"""Figures: positions as ranges, JSON Pointers, plain values, and lookup."""

from decimal import Decimal
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.queries.figures import Figure, FigureTree, figure, find, ranges, values, walk

AMOUNT = Figure(Decimal("17142242.70"), "USD", "sum", (1, 2, 3, 9))
COUNT = Figure(19, "count", "count", (4,))
TREE: FigureTree = {"regions": {"a/b~c": {"usd": AMOUNT}}, "top10": [[Figure("UNICEF", "text", "rank", (7,)), COUNT]]}

LEAVES = st.builds(figure, st.integers(), st.just("count"), st.just("count"), st.lists(st.integers(1, 99), max_size=5))
NAMES = st.text(st.sampled_from("ab01./~ é国"), max_size=4)
TREES: st.SearchStrategy[FigureTree] = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=12
)


def _pointed(document: Any, pointer: str) -> Any:
    """Return the value at a JSON Pointer (RFC 6901 §4)."""
    names = [name.replace("~1", "/").replace("~0", "~") for name in pointer.split("/")[1:]]
    return reduce(lambda value, name: value[int(name) if isinstance(value, list) else name], names, document)


def test_ranges_hold_both_ends() -> None:
    """Consecutive positions form one range; a single position is a range of its own."""
    assert [[1, 5], [9, 9]] == ranges([1, 2, 3, 4, 5, 9])
    assert [] == ranges([])


@given(st.sets(st.integers(1, 200)))
def test_ranges_hold_the_positions_and_no_others(positions: set[int]) -> None:
    """Expanding the ranges restores the positions, and no two ranges are adjacent."""
    pairs = ranges(sorted(positions))
    assert sorted(positions) == [position for first, last in pairs for position in range(first, last + 1)]
    assert all(pairs[index][1] + 1 < pairs[index + 1][0] for index in range(len(pairs) - 1))


def test_a_figure_keeps_each_entry_once_and_sorted() -> None:
    """An entry that was read twice is in the provenance once."""
    assert (2, 5, 9) == figure(1, "count", "count", [9, 5, 2, 5]).entries


def test_pointers_escape_tildes_and_slashes() -> None:
    """RFC 6901 §3: `~` is written `~0`, and `/` is written `~1`."""
    assert ["/regions/a~1b~0c/usd", "/top10/0/0", "/top10/0/1"] == [pointer for pointer, _ in walk(TREE)]


@given(TREES)
def test_pointers_lead_to_values(tree: FigureTree) -> None:
    """In a tree with any names, each pointer belongs to one figure, and leads to its value in the published shape."""
    walked = list(walk(tree))
    assert len(walked) == len(dict(walked))
    assert [figure.plain for _, figure in walked] == [_pointed(values(tree), pointer) for pointer, _ in walked]


@given(TREES)
def test_each_figure_is_found_by_its_pointer(tree: FigureTree) -> None:
    """In any tree, each pointer of `walk` finds its own figure, not one with a similar name."""
    assert list(walk(tree)) == [find(tree, pointer) for pointer, _ in walk(tree)]


def test_values_are_plain() -> None:
    """Money is text with the decimals that it has, counts are integers, names are text."""
    assert {"regions": {"a/b~c": {"usd": "17142242.70"}}, "top10": [["UNICEF", 19]]} == values(TREE)


@pytest.mark.parametrize("path", ["/regions/a~1b~0c/usd", "regions/a~1b~0c/usd", "regions.a~1b~0c.usd"])
def test_a_figure_is_found_by_pointer_or_with_dots(path: str) -> None:
    """A JSON Pointer is accepted with and without its first slash, and with dots in place of slashes."""
    assert ("/regions/a~1b~0c/usd", AMOUNT) == find(TREE, path)


def test_what_is_not_there_is_told_with_what_is_near() -> None:
    """A figure that does not exist raises KeyError with similar pointers, the best first."""
    with pytest.raises(KeyError) as refused:
        find(TREE, "top10.0.2")
    assert {"/top10/0/0", "/top10/0/1"} == set(refused.value.args)

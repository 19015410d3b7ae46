"""From an entry to its rows: their numbers do not depend on what a process happened to load first."""

import subprocess
import sys
from itertools import permutations

import pytest

MODULES = ("projections.moneys", "projections.facets", "projections.engagements")
ORDER = """
import sys
for name in sys.argv[1:]:
    __import__(name)
from projections.catalogue import PROJECTORS
for event in sorted(PROJECTORS, key=lambda one: one.tag()):
    print(event.tag(), *(f"{made.__module__}.{made.__name__}" for made in PROJECTORS[event]))
"""


@pytest.fixture(scope="module")
def usual() -> str:
    """Return the order of those that make rows, where nothing but the catalogue was loaded."""
    return _order()


def _order(*first: str) -> str:
    return subprocess.run([sys.executable, "-c", ORDER, *first], check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("first", list(permutations(MODULES)))
def test_rows_are_numbered_in_one_order(first: tuple[str, ...], usual: str) -> None:
    """Whichever module is loaded first, those that make rows of an event are asked in the same order."""
    assert "contribution.committed" in usual
    assert usual == _order(*first)

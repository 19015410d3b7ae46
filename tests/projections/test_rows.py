"""The numbers of the rows of an entry do not depend on the order in which modules are imported."""

import subprocess
import sys
from itertools import permutations

import pytest

from projections.projectors.registry import MODULES, projectors

FIRST = ("projections.projectors.money", "projections.projectors.facets", "projections.projectors.engagements")
ORDER = """
import sys
for name in sys.argv[1:]:
    __import__(name)
from projections.projectors.registry import projectors
for event, functions in sorted(projectors().items(), key=lambda item: item[0].tag()):
    print(event.tag(), *(f"{function.__module__}.{function.__name__}" for function in functions))
"""
STORED = {
    "contribution.committed": "facets money",
    "contribution.received": "facets money",
    "contribution.refunded": "facets money",
    "contribution.valued": "facets money",
    "deliverable.accepted": "money orders",
    "disclosure.corrected": "disclosures disclosures",
    "engagement.amended": "engagements facets",
    "engagement.approved": "engagements engagements",
    "engagement.extended": "engagements facets",
    "engagement.proposed": "engagements engagements facets",
    "engagement.signed": "engagements engagements engagements facets facets",
    "engagement.submitted": "engagements engagements",
    "order.amended": "money orders",
    "order.cancelled": "money orders",
    "order.closed": "money orders",
    "order.issued": "facets money orders orders",
    "outcome.planned": "facets oversight",
    "outcome.recorded": "facets oversight",
    "party.registered": "parties parties parties",
    "payment.made": "money money",
    "payment.reversed": "money money",
}
"""The modules with projectors of each event, in the order in which this version numbers their rows."""


@pytest.fixture(scope="module")
def usual() -> str:
    """Return the order of projectors if no module was imported before."""
    return _order()


def _order(*first: str) -> str:
    return subprocess.run([sys.executable, "-c", ORDER, *first], check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("first", list(permutations(FIRST)))
def test_rows_are_numbered_in_one_order(first: tuple[str, ...], usual: str) -> None:
    """Whichever module is imported first, the projectors of an event are in the same order."""
    assert "contribution.committed" in usual
    assert usual == _order(*first)


def test_rows_keep_their_numbers() -> None:
    """The order is the one of this version of the tables."""
    several = {event.tag(): functions for event, functions in projectors().items() if len(functions) > 1}
    modules = {
        tag: " ".join(function.__module__.rpartition(".")[2] for function in functions)
        for tag, functions in several.items()
    }
    assert STORED == modules


def test_modules_lists_all_projectors() -> None:
    """All modules in MODULES have projectors, and no other module has."""
    registered = {function.__module__ for functions in projectors().values() for function in functions}
    assert set(MODULES) == registered

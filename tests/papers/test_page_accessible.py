"""Pages have no violation of axe-core: all four reports, with few and with many engagements."""

from pathlib import Path

import pytest

from projections.papers.look import Look
from projections.papers.render.html import rendered
from tests.papers.axe import script, violations
from tests.papers.every_report import FEW, MANY, REPORTS, layout_of
from tests.reports.pages import browser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(script() is None or browser() is None, reason="axe-core or a browser is not installed"),
]
WIDE, NARROW = 1280, 390
LONG = [
    pytest.param("disclosures", MANY, WIDE, "fr", marks=pytest.mark.sweep),
    *(pytest.param(name, MANY, NARROW, "en", marks=pytest.mark.sweep) for name in REPORTS),
]
"""Pages of many sheets: axe-core takes minutes for them."""


@pytest.mark.parametrize(
    ("name", "engagements", "wide", "language"),
    [
        *((name, FEW, wide, "en") for name in REPORTS for wide in (WIDE, NARROW)),
        *((name, MANY, WIDE, "fr") for name in REPORTS if name != "disclosures"),
        *LONG,
    ],
)
def test_axe_core_finds_nothing(name: str, engagements: int, wide: int, language: str, tmp_path: Path) -> None:
    """No rule of axe-core is broken, those of good practice included."""
    page = rendered(layout_of(name, engagements, language), Look())
    assert [] == violations(page, tmp_path, wide)


def test_axe_core_would_find_something(tmp_path: Path) -> None:
    """A page whose language and heads of columns are taken away is found out: the check does check."""
    page = rendered(layout_of("engagement", FEW, "en"), Look())
    broken = page.replace(' lang="en"', "").replace("<h1>", "<h4>").replace("</h1>", "</h4>")
    assert {"html-has-lang"} <= {found.partition(":")[0] for found in violations(broken, tmp_path, WIDE)}

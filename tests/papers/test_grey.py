"""A page printed in grey reads: no status by colour alone, parts of charts told apart, text dark on its ground."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from projections.papers.house import BadHouse, read_house
from projections.papers.layout import ChartItem
from projections.papers.look import INK, LEAST_CONTRAST, LEAST_GREY, SERIES, Look, contrast, grey, ink_on, tints
from projections.papers.render.html import rendered
from projections.papers.render.word import styles
from tests.papers import sample
from tests.papers.every_report import MANY, layout_of

CSS = Path(__file__).parents[2] / "projections" / "papers" / "render" / "templates" / "paper.css"
COLOURED = re.compile(r"([^{}]+)\{[^{}]*?(?<![-\w])(?:color|background):([^;}]+)")
GROUNDS = ("#ffffff", "#fdf3cf")
"""The grounds of a page: white, and that of what a link led to."""


def test_no_class_of_a_page_is_told_by_its_colour() -> None:
    """Colours are those of the page, the masthead, heads, notes and links: no cell of a table has one of its own."""
    rules = [rule.strip().splitlines()[-1].strip() for rule, _ in COLOURED.findall(CSS.read_text("utf-8"))]
    expected = {"html", ".organization", "a", "nav a", "thead th", ".note, .notes, footer", ":target",
                "@bottom-left", "@bottom-right"}  # fmt: skip
    assert {name.rpartition("; ")[2] for name in rules} <= expected


@pytest.mark.parametrize("colour", [INK, "#5b6673", SERIES[0], f"#{styles.QUIET}", f"#{styles.INK}"])
def test_text_is_dark_enough(colour: str) -> None:
    """The colours of text have the contrast that WCAG 2.2 asks for with each ground, and so in grey."""
    print_in_grey = "#" + f"{round(grey(colour)):02x}" * 3
    for ground in GROUNDS:
        assert min(contrast(colour, ground), contrast(print_in_grey, ground)) >= LEAST_CONTRAST


@pytest.mark.parametrize("series", [SERIES, tints("#7a1f3d"), tints("#000000"), tints("#0057b7")])
def test_fills_of_charts_are_told_apart(series: tuple[str, ...]) -> None:
    """Neighbouring fills differ in grey, also where the series begins once more; text on them is readable."""
    assert all(abs(grey(fill) - grey(after)) >= LEAST_GREY for fill, after in pairwise((*series, series[0])))
    assert all(contrast(ink_on(fill), fill) >= LEAST_CONTRAST for fill in series)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["partnerships", "council"])
def test_each_part_of_a_chart_is_labelled(name: str) -> None:
    """What a part is stands in words with it or in its legend, and its number in the table: never only its fill."""
    layout = layout_of(name, MANY, "en")
    page = rendered(layout, Look())
    charts = [item for flow in layout.flows for item in flow.items if isinstance(item, ChartItem)]
    assert charts
    for item in charts:
        if item.chart.kind != "bars":
            assert all(part in page for part in item.chart.legend)
        assert all(bar.label in page for bar in item.chart.bars)
        assert item.alternative
        assert len(item.chart.legend) <= len(SERIES) or item.chart.kind == "share"


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ("[document]\naccent = '#ffcc00'\n", "too light"),
        ("[document]\nseries = ['#7a1f3d', '#a9d6b4']\n", None),
        ("[document]\nseries = ['#7a1f3d', '#2c3f99']\n", "one grey"),
    ],
)
def test_colours_of_a_house(settings: str, why: str | None, tmp_path: Path) -> None:
    """An accent in which headings cannot be read, and neighbours that are one grey, are refused by their line."""
    (tmp_path / "house.toml").write_text(settings, "utf-8")
    if why is None:
        assert read_house(tmp_path)
        return
    with pytest.raises(BadHouse, match=why) as caught:
        read_house(tmp_path)
    assert "line 2" in caught.value.sentence


def test_links_are_underlined() -> None:
    """A link within text differs from it by more than its colour."""
    page = rendered(sample.layout(), Look())
    assert "text-decoration: underline dotted" in page

"""Charts are well-formed XML, and their labels stay in the picture and do not overlap."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from projections.papers.charts import Bar, Chart
from projections.papers.render import svg, svg_charts
from projections.papers.text_width import width
from projections.reports.model import NOT_DISCLOSED
from projections.reports.render import text_charts
from tests.reports import sample

CHARTS = [chart for section in sample.SAMPLE.sections for chart in section.charts]
SHOWN = [chart for chart in CHARTS if chart.bars]


def drawing(chart: Chart) -> ET.Element:
    """Return a chart as parsed XML."""
    return ET.fromstring(svg_charts.drawn(chart, "chart-1"))  # noqa: S314 - written by us a moment ago


def boxes(root: ET.Element) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield each text of a drawing with its estimated box: left, top, right, bottom."""
    for text in root.iter("text"):
        label, size = text.text or "", float(text.attrib["font-size"])
        wide = width(label, size)
        left = float(text.attrib["x"]) - (wide / 2 if text.attrib["text-anchor"] == "middle" else 0)
        bottom = float(text.attrib["y"])
        yield label, left, bottom - size * 0.8, left + wide, bottom


def length_of(root: ET.Element, label: str) -> float:
    """Return the length of the bar whose tooltip begins with a text."""
    for group in root.iter("g"):
        if (group.findtext("title") or "").startswith(label):
            return sum(float(part.attrib["width"]) for part in group.iter("rect"))
    raise AssertionError(label)


@pytest.mark.parametrize("chart", SHOWN, ids=lambda chart: chart.kind)
def test_a_screen_reader_is_told_what_the_picture_shows(chart: Chart) -> None:
    """A chart is one image with a title, and a description of each bar."""
    root = drawing(chart)
    assert "img" == root.attrib["role"]
    assert ["chart-1-title", "chart-1-desc"] == root.attrib["aria-labelledby"].split()
    named = {element.attrib["id"]: element.text or "" for element in root if "id" in element.attrib}
    assert chart.title == named["chart-1-title"]
    assert all(bar.label in named["chart-1-desc"] and bar.text in named["chart-1-desc"] for bar in chart.bars)


@pytest.mark.parametrize("chart", SHOWN, ids=lambda chart: chart.kind)
def test_no_label_leaves_the_picture(chart: Chart) -> None:
    """Each text is inside the drawing."""
    root = drawing(chart)
    _, _, wide, high = map(float, root.attrib["viewBox"].split())
    assert [] == [
        label
        for label, left, top, right, bottom in boxes(root)
        if left < 0 or top < 0 or right > wide or bottom + 3 > high
    ]


@pytest.mark.parametrize("chart", SHOWN, ids=lambda chart: chart.kind)
def test_no_label_lies_over_another(chart: Chart) -> None:
    """No two texts of a drawing overlap."""
    labels = list(boxes(drawing(chart)))
    assert [] == [
        (first[0], second[0])
        for index, first in enumerate(labels)
        for second in labels[index + 1 :]
        if first[1] < second[3] and second[1] < first[3] and first[2] < second[4] and second[2] < first[4]
    ]


def test_bars_are_as_long_as_their_amounts() -> None:
    """Twice the amount is twice the length; zero, less than zero and what was not disclosed have no length."""
    amounts = {"All": "200.00", "Half": "100.00", "Zero": "0.00", "Less": "-50.00"}
    bars = [Bar(label, (Decimal(amount),), amount) for label, amount in amounts.items()]
    root = drawing(Chart("bars", "Bars", (*bars, Bar("Withheld", (), NOT_DISCLOSED))))
    assert length_of(root, "All") == pytest.approx(2 * length_of(root, "Half"), abs=0.2)
    assert [0, 0, 0] == [length_of(root, label) for label in ("Zero", "Less", "Withheld")]


def test_a_column_with_money_taken_back_says_what_is_left() -> None:
    """The number over a column is the sum of its parts, also when one of them is below zero."""
    root = drawing(Chart("columns", "Years", (Bar("2024", (Decimal(3_000_000), Decimal(-500_000)), "1 agreement"),)))
    assert {"2.5 M", "3.0 M"} <= {text.text for text in root.iter("text")}


def test_a_share_of_nothing_is_an_empty_bar() -> None:
    """A chart of zeros or without bars is drawn without marks, and nothing is divided by zero."""
    chart = Chart("share", "Share", (Bar("", (Decimal(0), Decimal(0)), "0.00"),), ("Partners", "The organization"))
    assert {"Partners: 0", "The organization: 0", "Total: 0.00"} == {text.text for text in drawing(chart).iter("text")}
    assert text_charts.lines(chart)[0] == "·" * text_charts.CELLS


def test_a_cut_label_is_whole_when_pointed_at() -> None:
    """A label that is too long is shortened; the tooltip of its bar has the full label."""
    root = drawing(next(chart for chart in SHOWN if chart.kind == "bars"))
    labels = [text.text or "" for text in root.iter("text")]
    assert not any("exchange of letters" in line for line in labels)
    assert any((title.text or "").startswith(sample.AUSTRALIA) for title in root.iter("title"))


def test_neighbouring_parts_differ_in_lightness() -> None:
    """The parts of a bar differ in greyscale: neighbouring fills differ by a quarter of the scale or more."""
    grey = [sum(weight * int(fill[at : at + 2], 16) for at, weight in ((1, 0.299), (3, 0.587), (5, 0.114)))
            for fill in svg.FILLS]  # fmt: skip
    assert all(abs(first - second) > 64 for first, second in pairwise(grey))


def test_a_chart_is_drawn_the_same_twice() -> None:
    """The same chart gives the same bytes, and lengths have one decimal."""
    for chart in SHOWN:
        assert svg_charts.drawn(chart, "a") == svg_charts.drawn(replace(chart), "a")
        numbers = re.findall(r' (?:x|y|x1|y1|x2|y2|width|height)="([^"]*)"', svg_charts.drawn(chart, "a"))
        assert [] == [number for number in numbers if not re.fullmatch(r"[0-9]+\.[0-9]", number)]


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("31100000.00", "31.1 M"), ("2726190.48", "2.7 M"), ("-1250000", "-1.3 M"), ("3050", "3.1 k"), ("90.00", "90.00")],
)
def test_amounts_are_short_in_small_places(amount: str, expected: str) -> None:
    """Millions and thousands have one decimal, rounded half up."""
    assert expected == svg_charts.short(Decimal(amount))


def test_lines_of_text_begin_with_their_bar() -> None:
    """In Markdown the longest bar has its full length, and labels in any script come last."""
    chart = next(chart for chart in SHOWN if chart.kind == "bars")
    lines = text_charts.lines(chart)
    assert lines[0].startswith("█" * text_charts.CELLS + "  19,820,000.00  ")
    assert lines[7].endswith(sample.ARABIC)
    assert 1 == len({line.index(bar.text) + len(bar.text) for line, bar in zip(lines, chart.bars, strict=True)})

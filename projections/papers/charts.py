"""A chart as data: bars with parts, and the texts printed on them. Renderers only draw it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its parts in the order of the chart's legend, and the text printed at its end.

    `labels` are the texts of the parts where parts are labelled; without them a part is printed as its amount. A bar of
    an amount that was never recorded has no parts, and its text says so.
    """

    label: str
    parts: tuple[Decimal, ...]
    text: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars with direct labels (`bars`), upright ones over years (`columns`), or one bar of 100 % (`share`).

    `legend` names the parts of each bar; a share has one bar, whose parts are labelled from the legend.
    """

    kind: Literal["bars", "columns", "share"]
    title: str
    bars: tuple[Bar, ...]
    legend: tuple[str, ...] = ()
    description: str = ""


def described(chart: Chart) -> str:
    """Return a description of a chart in words, for readers who cannot see it."""
    bars = "; ".join(in_words(chart, bar) for bar in chart.bars)
    return f"{chart.description} {bars}.".strip()


def in_words(chart: Chart, bar: Bar) -> str:
    """Return a bar in words: its label, its parts and the text at its end."""
    named = ", ".join(f"{name} {label}" for name, label in zip(chart.legend, part_labels(bar), strict=False))
    text = ", ".join(filter(None, (named, bar.text))) if len(bar.parts) > 1 else bar.text
    return f"{bar.label}: {text}" if bar.label else text


def part_labels(bar: Bar) -> tuple[str, ...]:
    """Return the printed texts of the parts of a bar."""
    return bar.labels or tuple(f"{part:,}" for part in bar.parts)

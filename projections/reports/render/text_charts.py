"""Charts of a report as lines of text, for Markdown: bars first, so that wide scripts cannot misalign them."""

from decimal import Decimal

from projections.papers.charts import Bar, Chart, part_labels
from projections.papers.render.svg_charts import length

CELLS = 30
"""The length of the longest bar, in characters."""
FILLS = "█░▓▒"
"""Fills of the parts of a bar; neighbours differ."""


def lines(chart: Chart) -> list[str]:
    """Return a chart as lines: a bar, the text at its end, its label."""
    if chart.kind == "share":
        return _share(chart)
    longest = max((sum(map(length, bar.parts), Decimal(0)) for bar in chart.bars), default=Decimal(0)) or Decimal(1)
    ends = max((len(_end(chart, bar)) for bar in chart.bars), default=0)
    drawn = [f"{_bar(bar, longest):<{CELLS}}  {_end(chart, bar):>{ends}}  {one_line(bar.label)}" for bar in chart.bars]
    return [*_legend(chart), *drawn]


def one_line(text: str) -> str:
    """Return a text with line breaks and runs of spaces replaced by single spaces."""
    return " ".join(text.split())


def _end(chart: Chart, bar: Bar) -> str:
    if chart.kind == "columns" and len(bar.parts) > 1:
        return "  ".join([*(f"{label:>16}" for label in part_labels(bar)), bar.text])
    return bar.text


def _legend(chart: Chart) -> list[str]:
    if not any(len(bar.parts) > 1 for bar in chart.bars):
        return []
    return ["   ".join(f"{FILLS[index % 4]} {name}" for index, name in enumerate(chart.legend)), ""]


def _bar(bar: Bar, longest: Decimal) -> str:
    # The ends of parts are rounded, not their lengths, so that a bar is as long as its total.
    drawn, total = "", Decimal(0)
    for index, part in enumerate(bar.parts):
        total += length(part)
        drawn += FILLS[index % 4] * (round(CELLS * total / longest) - len(drawn))
    return drawn


def _share(chart: Chart) -> list[str]:
    bar = chart.bars[0]
    total = sum(map(length, bar.parts), Decimal(0))
    drawn = _bar(bar, total) if total else "·" * CELLS
    parts = zip(chart.legend, part_labels(bar), strict=False)
    named = [f"{FILLS[index % 4]} {name}: {label}" for index, (name, label) in enumerate(parts)]
    return [drawn, *named, f"  Total: {bar.text}"]

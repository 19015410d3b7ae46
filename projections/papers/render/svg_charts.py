"""Charts of a report as SVG: direct labels, fills that differ in greyscale, text as text, no script."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate

from projections.papers.charts import Bar, Chart, described, in_words, part_labels
from projections.papers.look import INK, ink_on
from projections.papers.render import svg
from projections.papers.text_width import width, wrapped

WIDE = 600.0
"""The width of every chart in SVG units, about the pixels of a page's text column."""
SIZE = 11.0
SMALL = 10.0
LEADING = 14.0
LABELS = 216.0
"""The width of the labels of horizontal bars."""
GAP = 8.0
THICK = 16.0
TALL = 190.0
"""The height of the tallest column."""
OPPOSITE = {"start": "end", "end": "start", "middle": "middle"}


@dataclass(frozen=True, slots=True)
class Pen:
    """How charts are drawn: the fills of parts, the word before a total; mirrored where text is from right to left.

    A program that draws SVG with few fonts needs them, since it may not find one for each character; a browser does.
    """

    fills: tuple[str, ...] = svg.FILLS
    total: str = "Total"
    is_mirrored: bool = False
    fonts: svg.Fonts = ()

    def part(self, x: float, y: float, wide: float, high: float, index: int) -> str:
        """Return a part of a bar, or its sign in a legend."""
        fill = self.fills[index % len(self.fills)]
        return svg.rectangle(WIDE - x - wide if self.is_mirrored else x, y, wide, high, fill, self.fills[0])

    def text(self, content: str, x: float, y: float, *, size: float, fill: str = INK, anchor: str = "start") -> str:
        """Return a line of text."""
        if self.is_mirrored:
            x, anchor = WIDE - x, OPPOSITE[anchor]
        return svg.text(content, x, y, size=size, fill=fill, anchor=anchor, fonts=self.fonts)

    def line(self, x1: float, y1: float, x2: float, y2: float) -> str:
        """Return a light line."""
        return svg.line(WIDE - x1, y1, WIDE - x2, y2) if self.is_mirrored else svg.line(x1, y1, x2, y2)

    def ink_on(self, index: int) -> str:
        """Return the colour of text on a part: white where the fill is too dark for dark text."""
        return ink_on(self.fills[index % len(self.fills)])


PEN = Pen()


def drawn(chart: Chart, ident: str, pen: Pen = PEN, **attributes: str) -> str:
    """Return a chart as SVG; `ident` is the prefix of its ids, unique in the page; `attributes` are of the image."""
    draw = {"bars": _bars, "columns": _columns, "share": _share}[chart.kind]
    marks, high = draw(chart, pen)
    return svg.drawing(ident, WIDE, high, chart.title, described(chart), *marks, **attributes)


def length(part: Decimal) -> Decimal:
    """Return the length of a part: voids may leave a negative amount, which is printed but not drawn."""
    return max(part, Decimal(0))


def _total(bar: Bar) -> Decimal:
    return sum(map(length, bar.parts), Decimal(0))


def _scale(chart: Chart, room: float) -> float:
    return room / float(max([_total(bar) for bar in chart.bars], default=Decimal(0)) or 1)


def _legend(chart: Chart, pen: Pen) -> tuple[list[str], float]:
    # A single part needs no legend: the title of the chart names it.
    if len(chart.legend) < 2 or not any(len(bar.parts) > 1 for bar in chart.bars):
        return [], 0.0
    marks, x, y = [], 0.0, 0.0
    for index, name in enumerate(chart.legend):
        long = 16 + width(name, SIZE) + 20
        if x and x + long > WIDE:
            x, y = 0.0, y + LEADING + 3
        marks += [pen.part(x, y + 2, 10, 10, index), pen.text(name, x + 16, y + 11, size=SIZE)]
        x += long
    return marks, y + LEADING + 11


def _bars(chart: Chart, pen: Pen) -> tuple[list[str], float]:
    marks, top = _legend(chart, pen)
    start = LABELS + GAP
    ends = max((width(bar.text, SIZE) for bar in chart.bars), default=0.0) + GAP + 2
    scale = _scale(chart, max(WIDE - start - ends, 80.0))
    y = top
    for bar in chart.bars:
        lines = wrapped(bar.label, LABELS, SIZE, 4)
        high = max(len(lines) * LEADING, THICK) + 8
        middle = y + high / 2
        first = middle - (len(lines) - 1) * LEADING / 2 + 4
        labels = [pen.text(text, 0, first + index * LEADING, size=SIZE) for index, text in enumerate(lines)]
        parts, x = _along(bar, pen, start, middle - THICK / 2, scale)
        end = pen.text(bar.text, x + GAP, middle + 4, size=SIZE)
        marks.append(svg.titled(in_words(chart, bar), *labels, *parts, end))
        y += high
    return [*marks, pen.line(start, top, start, y)], y + 2


def _along(bar: Bar, pen: Pen, x: float, y: float, scale: float) -> tuple[list[str], float]:
    parts = []
    for index, part in enumerate(bar.parts):
        long = float(length(part)) * scale
        if long:
            parts.append(pen.part(x, y, long, THICK, index))
        x += long
    return parts, x


def _share(chart: Chart, pen: Pen) -> tuple[list[str], float]:
    bar = chart.bars[0]
    scale = _scale(chart, WIDE - 2)
    starts = accumulate((float(length(part)) * scale for part in bar.parts), initial=1.0)
    marks = [svg.element("rect", x=1.0, y=1.0, width=WIDE - 2, height=28.0, fill="none", stroke=svg.LINE)]
    y = 52.0
    for index, (start, part, label) in enumerate(zip(starts, bar.parts, part_labels(bar), strict=False)):
        named = f"{chart.legend[index]}: {label}"
        mark = [pen.part(start, 1, float(length(part)) * scale, 28, index)] if length(part) else []
        swatch = pen.part(1, y - 10, 10, 10, index)
        marks.append(svg.titled(named, *mark, swatch, pen.text(named, 18, y - 1, size=SIZE)))
        y += LEADING + 4
    return [*marks, pen.text(f"{pen.total}: {bar.text}", 18, y - 1, size=SIZE, fill=svg.QUIET)], y + 6


def _columns(chart: Chart, pen: Pen) -> tuple[list[str], float]:
    marks, top = _legend(chart, pen)
    step = WIDE / max(len(chart.bars), 1)
    heads = [wrapped(bar.text, step - 6, SMALL, 2) for bar in chart.bars]
    above = (max(map(len, heads), default=0) + 1) * LEADING + 4
    ground = top + above + TALL
    scale = _scale(chart, TALL)
    for index, (bar, head) in enumerate(zip(chart.bars, heads, strict=True)):
        column = _column(bar, pen, head, (index + 0.5) * step, step, ground, scale)
        marks.append(svg.titled(in_words(chart, bar), *column))
    return [*marks, pen.line(0, ground, WIDE, ground)], ground + 26


def _column(bar: Bar, pen: Pen, head: list[str], middle: float, step: float, ground: float, scale: float) -> list[str]:
    marks = [pen.text(bar.label, middle, ground + 18, size=SIZE, anchor="middle")]
    wide = min(step * 0.54, 72.0)
    y, label_y = ground, ground
    # Labels of the bar itself are those of a paper, whose text at the end of a bar has the sum.
    labels = bar.labels or tuple(map(short, bar.parts))
    for index, (part, label) in enumerate(zip(bar.parts, labels, strict=False)):
        high = float(length(part)) * scale
        y -= high
        if not high:
            continue
        marks.append(pen.part(middle - wide / 2, y, wide, high, index))
        if high >= LEADING and width(label, SMALL) < wide:
            ink = pen.ink_on(index)
            marks.append(pen.text(label, middle, y + high / 2 + 4, size=SMALL, fill=ink, anchor="middle"))
        else:
            label_y = min(y + high / 2 + 4, label_y - 12)
            marks.append(pen.text(label, middle + wide / 2 + 4, label_y, size=SMALL))
    above = [*head, short(sum(bar.parts, Decimal(0)))] if bar.parts and not bar.labels else head
    for index, line in enumerate(reversed(above)):
        marks.append(pen.text(line, middle, y - 7 - index * LEADING, size=SMALL, fill=svg.QUIET, anchor="middle"))
    return marks


def short(amount: Decimal) -> str:
    """Return an amount as a short label: `12.4 M`, `3.1 k`, `90`. The table has the exact amount."""
    for step, sign in ((Decimal(1_000_000), " M"), (Decimal(1_000), " k")):
        if abs(amount) >= step:
            return f"{(amount / step).quantize(Decimal('0.1'), ROUND_HALF_UP)}{sign}"
    return f"{amount:f}"

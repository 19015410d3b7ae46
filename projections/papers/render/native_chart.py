"""Charts that an office program draws and edits: on a sheet of a workbook, or in a Word document with its own workbook.

XlsxWriter writes both. A chart part names its numbers in a sheet and holds a copy of them, from which readers draw that
do not open the sheet.
"""

import io
import re
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZipFile

from projections.papers.charts import Bar, Chart, part_labels
from projections.papers.layout import Layout
from projections.papers.look import INK, Look, ink_on
from projections.papers.render.normal_zip import normal
from projections.papers.text_width import width

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart as Native


QUIET = "#c3cad2"
LETTERS = 8
"""The size of letters in a chart, in points."""
SHOWN = b"".join(
    b'<c:show%s val="%d"/>' % (name, name == b"Val")
    for name in (b"LegendKey", b"Val", b"CatName", b"SerName", b"Percent", b"BubbleSize")
)
"""LibreOffice takes a choice that is missing for true: all six are written, in the order of the schema."""
WRAPPED = re.compile(rb"(<c:dLbl>(?:(?!</c:dLbl>).)*?<c:rich>)<a:bodyPr/>")
"""LibreOffice wraps labels narrowly unless they say that they have one line."""
THIN = Decimal("0.07")
"""A part below this share of the tallest bar has no room for a label; its table has the number."""
LABEL = "\N{NO-BREAK SPACE}"
"""Labels are wrapped narrowly at spaces."""
SHEET = "Figures"
AS_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Series(NamedTuple):
    """The parts of all bars that have one fill. `is_end` is a part without fill, which has the text at a bar's end."""

    name: str
    numbers: list[float]
    labels: list[str]
    is_end: bool = False


class Drawing(NamedTuple):
    """A chart as an office program draws it: the labels of its bars, and its series."""

    chart: Chart
    categories: list[str]
    series: list[Series]
    direction: str

    @property
    def is_stacked(self) -> bool:
        """Whether bars have several parts."""
        return len(self.series) > 1

    @property
    def high(self) -> int:
        """The height of the drawing in pixels, of which an inch has 96."""
        if self.chart.kind == "share":
            return 80 + 20 * len(self.series)
        if self.chart.kind == "columns":
            return 270
        lines = sum(max(1, round(width(label, LETTERS) / 130 + 0.4)) for label in self.categories)
        return 36 + 13 * lines + 13 * len(self.categories) + (24 if self.is_stacked else 0)


class Place(NamedTuple):
    """Where a sheet has the names and numbers of a series: sheet, first row, first column, last row, last column."""

    categories: list[Any]
    numbers: list[list[Any]]


def drawing(chart: Chart, layout: Layout) -> Drawing:
    """Return what an office program draws for a chart."""
    direction = layout.paper.direction
    if chart.kind == "share":
        bar = chart.bars[0]
        named = zip(chart.legend, part_labels(bar), bar.parts, strict=False)
        series = [Series(f"{name}: {label}", [float(part)], [""]) for name, label, part in named]
        return Drawing(chart, [chart.title], series, direction)
    count = max([len(bar.parts) for bar in chart.bars], default=0)
    names = chart.legend if len(chart.legend) >= count else chart.legend + ("",) * (count - len(chart.legend))
    tallest = max([_whole(bar) for bar in chart.bars], default=Decimal(0))
    series = [_series(chart, index, names[index], tallest, alone=count == 1) for index in range(count)]
    ends = [bar.text.replace(" ", LABEL) for bar in chart.bars]
    if count > 1 and any(ends):
        series.append(Series(layout.terms.total, [float(_whole(bar)) for bar in chart.bars], ends, is_end=True))
    return Drawing(chart, [bar.label for bar in chart.bars], series, direction)


def _series(chart: Chart, index: int, name: str, tallest: Decimal, *, alone: bool) -> Series:
    numbers, labels = [], []
    for bar in chart.bars:
        part = bar.parts[index] if index < len(bar.parts) else Decimal(0)
        known = part_labels(bar)
        label = bar.text if chart.kind == "bars" and alone else known[index] if index < len(known) else bar.text
        numbers.append(float(part))
        labels.append(label if alone or (tallest and part / tallest >= THIN) else "")
    return Series(name, numbers, [label.replace(" ", LABEL) for label in labels])


def _whole(bar: Bar) -> Decimal:
    return sum((max(part, Decimal(0)) for part in bar.parts), Decimal(0))


def native(book: "Workbook", given: Drawing, place: Place, look: Look, cached: bool = True) -> "Native":  # noqa: FBT002
    """Return the chart of a workbook, to be put on a sheet. Its title is the caption of the figure."""
    kind = "column" if given.chart.kind == "columns" else "bar"
    share = given.chart.kind == "share"
    form = {"subtype": "percent_stacked" if share else "stacked"} if given.is_stacked or share else {}
    chart = book.add_chart({"type": kind, **form})
    for index, series in enumerate(given.series):
        fill = look.series[index % len(look.series)]
        shape: dict[str, Any] = {"fill": {"color": fill}, "border": {"color": look.series[0], "width": 0.75}}
        if series.is_end:
            shape = {"fill": {"none": True}, "border": {"none": True}}
        chart.add_series(
            {
                "name": series.name,
                "categories": place.categories,
                "values": place.numbers[index],
                "categories_data": given.categories if cached else [],
                "values_data": series.numbers if cached else [],
                "gap": 45,
                "overlap": 100 if form else 0,
                **shape,
                **({} if share else {"data_labels": _labels(given, series, fill)}),
            }
        )
    _frame(chart, given)
    return chart


def _labels(given: Drawing, series: Series, fill: str) -> dict[str, Any]:
    inside = given.is_stacked and not series.is_end
    font = {"size": LETTERS, "color": ink_on(fill) if inside else INK}
    custom = [{"value": label, "font": font} if label else {"delete": True} for label in series.labels]
    position = "inside_base" if series.is_end else "center" if inside else "outside_end"
    return {"value": True, "font": font, "position": position, "custom": custom}


def _frame(chart: "Native", given: Drawing) -> None:
    ends = [max(series.numbers, default=0) for series in given.series if series.is_end]
    plain: dict[str, Any] = {"visible": False, "major_gridlines": {"visible": False}}
    if ends and ends[0] > 0:
        plain |= {"min": 0, "max": ends[0] * (1.15 if given.chart.kind == "columns" else 1.4)}
    axis: dict[str, Any] = {
        "num_font": {"size": LETTERS, "color": INK},
        "line": {"color": QUIET},
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
    }
    right = given.direction == "rtl"
    if given.chart.kind == "columns":
        chart.set_x_axis(axis | ({"reverse": True} if right else {}))
        chart.set_y_axis(plain)
    else:
        # The first row of the table stands at the top. XlsxWriter names the axes of bars by where they stand.
        chart.set_y_axis(axis | {"reverse": True} | ({"visible": False} if given.chart.kind == "share" else {}))
        chart.set_x_axis(plain | ({"reverse": True} if right else {}))
    chart.set_title({"none": True})
    hidden = [index for index, series in enumerate(given.series) if series.is_end]
    share = given.chart.kind == "share"
    legend: dict[str, Any] = {"position": "bottom" if share else "top", "font": {"size": LETTERS, "color": INK}}
    if hidden:
        legend["delete_series"] = hidden
    chart.set_legend(legend if given.is_stacked or share else {"none": True})
    chart.set_chartarea({"border": {"none": True}})


def completed(name: str, part: bytes) -> bytes:
    """Return a part of a workbook, in which a chart states every choice of its labels."""
    if not name.startswith("xl/charts/chart"):
        return part
    return WRAPPED.sub(rb'\1<a:bodyPr wrap="none"/>', part.replace(b'<c:showVal val="1"/>', SHOWN))


def for_word(given: Drawing, look: Look, made: datetime) -> tuple[bytes, bytes]:
    """Return the part of a chart for a Word document, and the workbook that it embeds."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only this writes workbooks

    target = io.BytesIO()
    with Workbook(target, {**AS_TEXTS, "in_memory": True}) as book:
        book.set_properties({"created": made})
        sheet, last = book.add_worksheet(SHEET), len(given.categories)
        for row, category in enumerate(given.categories, 1):
            sheet.write_string(row, 0, category)
        for column, series in enumerate(given.series, 1):
            sheet.write_string(0, column, series.name)
            sheet.write_column(1, column, series.numbers)
        numbers = [[SHEET, 1, column, last, column] for column in range(1, len(given.series) + 1)]
        sheet.insert_chart(1, len(given.series) + 2, native(book, given, Place([SHEET, 1, 0, last, 0], numbers), look))
    with ZipFile(target) as package:
        chart = completed("xl/charts/chart1.xml", package.read("xl/charts/chart1.xml"))
    return chart.replace(b"<c:printSettings>", _word_ending(look) + b"<c:printSettings>"), normal(
        target.getvalue(), completed
    )


def _word_ending(look: Look) -> bytes:
    # Without fonts of its own a chart has those of the theme, or a serif; rId1 is the workbook.
    fonts = f'<a:latin typeface="{look.word_font}"/><a:cs typeface="{look.word_complex}"/>'
    letters = f'<a:pPr><a:defRPr sz="{LETTERS}00">{fonts}</a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/>'
    text = f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p>{letters}</a:p></c:txPr>"
    return f'{text}<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>'.encode()

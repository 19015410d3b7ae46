"""A report as one HTML file for screens and A4 paper: style and charts are inline; no script, no external files."""

import re
import unicodedata
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from projections.papers.charts import Chart
from projections.papers.render import svg_charts
from projections.papers.render.css import css_text
from projections.reports import manifest
from projections.reports.model import NOT_DISCLOSED, NOT_RECORDED, Cell, Column, Report
from projections.reports.render import outline, provenance

TEMPLATES = Path(__file__).parent / "templates"
BREAKS = re.compile(r"(?<=\S)(?=/)|(?<=_)")
"""Where a long JSON Pointer may break: before each slash except the first, and after an underscore."""
WIDE_TABLE = 6
"""The number of columns from which a table is printed in landscape."""
WHOLE = 14
"""The greatest length of a cell that is kept on one line."""
HYPHENED = re.compile(r"([\w./()]+(?:-[\w./()]+)+)")
"""A possible date or reference within a text: browsers break lines after its hyphens."""
LONG_REFERENCE = 20
"""The length from which a reference within a text may break nevertheless, so that tables fit the page."""


def rendered(report: Report) -> str:
    """Return the report as an HTML document."""
    template = _environment().get_template("report.html.j2")
    known = outline.printed_figures(report)
    anchors = {pointer: f"figure-{index}" for index, pointer in enumerate(known, 1)}
    return template.render(
        report=report,
        outline=outline,
        parts=outline.parts(report),
        figures=known,
        anchors=anchors,
        foot=css_text(f"{report.title}. As of {report.as_of.on}, as known at position {report.as_of.known_at}"),
        wide=WIDE_TABLE,
        manifest=Markup(manifest.comment(report)),  # noqa: S704 - it is ASCII without <, > and --
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["breakable"] = _breakable
    environment.filters["drawn"] = _drawn
    environment.filters["hint"] = provenance.hint
    environment.filters["isolated"] = _isolated
    environment.filters["positions"] = provenance.positions
    environment.filters["source"] = provenance.source
    environment.filters["with_unit"] = provenance.with_unit
    environment.globals["classes"] = _classes
    return environment


def _drawn(chart: Chart, ident: str) -> Markup:
    return Markup(svg_charts.drawn(chart, ident))  # noqa: S704 - svg_charts escapes all text and attributes


def _breakable(text: str) -> Markup:
    return Markup("<wbr>").join(BREAKS.split(text))


def _isolated(text: str) -> Markup:
    # Right-to-left names in a list must not reorder the names around them.
    if not any(unicodedata.bidirectional(char) in ("R", "AL") for char in text):
        return _unbroken(text)
    return Markup("; ").join(Markup("<bdi>{}</bdi>").format(name) for name in text.split("; "))


def _unbroken(text: str) -> Markup:
    # A date broken across two lines is misread. A cell of one word is already kept whole by its class.
    if " " not in text:
        return escape(text)
    parts = (_whole(part) if index % 2 else escape(part) for index, part in enumerate(HYPHENED.split(text)))
    return Markup("").join(parts)


def _whole(part: str) -> Markup:
    is_unbroken = len(part) < LONG_REFERENCE and any(char.isdigit() for char in part)
    return Markup('<span class="whole">{}</span>').format(part) if is_unbroken else escape(part)


def _classes(column: Column, cell: Cell) -> str:
    whole = len(cell.text) <= WHOLE and " " not in cell.text
    absent = cell.text in (NOT_RECORDED, NOT_DISCLOSED)
    return " ".join(["n"] * column.right + ["whole"] * (whole and not column.right) + ["absent"] * absent)

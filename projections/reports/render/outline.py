"""The order and numbering of the parts of a report, the same in every document."""

from collections.abc import Iterator
from typing import NamedTuple

from projections.queries.figures import Figure, walk
from projections.reports.model import Report, Section, Table

FIGURES = "Figures and the entries behind them"
METHOD = "How the figures are made"
ABOUT_FIGURES = (
    "Each figure names the entries of the log that were read for it, by their positions, or the figures that it is a"
    " ratio of. A figure is named by its JSON Pointer, as in the JSON form of this report."
)
NOTHING = "nothing to show"
"""Printed for a table or chart without rows."""


class NumberedSection(NamedTuple):
    """A section with its printed number: `1`, `2`, …, `Annex A`, `Annex B`, …."""

    number: str
    section: Section
    annex: bool

    @property
    def heading(self) -> str:
        """The heading of the section: `1. Overview`, `Annex A. All agreements`."""
        return f"{self.number}. {self.section.title}"


def parts(report: Report) -> list[NumberedSection]:
    """Return the sections and annexes in order, numbered."""
    sections = [NumberedSection(str(index), section, annex=False) for index, section in enumerate(report.sections, 1)]
    annexes = [NumberedSection(_annex(index), section, annex=True) for index, section in enumerate(report.annexes)]
    return sections + annexes


def method_number(report: Report) -> str:
    """Return the number of the annex that explains how the figures are computed."""
    return _annex(len(report.annexes))


def figures_number(report: Report) -> str:
    """Return the number of the annex that lists the figures."""
    return _annex(len(report.annexes) + 1)


def _annex(index: int) -> str:
    # Annex Z is followed by Annex AA, like the columns of a spreadsheet.
    letters = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"Annex {letters}"


def tables(report: Report) -> list[Table]:
    """Return every table of the report, including those of annexes and subsections."""
    return [table for part in parts(report) for table in _tables(part.section)]


def _tables(section: Section) -> Iterator[Table]:
    yield from section.tables
    for below in section.below:
        yield from _tables(below)


def printed_figures(report: Report) -> dict[str, Figure]:
    """Return the figures whose entries documents list, by pointer."""
    left_out = tuple(f"/{name}/" for name in report.unprinted)
    return {pointer: figure for pointer, figure in walk(report.figures) if not pointer.startswith(left_out or "\0")}


def about_figures(report: Report) -> str:
    """Return the paragraph above the list of figures."""
    if not report.unprinted:
        return ABOUT_FIGURES
    named = " and ".join(f"/{name}" for name in report.unprinted)
    return f"{ABOUT_FIGURES} The figures below {named} are many: the JSON and CSV forms list them with their entries."


def facts(report: Report) -> list[tuple[str, str]]:
    """Return the labels and texts at the head of a document: as-of, parameters, settings in force and version."""
    return [
        ("As of", report.as_of.on),
        ("As known at position", f"{report.as_of.known_at}"),
        ("Root of the log", report.as_of.root),
        *((name.replace("_", " ").capitalize(), str(value)) for name, value in report.parameters.items()),
        *((f"Setting {name}", text) for name, text in report.settings.items()),
        ("Made by", f"ledger {report.version}"),
    ]

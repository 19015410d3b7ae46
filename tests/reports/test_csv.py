"""The report as CSV: programs read back the content of the model, and no spreadsheet reads a name as a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.queries.figures import ranges, walk
from projections.reports.render.csv import COLUMNS, rendered
from projections.reports.render.csv_safety import FORMULA, NUMBER, harmless
from tests.reports import sample

TEXT = rendered(sample.SAMPLE)
ROWS = list(csv.DictReader(io.StringIO(TEXT, newline="")))


def unprefixed(text: str) -> str:
    """Return a value as a reader restores it: without the apostrophe before a formula."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def test_lines_end_as_the_standard_says() -> None:
    """Lines end with CR LF, and the first one names the columns (RFC 4180 §2)."""
    assert TEXT.startswith(",".join(COLUMNS) + "\r\n")
    assert TEXT.endswith("\r\n")


def test_every_cell_that_says_something_has_a_line() -> None:
    """Cells have their table, row and column, and values without thousands separators and per cent signs."""
    cells = {(row["table"], row["row"], row["column"]): row for row in ROWS}
    assert len(ROWS) == len(cells)
    assert "33826190.48" == cells["overview", "total", "Amount"]["value"]
    assert ("1.2", "percent") == tuple(cells["top", "1", "Share"][name] for name in ("value", "unit"))
    assert "not recorded" == cells["overview", "4", "Amount"]["value"]
    assert "not disclosed" == cells["overview", "5", "Amount"]["value"]
    assert ("overview", "1", "Share") not in cells


def test_every_figure_has_a_line_with_its_source() -> None:
    """The table `figures` has each figure with its unit, kind and positions, or the figures of its ratio."""
    cells = {unprefixed(row["column"]): row for row in ROWS if row["table"] == "figures"}
    for pointer, figure in walk(sample.FIGURES):
        row = cells.pop(pointer)
        assert (str(figure.plain), figure.unit, figure.kind) == (unprefixed(row["value"]), row["unit"], row["kind"])
        assert list(figure.of) == row["of"].split()
        spans = [[int(end) for end in span.split("..")] for span in row["entries"].split()]
        assert ranges(figure.entries) == [[span[0], span[-1]] for span in spans]
    assert {} == cells


def test_the_first_table_says_what_the_report_is() -> None:
    """The file states its title, its as-of, the root of its log, and the notes on what is left out."""
    cells = {row["column"]: row["value"] for row in ROWS if row["table"] == "report"}
    assert ("2025-05-12", "704", sample.SAMPLE.as_of.root) == (
        cells["As of"], cells["As known at position"], cells["Root of the log"],
    )  # fmt: skip
    assert sample.SAMPLE.notes[0] == cells["Note"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2024-001", "@A1", "\tA1", "\rA1", "\uff1d1", "-", "'=1", "-1-1"])
def test_formulas_get_an_apostrophe(text: str) -> None:
    """A text that a spreadsheet would run as a formula gets an apostrophe."""
    assert f"'{text}" == harmless(text)


@pytest.mark.parametrize("text", ["", "-500.25", "0", "33826190.48", "EYGS LLP", "'quoted'", sample.ARABIC])
def test_numbers_and_names_stay_as_they_are(text: str) -> None:
    """Negative numbers and ordinary names are unchanged."""
    assert text == harmless(text)


@given(st.text(alphabet="'=+-@a1.\t"))
def test_what_was_there_can_be_told_again(text: str) -> None:
    """Removing one apostrophe restores the text, and no written value begins like a formula."""
    written = harmless(text)
    assert text == unprefixed(written)
    assert NUMBER.fullmatch(written) or written[:1] not in tuple("=+-@\t")

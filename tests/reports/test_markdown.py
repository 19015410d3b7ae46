"""The report as Markdown: names that look like markup print as they are, and tables keep their columns."""

import re
from collections.abc import Iterator

import pytest

from projections.reports.render.markdown import escaped, grid, paragraph, rendered
from tests.reports import sample

TEXT = rendered(sample.SAMPLE)
CELL = re.compile(r"(?<!\\)(?:\\\\)*\|")
"""A bar that no backslash takes away the meaning of."""


def tables() -> Iterator[list[str]]:
    """Yield the lines of each table."""
    found: list[str] = []
    for line in TEXT.split("\n"):
        if line.startswith("|"):
            found.append(line)
        elif found:
            yield found
            found = []


def test_tables_keep_their_columns() -> None:
    """Each line of a table has as many cells as its head, whatever the names in it."""
    shown = list(tables())
    assert len(shown) > 5
    assert [] == [lines[0] for lines in shown if len({len(CELL.findall(line)) for line in lines}) != 1]


def test_numbers_stand_on_the_right() -> None:
    """Columns of numbers are aligned on the right, others on the left."""
    assert "| :--- | ---: | ---: |" in TEXT


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (sample.SCRIPT, '\\<script\\>alert("1")\\</script\\> & Söhne'),
        (sample.BROKEN, "First line second line \\| 中文"),
        ("a\\|b", "a\\\\\\|b"),
        ("&lt;b&gt; &#60; & Co", "\\&lt;b\\&gt; \\&#60; & Co"),
        ("*a* _b_ `c` [d](e) ~~f~~", "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\~\\~f\\~\\~"),
        (sample.CHINESE, sample.CHINESE),
    ],
)
def test_markup_in_names_is_text(name: str, written: str) -> None:
    """What means something to Markdown is escaped; a line break is a space; other scripts stay as they are."""
    assert written == escaped(name)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("# One", "\\# One"),
        ("1. One", "1\\. One"),
        ("- One", "\\- One"),
        ("+1", "\\+1"),
        ("89 agreements", "89 agreements"),
    ],
)
def test_a_paragraph_is_no_heading_and_no_list(said: str, written: str) -> None:
    """What would begin another block is escaped at the beginning of a paragraph, and only there."""
    assert written == paragraph(said)


def test_charts_are_fenced_even_if_a_name_has_fences() -> None:
    """A chart's fence is longer than any run of ticks in it, and each fence that opens is closed."""
    assert 0 == len(re.findall("^```", TEXT, re.MULTILINE)) % 2
    assert "```text\n██" in TEXT


def test_a_table_without_rows_says_so() -> None:
    """Nothing is never an empty table."""
    assert "nothing to show" == grid((), [])
    assert "**Cancelled agreements**\n\nnothing to show\n" in TEXT

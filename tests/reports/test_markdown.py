"""The report as Markdown: names that look like markup are printed literally, and tables keep their columns."""

import re
from collections.abc import Iterator

import pytest

from projections.reports.render.markdown import escaped, grid, paragraph, rendered
from tests.reports import sample

TEXT = rendered(sample.SAMPLE)
CELL = re.compile(r"(?<!\\)(?:\\\\)*\|")
"""An unescaped vertical bar."""


def tables() -> Iterator[list[str]]:
    """Yield the lines of each table."""
    lines: list[str] = []
    for line in TEXT.split("\n"):
        if line.startswith("|"):
            lines.append(line)
        elif lines:
            yield lines
            lines = []


def test_tables_keep_their_columns() -> None:
    """Each line of a table has as many cells as its head, with any names."""
    shown = list(tables())
    assert len(shown) > 5
    assert [] == [lines[0] for lines in shown if len({len(CELL.findall(line)) for line in lines}) != 1]


def test_numbers_stand_on_the_right() -> None:
    """Number columns are right-aligned, the others left-aligned."""
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
    """Markup is escaped, line breaks become spaces, and other scripts are unchanged."""
    assert written == escaped(name)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# One", "\\# One"),
        ("1. One", "1\\. One"),
        ("- One", "\\- One"),
        ("+1", "\\+1"),
        ("89 agreements", "89 agreements"),
    ],
)
def test_a_paragraph_is_no_heading_and_no_list(text: str, written: str) -> None:
    """Characters that would begin another block are escaped at the beginning of a paragraph only."""
    assert written == paragraph(text)


def test_charts_are_fenced_even_if_a_name_has_fences() -> None:
    """The fence of a chart is longer than any run of backticks in it, and every fence is closed."""
    assert 0 == len(re.findall("^```", TEXT, re.MULTILINE)) % 2
    assert "```text\n██" in TEXT


def test_a_table_without_rows_says_so() -> None:
    """A table without rows is printed as a text."""
    assert "nothing to show" == grid((), [])
    assert "**Cancelled agreements**\n\nnothing to show\n" in TEXT

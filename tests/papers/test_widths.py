"""The widths of columns: no number and no word is broken, and columns of words have about as many lines."""

from dataclasses import replace

import pytest

from projections.papers.layout import PAGE, PAGE_ACROSS, SIZE, TableItem, laid_out, widths
from projections.papers.model import Column, Grid, Line, Part, Row, Words
from projections.papers.text_width import width
from tests.papers import sample
from tests.papers.sample import words

DAY = "22\N{NO-BREAK SPACE}September\N{NO-BREAK SPACE}2024"


def grid(*columns: tuple[str, str], wide: bool = False, rows: int = 3, level: int = 0) -> Grid:
    """Return a table whose columns have one text in all rows: `words` where it has a space, otherwise `money`."""
    of = tuple(Column(head, words(head), "words" if " " in text else "money") for head, text in columns)
    cells: tuple[Line, ...] = tuple(words(text) for _, text in columns)
    return Grid("grid", words("Grid"), of, tuple(Row(cells, level) for _ in range(rows)), wide=wide)


def in_points(given: Grid) -> list[float]:
    """Return the widths of the columns on the page."""
    return [share * (PAGE_ACROSS if given.wide else PAGE) for share in widths(given)]


def test_shares_are_a_whole() -> None:
    """The shares of every table of the sample add up to the width of the table."""
    layout = sample.layout()
    for item in (item for flow in layout.flows for item in flow.items):
        if isinstance(item, TableItem):
            assert 1 == pytest.approx(sum(item.widths))


def test_numbers_and_short_words_are_whole() -> None:
    """Where columns of long text stand with others, the others keep their numbers and words whole."""
    long = "A text of many words that goes on for some lines " * 4
    others = [("Region", "Multi regions"), ("Amount", "33,826,190.48"), ("Risk", "reputational: high")]
    points = in_points(grid(("Subject", long), ("Party", long), *others))
    for at, (_, text) in enumerate(others, 2):
        assert points[at] > max(width(word, SIZE) for word in text.split(" "))


def test_columns_of_words_have_about_as_many_lines() -> None:
    """A column with three times the text is about three times as wide."""
    short, long = in_points(grid(("Short", "some words " * 20), ("Long", "some words " * 60)))
    assert 3 == pytest.approx(long / short, rel=0.1)


def test_where_no_column_has_room_all_are_narrower() -> None:
    """A table with more words than a page is wide has the shares of their longest words."""
    words_of = [(f"H{at}", f"Telecommunications {'x' * at}") for at in range(9)]
    points = in_points(grid(*words_of))
    assert PAGE == pytest.approx(sum(points))
    assert max(points) < 1.3 * min(points)


def test_rows_that_break_down_another_have_room() -> None:
    """The first column is wider by the indent of its rows."""
    columns = (("Type", "Governmental entities"), ("Case", "some words " * 40))
    assert in_points(grid(*columns, level=2))[0] > in_points(grid(*columns))[0]


def test_chinese_breaks_between_characters() -> None:
    """A long Chinese name asks for no more room than its text has among the other columns."""
    name = "长桥市示例科技有限公司 " * 3
    chinese, latin = in_points(grid(("Party", name), ("Subject", "some words " * 60)))
    assert chinese < latin


def test_a_day_breaks_before_its_year_among_words_only() -> None:
    """In a column of words a day may break before its year; in one of days, and in text, it stays whole."""
    cells: tuple[Line, ...] = ((Words(f"signed on {DAY}"),), (Words(DAY),))
    columns = (Column("case", words("Case")), Column("on", words("Signed on"), "day"))
    table = Grid("days", words(DAY), columns, (Row(cells),))
    paper = replace(sample.paper(), parts=(Part("days", words("Days"), (table,)),), annexes=(), boxes=())
    given = laid_out(paper, sample.TERMS, sample.ENGLISH)
    item = next(item for flow in given.flows for item in flow.items if isinstance(item, TableItem))
    assert ("signed on 22\N{NO-BREAK SPACE}September 2024", DAY) == tuple(
        run.text for cell in item.grid.rows[0].cells for run in cell if isinstance(run, Words)
    )
    assert words(DAY) == item.grid.title


def test_of_few_cells_the_longest_counts() -> None:
    """A column of two cells, one short and one long, has the room of the long one."""
    columns = (Column("closed", words("Closed")), Column("asked", words("Asked")))
    rows = tuple(Row((words(text), words("some words " * 10))) for text in ("open", "some words " * 10))
    closed, asked = in_points(Grid("grid", words("Grid"), columns, rows))
    assert closed == pytest.approx(asked, rel=0.1)

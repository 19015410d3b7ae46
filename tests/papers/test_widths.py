"""The widths of columns: numbers and words are not broken, and long texts get the room."""

from projections.papers.layout import PAGE, SIZE, widths
from projections.papers.model import Column, Grid, Holds, Row, Words
from projections.papers.text_width import width


def grid(*columns: tuple[str, Holds, str], wide: bool = False) -> Grid:
    """Return a table of one row: the head of each column, what it holds, and its text."""
    heads = tuple(Column(str(index), (Words(head),), holds) for index, (head, holds, _) in enumerate(columns))
    row = Row(tuple((Words(text),) for _, _, text in columns))
    return Grid("grid", (Words("Title"),), heads, (row,), wide=wide)


def test_they_are_the_whole() -> None:
    """The shares add up to 1."""
    assert abs(sum(widths(grid(("Type", "words", "Academia"), ("Partners", "count", "6")))) - 1) < 1e-9


def test_a_number_has_the_room_of_its_digits_and_its_head() -> None:
    """However long the words are, a number and the words of its head are not broken."""
    name, amount = widths(grid(("Name", "words", "long " * 300), ("Organization", "money", "1,234,567,890.12")))
    assert amount * PAGE > width("1,234,567,890.12", SIZE)
    assert name > amount


def test_no_word_is_broken_where_there_is_room() -> None:
    """A column of short words keeps its longest one next to a column of long texts."""
    short, long = widths(grid(("Membership", "words", "organization"), ("Text", "words", "many words " * 100)))
    assert short * PAGE > width("organization", SIZE)
    assert long > short


def test_long_texts_get_the_room() -> None:
    """Texts take about the same number of lines: one of twice the length is twice as wide."""
    first, second = widths(grid(("A", "words", "some words " * 40), ("B", "words", "some words " * 80)))
    assert 1.8 < second / first < 2.2


def test_a_text_without_spaces_can_be_broken() -> None:
    """Chinese has no spaces: such a name does not take the room of others."""
    names = "长桥市示例科技有限公司" * 4
    chinese, latin = widths(grid(("Name", "words", names), ("Subject", "words", "skills for rural communities " * 10)))
    assert latin > chinese

"""Wrapping and shortening of long labels: they fit their width in any script."""

from hypothesis import given
from hypothesis import strategies as st

from projections.papers.text_width import ELLIPSIS, shortened, width, wrapped
from tests.reports import sample


def test_words_stay_whole_where_they_fit() -> None:
    """A label breaks between words, and nothing is lost."""
    lines = wrapped(sample.COLOMBIA, 216, 11, 4)
    assert len(lines) > 1
    assert sample.COLOMBIA == " ".join(lines)


def test_scripts_without_spaces_break_between_characters() -> None:
    """A long Chinese name takes several lines, and nothing is lost."""
    lines = wrapped(sample.CHINESE, 216, 11, 4)
    assert len(lines) > 1
    assert sample.CHINESE == "".join(lines)


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    """A label that is too long keeps its beginning, and ends in an ellipsis."""
    lines = wrapped(sample.AUSTRALIA, 216, 11, 4)
    assert 4 == len(lines)
    assert lines[-1].endswith(ELLIPSIS)
    assert sample.AUSTRALIA.startswith(" ".join(lines).removesuffix(ELLIPSIS))


def test_marks_that_join_letters_take_no_room() -> None:
    """A letter with a combining accent is as wide as the letter."""
    assert width("e", 11) == width("e\u0301", 11)


@given(st.text(), st.integers(1, 5))
def test_lines_fit_their_room(text: str, lines: int) -> None:
    """No line is wider than its room, and there are at most as many lines as allowed."""
    wrapped_lines = wrapped(text, 120, 11, lines)
    assert len(wrapped_lines) <= lines
    assert all(width(line, 11) <= 120 for line in wrapped_lines)


@given(st.text())
def test_a_shortened_text_fits(text: str) -> None:
    """A shortened text is not wider than its room."""
    assert width(shortened(text, 80, 11), 11) <= 80

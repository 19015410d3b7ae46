"""Texts of reports: amounts have one format, sentences end once, dates and references stay on one line."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from projections.queries.disclosure.content import _outcome_text
from projections.reports.model import Cell, Column, Section, Table
from projections.reports.render.html import rendered
from projections.reports.wording import difference_from, sentence
from tests.reports import sample


def test_amounts_that_changed_are_separated_like_all_others() -> None:
    """A measure is printed with thousands separators; a recorded text that only looks like an amount is unchanged."""
    then, now = "A course; issued; paid USD 49861.74", "ISO 27001; closed; paid USD 1123308.26; ordered JPY 86394786"
    assert "A course; issued; paid USD 49,861.74" == difference_from(then, now)
    assert "ISO 27001; closed; paid USD 1,123,308.26; ordered JPY 86,394,786" == difference_from(now, then)
    assert "nothing more" == difference_from(then, then)


def test_what_an_outcome_says_is_labelled() -> None:
    """A target, a day, an actual figure and its evidence have labels, since they look alike."""
    row = SimpleNamespace(summary="Schools connected.")
    assert "O1 planned: Schools connected (target 6, due 2026-03-31)" == _outcome_text(
        "O1 planned", row, target="6", due="2026-03-31"
    )
    assert "O1: Schools connected" == _outcome_text("O1", row, actual=None, evidence="")


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        ("Own staff would cost more", "", "Own staff would cost more."),
        ("Own staff would cost more.", "", "Own staff would cost more."),
        ("Own staff would cost more.", "SA/1", "Own staff would cost more (SA/1)."),
        ("Who pays?", "", "Who pays?"),
        ("由一个伙伴承担。", "", "由一个伙伴承担。"),
        ("It depends...", "", "It depends..."),
    ],
)
def test_a_sentence_ends_once(text: str, more: str, expected: str) -> None:
    """A text that was recorded with a full stop is not printed with two."""
    assert expected == sentence(text, more)


def test_dates_and_references_in_a_text_are_not_broken() -> None:
    """Dates of a period and references are not broken across lines; markup in a text stays text."""
    cell = Cell("2025-03-01 to <b>2026, order SO-2025-014 in well-known places")
    section = Section("one", "One", tables=(Table("one", "", (Column("What"),), ((cell,),)),))
    page = rendered(replace(sample.SAMPLE, sections=(section,)))
    day, order = (f'<span class="whole">{text}</span>' for text in ("2025-03-01", "SO-2025-014"))
    assert f">{day} to &lt;b&gt;2026, order {order} in well-known places<" in page

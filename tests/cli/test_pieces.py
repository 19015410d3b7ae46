"""JSON and tables that are put out piece by piece: the same bytes, each piece as soon as it is made."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.output.json_pieces import object_pieces
from cli.output.presentation import show_pieces
from cli.output.tables import Column, csv_text
from tests.transcripts.terminal import Terminal

values = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
rows = st.lists(st.dictionaries(st.text(max_size=3), values, max_size=2), max_size=3)


@given(values, rows, values)
def test_json_in_pieces(first: Any, listed: list[dict[str, Any]], last: Any) -> None:
    """The pieces are the text of the whole object, whatever its members and texts are."""
    whole = json.dumps({"as_of": 1, "first": first, "listé": listed, "last": last}, ensure_ascii=False, indent=2)
    pieces = object_pieces({"as_of": 1, "first": first}, "listé", listed, lambda: {"last": last})
    assert whole == "".join(pieces)


def test_csv_in_pieces() -> None:
    """Rows without the head go on with what was printed."""
    columns = [Column("a")]
    whole: list[dict[str, Any]] = [{"a": "1,5"}, {"a": None}]
    pieces = [csv_text([], columns), *(csv_text([row], columns, has_head=False) for row in whole)]
    assert csv_text(whole, columns) == "".join(pieces)


def test_pieces_go_out_as_they_are_made(capsys: pytest.CaptureFixture[str]) -> None:
    """A piece is printed before the next one is made."""
    printed = []

    def made() -> Iterator[dict[str, Any]]:
        for number in range(3):
            printed.append(capsys.readouterr().out)
            yield {"number": number}

    show_pieces(object_pieces({"as_of": 1}, "rows", made(), lambda: {"more": 0}))
    printed.append(capsys.readouterr().out)
    assert [[], ["0"], ["1"], ["2"]] == [re.findall(r'"number": (\d)', text) for text in printed]


def test_changes_page_by_page(terminal: Terminal) -> None:
    """Pages of one engagement together are the whole list; what stands behind it comes with the last page."""
    for ref in ("E-2", "E-3"):
        line = f"ledger engagement sign {ref} --title T --kind consultancy --party EY --effective 2026-03-01"
        assert 0 == terminal.type(line)[1]
    whole = json.loads(terminal.type("ledger changes --since 0 --format json")[0])
    assert ["E-1", "E-2", "E-3", None] == [group["engagement"] for group in whole["engagements"]]
    assert whole["of_other_parties"] > 0
    pages, after = [], ""
    for _ in range(3):
        pages.append(json.loads(terminal.type(f"ledger changes --since 0 --limit 1{after} --format json")[0]))
        after = f" --after {pages[-1]['engagements'][0]['engagement']}"
    assert whole["engagements"] == [group for page in pages for group in page["engagements"]]
    assert [2, 1, 0] == [page["more"] for page in pages]
    assert [None, None, whole["of_other_parties"]] == [page["of_other_parties"] for page in pages]

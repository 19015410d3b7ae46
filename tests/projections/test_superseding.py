"""Until when rows count, beside the plain rule: of what stands, the latest; of a facet, the first until it is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.tables.schema import NEVER
from projections.tables.supersede import Ends, RowInterval, by_coverage, by_next, with_intervals

DAYS = ("0001-01-01", "2024-01-01", "2024-02-01", "2024-03-01", "9999-12-31")
AFTER = 40


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[RowInterval], list[RowInterval]]:
    """Make statements of a subject, and what ends them: made, taken back and brought back, each at its position."""
    kinds: tuple[list[RowInterval], list[RowInterval]] = [], []
    open_rows: list[tuple[int, RowInterval]] = []
    closed: list[tuple[int, RowInterval]] = []
    for position in range(1, draw(st.integers(1, 14))):
        step = draw(st.sampled_from(("state", "state", "end", "void", "revive")))
        if step in ("state", "end"):
            day = draw(st.sampled_from(DAYS))
            kind = int(step == "end")
            open_rows += [
                (kind, RowInterval(position, line, position, None, day, NEVER, 0))
                for line in range(draw(st.integers(1, 2)))
            ]
        elif step == "void" and open_rows:
            kind, row = open_rows.pop(draw(st.integers(0, len(open_rows) - 1)))
            kinds[kind].append(row._replace(known_to=position))
            closed.append((kind, row))
        elif step == "revive" and closed:
            kind, row = closed.pop(draw(st.integers(0, len(closed) - 1)))
            open_rows.append((kind, row._replace(known_from=position)))
    for kind, row in open_rows:
        kinds[kind].append(row)
    return kinds


def _standing(rows: list[RowInterval], at: int, on: str) -> list[RowInterval]:
    return sorted(
        (
            row for row in rows
            if row.known_from <= at and (row.known_to is None or row.known_to > at) and row.effective_on <= on
        ),
        key=lambda row: row.order,
    )  # fmt: skip


def _counting(rows: list[RowInterval], at: int, on: str) -> list[tuple[int, int]]:
    return [row[:2] for row in _standing(rows, at, on) if row.superseded_on > on or row.superseded_at > at]


@pytest.mark.parametrize("ends", [by_next, by_coverage])
@given(history=histories())
def test_one_row_counts_and_it_is_the_right_one(
    ends: Ends, history: tuple[list[RowInterval], list[RowInterval]]
) -> None:
    """At every position and day, what says that it counts is what counts by the plain rule."""
    own, other = history
    rows = with_intervals(own, other, ends)
    for at in range(AFTER):
        for on in DAYS:
            standing = _standing(own, at, on)
            waiting = [] if _standing(other, at, on) else standing[:1]
            expected = standing[-1:] if ends is by_next else waiting
            assert _counting(rows, at, on) == [row[:2] for row in expected]


@pytest.mark.parametrize("ends", [by_next, by_coverage])
@given(history=histories(), known=st.integers(1, 14))
def test_bit_by_bit_comes_to_the_same_rows(
    ends: Ends, history: tuple[list[RowInterval], list[RowInterval]], known: int
) -> None:
    """Rows that were settled at some position, and again with all that came after, are those settled at once."""

    def until(rows: list[RowInterval]) -> list[RowInterval]:
        seen = [row for row in rows if row.known_from <= known]
        return [row._replace(known_to=None) if (row.known_to or 0) > known else row for row in seen]

    own, other = history
    early = with_intervals(until(own), until(other), ends)
    # What the log gives later: rows that are closed, and new ones.
    later = [
        row._replace(known_to=next((one.known_to for one in own if _is_within(row, one)), None))
        if row.known_to is None else row for row in early
    ] + [row for row in own if row.known_from > known]  # fmt: skip
    assert sorted(with_intervals(later, other, ends)) == sorted(with_intervals(own, other, ends))
    assert {row[:3] for row in early} <= {row[:3] for row in with_intervals(own, other, ends)}


def _is_within(row: RowInterval, whole: RowInterval) -> bool:
    return row[:2] == whole[:2] and whole.known_from <= row.known_from and (whole.known_to or AFTER) > row.known_from

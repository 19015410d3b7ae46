"""Intervals of rows against the plain rule: the latest known row is current; of a facet the first, until covered."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.application.open import open_ledger
from projections.runner.location import open_projections
from projections.tables.schema import NEVER
from projections.tables.supersede import Ends, RowInterval, Steps, by_coverage, by_next, with_intervals
from tests.attacks.forger import STORY, record

DAYS = ("0001-01-01", "2024-01-01", "2024-02-01", "2024-03-01", "9999-12-31")
AFTER = 40


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[RowInterval], list[RowInterval]]:
    """Draw rows of a subject and rows that end them: asserted, voided and restored at various positions."""
    kinds: tuple[list[RowInterval], list[RowInterval]] = [], []
    open_rows: list[tuple[int, RowInterval]] = []
    closed: list[tuple[int, RowInterval]] = []
    for position in range(1, draw(st.integers(1, 14))):
        step = draw(st.sampled_from(("state", "state", "end", "void", "restore")))
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
        elif step == "restore" and closed:
            kind, row = closed.pop(draw(st.integers(0, len(closed) - 1)))
            open_rows.append((kind, row._replace(known_from=position)))
    for kind, row in open_rows:
        kinds[kind].append(row)
    return kinds


def _known(rows: list[RowInterval], at: int, on: str) -> list[RowInterval]:
    return sorted(
        (
            row for row in rows
            if row.known_from <= at and (row.known_to is None or row.known_to > at) and row.effective_on <= on
        ),
        key=lambda row: row.order,
    )  # fmt: skip


def _current(rows: list[RowInterval], at: int, on: str) -> list[tuple[int, int]]:
    return [row[:2] for row in _known(rows, at, on) if row.superseded_on > on or row.superseded_at > at]


@pytest.mark.parametrize("ends", [by_next, by_coverage])
@given(history=histories())
def test_the_current_row_is_the_one_of_the_plain_rule(
    ends: Ends, history: tuple[list[RowInterval], list[RowInterval]]
) -> None:
    """At every position and day, the stored intervals select the row that the plain rule selects."""
    own, ending = history
    rows = with_intervals(own, ending, ends)
    for at in range(AFTER):
        for on in DAYS:
            known = _known(own, at, on)
            waiting = [] if _known(ending, at, on) else known[:1]
            expected = known[-1:] if ends is by_next else waiting
            assert _current(rows, at, on) == [row[:2] for row in expected]


@pytest.mark.parametrize("ends", [by_next, by_coverage])
@given(history=histories(), known=st.integers(1, 14))
def test_following_in_steps_gives_the_same_rows(
    ends: Ends, history: tuple[list[RowInterval], list[RowInterval]], known: int
) -> None:
    """Intervals computed at some position and then updated equal those computed once at the end."""

    def until(rows: list[RowInterval]) -> list[RowInterval]:
        known_rows = [row for row in rows if row.known_from <= known]
        return [row._replace(known_to=None) if (row.known_to or 0) > known else row for row in known_rows]

    own, ending = history
    early = with_intervals(until(own), until(ending), ends)
    # The rows that the log adds or closes later.
    later = [
        row._replace(known_to=next((whole.known_to for whole in own if _is_within(row, whole)), None))
        if row.known_to is None else row for row in early
    ] + [row for row in own if row.known_from > known]  # fmt: skip
    assert sorted(with_intervals(later, ending, ends)) == sorted(with_intervals(own, ending, ends))
    assert {row[:3] for row in early} <= {row[:3] for row in with_intervals(own, ending, ends)}


def _is_within(row: RowInterval, whole: RowInterval) -> bool:
    return row[:2] == whole[:2] and whole.known_from <= row.known_from and (whole.known_to or AFTER) > row.known_from


@pytest.mark.parametrize("ends", [by_next, by_coverage])
def test_a_void_costs_what_it_touches(ends: Ends) -> None:
    """A fact that was stated a thousand times and voided each time: each step looks at neighbours, not at all rows."""
    rows = [RowInterval(at, 0, at, 3000 + at, f"2026-01-{at % 28 + 1:02}", NEVER, 0) for at in range(1, 1001)]
    steps = Steps(ends)
    for row in rows:
        steps.take(row.known_from, [(True, True, row)])
    for row in rows:
        steps.take(row.known_from + 3000, [(False, True, row)])
    assert sorted(with_intervals(rows, [], ends)) == sorted(steps.rows())
    assert steps.looked <= 4 * 2 * len(rows)


def test_a_stream_with_voids_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Following a batch reads the stream of many voids once, not once for each."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    aliases = [("party alias", {"party": "A", "alias": f"Alias {number}"}) for number in range(40)]
    voids = [("void", {"positions": [3 + number], "reason": "Wrong"}) for number in range(40)]
    record(url, [STORY[0], *aliases, *voids])
    ledger = open_ledger(url)
    read: list[str] = []
    stream = ledger.store.stream

    def counting(name: str, last: int | None = None) -> list[tuple[int, bytes]]:
        read.append(name)
        return stream(name, last)

    monkeypatch.setattr(ledger.store, "stream", counting)
    engine = open_projections(ledger)
    engine.dispose()
    ledger.close()
    assert ["party/A"] == [name for name in read if name == "party/A"]

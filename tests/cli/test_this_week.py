"""What one person looks up every week: what is due, and what one party is to the organisation."""

import json
from pathlib import Path

import pytest

from tests.cli.filter_ledger import recorded
from tests.transcripts.terminal import Terminal


@pytest.fixture
def week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal, on Monday 23 November 2026, with agreements that end now, soon and before."""
    terminal = recorded(Terminal(tmp_path, monkeypatch))
    for number, ends in enumerate(("2026-11-29", "2026-11-30", "2026-12-20", *("2026-10-01",) * 5)):
        line = f"engagement sign W-{number} --title 'Work {number}' --kind consultancy --party P4 --ends-on {ends}"
        answer, code = terminal.type(f"ledger {line} --effective 2026-01-01 --unit IDS")
        assert 0 == code, answer
    return terminal


def test_what_is_due_by_period(week: Terminal) -> None:
    """What is due this week comes first, then this month, then later, then what is older; what is many is counted."""
    screen, code = week.type("ledger next --no-pager")
    assert 0 == code
    periods = ["this week (to 2026-11-29)", "this month (to 2026-11-30)", "later", "older"]
    lines = screen.splitlines()
    assert periods == [line for line in lines if line in periods]
    parts = {period: screen.split(f"{period}\n")[1].split("\n\n")[0] for period in periods}
    assert "W-0" in parts[periods[0]]
    assert "W-1" in parts[periods[1]]
    assert "W-2" in parts["later"]
    assert "end: 6, the first of 2026-10-01" in parts["older"]  # five of them, and E-3
    assert "ledger next --what end" in parts["older"]
    assert len(lines) < 60


def test_what_is_due_of_one_kind(week: Terminal) -> None:
    """`--what` lists every item of a kind, `--overdue` what is past, `--no-overdue` what is not."""

    def due(*options: str) -> list[str]:
        answer, code = week.words(["next", "--format", "json", *options])
        assert 0 == code, answer
        return sorted(row["engagement"] for row in json.loads(answer)["rows"])

    past = ["E-3", *(f"W-{number}" for number in range(3, 8))]
    assert [*past[:1], *(f"W-{number}" for number in range(8))] == due("--what", "end")
    assert past == due("--what", "end", "--overdue")
    assert ["W-0", "W-1", "W-2"] == due("--what", "end", "--no-overdue")
    assert ["W-0", "W-1"] == due("--where", "what=end", "--where", "due=2026-11", "--no-overdue")
    assert "5, the first" not in week.type("ledger next --what end")[0]
    answer, code = week.type("ledger next --what ends")
    assert (2, True) == (code, "Did you mean end?" in answer)


def test_what_a_party_is(week: Terminal) -> None:
    """`party show` has the engagements, money, orders and other names of a party; at most ten are listed."""
    facts = json.loads(week.type("ledger party show EY --format json")[0])
    assert ("EY", "3: 1 proposed, 2 signed") == (facts["also known as"], facts["engagements"])
    assert ("USD 101500.50", "USD 60000.00", "USD 60000.00") == tuple(
        facts[measure] for measure in ("ordered", "accepted", "paid")
    )
    assert 2 == facts["service orders"]
    assert "issued 2026-02-01; Inception report; USD 100000.00" == facts["order E-1 SO-1"]
    assert facts["engagement E-1"].startswith("signed; ")
    many = json.loads(week.type("ledger party show P4 --format json")[0])
    assert "9: 5 expired, 4 signed" == many["engagements"]
    assert "USD 99999.99" == many["signed"]
    before = json.loads(week.type("ledger party show EY --on 2026-01-31 --format json")[0])
    assert ("2: 2 signed", "service orders" in before) == (before["engagements"], False)

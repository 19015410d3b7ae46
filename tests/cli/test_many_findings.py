"""`ledger findings` on a terminal: many are counted by control, and the first are shown; all else is whole."""

import json

import pytest

from tests.transcripts.terminal import Terminal

NUMBERS = range(1, 5)


@pytest.fixture
def many(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal whose ledger has more findings than it shows."""
    for number in NUMBERS:
        sign = f"M-{number} --title T --kind consultancy --party EY=consultant --effective 2026-11-01"
        order = f"M-{number} SO-1 --subject S --vendor EY --amount 'USD {number}.00' --ex-post-facto Urgent"
        for line in (f"engagement sign {sign}", f"order issue {order} --effective 2026-10-28"):
            answer, code = terminal.type(f"ledger {line}")
            assert 0 == code, answer
    monkeypatch.setattr("cli.commands.comply.findings.MANY", 3)
    monkeypatch.setattr("cli.commands.comply.findings.FIRST", 2)
    return terminal


def test_many_findings_are_counted(many: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given more findings than a terminal shows, then their counts by control come first, and how to see the rest."""
    piped, _ = many.type("ledger findings")
    rows = json.loads(many.type("ledger findings --format json")[0])["rows"]
    csv, _ = many.type("ledger findings --format csv")
    listed, _ = many.type("ledger findings --control before-signature")
    for module in ("cli.commands.comply.findings", "cli.options.listing"):
        monkeypatch.setattr(f"{module}.is_terminal", lambda _: True)
    answer, code = many.type("ledger findings")
    assert 0 == code
    lines = answer.splitlines()
    counts = {words[0]: words[-2:] for words in map(str.split, lines[2 : lines.index("")])}
    found: dict[str, list[str]] = {row["control"]: [] for row in rows}
    for row in rows:
        found[row["control"]].append(row["status"])
    expected = {name: [str(all_.count("open")), str(len(all_))] for name, all_ in found.items()}
    every = [status for all_ in found.values() for status in all_]
    assert {**expected, "all": [str(every.count("open")), str(len(every))]} == counts
    assert "The first 2 follow; --control before-signature shows those of one control." in lines
    assert rows[0]["finding"] in answer
    assert rows[2]["finding"] not in answer
    assert f"{len(rows) - 2} more rows are not shown; --limit {len(rows)} shows all." in " ".join(answer.split())
    # Who asks for some of them gets these; what is no terminal gets all.
    assert listed == many.type("ledger findings --control before-signature")[0]
    assert csv == many.type("ledger findings --format csv")[0]
    assert rows == json.loads(many.type("ledger findings --format json")[0])["rows"]
    assert piped == many.type(f"ledger findings --limit {len(rows)}")[0].replace(f"; at most {len(rows)} rows", "")

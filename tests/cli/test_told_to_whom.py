"""Disclosures count to a body; a document's symbol stands for what it shows; changes count from a corrigendum."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.transcripts.terminal import Terminal

HISTORY = """
ledger init --origin example.org/ledger --currency USD
ledger party register "Alpha (illustrative)" --effective 2024-01-02
ledger engagement sign E-1 --title One --kind memorandum --party P00001 --effective 2024-01-03
ledger order issue E-1 SO-1 --subject One --amount "USD 1.00" --effective 2025-02-01
ledger disclosure publish W/1 --body "Working group" --cover E-1 --as-of-on 2025-03-01 --effective 2025-03-02
ledger disclosure publish C/1 --body Council --cover E-1 --as-of-on 2024-12-31 --as-of-position 4 --effective 2025-05-20
"""


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal on a ledger whose working group was told of more than the Council."""
    terminal = Terminal(tmp_path, monkeypatch)
    for line in HISTORY.strip().splitlines():
        typed(terminal, line)
    return terminal


def typed(terminal: Terminal, line: str) -> str:
    """Type a command that must succeed, and return its output."""
    answer, code = terminal.type(line)
    assert 0 == code, f"{line}\n{answer}"
    return answer


def shown(terminal: Terminal, line: str) -> Any:
    """Return the JSON of a reading command."""
    return json.loads(typed(terminal, f"{line} --format json"))


def orders(terminal: Terminal, options: str = "") -> list[str]:
    """Return the service orders that are not disclosed."""
    return [row["number"] for row in shown(terminal, f"ledger disclosures --undisclosed {options}")["rows"]]


def test_a_paper_to_a_working_group_does_not_tell_the_council(terminal: Terminal) -> None:
    """Each body has its own disclosures; without a body and a setting, any counts."""
    assert [] == orders(terminal)
    assert ["SO-1"] == orders(terminal, "--body Council")
    assert [] == orders(terminal, "--body 'Working group'")
    assert ["parties", "SO-1"] == [row["number"] or row["facet"] for row in shown(
        terminal, "ledger disclosures --undisclosed --body TDAG")["rows"]]  # fmt: skip
    first = shown(terminal, "ledger disclosures --body Council")["rows"]
    assert [("C/1", "parties")] == [(row["document"], row["facet"]) for row in first]


def test_the_setting_says_which_body_counts(terminal: Terminal) -> None:
    """With `governing-body` every reading speaks of that body, says so, and `--body` says otherwise."""
    typed(terminal, "ledger setting change governing-body Council --effective 2024-01-01")
    assert ["SO-1"] == orders(terminal)
    assert [] == orders(terminal, "--body 'any body'")
    assert "to Council" in typed(terminal, "ledger disclosures --undisclosed")
    assert "disclosed to Council" in typed(terminal, "ledger next")
    assert "SO-1" in typed(terminal, "ledger next")
    assert "SO-1" not in typed(terminal, "ledger next --body 'any body'")
    assert 1 == shown(terminal, "ledger status")["ledger"]["service orders not disclosed"]
    assert [] == shown(terminal, "ledger order list")["rows"][0]["disclosed_in"]
    for options, count, body in (("", 1, "Council"), ("--body 'Working group'", 0, "Working group")):
        typed(terminal, f"ledger report council --from 2025-01-01 --to 2025-12-31 {options} -o report.json")
        report = json.loads(Path("report.json").read_text("utf-8"))
        assert (count, body) == (report["figures"]["undisclosed_orders"], report["settings"]["governing-body"])
        assert any(f"shows it to {body}" in line for line in report["method"])


def test_the_order_of_february_is_not_disclosed_by_december(terminal: Terminal) -> None:
    """The list of what is not disclosed and the list of changes agree about it."""
    assert ["SO-1"] == orders(terminal, "--body Council")
    assert [] == shown(terminal, "ledger disclosures --changed-since --body Council")["rows"]
    (group,) = shown(terminal, "ledger changes --since C/1")["engagements"]
    assert "E-1" == group["engagement"]


def test_changes_since_a_corrigendum(terminal: Terminal) -> None:
    """What the corrigendum told is told no more; it is what disclosed the order, on its own day."""
    correct = "ledger disclosure correct C/1 'C/1(Cor.1)' --what 'An order was left out' --cover E-1=service-orders"
    assert "did not cover" in terminal.type(f"{correct} --as-of-on 2025-06-30 --effective 2025-07-01")[0]
    typed(
        terminal,
        "ledger disclosure publish C/2 --body Council --as-of-on 2025-02-01 --effective 2025-03-01 --cover E-1",
    )
    typed(terminal, 'ledger order issue E-1 SO-2 --subject Two --amount "USD 2.00" --effective 2025-06-01')
    typed(terminal, f"{correct.replace('C/1', 'C/2')} --as-of-on 2025-06-30 --effective 2025-07-01")
    assert ["E-1"] == [group["engagement"] for group in shown(terminal, "ledger changes --since C/2")["engagements"]]
    assert [] == shown(terminal, "ledger changes --since 'C/2(Cor.1)'")["engagements"]
    rows = [row for row in shown(terminal, "ledger disclosures --body Council")["rows"] if row["number"] == "SO-2"]
    assert [("C/2(Cor.1)", "2025-07-01", 30)] == [(row["document"], row["disclosed_on"], row["days"]) for row in rows]


def test_a_symbol_stands_for_what_the_document_shows(terminal: Terminal) -> None:
    """`--known-at` takes its date and position, `--on` its date; another text is refused as before."""
    as_of = shown(terminal, "ledger status --known-at C/1")["as_of"]
    assert ("2024-12-31", 4) == (as_of["on"], as_of["known_at"])
    as_of = shown(terminal, "ledger status --on C/1")["as_of"]
    assert ("2024-12-31", 8) == (as_of["on"], as_of["known_at"])
    assert "bad-moment" in terminal.type("ledger status --known-at C/9")[0]
    assert "bad-date" in terminal.type("ledger status --on C/9")[0]


def test_what_a_document_showed_of_an_order_is_in_words(terminal: Terminal) -> None:
    """It names the vendor, and says of the period what is recorded of it, and nothing of what is not."""
    typed(terminal, "ledger order amend E-1 SO-1 --amount 'USD 2.00' --ends-on 2025-12-31 --effective 2025-03-03")
    (changed,) = shown(terminal, "ledger disclosures --changed-since --body 'Working group'")["rows"]
    assert "One; Alpha (illustrative); issued; ordered USD 1.00" == changed["then"]
    assert "One; Alpha (illustrative); issued; until 2025-12-31; ordered USD 2.00" == changed["now"]

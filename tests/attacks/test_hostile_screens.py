"""No screen can be forged: what stands in a file reaches a terminal escaped, also where the file was altered."""

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from cli.terminal import visible, visible_line
from ledger.tlog.merkle import leaf_hash
from tests.house.tree import ROOT
from tests.proof.reports import HISTORY
from tests.transcripts.terminal import Terminal

POISON = (
    "\x1b[2J\x1b]0;owned\x07\x9b31m\u202eevil\u202c\u2028\u200b\x00\x08\r\x7f\U000e0041"
    "\nfinding: none\n\n1999-01-01  forged"
)
"""Clears the screen, sets title and colour, turns the line, hides, goes back, and begins lines that look like ours."""
RAW = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]|\r(?!\n)")
KEPT = (
    "type", "currency", "value", "kind", "percent", "party", "by", "between", "vendor", "number", "payment", "order",
    "engagement", "document", "report", "sha256", "vkey", "base", "quote", "rate", "version", "position", "facet",
    "facets", "engagements", "reporting_currency", "payer", "outcome", "likelihood", "impact", "risk", "acceptance",
)  # fmt: skip
"""Members of events without which nothing could be read any more: their forms are checked elsewhere."""
COMMANDS = (
    "log", "history E-1", "history E-3", "history P00001", "history C26/5", "history ledger", "history EUR-USD",
    *(f"show {position}" for position in range(1, 26)), "show 3 --raw", "status",
    "totals --by party --measure signed", "totals --by region --measure signed", "next", "changes --since 1",
    "disclosures", "engagement list", "engagement show E-1", "engagement show E-3", "party list", "party show P00001",
    "party show P00002", "order list", "order show E-3 SO-1", "payment list", "contribution list", "outcome list",
    "approval list", "information list", "risk list", "disclosure list", "disclosure show C26/5", "rate list",
    "setting list", "analysis list", "findings", "controls", "finding list", "conflict list", "materiality list",
    "review list", "action list", "document list", "definitions list", "checkpoint list",
    "report partnerships --year 2026", "report council", "report disclosures", "report engagement E-1",
    "explain partnerships /agreements --year 2026", "verify", "verify --back-dated 1", "party show Alpha",
    "history Beta",
    "order show E-3 SO", "engagement show E-9", "prove 3", "guard show",
)  # fmt: skip


def _poisoned(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: member if name in KEPT or name.endswith("_on") else _poisoned(member)
            for name, member in value.items()
        }
    if isinstance(value, list):
        return [_poisoned(member) for member in value]
    return f"{value}{POISON}" if isinstance(value, str) else value


@pytest.fixture
def altered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal with a ledger whose texts were altered with SQL, past its triggers."""
    (tmp_path / "desk").mkdir()
    terminal = Terminal(tmp_path / "desk", monkeypatch)
    for line in HISTORY.strip().splitlines():
        terminal.type(line)
    db = sqlite3.connect("ledger.db")
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    for position, data in db.execute("SELECT position, data FROM entries").fetchall():
        entry = json.loads(data)
        entry["event"] = {"type": entry["event"]["type"]} | _poisoned(entry["event"])
        entry |= {"actor": f"{entry['actor']}{POISON}", "reason": f"why{POISON}"}
        encoded = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
        # With the hash of the altered entry: a reader who compares both is deceived.
        altered = (encoded, entry["actor"], leaf_hash(encoded), position)
        db.execute("UPDATE entries SET data = ?, actor = ?, leaf = ? WHERE position = ?", altered)
    db.execute("UPDATE names SET key = key || ?", (POISON,))
    db.commit()
    db.close()
    for path in Path().glob("ledger.projections.db*"):
        path.unlink()
    return terminal


@pytest.mark.slow
@pytest.mark.parametrize("form", ["table", "list", "json", "csv"])
def test_an_altered_ledger_prints_no_control_character(altered: Terminal, form: str) -> None:
    """Every command that reads prints the altered texts, in every form, without a character that a terminal obeys."""
    shown = 0
    for command in COMMANDS:
        if form != "table" and command.startswith(("report", "prove", "show 3 --raw", "checkpoint", "guard")):
            continue
        answer, _ = altered.type(f"ledger {command}" + (f" --format {form}" if form != "table" else ""))
        if command == "show 3 --raw":
            continue  # its exact bytes, for a file or a pipe
        assert [] == RAW.findall(answer), f"{command}\n{answer!r}"
        assert "internal: this is a defect" not in answer, f"{command}\n{answer}"
        if form == "json" and answer.startswith(("{", "[")) and "error:" not in answer:
            assert json.loads(answer)
        shown += "\\u202e" in answer
    assert 20 < shown


@pytest.mark.slow
def test_reports_of_an_altered_ledger(altered: Terminal) -> None:
    """Files of reports hold no control characters either: somebody prints them on a terminal."""
    for number, form in enumerate(("md", "html", "csv", "json")):
        for report in ("partnerships --year 2026", "council", "disclosures", "engagement E-1"):
            file = Path(f"{number}.{form}")
            _, code = altered.type(f"ledger report {report} -o {file}")
            if code == 0:
                assert [] == RAW.findall(file.read_bytes().decode())
                file.unlink()


def test_a_reason_cannot_imitate_an_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Line feeds of a long text are indented in the history: only real entries begin a line."""
    (tmp_path / "desk").mkdir()
    terminal = Terminal(tmp_path / "desk", monkeypatch)
    terminal.type("ledger init --origin example.org/ledger --currency USD")
    entry = "2026-11-23  party.renamed  (position 2, recorded 2026-11-23 09:00 UTC by director/1)"
    forged = f"tidy up\n\n{entry}\n    reason: approved"
    request = {"command": "party register", "name": "Alpha", "reason": forged}
    terminal.type("ledger record -", json.dumps(request))
    answer, _ = terminal.type("ledger history P00001")
    starts = [line for line in answer.splitlines() if line and not line.startswith(" ")]
    assert 3 == len(starts)
    assert "party.registered" in starts[1]
    assert f"\n        {entry}\n" in answer


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1bb", "a\\u001bb"), ("a\u202eb", "a\\u202eb"), ("a\U000e0041", "a\\udb40\\udc41"), ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb\rc", "a\r\nb\\u000dc"), ("é 大 क्\u200dष", "é 大 क्\u200dष"), ("\udc80", "\\udc80"),
    ],
)  # fmt: skip
def test_what_is_shown(text: str, shown: str) -> None:
    """Characters that a terminal obeys, or does not show, are escaped as in JSON; a line keeps no line feed."""
    assert shown == visible(text)
    assert "\n" not in visible_line(text)
    if "\n" not in text:
        assert text == json.loads(f'"{visible(text)}"'.replace("\t", "\\t"))


def test_everything_is_printed_in_one_place() -> None:
    """No module of the command line prints but through `say` and `say_line`."""
    allowed = {"terminal.py", "messages.py", "progress.py", "presentation.py", "reference.py", "files.py"}
    printing = re.compile(r"click\.(echo|secho|echo_via_pager)\(|\bprint\(|sys\.std(out|err)\.(buffer\.)?write")
    found = {path.name for path in (ROOT / "cli").rglob("*.py") if printing.search(path.read_text("utf-8"))}
    assert found <= allowed

"""What reading commands print on a terminal of 80 columns fits it, whatever was recorded."""

import json
from pathlib import Path

import pytest
from wcwidth import wcswidth

from cli.output.presentation import folded
from stories import record
from tests.transcripts.terminal import Terminal

NOUNS = ("party", "engagement", "contribution", "order", "payment", "rate", "outcome", "review", "action", "risk",
         "conflict", "materiality", "analysis", "approval", "information", "document", "finding", "deviation",
         "disclosure", "setting")  # fmt: skip
SCREENS = (
    "status", "next", "next --within 400", "log --limit 100", "findings --limit 30", "controls", "compliance",
    "compliance list", "disclosures", "disclosures --undisclosed", "disclosures --changed-since", "changes --since 0",
    "imports", "sample --size 10 --seed 3", "totals --by party --measure signed", "totals --by region --measure signed",
    "totals --by kind --measure paid", "totals --by year --measure ordered", "guidelines list", "key show",
    "definitions list", *(f"{noun} list" for noun in NOUNS),
)  # fmt: skip


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of the ledger of a story with amounts in several currencies."""
    url = f"sqlite:///{tmp_path_factory.mktemp('story')}/ledger.db"
    record(url, 3, 40, range(2022, 2026))
    return url


@pytest.fixture
def screen(story: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal of 80 columns, as far as the program can tell, on the ledger of the story."""
    terminal = Terminal(tmp_path, monkeypatch)
    monkeypatch.setenv("LEDGER_URL", story)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LEDGER_PAGER", "cat")
    return terminal


def wide(terminal: Terminal, line: str) -> list[str]:
    """Return the lines of more than 80 columns that a command prints."""
    answer, code = terminal.type(f"ledger {line}")
    assert 0 == code, answer
    return [row for row in answer.splitlines() if wcswidth(row) > 80]


@pytest.mark.slow
def test_every_screen_fits(screen: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wider than the terminal: neither of a list, nor of what is shown of one record."""
    rows = {noun: json.loads(screen.type(f"ledger {noun} list --format json")[0])["rows"] for noun in NOUNS}
    monkeypatch.setattr("cli.output.presentation.is_terminal", lambda _: True)
    lines = list(SCREENS)
    for noun, key in (("engagement", "engagement"), ("party", "party"), ("disclosure", "document")):
        for row in rows[noun][::9]:
            lines += [f"{noun} show {row[key]}", f"history {row[key]}"]
    lines += [f"changes --since {rows['disclosure'][-1]['document']}"]
    found = {line: wide(screen, line)[:3] for line in lines}
    assert {} == {line: rows for line, rows in found.items() if rows}


def test_amounts_of_several_currencies_stand_below_each_other(screen: Terminal) -> None:
    """A cell with many amounts has a line for each, whole, where the table would be too wide."""
    assert [] == [row for row in wide(screen, "status") if not row.startswith("as of ")]
    answer, _ = screen.type("ledger status --format json")
    amounts = json.loads(answer)["ledger"]["signed"]
    assert len(amounts) > 2
    lines = [line.split(maxsplit=1)[-1] if line.startswith("signed ") else line.strip()
             for line in screen.type("ledger status")[0].splitlines()]  # fmt: skip
    at = lines.index(amounts[0])
    assert amounts == lines[at : at + len(amounts)]


def test_folding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are broken between words, further in; what is quoted, and what fits, stays."""
    monkeypatch.setenv("COLUMNS", "40")
    assert "short\n\n  also short\n" == folded("short\n\n  also short\n")
    text = "  reason: entered from the register, 'ledger undo --reason x' takes it back"
    first, *rest = folded(text).split("\n")
    assert "  reason: entered from the register," == first
    assert ["    'ledger undo --reason x' takes it", "    back"] == rest
    assert ["a" * 60, "  b"] == folded(f"{'a' * 60} b").split("\n")
    names = folded("云湖区示例科技有限公司 " * 4).split("\n")
    assert [22, 24, 24, 24] == [wcswidth(part) for part in names]

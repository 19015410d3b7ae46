"""Tables fit a terminal of 80 columns, with long and non-Latin names."""

import shutil
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tests.transcripts.terminal import Terminal

ROOT = Path(__file__).parents[2]
NAMES = [
    "国际电信联盟（说明性名称）与世界气象组织联合数字技能发展伙伴关系办公室",
    "منظمة الأمم المتحدة للتربية والعلم والثقافة (توضيحي)",
    "Ministerio de Tecnologías de la Información y las Comunicaciones (ilustrativo)",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
]
COMMANDS = [
    "engagement list", "party list", "contribution list", "order list", "disclosures --undisclosed", "log --limit 30",
    "totals --by party --measure signed", "explain partnerships regions.ARB.usd --year 2024", "status", "show 3",
    "engagement show BDT-2024-003", "disclosures --undisclosed --engagement BDT-2024-003",
]  # fmt: skip


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal of 80 columns with the register, and engagements of parties in several scripts."""
    terminal = Terminal(tmp_path, monkeypatch)
    shutil.copy(ROOT / "demo" / "data" / "register.csv", tmp_path)
    terminal.type("ledger init --origin example.org/ledger --currency USD")
    terminal.type("ledger import tdag25 register.csv")
    for number, name in enumerate(NAMES):
        terminal.words(["party", "register", name, "--ref", f"N{number}"])
        signing = [
            "engagement",
            "sign",
            f"E-{number}",
            "--title",
            name,
            "--kind",
            "memorandum",
            "--party",
            f"N{number}",
        ]
        terminal.words([*signing, "--contribution", f"N{number}=USD 100.00", "--effective", "2026-01-01"])
        ordering = ["order", "issue", f"E-{number}", "SO-1", "--subject", name, "--amount", "USD 10.00"]
        terminal.words([*ordering, "--effective", "2026-02-01"])
    return terminal


@pytest.mark.parametrize("line", COMMANDS)
def test_eighty_columns(terminal: Terminal, line: str) -> None:
    """No row of a table is wider than the terminal; the line below it, with the root, may wrap."""
    answer, code = terminal.type(f"ledger {line}")
    assert 0 == code
    rows = [row for row in answer.splitlines() if not row.startswith("as of ")]
    assert [] == [row for row in rows if wcswidth(row) > 80]

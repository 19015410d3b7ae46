"""The commands in the documents work, in their order."""

import re
import shutil
from pathlib import Path

import pytest

from tests.transcripts.terminal import Terminal

ROOT = Path(__file__).parents[2]


def _typed(text: str) -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines() if line.startswith("$ ")]
    return [line for line in lines if not line.startswith("export ")]


def _readme() -> list[str]:
    text = (ROOT / "README.md").read_text("utf-8")
    part = text.partition("## The job in a minute")[2].partition("\n## ")[0]
    joined = part.replace("\\\n", " ")
    lines = [line.strip().partition("   #")[0] for line in joined.splitlines()]
    return [re.sub(r"\s{2,}", " ", line) for line in lines if line.startswith("ledger ")]


@pytest.mark.parametrize(
    "document",
    [
        "README.md",
        "docs/tutorial.md",
        "docs/finding.md",
        "docs/secretary.md",
        "docs/documents.md",
        "docs/auditor.md",
        "docs/keeping.md",
        "docs/keys.md",
        "docs/witness.md",
        "docs/proofs.md",
        "docs/publishing.md",
        "docs/own-list.md",
        "docs/mistakes.md",
    ],
)
def test_every_command_works(document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command succeeds, except those that the text describes as refused."""
    terminal = Terminal(tmp_path, monkeypatch)
    for register in (ROOT / "demo" / "data").glob("*.csv"):
        shutil.copy(register, tmp_path)
    commands = _readme() if document == "README.md" else _typed((ROOT / document).read_text("utf-8"))
    assert len(commands) > 8
    for line in commands:
        if not line.startswith("openssl ") or shutil.which("openssl"):
            answer, code = terminal.type(line)
            assert 0 == code, f"{line}\n{answer}"
    if not shutil.which("openssl") and any(line.startswith("openssl ") for line in commands):
        pytest.skip("openssl is not installed: its commands were not run, all others were")


FROM_A_RESOLUTION = {
    "ledger guidelines check guidelines.toml": ("faults         0",),
    "ledger guidelines try guidelines.toml": ("1 from no rule to cannot be judged; 1 from no rule to not met",),
    "ledger compliance --status 'not met'": ("no strategic analysis", "1 not met"),
    "ledger compliance explain IDS-2026-001 analysis": ("NOT MET", "C24/99, paragraph 4", "from line 22 of C24/99"),
    "ledger next": ("ledger analysis record IDS-2026-001",),
    "ledger compliance --status met": ("strategic analysis on 2026-02-16", "1 met"),
    "ledger guidelines try later.toml": ("C26/12 would change 1 verdict: 1 from does not apply to not met",),
    "ledger guidelines list": ("superseded", "in force"),
    "python3 -I verify_guidelines.py council-2026 --policy policy.txt": ("verdicts: 2", "findings: 0"),
}
"""What commands of docs/guidelines.md answer, in part."""


def test_from_a_resolution_to_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file and the commands of docs/guidelines.md lead from an empty folder to a reported and proved set."""
    terminal = Terminal(tmp_path, monkeypatch)
    page = (ROOT / "docs" / "guidelines.md").read_text("utf-8")
    Path("guidelines.toml").write_text(page.partition("```toml\n")[2].partition("```")[0], "utf-8")
    answers: dict[str, str] = {}
    for line in _typed(page):
        answers[line], code = terminal.type(line)
        assert 0 == code, f"{line}\n{answers[line]}"
    for line, parts in FROM_A_RESOLUTION.items():
        for part in parts:
            assert part in answers[line], answers[line]
    assert "Findings" in Path("council-2026.html").read_text("utf-8")


def test_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The snippet of docs/verification.md prints the size and root that `ledger verify` prints."""
    terminal = Terminal(tmp_path, monkeypatch)
    terminal.type("ledger init --origin example.org/ledger --currency USD")
    for number in range(9):
        terminal.type(f"ledger party register 'Party {number} (illustrative)'")
    snippet = re.search(r"```python\n(.*?)```", (ROOT / "docs" / "verification.md").read_text("utf-8"), re.DOTALL)
    assert snippet is not None
    Path("by_hand.py").write_text(snippet[1], "utf-8")
    output, _ = terminal.type("python3 by_hand.py ledger.db")
    size, _, root = output.strip().partition(" ")
    assert ("10", True) == (size, f"10 entries, root {root}," in terminal.type("ledger verify --log-only")[0])

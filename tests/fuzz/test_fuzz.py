"""Any command line, JSON Lines file or register ends with a documented exit code, never with a traceback."""

import os
import random
from pathlib import Path

import pytest

from ledger.application.open import open_ledger
from ledger.files.attachments import content_of
from ledger.replay.procedure import replay_log
from ledger.verify.procedure import verify_log
from tests.fuzz.generators import command_line, json_line, leaves, register
from tests.projections.histories import BEGINNING, record_step
from tests.projections.supervised import AGREEMENT
from tests.transcripts.terminal import Terminal

SEED = int(os.environ.get("LEDGER_SEED", "20261123"))
SWEEP = bool(os.environ.get("LEDGER_SWEEP"))
LINES, FILES, REGISTERS = (7000, 1500, 1500) if SWEEP else (350, 60, 60)
"""Command lines; files of JSON Lines; registers: 10,000 in a sweep."""
DOCUMENTED = {0, 1, 2, 3, 4, 5}
REGISTER = Path(__file__).parents[2] / "demo" / "data" / "register.csv"


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal with a small ledger that has an attachment."""
    terminal = Terminal(tmp_path, monkeypatch)
    signing = (
        "ledger engagement sign E-1 --title One --kind memorandum --party P00001 --effective 2026-01-01 "
        "--contribution 'P00001=USD 100.00'"
    )
    for line in (
        "ledger init --origin example.org/ledger --currency USD",
        "ledger party register 'Alpha (illustrative)' --identifier LEI=1",
        signing,
        "ledger order issue E-1 SO-1 --subject S --amount 'USD 60.00' --effective 2026-02-01",
        "ledger order accept E-1 SO-1 'USD 40.00' --effective 2026-02-01",
    ):
        assert 0 == terminal.type(line)[1]
    Path("agreement.pdf").write_bytes(AGREEMENT)
    ledger = open_ledger()
    assert ledger.attachments is not None
    ledger.attachments.keep(Path("agreement.pdf"), content_of(Path("agreement.pdf")))
    assert all(record_step(ledger, step) for step in BEGINNING)
    ledger.close()
    return terminal


def _check(answer: str, code: int, seed: str, what: object) -> None:
    assert code in DOCUMENTED, f"exit code {code} with seed {seed}: {what!r}\n{answer}"
    assert "Traceback" not in answer, f"a traceback with seed {seed}: {what!r}\n{answer}"
    if code > 1:
        assert "error: " in answer or "Usage: " in answer, f"no error is shown with seed {seed}: {what!r}\n{answer}"


def _still_whole() -> None:
    ledger = open_ledger()
    assert [] == verify_log(ledger.store).findings
    assert [] == replay_log(ledger)
    ledger.close()


def test_command_lines(terminal: Terminal) -> None:
    """Random command lines."""
    known = leaves()
    for number in range(LINES):
        chance = random.Random(f"{SEED}/line/{number}")  # noqa: S311 - a seed that can be given again
        line = command_line(chance, known)
        _check(*terminal.words(line), f"{SEED}/line/{number}", line)
    _still_whole()


def test_json_lines(terminal: Terminal) -> None:
    """Random files of JSON Lines; some lines are recorded."""
    for number in range(FILES):
        chance = random.Random(f"{SEED}/file/{number}")  # noqa: S311 - a seed that can be given again
        lines = b"\n".join(json_line(chance) for _ in range(chance.randrange(1, 6)))
        Path("fuzz.jsonl").write_bytes(lines)
        each = ["--each"] if chance.random() < 0.5 else []
        _check(*terminal.words(["record", "fuzz.jsonl", *each]), f"{SEED}/file/{number}", lines)
    _still_whole()


def test_registers(terminal: Terminal) -> None:
    """Registers with changed bytes, cells and lines."""
    good = REGISTER.read_bytes()
    for number in range(REGISTERS):
        chance = random.Random(f"{SEED}/register/{number}")  # noqa: S311 - a seed that can be given again
        data = register(chance, good)
        Path(f"fuzz{number}.csv").write_bytes(data)
        options = chance.choice([[], ["--keep-going"], ["--as", "correction"], ["--dry-run"]])
        line = ["import", "tdag25", f"fuzz{number}.csv", *options]
        _check(*terminal.words(line), f"{SEED}/register/{number}", data)
    _still_whole()

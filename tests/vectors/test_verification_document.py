"""docs/verification.md is right: its steps and codes are those of the code, and its snippet works."""

import base64
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import ledger.replay.procedure
import ledger.verify.procedure
from ledger.application.open import make_ledger, open_ledger
from ledger.application.receipt import Receipt
from ledger.application.request import Request, command_from
from ledger.domain.organisation.settings import OpenLedger
from ledger.verify.findings import CODES
from ledger.verify.procedure import verify_log

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "verification.md").read_text("utf-8")
LAST_STEP = 21
ELSEWHERE = {
    16: "projections/runner/verify.py",
    18: "src/ledger/verify/bundle.py",
    20: "cli/commands/trust/verify.py",
    21: "projections/proof/verify_report.py",
}
"""Steps in neither list of the code, and the modules that perform them."""


def test_codes() -> None:
    """The table of findings has every code, with its step and meaning, in this order."""
    listed = re.findall(r"^\| `([a-z-]+)` \| (\d+) \| (.*) \|$", DOCUMENT, re.MULTILINE)
    assert listed == [(code, str(step), meaning) for code, (step, meaning) in CODES.items()]


def test_steps() -> None:
    """The steps are numbered 1 to 21 in the document, and have the same numbers in the lists of the code."""
    numbers = list(range(1, LAST_STEP + 1))
    assert numbers == [int(n) for n in re.findall(r"^(\d+)\. \*\*", DOCUMENT, re.MULTILINE)]
    in_verify = re.findall(r"^ +(\d+)\. ", ledger.verify.procedure.__doc__ or "", re.MULTILINE)
    in_replay = re.findall(r"^- (\d+)\. ", ledger.replay.procedure.__doc__ or "", re.MULTILINE)
    assert set(numbers) - set(ELSEWHERE) == {int(n) for n in in_verify + in_replay}


def test_each_step_is_marked_in_the_code() -> None:
    """The code that performs a step has its number."""
    text = "".join(
        path.read_text("utf-8")
        for part in ("verify", "replay")
        for path in (ROOT / "src" / "ledger" / part).glob("*.py")
    )
    marked = {int(n) for n in re.findall(r"# (\d+)$", text, re.MULTILINE)}
    assert set(range(1, LAST_STEP + 1)) - {16, 20, 21} <= marked | {18}


@pytest.fixture
def receipts(tmp_path: Path) -> list[Receipt]:
    """Return the receipts of a ledger of ten entries in the folder of the test."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    receipts_made = [make_ledger(url, OpenLedger(origin="example.org/hand", reporting_currency="USD"), "staff/1")]
    book = open_ledger(url)
    for number in range(9):
        command = command_from({"command": "party register", "name": f"Party {number} (illustrative)"})
        receipts_made.append(book.record(Request(commands=(command,), actor="staff/1")))
    result = verify_log(book.store)
    assert ([], receipts_made[-1].root) == (result.findings, result.root)
    book.close()
    return receipts_made


def _by_hand(folder: Path, *words: str) -> tuple[str, str]:
    found = re.search(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    assert found is not None
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", found[1], f"{folder}/ledger.db", *words],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout.strip(), done.stderr.strip()


def test_by_hand(tmp_path: Path, receipts: list[Receipt]) -> None:
    """The snippet needs only the standard library, and prints the size and root of the last receipt."""
    assert (f"10 {base64.b64encode(receipts[-1].root).decode()}", "") == _by_hand(tmp_path)


def test_by_hand_at_a_size(tmp_path: Path, receipts: list[Receipt]) -> None:
    """Given a size, the snippet prints the root at that size, which that receipt has."""
    for receipt in receipts:
        assert (f"{receipt.size} {base64.b64encode(receipt.root).decode()}", "") == _by_hand(
            tmp_path, str(receipt.size)
        )


def test_by_hand_with_a_gap(tmp_path: Path, receipts: list[Receipt]) -> None:
    """The snippet refuses a missing position."""
    db = sqlite3.connect(tmp_path / "ledger.db")
    db.executescript("DROP TRIGGER entries_last; DELETE FROM entries WHERE position = 4;")
    db.close()
    assert ("", "positions are missing") == _by_hand(tmp_path)

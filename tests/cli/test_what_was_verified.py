"""What was altered is not shown under a sound root, and figures say how far the log behind them was verified."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from tests.cli.test_damaged import change
from tests.transcripts.terminal import Terminal

TOTALS = "totals --by party --measure ordered"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal in a folder with a ledger of one order."""
    terminal = Terminal(tmp_path, monkeypatch)
    for line in (
        "init --origin example.org/ledger --currency USD",
        "party register 'Alpha (illustrative)' --ref A",
        "engagement sign E-1 --title Pilot --kind consultancy --party A",
        "order issue E-1 SO-1 --subject Report --amount 'USD 19900.00'",
    ):
        assert 0 == terminal.type(f"ledger {line}")[1]
    return terminal


def _said(terminal: Terminal, line: str) -> tuple[str, int]:
    text, code = terminal.type(f"ledger {line}")
    return " ".join(text.split()), code


@pytest.mark.parametrize(
    "line",
    [
        "show 4", "show 2-4", "show 4 --raw", "log", "log --type order.issued", "history E-1",
        "sample --size 4 --seed 1", "engagement show E-1", "order show E-1 SO-1",
        "order accept E-1 SO-1 'USD 99900.00'",
        "order amend E-1 SO-1 --amount 'USD 5.00'", "undo",
    ],
)  # fmt: skip
def test_an_altered_entry_is_not_shown(office: Terminal, tmp_path: Path, line: str) -> None:
    """An amount that was altered is refused as damage, with exit 5, by every command that shows the entry."""
    assert (0, True) == (_said(office, TOTALS)[1], "19900" in _said(office, TOTALS)[0])
    with contextlib.closing(sqlite3.connect(tmp_path / "ledger.db")) as db:
        (data,) = db.execute("SELECT data FROM entries WHERE position = 4").fetchone()
    altered = data.replace(b"19900", b"99900").hex()
    change(tmp_path / "ledger.db", f"UPDATE entries SET data = x'{altered}' WHERE position = 4")  # noqa: S608
    text, code = _said(office, line)
    assert (5, True) == (code, "the entry at position 4 is not the one whose hash is in the tree" in text)
    assert ("99900" in text, "Run 'ledger verify'" in text) == (False, True)


def test_figures_are_never_made_from_an_altered_entry(office: Terminal, tmp_path: Path) -> None:
    """Figures are folded from entries that give the root of the log, or refused."""
    with contextlib.closing(sqlite3.connect(tmp_path / "ledger.db")) as db:
        (data,) = db.execute("SELECT data FROM entries WHERE position = 4").fetchone()
    altered = data.replace(b"19900", b"99900").hex()
    change(tmp_path / "ledger.db", f"UPDATE entries SET data = x'{altered}' WHERE position = 4")  # noqa: S608
    for line in (TOTALS, "status", "order list", "report council --from 2026-01-01 --to 2026-12-31"):
        text, code = _said(office, line)
        assert (5, True) == (code, "do not give the root" in text), line


def test_a_log_whose_end_was_deleted(office: Terminal, tmp_path: Path) -> None:
    """Reading and recording end with exit 5 and 'ledger verify', and not with advice to try again."""
    change(tmp_path / "ledger.db", "DELETE FROM entries WHERE position = 4")
    for line in (TOTALS, "status", "log", "history E-1", "party register Beta", "order list"):
        text, code = _said(office, line)
        assert (5, True, True) == (code, "is damaged" in text, "Run 'ledger verify'" in text), f"{line}: {text}"


def test_how_far_the_log_was_verified(office: Terminal, tmp_path: Path) -> None:
    """A total and a report say whether the log was verified, when and up to which entry; a file does not."""
    assert "note: the log was not verified on this machine: 'ledger verify' does it." in _said(office, TOTALS)[0]
    assert 0 == _said(office, "verify")[1]
    assert "the log up to entry 4 was verified here on 2026-11-23." in _said(office, TOTALS)[0]
    report = "report council --from 2026-01-01 --to 2026-12-31 -o council.md"
    assert "the log up to entry 4 was verified here" in _said(office, report)[0]
    assert "verified here" not in (tmp_path / "council.md").read_text()
    assert 0 == _said(office, "party register Beta")[1]
    assert "was verified here on 2026-11-23, up to entry 4 of 5." in _said(office, TOTALS)[0]
    assert "verified" not in _said(office, f"{TOTALS} --format json")[0]


def test_another_log_than_the_one_that_was_verified(office: Terminal, tmp_path: Path) -> None:
    """A log of the same name with other entries is told from the one that was verified."""
    assert 0 == _said(office, "verify")[1]
    (tmp_path / "ledger.db").unlink()
    for line in ("init --origin example.org/ledger --currency USD", "party register Beta", "party register Gamma",
                 "party register Delta", "party register Epsilon"):  # fmt: skip
        assert 0 == _said(office, line)[1]
    assert "this is not the log of 4 entries that was verified here" in _said(office, TOTALS)[0]


@pytest.mark.parametrize("name", ["council.odt", "council.rtf", "council.xls", "council.htlm"])
def test_a_report_is_not_written_under_the_name_of_another_form(office: Terminal, tmp_path: Path, name: str) -> None:
    """A file name that asks for a form that does not exist is refused, and nothing is written."""
    text, code = _said(office, f"report council --from 2026-01-01 --to 2026-12-31 -o {name}")
    assert (2, True) == (code, "No report is written as" in text)
    assert not (tmp_path / name).exists()

"""Attacks on the projections: tables that lists and reports read, compared with a rebuild from the log (step 16)."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from cli.main import run
from cli.session import Session
from ledger.application.open import open_ledger
from projections.runner.cache import cache_path
from projections.runner.location import open_projections
from projections.runner.verify import compare
from tests.attacks.forger import Expected

DOUBLED = """INSERT INTO money SELECT entry, 1, known_from, known_to, effective_on, engagement, measure, party,
    order_number, currency, minor FROM money WHERE entry = 7"""
EDITS: dict[str, tuple[str, Expected]] = {
    "an amount edited": ("UPDATE money SET minor = minor + 1 WHERE measure = 'accepted'", [("projection-differs", 7)]),
    "an amount doubled": (DOUBLED, [("projection-differs", 7)]),
    "an amount taken away": ("DELETE FROM money WHERE entry = 7", [("projection-differs", 7)]),
    "a name edited": (
        "UPDATE party_facts SET value = 'Gamma' WHERE entry = 12 AND fact = 'name'",
        [("projection-differs", 12)],
    ),
    "what was voided counts again": (
        "UPDATE party_facts SET known_to = NULL WHERE entry = 8",
        [("projection-differs", 8)],
    ),
    "told to the Council on another day": (
        "UPDATE disclosures SET effective_on = '2024-01-01'",
        [("projection-differs", 9)],
    ),
    "a status made to end": (
        "UPDATE engagement_facts SET superseded_on = effective_on WHERE fact = 'status'",
        [("projection-differs", 3)],
    ),
    "what waits is hidden": ("UPDATE facets SET superseded_on = effective_on", [("projection-differs", 3)]),
    "a setting edited": (
        "UPDATE settings SET value = 'EUR' WHERE value = 'USD'",
        [("projection-differs", 1)],
    ),
    "a table emptied": ("DELETE FROM order_facts", [("projection-differs", 6)]),
    "hidden from what was known then": ("UPDATE money SET known_from = 8 WHERE entry = 5", [("projection-differs", 5)]),
}


@pytest.fixture
def url(recorded: Path, tmp_path: Path) -> str:
    """Return the URL of a ledger whose projections were built."""
    shutil.copy(recorded, tmp_path / "ledger.db")
    return f"sqlite:///{tmp_path}/ledger.db"


@pytest.fixture
def projections(url: str) -> Path:
    """Return the path of its projections file."""
    ledger = open_ledger(url)
    open_projections(ledger).dispose()
    ledger.close()
    return cache_path(url)


@pytest.mark.parametrize("attack", EDITS)
def test_found(url: str, projections: Path, attack: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An edited projection is a finding although the log is sound, and `ledger verify` exits with 1."""
    statement, expected = EDITS[attack]
    db = sqlite3.connect(projections)
    assert db.execute(statement).rowcount > 0
    db.commit()
    db.close()
    ledger = open_ledger(url)
    findings = compare(ledger)
    ledger.close()
    assert expected == [(finding.code, finding.position) for finding in findings]
    assert 0 == run(["verify", "--log-only"], Session(url=url))
    assert 1 == run(["verify"], Session(url=url))
    assert f"finding: {expected[0][0]}: " in capsys.readouterr().out


def test_pages_overwritten(url: str, projections: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A projections file that is no longer a database is a finding that says it will be rebuilt."""
    projections.write_bytes(b"\xff" * projections.stat().st_size)
    assert 1 == run(["verify"], Session(url=url))
    assert "finding: projection-broken: " in capsys.readouterr().out


def test_unedited_projections_match_a_rebuild(url: str, projections: Path) -> None:
    """Projections that nobody edited match a rebuild."""
    assert projections.is_file()
    ledger = open_ledger(url)
    assert [] == compare(ledger)
    ledger.close()

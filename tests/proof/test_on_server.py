"""Proofs of reports from a ledger on a PostgreSQL server."""

from pathlib import Path

import pytest

from tests.proof.reports import HISTORY, check_both, typed
from tests.transcripts.terminal import Terminal


def test_a_report_of_a_ledger_on_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres_url: str) -> None:
    """A proof folder written from a server is sound for both verifiers."""
    (tmp_path / "desk").mkdir()
    terminal = Terminal(tmp_path / "desk", monkeypatch)
    monkeypatch.setenv("LEDGER_URL", postgres_url)
    for line in HISTORY.strip().splitlines():
        typed(terminal, line)
    for report in ("council", "partnerships"):
        typed(terminal, f"ledger report {report} --on 2026-12-31 --proof ../{report}")
        assert ([], []) == check_both(tmp_path / report)

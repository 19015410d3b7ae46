"""A small ledger that the tests of questions, completion and output use."""

from pathlib import Path

import pytest

from tests.transcripts.terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal in a folder with a ledger: three parties, an engagement with an order, a list of kinds."""
    terminal = Terminal(tmp_path, monkeypatch)
    for line in (
        "init --origin example.org/ledger --currency USD",
        "party register EY",
        "party register 'EYGS LLP'",
        'party register "Côte d\'Ivoire Telecom (illustrative)" --alias CIT',
        "setting change list.kinds consultancy 'knowledge partnership' 'partnership agreement'",
        "engagement sign E-1 --title 'Data platform' --kind consultancy --party EY --effective 2026-01-10",
        "order issue E-1 SO-1 --subject 'Inception report' --amount 'USD 10.00' --effective 2026-02-01",
        "order issue E-1 SO-2 --subject 'Final report' --amount 'USD 20.00' --effective 2026-03-01",
    ):
        answer, code = terminal.type(f"ledger {line}")
        assert 0 == code, answer
    return terminal


@pytest.fixture
def folder(terminal: Terminal, tmp_path: Path) -> Path:
    """Return the folder of that ledger."""
    return tmp_path

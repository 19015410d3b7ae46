"""Fixtures: ledgers on which the tests report."""

from pathlib import Path

import pytest

from tests.reports.council_ledger import Secretariat, three


@pytest.fixture
def secretariat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Secretariat:
    """Return staff with an empty ledger."""
    return Secretariat(tmp_path, monkeypatch)


@pytest.fixture
def contribution(secretariat: Secretariat) -> Secretariat:
    """Return staff with a ledger of the three engagements in the contribution to the working group."""
    secretariat.record(*three())
    return secretariat

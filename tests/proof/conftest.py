"""Fixtures for the tests of verify_ledger.py: a folder with a sound log, and a function that checks a folder."""

from collections.abc import Callable
from pathlib import Path

import pytest

from projections.proof.verify_ledger import Findings, Folder, Log, read_log
from tests.proof.bundle import POLICY, Bundle

Result = tuple[list[str], Log | None]
Check = Callable[..., Result]


@pytest.fixture
def check() -> Check:
    """Return a function that checks the log in a folder and returns `code place` of each finding, and the log."""

    def checked(folder: Path, policy: str | bytes = POLICY) -> Result:
        findings = Findings()
        written = policy.encode() if isinstance(policy, str) else policy
        log = read_log(Folder(folder, findings), written, findings)
        return [f"{finding['code']} {finding['place']}" for finding in findings], log

    return checked


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a sound log of eight entries."""
    return Bundle().write(tmp_path / "published")

"""A log of five entries and a witness that trusts it."""

from pathlib import Path

import pytest

from tests.witness.logs import Log, Witness, numbered


@pytest.fixture
def log() -> Log:
    """Return a log of five entries."""
    return Log().grow(*numbered(0, 5))


@pytest.fixture
def witness(tmp_path: Path, log: Log) -> Witness:
    """Return a witness that trusts the log and has cosigned nothing."""
    return Witness(tmp_path / "witness", log)

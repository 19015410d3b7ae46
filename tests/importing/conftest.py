"""Every test of importing gets a desk of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.importing.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return a desk with a new ledger."""
    found = Desk(tmp_path)
    yield found
    found.ledger.close()

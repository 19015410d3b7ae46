"""Each import test gets its own workspace."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.importing.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Return a workspace with a new ledger."""
    workspace = Workspace(tmp_path)
    yield workspace
    workspace.ledger.close()

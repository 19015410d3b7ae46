"""The demo's registers, judged by its model guidelines."""

from collections.abc import Iterator

import pytest

from tests.compliance.registers import Judged


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    """Return the judged registers."""
    made = Judged(tmp_path_factory.mktemp("register"))
    yield made
    made.engine.dispose()

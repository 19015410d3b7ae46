"""Every rule's test gets a scenario of its own."""

from collections.abc import Iterator

import pytest

from tests.spec.scenario import Scenario


@pytest.fixture
def spec() -> Iterator[Scenario]:
    """Return a fresh scenario; a question whose answer no test looked at is a fault of the test."""
    scenario = Scenario()
    yield scenario
    scenario.close()
    assert not scenario.asked, "a question without a then"

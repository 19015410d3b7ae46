"""Every rule's test gets a scenario of its own."""

from collections.abc import Iterator

import pytest

from ledger.replay import replay_log
from ledger.verify import verify_log
from tests.spec.scenario import Scenario


@pytest.fixture
def spec() -> Iterator[Scenario]:
    """Return a fresh scenario. Whatever it recorded must verify; a question that no test looked at is a fault."""
    scenario = Scenario()
    yield scenario
    found = [*verify_log(scenario.store).findings, *replay_log(scenario.ledger)]
    scenario.close()
    assert [] == found
    assert not scenario.asked, "a question without a then"

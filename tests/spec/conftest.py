"""Every rule's test gets a scenario of its own."""

from collections.abc import Iterator

import pytest

from ledger.files.attachments import Attachments, content_of
from ledger.replay.procedure import replay_log
from ledger.verify.procedure import verify_log
from tests.attacks.verify_paths import replayed_fast, verified_fast
from tests.spec.scenario import AGREEMENT, KEPT, Scenario


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Attachments:
    """Return a place in which one file is kept: AGREEMENT."""
    folder = tmp_path_factory.mktemp("kept")
    file = folder / "agreement.pdf"
    file.write_bytes(AGREEMENT)
    attachments = Attachments(folder / "attachments")
    assert content_of(file) == KEPT
    attachments.keep(file, KEPT)
    return attachments


@pytest.fixture
def spec(kept: Attachments) -> Iterator[Scenario]:
    """Return a fresh scenario. Whatever it recorded must verify, quickly too; a question not looked at is a fault."""
    scenario = Scenario(kept)
    yield scenario
    found = [*verify_log(scenario.store).findings, *replay_log(scenario.ledger)]
    is_sure = verified_fast(scenario.store) is not None and replayed_fast(scenario.ledger) is not None
    scenario.close()
    assert [] == found
    assert is_sure, "the fast paths cannot confirm what the rules allow"
    assert not scenario.asked, "a question without a then"

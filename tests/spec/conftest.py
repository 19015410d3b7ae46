"""Fixtures of the rule tests: each test gets its own scenario."""

from collections.abc import Iterator

import pytest

from ledger.files.attachments import Attachments, content_of
from ledger.replay.procedure import replay_log
from ledger.verify.procedure import verify_log
from tests.attacks.verify_paths import replayed_fast, verified_fast
from tests.spec.scenario import AGREEMENT, KEPT, Scenario


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Attachments:
    """Return attachments that contain one file: AGREEMENT."""
    folder = tmp_path_factory.mktemp("kept")
    file = folder / "agreement.pdf"
    file.write_bytes(AGREEMENT)
    attachments = Attachments(folder / "attachments")
    assert content_of(file) == KEPT
    attachments.keep(file, KEPT)
    return attachments


@pytest.fixture
def spec(kept: Attachments) -> Iterator[Scenario]:
    """Return a new scenario.

    At the end its log must verify, also on the fast paths, and every `when` needs a `then`.
    """
    scenario = Scenario(kept)
    yield scenario
    findings = [*verify_log(scenario.store).findings, *replay_log(scenario.ledger)]
    is_sure = verified_fast(scenario.store) is not None and replayed_fast(scenario.ledger) is not None
    scenario.close()
    assert [] == findings
    assert is_sure, "the fast paths cannot confirm what the rules allow"
    assert not scenario.is_pending, "a `when` without a `then`"

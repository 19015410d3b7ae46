"""The golden manifest holds: what users and files see is what was last reviewed."""

import json

import pytest

from tests.house.manifest import FILE, differences, manifest


@pytest.mark.slow
def test_nothing_that_users_see_has_changed() -> None:
    """Every answer, report, page, file and code has the recorded digest; `--write` records an intended change."""
    assert [] == list(differences(json.loads(FILE.read_text("utf-8")), manifest()))

"""What became of a finding: an assessment counts for the entries that it names, and until its day."""

import pytest

from tests.findings.stories import STORIES
from tests.findings.world import history


@pytest.mark.parametrize("name", STORIES)
def test_dismissed_and_open_again(name: str) -> None:
    """A finding that is dismissed stays listed as dismissed, and is open again when another entry joins it."""
    story = STORIES[name]
    with history() as own:
        story.finds(own)
        (finding,) = own.findings(name)
        own.assess(finding, on="2026-01-01")
        (item,) = own.assessed(name)
        assert ("dismissed", finding.key, "") == (item.status, item.finding.key, item.why_open)
        assert item.assessment is not None
        assert ("Looked at", "2026-01-01") == (item.assessment.why, item.assessment.on)
        story.joins(own)
        again = next(item for item in own.assessed(name, "2026-03-01") if item.finding.key == finding.key)
        assert "open" == again.status
        assert {*again.joined} == {*again.finding.entries} - {*finding.entries}
        assert "joined since" in again.why_open


def test_until_a_day() -> None:
    """An assessment that ends counts on its last day, and not on the next."""
    with history() as own:
        STORIES["expired"].finds(own)
        (finding,) = own.findings("expired")
        own.assess(finding, "confirmed", "2026-01-01", until="2026-01-31")
        assert ["confirmed"] == [item.status for item in own.assessed("expired", "2026-01-31")]
        (item,) = own.assessed("expired", "2026-02-01")
        assert ("open", "confirmed until 2026-01-31") == (item.status, item.why_open)


def test_it_does_not_count_before_its_day() -> None:
    """On the day before it was assessed, a finding is open; what was voided of it does not count."""
    with history() as own:
        STORIES["after-end"].finds(own)
        (finding,) = own.findings("after-end")
        position = own.assess(finding, on="2026-01-01")
        assert ["open"] == [item.status for item in own.assessed("after-end", "2025-12-31")]
        assert ["dismissed"] == [item.status for item in own.assessed("after-end")]
        own.void(position)
        assert ["open"] == [item.status for item in own.assessed("after-end")]


def test_fewer_entries_stay_assessed() -> None:
    """A finding that rests on fewer entries than were assessed stays assessed: nothing new joined."""
    with history() as own:
        STORIES["before-signature"].finds(own)
        late = own.order("S2", "1.00", "2024-02-28", ex_post_facto="Urgent")
        (finding,) = own.findings("before-signature")
        own.assess(finding)
        own.void(late)
        assert ["dismissed"] == [item.status for item in own.assessed("before-signature")]

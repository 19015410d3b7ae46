"""Every control finds what it looks for, and not what lies a day or a cent away from it."""

from pathlib import Path

import pytest

from projections.findings.controls import SEVERITIES, Finding, control, controls
from projections.findings.examination import FACTS, OF_ENGAGEMENT, OF_LEDGER
from tests.findings import stories
from tests.findings.stories import STORIES
from tests.findings.world import history


def test_controls_are_complete() -> None:
    """There are 25 controls in five groups, each with a function, a story, a severity and known facts."""
    assert 25 == len(controls())
    assert ["order of time", "thresholds", "hands", "parties", "results and money"] == list(
        dict.fromkeys(item.group for item in controls().values())
    )
    assert controls().keys() == OF_ENGAGEMENT.keys() | OF_LEDGER.keys() == STORIES.keys()
    assert not OF_ENGAGEMENT.keys() & OF_LEDGER.keys()
    assert {item.severity for item in controls().values()} <= {*SEVERITIES}
    facts = {fact for item in controls().values() for fact in item.facts}
    assert facts - FACTS.keys() == {"documents", "threshold", "payments or acceptances"}


@pytest.mark.parametrize("name", STORIES)
def test_found(name: str) -> None:
    """A control finds what it looks for, under a key that stays, with entries that are in the log."""
    story = STORIES[name]
    with history() as own:
        story.finds(own)
        (finding,) = own.findings(name)
        assert f"{name}/{story.subjects}" == finding.key
        assert finding.entries
        assert all(0 < entry <= own.ledger.store.head().size for entry in finding.entries)
        assert finding.said
        story.joins(own)
        joined = next(item for item in own.findings(name) if item.key == finding.key)
        assert {*joined.entries} - {*finding.entries}


@pytest.mark.parametrize("name", STORIES)
def test_just_not_found(name: str) -> None:
    """A day or a cent away from what it looks for, a control finds nothing, though its facts are recorded."""
    with history() as own:
        STORIES[name].misses(own)
        assert [] == own.missing(name)
        assert [] == own.findings(name)


@pytest.mark.parametrize("name", STORIES)
def test_not_recorded(name: str) -> None:
    """In a ledger without its facts, a control says which ones are not recorded."""
    with history() as own:
        assert [*control(name).facts] == own.missing(name)


NEAR = {
    "days of orders": ("split-orders", stories.split("50.00", "2024-07-01")),
    "a cent below the least": ("just-below", stories.just_below("94.99")),
    "at the threshold": ("just-below", stories.just_below("100.00")),
    "a cancelled order": ("split-orders", stories.cancelled),
    "with competition": ("no-competition", stories.competed),
    "a proposal that the reviewer returned": ("proposed-and-approved", stories.returned),
    "a correction": ("recorded-late", stories.corrected),
    "a unit that records no receipts": ("receipts", stories.of_another_unit),
    "receipts that are recorded since later": ("receipts", stories.received_later),
    "names of one form": ("similar-names", stories.of_one_form),
}
"""What else lies just outside a control."""


@pytest.mark.parametrize("name", NEAR)
def test_just_outside(name: str) -> None:
    """What lies just outside a control in another respect is not found either."""
    found_by, course = NEAR[name]
    with history() as own:
        course(own)
        assert [] == own.findings(found_by)


def test_as_known_then() -> None:
    """A finding is that of the day and of what was known: neither later facts nor later dates count."""
    with history() as own:
        STORIES["expired"].finds(own)
        known = own.ledger.store.head().size
        own.do("engagement complete", "2025-07-05", engagement="E1")
        assert [] == own.findings("expired")
        assert ["expired/E1"] == [finding.key for finding in own.findings("expired", known_at=known)]
        assert [] == own.findings("expired", "2025-12-31", known)


def test_voiding_moves_it() -> None:
    """A finding goes when an entry it rests on is voided, and comes back under the same key when the void is voided."""
    with history() as own:
        STORIES["before-signature"].finds(own)
        (finding,) = own.findings("before-signature")
        void = own.void(max(finding.entries))
        assert [] == own.findings("before-signature")
        own.void(void)
        assert [finding] == own.findings("before-signature")
        assert [] == own.findings("before-signature", known_at=void)


def test_long_subjects() -> None:
    """A key is never longer than the name of a stream, and long subjects still tell findings apart."""
    subjects = ["E" * 120 + str(number) for number in range(2)]
    keys = {Finding(control("expired"), (text,), "", "", ()).key for text in subjects}
    assert 2 == len(keys)
    assert all(len(key) <= 128 for key in keys)


def test_the_page_has_them() -> None:
    """The page on findings says of each control what it looks for, how grave it is and which facts it needs."""
    page = (Path(__file__).parents[2] / "docs" / "findings.md").read_text("utf-8")
    for item in controls().values():
        assert f"| `{item.id}` | {item.severity} | {item.looks_for} |" in page
        assert f"| {', '.join(item.facts)} |" in page
        assert all(str(value) in page for value in item.parameters.values() if isinstance(value, int))

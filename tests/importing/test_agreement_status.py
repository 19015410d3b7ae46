"""Agreements with a ceiling and a state: the steps to it are recorded; the same row again adds nothing."""

import pytest

from ledger.importing.profile.load import read_profile
from tests.importing.workspace import TODAY, Workspace, faults, table

PROFILE = """
    kind = "agreements"
    [codes.status]
    ongoing = "active"
    finished = "completed"
    ended = "terminated"
    signed = "signed"
    closed = "closed"
    "?" = ""
    [columns]
    reference = "ref"
    title = "title"
    kind = "kind"
    parties = "party"
    signed_on = "signed"
    ends_on = "end"
    currency = "currency"
    ceiling = "limit"
    status = "state"
    status_on = "since"
"""
ROW = {"ref": "A-1", "title": "Survey", "kind": "framework", "party": "Alpha (illustrative)", "signed": "2024-03-01",
       "end": "", "currency": "CHF", "limit": "", "state": "", "since": ""}  # fmt: skip


@pytest.fixture
def frames(workspace: Workspace) -> Workspace:
    """Return a workspace with a profile of agreements with ceilings and states."""
    workspace.profile = read_profile("frames", PROFILE.encode())
    return workspace


def given(frames: Workspace, cells: dict[str, str], *, correct: bool = False) -> list[str]:
    """Import a row with these cells, and return the types of the entries that it adds, or the code of its fault."""
    size = frames.size
    result = frames.import_rows(data=table(ROW | cells), correct=correct)
    return [code for *_, code in faults(result)] or frames.tags(size + 1)


def test_ceiling(frames: Workspace) -> None:
    """Given a ceiling, when another row has a higher one, then it is an amendment; below the orders it is refused."""
    given(frames, {"limit": "1000"})
    assert "CHF 1000.00" == str(frames.engagement().get("ceiling"))
    assert [] == given(frames, {"limit": "1000"})
    assert ["engagement.amended"] == given(frames, {"limit": "2000"})
    frames.record("order issue", TODAY, engagement="A-1", number="SO-1", subject="S",
                  amount={"currency": "CHF", "value": "1500.00"})  # fmt: skip
    result = frames.import_rows(data=table(ROW | {"limit": "1200"}))
    assert [(1, "limit", "below-orders")] == faults(result)
    assert "CHF 2000.00" == str(frames.engagement().get("ceiling"))


@pytest.mark.parametrize(
    ("cells", "steps", "day"),
    [
        ({"state": "signed"}, [], "2024-03-01"),
        ({"state": "?"}, [], "2024-03-01"),
        ({"state": "ongoing", "since": "2024-04-01"}, ["activated"], "2024-04-01"),
        ({"state": "ongoing"}, ["activated"], TODAY),
        ({"state": "finished", "end": "2024-12-31"}, ["completed"], "2024-12-31"),
        ({"state": "finished", "end": "2030-12-31"}, ["completed"], TODAY),
        ({"state": "ended", "end": "2024-12-31", "since": "2024-06-30"}, ["terminated"], "2024-06-30"),
        ({"state": "closed", "end": "2024-12-31"}, ["completed", "closed"], "2024-12-31"),
    ],
)
def test_state_of_a_new_agreement(frames: Workspace, cells: dict[str, str], steps: list[str], day: str) -> None:
    """The steps that lead to the state are recorded on its day; the same row again adds nothing."""
    added = given(frames, cells)
    assert ["engagement.signed", *(f"engagement.{step}" for step in steps)] == added[1:]
    assert day == frames.entries()[-1].effective_on
    assert [] == given(frames, cells)


def test_state_that_changes(frames: Workspace) -> None:
    """Given an active agreement, when it is completed and then closed, then each is an amendment."""
    given(frames, {"state": "ongoing"})
    result = frames.import_rows(data=table(ROW | {"state": "finished"}))
    assert (1, [("status", "active", "completed")]) == (
        result.amended, [(change.field, change.was, change.becomes) for change in result.changes],
    )  # fmt: skip
    assert ["engagement.closed"] == given(frames, {"state": "closed"})
    assert ["status-differs"] == given(frames, {"state": "ongoing"})


def test_state_that_staff_changed(frames: Workspace) -> None:
    """Given a state by a row, when staff went on since, then the same row adds nothing."""
    given(frames, {"state": "ongoing"})
    frames.record("engagement complete", engagement="A-1")
    assert [] == given(frames, {"state": "ongoing"})
    assert [] == given(frames, {"state": "finished"})


def test_state_that_was_wrong(frames: Workspace) -> None:
    """With --as correction the wrong steps are voided, and the right ones recorded."""
    given(frames, {"state": "closed", "end": "2024-12-31"})
    added = given(frames, {"state": "ended", "end": "2024-12-31", "since": "2024-06-30"}, correct=True)
    assert ["entry.voided", "entry.voided", "engagement.terminated"] == added
    assert "terminated" == frames.engagement().status


def test_state_that_is_none(frames: Workspace) -> None:
    """A word that is no state is refused with those that are; so is a state before its signature."""
    assert ["unknown-source-code"] == given(frames, {"state": "running"})
    frames.profile = read_profile("frames", PROFILE.replace("[codes.status]", "[codes.unit]").encode())
    assert ["unknown-status"] == given(frames, {"state": "running"})
    assert ["not-signed-yet"] == given(frames, {"state": "active", "since": "2031-01-01"})
    assert ["goes-back"] == given(frames, {"state": "active", "since": "2023-01-01"})

"""What changed since a body was told: from the position that a document shows, by engagement, voids included."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.application.ledger import Ledger
from ledger.application.request import Request, command_from
from projections.history.since import ChangesSince, NothingDisclosed, Point, find_document, last_document, no_document
from tests.projections.histories import play

Record = Callable[..., int]

SIGNED = {"command": "engagement sign", "title": "Data platform", "kind": "consultancy", "unit": "IDS"}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return a ledger with two parties and an engagement with each."""
    made = play([], tmp_path)
    for ref in ("A", "B"):
        _record(made, "2025-01-05", command="party register", ref=ref, name=f"Party {ref}")
        _record(made, "2025-02-01", **SIGNED, engagement=f"E-{ref}", parties=[{"party": ref}])
    return made


def _record(ledger: Ledger, day: str, why: str | None = None, **members: Any) -> int:
    """Record a command; return its first position."""
    request = Request(commands=(command_from(members),), actor="staff/1", effective_on=day, reason=why)
    return ledger.record(request).first


def _told(
    ledger: Ledger, document: str, *refs: str, day: str = "2025-03-01", body: str = "Council", **members: Any
) -> int:
    cover = [{"engagement": ref, "facets": ["parties", "duration"]} for ref in refs]
    publish: dict[str, Any] = {"command": "disclosure publish", "document": document, "body": body, "cover": cover}
    return _record(ledger, day, **publish, **members)


def _amend(ledger: Ledger, ref: str, title: str) -> int:
    return _record(ledger, "2025-04-01", "Renamed", command="engagement amend", engagement=ref, title=title)


def _since(ledger: Ledger, document: str) -> dict[str, list[int]]:
    shown = find_document(ledger, _size(ledger), document)
    assert shown is not None
    return _positions(ChangesSince(ledger, shown.at, _size(ledger), shown.later))


def _size(ledger: Ledger) -> int:
    return ledger.store.head().size


def _positions(since: ChangesSince) -> dict[str, list[int]]:
    return {group.engagement: [one.change.position for one in group.changes] for group in since.groups}


def test_a_document_means_the_position_that_it_shows(ledger: Ledger) -> None:
    """What was recorded after what the document shows counts, also if that was before it was published."""
    shows = _size(ledger)
    between = _amend(ledger, "E-A", "Before it was published")
    _told(ledger, "C26/1", "E-A", day="2025-05-01", as_of_position=shows)
    after = _amend(ledger, "E-B", "After")
    assert {"E-A": [between], "E-B": [after]} == _since(ledger, "C26/1")


def test_what_a_document_did_not_show_yet_is_a_change(ledger: Ledger) -> None:
    """What was recorded before, and effective after the day that the document shows, changed since.

    What was taken back by then does not count, nor does that a party is registered, which has no day.
    """
    ahead = _record(ledger, "2025-04-01", command="engagement extend", engagement="E-A", ends_on="2026-03-31")
    wrong = _record(ledger, "2025-04-02", command="engagement extend", engagement="E-B", ends_on="2027-03-31")
    _record(ledger, "2025-02-20", command="void", positions=[wrong], reason="Of another engagement")
    registered = _record(ledger, "2025-04-03", command="party register", ref="C", name="Party C")
    _told(ledger, "C26/1", "E-A", "E-B", day="2025-03-01")
    document = find_document(ledger, _size(ledger), "C26/1")
    assert document is not None
    assert Point(registered, "2025-03-01") == document.at
    told = ChangesSince(ledger, document.at, _size(ledger), document.later)
    assert {"E-A": [ahead]} == _positions(told)
    assert 0 == told.elsewhere


def test_each_change_has_from_to_who_and_why(ledger: Ledger) -> None:
    """A change tells what it was and what it is, by whom, when, and why; its group has title and unit."""
    start = _size(ledger)
    _amend(ledger, "E-A", "Platform")
    group = ChangesSince(ledger, Point(start), _size(ledger)).groups[0]
    change = group.changes[0].change
    assert ("E-A", "Platform", "IDS", Point(start)) == (group.engagement, group.title, group.unit, group.since)
    assert [("title", "Data platform", "Platform")] == [tuple(difference[:3]) for difference in change.differences]
    assert ("staff/1", "Renamed", "2025-04-01") == (change.entry.actor, change.entry.reason, change.entry.effective_on)


def test_the_last_document_is_the_last_that_was_published(ledger: Ledger) -> None:
    """The day of publication counts, not the order of recording; a body has its own last document."""
    _told(ledger, "C26/9", "E-A", day="2025-06-01")
    _told(ledger, "C26/1", "E-A", day="2025-03-01")
    _told(ledger, "T26/1", "E-A", day="2025-07-01", body="TDAG")
    assert "T26/1" == last_document(ledger, _size(ledger)).document
    assert "C26/9" == last_document(ledger, _size(ledger), "Council").document
    with pytest.raises(NothingDisclosed):
        last_document(ledger, _size(ledger), "Bureau")


def test_a_voided_publication_and_one_of_later_are_not_there(ledger: Ledger) -> None:
    """A document whose publication was taken back told nobody; nor did one that is not known yet."""
    first = _told(ledger, "C26/1", "E-A")
    before = first - 1
    _record(ledger, "2025-05-01", command="void", positions=[first, first + 1], reason="Withdrawn")
    for known_at in (before, _size(ledger)):
        assert find_document(ledger, known_at, "C26/1") is None
    assert find_document(ledger, first + 1, "C26/1") is not None


def test_a_correction_counts_for_what_it_covers(ledger: Ledger) -> None:
    """An engagement that was corrected wholly is told from the correction on; all others from the document on."""
    _told(ledger, "C26/1", "E-A", "E-B")
    changed = {ref: _amend(ledger, ref, "Renamed") for ref in ("E-A", "E-B")}
    correct = {"command": "disclosure correct", "document": "C26/1", "what": "The title"}
    cover = [{"engagement": "E-A", "facets": ["parties"]}]
    _record(ledger, "2025-05-01", **correct, correction="C26/1(Cor.1)", cover=cover)
    assert {"E-A": [changed["E-A"]], "E-B": [changed["E-B"]]} == _since(ledger, "C26/1")
    whole = [{"engagement": "E-A", "facets": ["parties", "duration"]}]
    _record(ledger, "2025-06-01", **correct, correction="C26/1(Cor.2)", cover=whole)
    assert {"E-B": [changed["E-B"]]} == _since(ledger, "C26/1") == _since(ledger, "C26/1(Cor.2)")


def test_voids_stand_as_corrections(ledger: Ledger) -> None:
    """What was recorded and taken back since stands twice: as it was recorded, and as it was taken back."""
    start = _size(ledger)
    amended = _amend(ledger, "E-A", "Wrong")
    void = _record(ledger, "2025-05-01", command="void", positions=[amended], reason="Of another engagement")
    first, second = ChangesSince(ledger, Point(start), _size(ledger)).groups[0].changes
    assert (amended, void) == (first.change.position, first.voided_by)
    assert (void, amended, None) == (second.change.position, second.change.voids, second.voided_by)
    assert [("title", "Wrong", "Data platform")] == [tuple(difference[:3]) for difference in second.change.differences]


def test_what_changed_of_a_party_stands_with_its_engagements(ledger: Ledger) -> None:
    """A party's new name concerns its engagements; that two belong together, those of both; else it is only counted."""
    start = _size(ledger)
    _record(ledger, "2025-04-01", command="party register", ref="C", name="Party C")
    renamed = _record(ledger, "2025-04-01", command="party rename", party="B", name="Party of B")
    linked = _record(ledger, "2025-04-02", command="party affiliate", party="A", other="B", relation="one network")
    since = ChangesSince(ledger, Point(start), _size(ledger))
    assert {"E-A": [linked], "E-B": [renamed, linked]} == _positions(since)
    assert ["A"] == [one.party for one in since.groups[0].changes]
    assert 1 == since.elsewhere
    void = _record(ledger, "2025-05-01", command="void", positions=[linked], reason="They do not")
    assert [renamed, linked, void] == _positions(ChangesSince(ledger, Point(start), _size(ledger)))["E-B"]


def test_settings_and_rates_concern_every_engagement(ledger: Ledger) -> None:
    """What changes figures of all engagements stands apart, last; documents are no change."""
    start = _size(ledger)
    rate = _record(ledger, "2025-04-01", command="rate record", base="EUR", quote="USD", rate="1.1", source="example")
    amended = _amend(ledger, "E-A", "Platform")
    _told(ledger, "C26/1", "E-A", day="2025-05-01")
    assert {"E-A": [amended], "": [rate]} == _positions(ChangesSince(ledger, Point(start), _size(ledger)))
    assert ["E-A", ""] == list(_positions(ChangesSince(ledger, Point(start), _size(ledger))))


def test_as_known_then_and_effective_by(ledger: Ledger) -> None:
    """Nothing is told from after the end, and, where a day is given, nothing that takes effect later."""
    start = _size(ledger)
    first = _amend(ledger, "E-A", "First")
    _amend(ledger, "E-A", "Second")
    assert {"E-A": [first]} == _positions(ChangesSince(ledger, Point(start), first))
    assert {} == _positions(ChangesSince(ledger, Point(start), first, on="2025-03-31"))
    assert {} == _positions(ChangesSince(ledger, Point(_size(ledger) + 5), _size(ledger)))


def test_an_unknown_document_suggests_what_is_near(ledger: Ledger) -> None:
    """The refusal names the symbols that resemble what was typed."""
    _told(ledger, "C26/47", "E-A")
    assert "Did you mean C26/47?" == no_document(ledger, _size(ledger), "C26/48").hint
    assert "See 'ledger disclosure list'." == no_document(ledger, _size(ledger), "nothing").hint

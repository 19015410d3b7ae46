"""Changes since a document was published: from the point that it shows, by engagement, including voids."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.application.ledger import Ledger
from ledger.application.request import Request, command_from
from projections.history.later_changes import ChangesSince
from projections.history.since import NothingDisclosed, Point, find_document, last_document, no_document
from tests.projections.histories import play

Record = Callable[..., int]

SIGNED = {"command": "engagement sign", "title": "Data platform", "kind": "consultancy", "unit": "IDS",
          "ends_on": "2027-12-31"}  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return a ledger with two parties and an engagement with each."""
    ledger = play([], tmp_path)
    for ref in ("A", "B"):
        _record(ledger, "2025-01-05", command="party register", ref=ref, name=f"Party {ref}")
        _record(ledger, "2025-02-01", **SIGNED, engagement=f"E-{ref}", parties=[{"party": ref}])
    return ledger


def _record(ledger: Ledger, day: str, why: str | None = None, **members: Any) -> int:
    """Record a command; return its first position."""
    request = Request(commands=(command_from(members),), actor="staff/1", effective_on=day, reason=why)
    return ledger.record(request).first


def _publish(
    ledger: Ledger, document: str, *refs: str, day: str = "2025-03-01", body: str = "Council", **members: Any
) -> int:
    cover = [{"engagement": ref, "facets": ["parties", "duration"]} for ref in refs]
    publish: dict[str, Any] = {"command": "disclosure publish", "document": document, "body": body, "cover": cover}
    return _record(ledger, day, **{**publish, "as_of_on": day, **members})


def _amend(ledger: Ledger, ref: str, title: str) -> int:
    return _record(ledger, "2025-04-01", "Renamed", command="engagement amend", engagement=ref, title=title)


def _since(ledger: Ledger, document: str) -> dict[str, list[int]]:
    shown = find_document(ledger, _size(ledger), document)
    assert shown is not None
    return _positions(ChangesSince(ledger, shown.at, _size(ledger), shown.later))


def _size(ledger: Ledger) -> int:
    return ledger.store.head().size


def _positions(since: ChangesSince) -> dict[str, list[int]]:
    return {group.engagement: [later.change.position for later in group.changes] for group in since.groups()}


def test_a_document_means_the_position_that_it_shows(ledger: Ledger) -> None:
    """Entries after the position that the document shows are changes, even if they precede its publication."""
    shows = _size(ledger)
    between = _amend(ledger, "E-A", "Before it was published")
    _publish(ledger, "C26/1", "E-A", day="2025-05-01", as_of_position=shows)
    after = _amend(ledger, "E-B", "After")
    assert {"E-A": [between], "E-B": [after]} == _since(ledger, "C26/1")


def test_what_a_document_did_not_show_yet_is_a_change(ledger: Ledger) -> None:
    """Entries that are effective only after the day that the document shows are changes.

    Entries that were voided by then are none, nor are registrations of parties, which have no effective date.
    """
    ahead = _record(ledger, "2025-04-01", command="engagement extend", engagement="E-A", ends_on="2028-03-31")
    wrong = _record(ledger, "2025-04-02", command="engagement extend", engagement="E-B", ends_on="2029-03-31")
    _record(ledger, "2025-02-20", command="void", positions=[wrong], reason="Of another engagement")
    registered = _record(ledger, "2025-04-03", command="party register", ref="C", name="Party C")
    _publish(ledger, "C26/1", "E-A", "E-B", day="2025-03-01")
    document = find_document(ledger, _size(ledger), "C26/1")
    assert document is not None
    assert Point(registered, "2025-03-01") == document.at
    since = ChangesSince(ledger, document.at, _size(ledger), document.later)
    assert {"E-A": [ahead]} == _positions(since)
    assert 0 == since.elsewhere()


def test_each_change_has_from_to_who_and_why(ledger: Ledger) -> None:
    """A change has the values before and after, the actor, the date and the reason; its group has title and unit."""
    start = _size(ledger)
    _amend(ledger, "E-A", "Platform")
    group = next(ChangesSince(ledger, Point(start), _size(ledger)).groups())
    change = group.changes[0].change
    assert ("E-A", "Platform", "IDS", Point(start)) == (group.engagement, group.title, group.unit, group.since)
    assert [("title", "Data platform", "Platform")] == [tuple(difference[:3]) for difference in change.differences]
    assert ("staff/1", "Renamed", "2025-04-01") == (change.entry.actor, change.entry.reason, change.entry.effective_on)


def test_the_last_document_is_the_last_that_was_published(ledger: Ledger) -> None:
    """The last document is the one published last, not recorded last; a body has its own last document."""
    _publish(ledger, "C26/9", "E-A", day="2025-06-01")
    _publish(ledger, "C26/1", "E-A", day="2025-03-01")
    _publish(ledger, "T26/1", "E-A", day="2025-07-01", body="TDAG")
    assert "T26/1" == last_document(ledger, _size(ledger)).document
    assert "C26/9" == last_document(ledger, _size(ledger), "Council").document
    with pytest.raises(NothingDisclosed):
        last_document(ledger, _size(ledger), "Bureau")


def test_voided_and_later_publications_are_not_found(ledger: Ledger) -> None:
    """A document is not found after its publication was voided, nor before it is known."""
    first = _publish(ledger, "C26/1", "E-A")
    before = first - 1
    _record(ledger, "2025-05-01", command="void", positions=[first, first + 1], reason="Withdrawn")
    for known_at in (before, _size(ledger)):
        assert find_document(ledger, known_at, "C26/1") is None
    assert find_document(ledger, first + 1, "C26/1") is not None


def test_a_correction_counts_for_what_it_covers(ledger: Ledger) -> None:
    """For a fully corrected engagement the changes start at the correction; for all others, at the document."""
    _publish(ledger, "C26/1", "E-A", "E-B")
    changed = {ref: _amend(ledger, ref, "Renamed") for ref in ("E-A", "E-B")}
    correct = {"command": "disclosure correct", "document": "C26/1", "what": "The title", "as_of_on": "2025-05-01"}
    cover = [{"engagement": "E-A", "facets": ["parties"]}]
    _record(ledger, "2025-05-01", **correct, correction="C26/1(Cor.1)", cover=cover)
    assert {"E-A": [changed["E-A"]], "E-B": [changed["E-B"]]} == _since(ledger, "C26/1")
    whole = [{"engagement": "E-A", "facets": ["parties", "duration"]}]
    _record(ledger, "2025-06-01", **correct, correction="C26/1(Cor.2)", cover=whole)
    assert {"E-B": [changed["E-B"]]} == _since(ledger, "C26/1") == _since(ledger, "C26/1(Cor.2)")


def test_a_void_is_a_change_of_its_own(ledger: Ledger) -> None:
    """An entry that was recorded and voided since gives two changes: the entry and the void."""
    start = _size(ledger)
    amended = _amend(ledger, "E-A", "Wrong")
    void = _record(ledger, "2025-05-01", command="void", positions=[amended], reason="Of another engagement")
    first, second = next(ChangesSince(ledger, Point(start), _size(ledger)).groups()).changes
    assert (amended, void) == (first.change.position, first.voided_by)
    assert (void, amended, None) == (second.change.position, second.change.voids, second.voided_by)
    assert [("title", "Wrong", "Data platform")] == [tuple(difference[:3]) for difference in second.change.differences]


def test_changes_of_a_party_are_listed_with_its_engagements(ledger: Ledger) -> None:
    """A rename concerns the engagements of the party, an affiliation those of both; other changes are only counted."""
    start = _size(ledger)
    _record(ledger, "2025-04-01", command="party register", ref="C", name="Party C")
    renamed = _record(ledger, "2025-04-01", command="party rename", party="B", name="Party of B")
    linked = _record(ledger, "2025-04-02", command="party affiliate", party="A", other="B", relation="one network")
    since = ChangesSince(ledger, Point(start), _size(ledger))
    assert {"E-A": [linked], "E-B": [renamed, linked]} == _positions(since)
    assert ["A"] == [later.party for later in next(since.groups()).changes]
    assert 1 == since.elsewhere()
    void = _record(ledger, "2025-05-01", command="void", positions=[linked], reason="They do not")
    assert [renamed, linked, void] == _positions(ChangesSince(ledger, Point(start), _size(ledger)))["E-B"]


def test_settings_and_rates_concern_every_engagement(ledger: Ledger) -> None:
    """Changes that concern all engagements are in a group of their own, the last; documents are no changes."""
    start = _size(ledger)
    rate = _record(ledger, "2025-04-01", command="rate record", base="EUR", quote="USD", rate="1.1", source="example")
    amended = _amend(ledger, "E-A", "Platform")
    _publish(ledger, "C26/1", "E-A", day="2025-05-01")
    assert {"E-A": [amended], "": [rate]} == _positions(ChangesSince(ledger, Point(start), _size(ledger)))
    assert ["E-A", ""] == list(_positions(ChangesSince(ledger, Point(start), _size(ledger))))


def test_as_known_then_and_effective_by(ledger: Ledger) -> None:
    """Changes after the last position are left out, and with a day those that are effective later."""
    start = _size(ledger)
    first = _amend(ledger, "E-A", "First")
    _amend(ledger, "E-A", "Second")
    assert {"E-A": [first]} == _positions(ChangesSince(ledger, Point(start), first))
    assert {} == _positions(ChangesSince(ledger, Point(start), first, on="2025-03-31"))
    assert {} == _positions(ChangesSince(ledger, Point(_size(ledger) + 5), _size(ledger)))


def test_an_unknown_document_suggests_what_is_near(ledger: Ledger) -> None:
    """The hint of the error suggests similar symbols."""
    _publish(ledger, "C26/47", "E-A")
    assert "Did you mean C26/47?" == no_document(ledger, _size(ledger), "C26/48").hint
    assert "See 'ledger disclosure list'." == no_document(ledger, _size(ledger), "nothing").hint

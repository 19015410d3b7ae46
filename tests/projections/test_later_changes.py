"""Changes by engagement, read one by one, agree with a definition that reads every stream that changed."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.application.ledger import Ledger
from ledger.application.party_lookup import records_of
from ledger.application.request import Request, command_from
from ledger.domain.engagement.state import Engagement
from ledger.domain.kernel import State
from ledger.domain.registry import new_state
from ledger.domain.voiding import fold, voided
from ledger.format.entry import read
from ledger.stores.log_reader import EntryRow
from projections.history.changes import changes
from projections.history.later_changes import ChangesSince, EngagementChanges, LaterChange
from projections.history.party_names import PartyNames, mentioned_parties
from projections.history.since import Point, earliest, shown_documents
from tests.projections.histories import DATES, Step, histories, play

PARTIES = ("A B", "A-1", "(A)", "between A")
TEXTS = ("between A and B: A B, A-1, (A), C", "A (B); C (partner); A B and organization", "between A, between AA", "A")
Groups = dict[str, list[LaterChange]]


class Defined:
    """All changes that a point does not show: each stream that changed is read, and each engagement of a party."""

    def __init__(self, ledger: Ledger, first: Point, last: int, later: Mapping[str, Point], on: str | None) -> None:
        """Read all of it."""
        self.ledger, self.first, self.last, self.on = ledger, first, last, on
        self.mentioned: set[str] = set()
        self.elsewhere = 0
        by_engagement: Groups = {}
        point = earliest([first, *later.values()])
        for stream in self._streams(point):
            for change in self._later(stream, point):
                targets = self._targets(stream, change)
                self.elsewhere += not targets and not first.shows(change.change, change.voided_by)
                for target in (target for target in targets if self._existed(target, on)):
                    if not self._reader_of("" if change.party else target, later.get(target, first)).shows(
                        change.change, change.voided_by
                    ):
                        by_engagement.setdefault(target, []).append(change)
        refs = sorted(by_engagement, key=lambda ref: (not ref, ref))
        self.groups = {ref: sorted(by_engagement[ref], key=lambda item: item.change.position) for ref in refs}

    def _streams(self, point: Point) -> list[str]:
        rows = list(self.ledger.store.rows(1, self.last))
        ahead = [
            row.stream
            for row in rows
            if point.on is not None and row.position <= point.position and row.effective_on > point.on
        ]
        streams = dict.fromkeys([*ahead, *(row.stream for row in rows if row.position > point.position)])
        kinds = ("engagement", "party", "ledger", "rate", "guidelines", "controls")
        return [stream for stream in streams if stream.partition("/")[0] in kinds]

    def _later(self, stream: str, point: Point) -> Iterator[LaterChange]:
        every = list(changes(self.ledger, stream, self.last, self.on))
        versions = voided([change.entry.fact for change in every])
        voided_by = {change.voids: change.position for change in every if change.entry.version not in versions}
        self.mentioned |= mentioned_parties(change.entry.event for change in every)
        kind, _, ref = stream.partition("/")
        for change in every:
            own = self._reader_of(ref if kind == "engagement" else "", point)
            if not own.shows(change, voided_by.get(change.position)):
                yield LaterChange(change, voided_by.get(change.position), ref if kind == "party" else "")

    def _existed(self, ref: str, on: str | None) -> bool:
        state = self._state(f"engagement/{ref}")
        assert isinstance(state, Engagement)
        return on is None or not state.life or state.life[0].on <= on

    def _reader_of(self, ref: str, point: Point) -> Point:
        """Return the point, or the one that shows nothing of an engagement that did not exist on its day."""
        return point if not ref or self._existed(ref, point.on) else Point(0)

    def _targets(self, stream: str, later: LaterChange) -> set[str]:
        if not later.party:
            return {stream.partition("/")[2] if stream.startswith("engagement/") else ""}
        voids = later.change.voids
        event = (self.ledger.entry(voids) if voids else later.change.entry).event
        named = {later.party, *mentioned_parties([event])}
        records = {record for party in named for record in records_of(party, self.ledger.store, self._state)}
        return {ref for ref in self._engagements() if records & self._parties(ref)}

    def _state(self, stream: str) -> State:
        return fold(new_state(stream), self.ledger.facts(stream, self.last))

    def _engagements(self) -> set[str]:
        entries = (read(data).stream for _, data in self.ledger.store.entries(1, self.last))
        return {stream.partition("/")[2] for stream in entries if stream.startswith("engagement/")}

    def _parties(self, ref: str) -> set[str]:
        state = self._state(f"engagement/{ref}")
        assert isinstance(state, Engagement)
        payers = {payer for payer, _ in state.balances.contributions}
        givers = {gift.by for gift in state.balances.in_kind.values()}
        vendors = {order.vendor for order in state.balances.orders.values()}
        return {role.party for role in state.roles()} | payers | givers | vendors


def _plain(groups: Iterator[EngagementChanges]) -> Groups:
    return {group.engagement: group.changes for group in groups}


def _check(ledger: Ledger, first: Point, last: int, later: Mapping[str, Point], on: str | None) -> None:
    defined = Defined(ledger, first, last, later, on)
    since = ChangesSince(ledger, first, last, later, on)
    groups = [*since.groups()]
    assert defined.groups == _plain(iter(groups))
    assert list(defined.groups) == [group.engagement for group in groups]
    assert defined.elsewhere == since.elsewhere()
    names = PartyNames(lambda ref: f"<{ref}>")
    for text in TEXTS:
        expected = names.add_to(text, defined.mentioned)
        assert {expected} == {expected, *(names.add_to(text, since.mentioned.beside(of.mentioned)) for of in groups)}
    # One engagement, and a page at a time.
    for ref in {*defined.groups, "E1", "none"} - {""}:
        alone = ChangesSince(ledger, first, last, later, on)
        group = alone.group(ref)
        assert defined.groups.get(ref, []) == (group.changes if group else [])
        if group:
            for text in TEXTS:
                expected = names.add_to(text, defined.mentioned)
                assert expected == names.add_to(text, alone.mentioned.beside(group.mentioned))
    _check_pages(ledger, (first, last, later, on), defined)


def _check_pages(ledger: Ledger, how: tuple[Point, int, Mapping[str, Point], str | None], defined: Defined) -> None:
    seen: Groups = {}
    after = ""
    left = len([ref for ref in defined.groups if ref])
    while True:
        page = ChangesSince(ledger, *how)
        groups = _plain(page.groups(after=after, limit=2))
        seen |= groups
        left -= len([ref for ref in groups if ref])
        assert left == page.more
        if not page.more:
            break
        assert "" not in groups
        after = list(groups)[-1]
    assert defined.groups == seen
    assert defined.elsewhere == page.elsewhere()
    odd = ChangesSince(ledger, *how)
    expected = [ref for ref in defined.groups if ref in ("E1", "E3")]
    assert expected[:1] == [group.engagement for group in odd.groups(lambda ref: ref in ("E1", "E3"), limit=1)]
    assert len(expected[1:]) == odd.more


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(story=histories, on=st.sampled_from((None, *DATES)), known=st.floats(0.5, 1))
def test_as_defined_over_random_histories(story: list[Step], on: str | None, known: float) -> None:
    """Groups, their order, other changes and named parties are as defined: from points and documents, as known then."""
    with TemporaryDirectory() as folder:
        ledger = play(story, Path(folder))
        for ref in PARTIES:
            members = {"command": "party register", "ref": ref, "name": f"Party called {ref}", "namesake": True}
            ledger.record(Request(commands=(command_from(members),), actor="staff/1"))
        for one, other in (("A B", "A"), ("(A)", "A-1")):
            members = {"command": "party affiliate", "party": one, "other": other}
            ledger.record(Request(commands=(command_from(members),), actor="staff/1"))
        size = ledger.store.head().size
        last = ledger.command_at(max(1, int(size * known)))[-1]
        for position in {0, size // 3, size - 3}:
            _check(ledger, Point(position), last, {}, on)
            _check(ledger, Point(position, DATES[2]), last, {"E1": Point(size // 2, DATES[4])}, on)
        for document in shown_documents(ledger, last)[:2]:
            _check(ledger, document.at, last, document.later, on)
        ledger.close()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Return a ledger with five parties, of which four have an engagement each."""
    ledger = play([], tmp_path)
    for ref in "ABCDX":
        _record(ledger, "2025-01-05", command="party register", ref=ref, name=f"Party called {ref}")
    for number, ref in enumerate("ABCD", 1):
        _record(ledger, "2025-02-01", command="engagement sign", engagement=f"E{number}", title="T",
                kind="consultancy", parties=[{"party": ref}])  # fmt: skip
    yield ledger
    ledger.close()


def _record(ledger: Ledger, day: str, **members: Any) -> int:
    return ledger.record(Request(commands=(command_from(members),), actor="staff/1", effective_on=day)).first


def _size(ledger: Ledger) -> int:
    return ledger.store.head().size


def _since(ledger: Ledger, first: int, on: str | None = None) -> ChangesSince:
    _check(ledger, Point(first), _size(ledger), {}, on)
    return ChangesSince(ledger, Point(first), _size(ledger), {}, on)


def test_changes_of_those_into_which_a_party_was_merged(ledger: Ledger) -> None:
    """A change of the party that stays concerns engagements of those merged into it, also through another one."""
    _record(ledger, "2025-03-01", command="party merge", party="A", into="X")
    _record(ledger, "2025-03-02", command="party merge", party="X", into="B")
    start = _size(ledger)
    _record(ledger, "2025-04-01", command="party alias", party="B", alias="Also B")
    assert ["E1", "E2"] == list(_plain(_since(ledger, start).groups()))
    voided = _record(ledger, "2025-04-02", command="void", positions=[start], reason="Not the same")
    assert {"E1": [voided], "E2": [start + 1, voided]} == {
        ref: [later.change.position for later in of] for ref, of in _plain(_since(ledger, start).groups()).items()
    }


def test_changes_of_a_party_that_only_names_another_one(ledger: Ledger) -> None:
    """An affiliation concerns the engagements of the other party, even if it is recorded with one that has none."""
    start = _size(ledger)
    _record(ledger, "2025-04-01", command="party affiliate", party="X", other="C")
    renamed = _record(ledger, "2025-04-02", command="party rename", party="X", name="Party once called X")
    since = _since(ledger, start)
    assert {"E3": ["X"]} == {ref: [later.party for later in of] for ref, of in _plain(since.groups()).items()}
    assert (1, renamed) == (since.elsewhere(), _size(ledger))


def test_texts_name_parties_that_any_change_mentions(ledger: Ledger) -> None:
    """In a free text, a party has its name if some change mentions it, and not if it is only registered."""
    start = _size(ledger)
    _record(ledger, "2025-04-01", command="conflict declare", engagement="E1", between=["A"],
            nature="X, D, Party called D")  # fmt: skip
    names = PartyNames({"A": "Alpha", "D": "Delta", "X": "Xi"}.get)
    text = "between A: X, D"

    def named(**how: Any) -> str:
        since = ChangesSince(ledger, Point(start), _size(ledger), **how)
        group = since.group("E1")
        assert group is not None
        return names.add_to(text, since.mentioned.beside(group.mentioned))

    assert "between A Alpha: X, D" == named()
    _record(ledger, "2025-06-01", command="party affiliate", party="D", other="X")
    assert "between A Alpha: X Xi, D" == named()
    assert "between A Alpha: X, D" == named(on="2025-05-01")
    _since(ledger, start)
    _since(ledger, start, "2025-05-01")


def test_what_is_left_out_is_counted(ledger: Ledger) -> None:
    """Engagements of which no change is effective by the day, or all are taken back as shown, are not counted."""
    start = _size(ledger)
    _record(ledger, "2025-04-01", command="engagement amend", engagement="E1", title="One")
    _record(ledger, "2025-06-01", command="engagement amend", engagement="E2", title="Two")
    _record(ledger, "2025-04-01", command="engagement amend", engagement="E3", title="Three")
    _record(ledger, "2025-04-01", command="party alias", party="D", alias="Also D")
    for on, following in ((None, 3), ("2025-05-01", 2)):
        since = _since(ledger, start, on)
        assert ["E1"] == [group.engagement for group in since.groups(limit=1)]
        assert following == since.more
    assert ["E3", "E4"] == [group.engagement for group in _since(ledger, start, "2025-05-01").groups(after="E1")]


def test_one_engagement_costs_what_it_shows(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """For one engagement the log is not read through: only its stream, those of its parties, and what names these."""
    for number in range(50):
        _record(ledger, "2025-03-01", command="engagement amend", engagement="E2", title=f"Title {number}")
    asked: list[str] = []
    store = ledger.store
    read_stream, rows = store.stream, store.rows

    def watched_stream(stream: str, last: int | None = None) -> list[tuple[int, bytes]]:
        asked.append(stream)
        return read_stream(stream, last)

    def watched_rows(first: int, last: int) -> Iterator[EntryRow]:
        asked.append(f"{first}-{last}")
        return rows(first, last)

    monkeypatch.setattr(store, "stream", watched_stream)
    monkeypatch.setattr(store, "rows", watched_rows)
    monkeypatch.setattr(store, "entries", None)
    monkeypatch.setattr(store, "last_positions", None)
    group = ChangesSince(ledger, Point(0), _size(ledger)).group("E1")
    assert group is not None
    assert ["party.registered", "engagement.signed"] == [later.change.entry.event.tag() for later in group.changes]
    signed = group.changes[-1].change.position
    assert {"engagement/E1", "party/A", f"{signed}-{signed}"} == set(asked)

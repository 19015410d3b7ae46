"""Requests: atomic, idempotent by id, with recording times that never decrease."""

from datetime import datetime, timedelta, timezone

import pytest

from ledger.application.recording_time import ClockSetBack
from ledger.application.request import BadCommand, CommandReused, Request, command_from, new_id
from ledger.domain.dates import BadDate
from ledger.domain.engagement.lifecycle_commands import AmendEngagement
from ledger.domain.engagement.particulars import EngagementAmended
from ledger.domain.errors import LedgerError
from ledger.domain.fields import Role
from ledger.domain.kernel import Command
from ledger.domain.party.names import DuplicateParty
from ledger.domain.party.party import AddAlias, PartyRegistered, RegisterParty
from ledger.domain.refusals import UnknownParty
from ledger.domain.voiding import EntryVoided, VoidBreaks, VoidedAlready, VoidEntries, VoidReferred
from ledger.format.entry import Source
from tests.spec.scenario import Scenario
from tests.spec.stories import ALPHA, BETA, PARTIES, SIGNED, acceptance, order, party, signature


def void(*positions: int) -> VoidEntries:
    """Return a command that voids entries."""
    return VoidEntries(positions=positions, reason="x")


# Whole or not at all.


def test_a_request_is_recorded_whole(spec: Scenario) -> None:
    """The entries share command id, time and date, and state their number; the receipt names them."""
    spec.when(ALPHA, BETA, signature(), effective="2024-03-01", reason="From the archive", source=Source("ab" * 32, 7))
    entries = [spec.entry(position) for position in (2, 3, 4)]
    spec.then(*(entry.event for entry in entries))
    assert 1 == len(
        {(entry.command, entry.recorded_at, entry.effective_on, entry.reason, entry.source) for entry in entries}
    )
    assert [(1, 3), (2, 3), (3, 3)] == [entry.part for entry in entries]
    assert spec.receipt is not None
    assert ("2-4", 4, entries[0].command) == (spec.receipt.positions, spec.receipt.size, spec.receipt.command)
    assert spec.store.head().root == spec.receipt.root


def test_a_refused_command_refuses_the_request(spec: Scenario) -> None:
    """Nothing is recorded, and no state remains in the transaction."""
    spec.when(ALPHA, AddAlias(party="Nobody", alias="N")).then_refused(UnknownParty)
    with spec.ledger.recording() as unit:
        with pytest.raises(UnknownParty):
            unit.perform(spec.request(ALPHA, AddAlias(party="Nobody", alias="N")))
        unit.perform(spec.request(RegisterParty(name="Alpha University")))
    assert ("party/P00001", 2) == (spec.entry(2).stream, spec.size)


def test_a_dry_run_leaves_nothing(spec: Scenario) -> None:
    """A dry run returns the receipt of the real one, and the log is unchanged."""
    before = spec.store.head()
    receipt = spec.ledger.record(spec.request(ALPHA, BETA), dry_run=True)
    assert ("2-3", 3) == (receipt.positions, receipt.size)
    assert (before.size, before.root) == (spec.size, spec.store.head().root)
    assert spec.ledger.record(spec.request(ALPHA, BETA)).root != before.root


def test_many_requests_in_one_transaction(spec: Scenario) -> None:
    """All requests are recorded, or none if one raises."""
    _record_together(spec, *PARTIES, *SIGNED)
    assert 5 == spec.size
    with pytest.raises(UnknownParty):
        _record_together(spec, order(), AddAlias(party="Nobody", alias="N"))
    assert 5 == spec.size


def _record_together(spec: Scenario, *commands: Command) -> None:
    with spec.ledger.recording() as unit:
        for command in commands:
            unit.perform(spec.request(command))


# What the commands of one request see of each other.


def test_commands_see_what_came_before_them(spec: Scenario) -> None:
    """A command can refer to a party registered earlier in its request, whose name is then in use."""
    by_name = signature(parties=(Role("Alpha University"), Role("beta foundation", "funder")))
    spec.when(RegisterParty(name="Alpha University"), RegisterParty(name="Beta Foundation"), by_name)
    spec.then(PartyRegistered(name="Alpha University"), PartyRegistered(name="Beta Foundation"), spec.entry(4).event)
    assert (Role("P00001"), Role("P00002", "funder")) == spec.state("engagement/E1").roles()
    spec.when(party("X", "Gamma"), party("Y", "gamma")).then_refused(DuplicateParty, "party X already")


def test_a_void_among_other_commands(spec: Scenario) -> None:
    """A void is checked with the earlier commands of its request, and later commands see its effect."""
    spec.given(*PARTIES, *SIGNED, AmendEngagement(engagement="E1", unit="BDT"))
    amend = AmendEngagement(engagement="E1", unit="TSB")
    spec.when(amend, void(6), AmendEngagement(engagement="E1", title="New"))
    spec.then(EngagementAmended(unit="TSB"), EntryVoided(version=3, reason="x"), EngagementAmended(title="New"))
    assert [4, 5, 6] == [spec.entry(position).version for position in (7, 8, 9)]
    spec.when(void(7), void(7)).then_refused(VoidedAlready, "Entry 7")
    spec.when(void(7), void(9)).then(EntryVoided(version=4, reason="x"), EntryVoided(version=6, reason="x"))


def test_a_void_of_what_the_request_needs(spec: Scenario) -> None:
    """A request that refers to an entity and voids it is refused, within a stream and across streams."""
    spec.given(*PARTIES, *SIGNED, order())
    spec.when(acceptance(), void(6)).then_refused(VoidBreaks, "deliverable.accepted of this very request")
    spec.given(party("GAMMA", "Gamma"))
    spec.when(signature("E2", parties=(Role("GAMMA"),)), void(7))
    spec.then_refused(VoidReferred, "engagement.signed of this very request")
    spec.when(void(7), signature("E2", parties=(Role("GAMMA"),))).then_refused(UnknownParty, "GAMMA")


# Once.


def test_the_same_request_again(spec: Scenario) -> None:
    """The same id with the same content returns the first receipt and records nothing."""
    spec.when(*PARTIES, effective="2024-03-01", id="import 1").then(*(spec.entry(n).event for n in (2, 3)))
    first = spec.receipt
    spec.given(*SIGNED)
    spec.when(*PARTIES, effective="2024-03-01", id="import 1").then()
    assert first is not None
    assert spec.receipt is not None
    assert (first.positions, first.size, first.root) == (spec.receipt.positions, spec.receipt.size, spec.receipt.root)
    assert (False, True) == (first.repeated, spec.receipt.repeated)


@pytest.mark.parametrize(
    "other",
    [
        {"effective": "2024-03-02"},
        {"reason": "Another"},
        {"actor": "staff/2"},
        {"commands": (BETA,)},
        {"commands": (ALPHA, BETA)},
    ],
)
def test_the_same_id_for_something_else(spec: Scenario, other: dict[str, str]) -> None:
    """A used id with another command, date, reason or actor is refused."""
    first = {"commands": (ALPHA,), "actor": "staff/1", "effective_on": "2024-03-01", "reason": "One", "id": "c-1"}
    spec.ledger.record(Request(**first))  # type: ignore[arg-type]
    changed = {"effective_on" if name == "effective" else name: value for name, value in other.items()}
    with pytest.raises(CommandReused, match="c-1 was used for something else, recorded at position 2"):
        spec.ledger.record(Request(**{**first, **changed}))  # type: ignore[arg-type]
    assert 2 == spec.size


def test_ids_are_made(spec: Scenario) -> None:
    """A request without an id gets a UUID of version 7 (RFC 9562), which sorts by time."""
    uuids = [new_id() for _ in range(3)]
    assert all("7" == uuid[14] and uuid[19] in "89ab" and 36 == len(uuid) for uuid in uuids)
    assert 3 == len(set(uuids))
    assert sorted(uuid[:8] for uuid in uuids) == [uuid[:8] for uuid in uuids]


# Times.


def test_times_never_decrease(spec: Scenario) -> None:
    """If the clock is behind by up to a second, the time of the last entry is used; times are in UTC."""
    spec.clock.now = datetime(2026, 1, 15, 23, 30, tzinfo=timezone(timedelta(hours=2)))
    spec.given(ALPHA)
    spec.clock.now -= timedelta(seconds=2)
    spec.given(BETA)
    assert ["2026-01-15T21:30:01.000000Z"] * 2 == [spec.entry(position).recorded_at for position in (2, 3)]


@pytest.mark.parametrize("back", [timedelta(seconds=1, microseconds=1), timedelta(days=3), timedelta(days=300)])
def test_a_clock_that_is_set_back(spec: Scenario, back: timedelta) -> None:
    """A clock further behind is refused; the error states both times."""
    spec.given(ALPHA)
    last = spec.entry(2).recorded_at
    spec.clock.now -= back + timedelta(seconds=1)
    spec.when(BETA).then_refused(ClockSetBack, f"the last entry was recorded at {last}")
    spec.ledger.by_last = True
    spec.given(BETA)
    assert last == spec.entry(3).recorded_at


@pytest.mark.parametrize("day", ["2026-02-30", "20260115", "yesterday", ""])
def test_the_date_exists(spec: Scenario, day: str) -> None:
    """An invalid effective date is refused; without one, the date of the clock is used."""
    if day:
        spec.when(ALPHA, effective=day).then_refused(BadDate, f"'{day}'")
    else:
        spec.given(RegisterParty(name="A"), effective=day)
        assert "2026-01-15" == spec.entry(2).effective_on


# Commands as JSON members.


def test_a_command_from_members() -> None:
    """A JSON object contains the name of the command and its members."""
    made = command_from({"command": "party register", "name": " Alpha ", "aliases": ["AU"]})
    assert RegisterParty(name="Alpha", aliases=("AU",)) == made


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({}, "its member 'command' is missing"),
        ({"command": "party registre"}, "there is no command 'party registre'"),
        ({"command": 5}, "there is no command '5'"),
        ({"command": "party register"}, "name"),
        ({"command": "party register", "name": 5}, "name"),
        ({"command": "party register", "name": "A", "colour": "red"}, "colour"),
        ({"command": "void", "positions": [1.5], "reason": "x"}, "positions"),
    ],
)
def test_members_that_are_no_command(members: dict[str, object], why: str) -> None:
    """The error names the missing, unknown or mistyped member."""
    with pytest.raises(BadCommand) as caught:
        command_from(members)
    assert why in caught.value.sentence


def test_a_misspelt_command_has_a_hint() -> None:
    """The error suggests the similar command."""
    with pytest.raises(BadCommand) as caught:
        command_from({"command": "party registre"})
    assert "Did you mean party register" in caught.value.hint


def test_every_error_has_a_sentence_and_a_hint() -> None:
    """Every error has a code, a sentence and a hint."""
    error: LedgerError = DuplicateParty("Alpha", "A")
    assert ("duplicate-party", 3) == (error.code, error.exit)
    assert error.sentence.endswith(".")
    assert error.hint.endswith(".")

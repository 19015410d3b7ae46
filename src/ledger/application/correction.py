"""Correct an entry: void it, record it again with other values, and record again what stood on it, all or nothing.

Entries of one command share a date, so a correction is several commands in one transaction: the voids, then the
entries that are recorded again, grouped by date and by the command that recorded them. Their values are those that
they would have had if the first one had been recorded right (`Event.restated`). Only what would otherwise come out
differently is recorded again. A new date of the first entry of a command is that of the other ones too: they were
recorded as of one day. Where one party takes the place of another one, orders and money of the engagement are those of
the new one.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import msgspec

from ledger.application.corrected_event import corrected_event, replaced_party, with_party
from ledger.application.ledger import Ledger
from ledger.application.receipt import Receipt
from ledger.application.request import Request, new_id, tidy_envelope
from ledger.application.transaction import UnitOfWork
from ledger.application.void_rules import check_referrers
from ledger.domain.dates import checked_date, day_after
from ledger.domain.disclosure.commands import BeyondHead
from ledger.domain.errors import LedgerError
from ledger.domain.kernel import Dated, Event, Fact, State
from ledger.domain.refusals import InTheFuture, NotAPartyHere
from ledger.domain.running_total import RunningTotal
from ledger.domain.voiding import EntryVoided, NotVoidable, VoidedAlready, fold, unvoided, validated_fold
from ledger.format.entry import Entry


class NotCorrectable(LedgerError):
    """A void cannot be corrected: it has no values."""

    code = "not-correctable"

    def __init__(self, position: int) -> None:
        """Refuse to correct the entry at `position`."""
        super().__init__(
            f"Entry {position} is a void, which has no values to correct.",
            "To take it back, void it: what it voided then counts again.",
        )


class CorrectionBreaks(LedgerError):
    """An entry that stood on the corrected one would not be valid any more."""

    code = "correction-breaks"

    def __init__(self, position: int, tag: str, why: LedgerError) -> None:
        """Refuse a correction after which the entry at `position` would be refused by `why`."""
        hint = f"Correct or void entry {position} first; nothing was recorded."
        if isinstance(why, NotAPartyHere):
            hint = (
                "Replace one party by one other at a time: its orders and money are then those of that one; or correct "
                f"or void entry {position} first."
            )
        super().__init__(f"Entry {position} ({tag}) would not be valid after it: {why.sentence}", hint)


class Replayed(NamedTuple):
    """An entry that is voided, with the event and date under which it is recorded again; None if there is nothing."""

    position: int
    entry: Entry
    event: Event | None
    on: str

    @property
    def is_changed(self) -> bool:
        """Whether it is recorded again with other values or another date."""
        return self.event != self.entry.event or self.on != self.entry.effective_on


class Correction(NamedTuple):
    """What a correction voids and records again: the corrected entry first, then what stood on it."""

    stream: str
    replayed: list[Replayed]
    facts: list[Fact]
    state: State


def plan_correction(unit: UnitOfWork, position: int, values: Mapping[str, Sequence[str]], on: str | None) -> Correction:
    """Return the correction of the entry at `position`; it replays nothing if it changes nothing.

    Raises BeyondHead, NotVoidable, NotCorrectable, VoidedAlready, UnknownMember, CorrectionBreaks, BadDate, and the
    error of the rule that refuses the corrected entry.
    """
    if not 0 < position <= unit.size():
        raise BeyondHead(position, unit.size())
    entry = unit.ledger.entry(position)
    if entry.event.unvoidable:
        raise NotVoidable(position, entry.event.unvoidable)
    if isinstance(entry.event, EntryVoided):
        raise NotCorrectable(position)
    before = unit.facts(entry.stream)
    standing = unvoided(before)
    index = next((place for place, fact in enumerate(standing) if fact.version == entry.version), None)
    if index is None:
        raise VoidedAlready(position)
    event = corrected_event(unit, entry.stream, entry.event, values)
    first = Replayed(position, entry, event, checked_date(on) if on else entry.effective_on)
    _check_day(unit, event, first.on)
    if not first.is_changed:
        return Correction(entry.stream, [], before, unit.load(entry.stream).state)
    whole, state = _replay(unit, first, standing[:index], standing[index:])
    replayed = _least(unit, whole, before, _bare(state)) or whole
    facts = _recorded_again(before, replayed)
    return Correction(entry.stream, replayed, facts, fold(unit.new_state(entry.stream), facts))


def _check_day(unit: UnitOfWork, event: Event, day: str) -> None:
    if not event.ahead and day > day_after(unit.today):
        raise InTheFuture(event.tag(), day, unit.today)


def _least(unit: UnitOfWork, whole: Sequence[Replayed], before: Sequence[Fact], wanted: Any) -> list[Replayed] | None:
    """Return what has to be recorded again so that the state is the wanted one, or None if that is everything.

    That is what is changed, and what would not be valid where it stands, before the corrected entry.
    """
    chosen = {replay.entry.version for replay in whole if replay.is_changed}
    while True:
        replayed = [replay for replay in whole if replay.entry.version in chosen]
        state, broken = validated_fold(unit.new_state(whole[0].entry.stream), _recorded_again(before, replayed))
        if not broken:
            return replayed if _bare(state) == wanted else None
        more = {fact.version for fact, _ in broken} & {replay.entry.version for replay in whole} - chosen
        if not more:
            return None
        chosen |= more


def _replay(
    unit: UnitOfWork, first: Replayed, earlier: Sequence[Fact], from_it: Sequence[Fact]
) -> tuple[list[Replayed], State]:
    """Return everything from the corrected entry on as it would have been recorded, and the state after it."""
    stream = first.entry.stream
    swap = replaced_party(first.entry.event, first.event) if first.event else None
    was, now = unit.new_state(stream), unit.new_state(stream)
    for fact in earlier:
        fact.event.evolve(was, fact)
        fact.event.evolve(now, fact)
    replayed = []
    for fact in from_it:
        if fact.version == first.entry.version:
            replay = first
        else:
            position = unit.ledger.position(stream, fact.version)
            entry = unit.ledger.entry(position)
            day = first.on if _is_dated_by(first.entry, entry) else fact.effective_on
            fresh = fact.event.restated(was, now, day)
            replay = Replayed(position, entry, with_party(fresh, *swap) if fresh and swap else fresh, day)
            if day != fact.effective_on:
                _check_day(unit, fact.event, day)
        replayed.append(replay)
        fact.event.evolve(was, fact)
        if replay.event is not None:
            again = Fact(fact.version, replay.on, replay.event)
            try:
                replay.event.validate(now, again)
            except LedgerError as error:
                if replay is first:
                    raise
                raise CorrectionBreaks(replay.position, fact.event.tag(), error) from error
            replay.event.evolve(now, again)
    return replayed, now


def _is_dated_by(first: Entry, entry: Entry) -> bool:
    """Return whether an entry was recorded by the command that `first` begins, as of the same day."""
    same = (entry.command, entry.effective_on) == (first.command, first.effective_on)
    return same and first.part[0] == 1


def _recorded_again(before: Sequence[Fact], replayed: Sequence[Replayed]) -> list[Fact]:
    """Return the facts of the stream after voids and new entries, with the versions that they get."""
    facts = list(before)
    for replay in reversed(replayed):
        facts.append(Fact(len(facts) + 1, "", EntryVoided(version=replay.entry.version, reason="")))
    facts += [
        Fact(number, replay.on, replay.event)
        for number, replay in enumerate((replay for replay in replayed if replay.event is not None), len(facts) + 1)
        if replay.event is not None
    ]
    return facts


def _bare(value: Any) -> Any:
    """Return a state as plain values without the versions of entries, to compare it with another one."""
    match value:
        case Dated():
            bare: Any = (value.on, _bare(value.value))
        case State():
            members = {name: member for name, member in vars(value).items() if not name.startswith("_")}
            said = value.assertions.items()
            ordered = {name: sorted(dated, key=lambda replay: (replay.on, replay.version)) for name, dated in said}
            bare = _bare(members | {"assertions": ordered})
        case RunningTotal():
            bare = sorted(value.moves)
        case msgspec.Struct():
            bare = {name: _bare(getattr(value, name)) for name in value.__struct_fields__}
        case dict():
            bare = {str(key): _bare(member) for key, member in value.items()}
        case list() | tuple():
            bare = [_bare(member) for member in value]
        case _:
            bare = value
    return bare


def correct(
    ledger: Ledger,
    position: int,
    values: Mapping[str, Sequence[str]],
    *,
    on: str | None,
    actor: str,
    reason: str,
    dry_run: bool = False,
) -> tuple[Correction, Receipt]:
    """Correct an entry in one transaction; return what was recorded again, and the receipt.

    Raises what `plan_correction` raises, BadActor, and VoidReferred if other streams refer to what is no longer there.
    """
    with ledger.recording(dry_run=dry_run) as unit:
        unit.check_actor(actor)
        correction = plan_correction(unit, position, values, on)
        check_referrers(unit, correction.stream, unit.facts(correction.stream), correction.state)
        first = unit.size() + 1
        name = new_id()
        for number, (request, facts) in enumerate(_commands(unit, correction, actor, reason), 1):
            unit.append(tidy_envelope(msgspec.structs.replace(request, id=f"{name}:{number}")), facts)
        if correction.replayed:
            unit.replace(correction.stream, correction.state, len(correction.facts))
        head = unit.store.head()
        receipt = Receipt(f"{name}:1" if unit.appended else "", first, unit.appended, head.size, head.root)
    return correction, receipt


def _commands(
    unit: UnitOfWork, correction: Correction, actor: str, reason: str
) -> list[tuple[Request, list[tuple[str, Fact]]]]:
    """Return the voids, then the entries that are recorded again, grouped by what a command shares."""
    if not correction.replayed:
        return []
    stream = correction.stream
    again = [replay for replay in correction.replayed if replay.event is not None]
    fresh = correction.facts[len(correction.facts) - len(again) :]
    start = len(correction.facts) - len(again) - len(correction.replayed)
    voids = [
        (stream, Fact(fact.version, unit.effective_on, EntryVoided(version=fact.event.version, reason=reason)))
        for fact in correction.facts[start : start + len(correction.replayed)]
        if isinstance(fact.event, EntryVoided)
    ]
    commands = [(Request(commands=(), actor=actor), voids)]
    pairs = zip(again, fresh, strict=True)
    for (day, _), group in groupby(pairs, key=lambda pair: (pair[0].on, pair[0].entry.command)):
        together = [*group]
        of = together[0][0].entry
        request = Request(commands=(), actor=actor, effective_on=day, reason=of.reason, source=of.source)
        commands.append((request, [(stream, fact) for _, fact in together]))
    return commands

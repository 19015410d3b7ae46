"""Decide voids: the remaining entries must stay valid, and no other stream may refer to what is voided."""

from collections.abc import Iterator
from typing import Any, Protocol

from ledger.domain.disclosure.commands import BeyondHead
from ledger.domain.kernel import Fact, State
from ledger.domain.party.merging import PartyMerged, leads_back
from ledger.domain.voiding import (
    EntryVoided,
    NotVoidable,
    StandingFacts,
    VoidBreaks,
    VoidedAlready,
    VoidEntries,
    VoidReferred,
    unvoided,
    validated_fold,
)


class VoidContext(Protocol):
    """The part of `UnitOfWork` that a void needs: the recorded entries and the loaded streams."""

    ledger: Any
    store: Any
    effective_on: str
    pending: list[tuple[str, Fact]]

    def facts(self, stream: str) -> list[Fact]:
        """Return the facts of a stream, including those that this request has added so far."""

    def size(self) -> int:
        """Return the size of the log before this command."""

    def new_state(self, stream: str) -> State:
        """Return the empty state of a stream."""

    def load(self, stream: str) -> Any:
        """Return a loaded stream: its state and last version."""

    def replace(self, stream: str, state: State, version: int) -> None:
        """Replace the state of a stream with the one after a void."""


def decide_voids(unit: VoidContext, command: VoidEntries, touched: dict[str, None]) -> Iterator[tuple[str, Fact]]:
    """Yield a void for each position. The positions are checked together.

    Raises BeyondHead, NotVoidable, VoidedAlready, VoidBreaks, VoidReferred.
    """
    targets: dict[str, list[int]] = {}
    for position in dict.fromkeys(sorted(command.positions, reverse=True)):
        if not 0 < position <= unit.size():
            raise BeyondHead(position, unit.size())
        entry = unit.ledger.entry(position)
        if entry.event.unvoidable:
            raise NotVoidable(position, entry.event.unvoidable)
        targets.setdefault(entry.stream, []).append(entry.version)
    voids: list[tuple[str, Fact]] = []
    changes: list[tuple[str, list[Fact], list[Fact]]] = []
    for stream, versions in targets.items():
        before = unit.facts(stream)
        after = list(before)
        standing = StandingFacts(before)
        for version in versions:
            if standing.is_voided(version):
                raise VoidedAlready(unit.ledger.position(stream, version))
            fact = Fact(len(after) + 1, unit.effective_on, EntryVoided(version=version, reason=command.reason))
            after.append(fact)
            standing.add(fact)
            voids.append((stream, fact))
        changes.append((stream, before, after))
        touched[stream] = None
    for stream, before, after in changes:
        _check_still_valid(unit, stream, before, after)
    for stream, before, after in changes:
        _check_references(unit, stream, before, after, {changed: facts for changed, _, facts in changes})
    yield from voids


def _check_still_valid(unit: VoidContext, stream: str, before: list[Fact], after: list[Fact]) -> None:
    state, broken = validated_fold(unit.new_state(stream), after)
    if broken:
        already_broken = {fact.version for fact, _ in validated_fold(unit.new_state(stream), before)[1]}
        fresh = [(fact, error) for fact, error in broken if fact.version not in already_broken]
        if fresh:
            dependents = [_entry_text(unit, stream, fact) for fact, _ in fresh]
            raise VoidBreaks(dependents, fresh[0][1].sentence)
    unit.replace(stream, state, len(after))


def _entry_text(unit: VoidContext, stream: str, fact: Fact) -> str:
    position = unit.ledger.position(stream, fact.version)
    return f"entry {position} ({fact.event.tag()})" if position else f"{fact.event.tag()} of this very request"


def check_referrers(unit: VoidContext, stream: str, before: list[Fact], state: State) -> None:
    """Check that no other stream refers to what a stream had and `state` has no longer. Raises VoidReferred."""
    if referrers := _referrers(unit, stream, before, {}, state):
        raise VoidReferred(dict.fromkeys(referrers))


def _referrers(
    unit: VoidContext, stream: str, before: list[Fact], changed: dict[str, list[Fact]], state: State | None = None
) -> list[str]:
    """Return the standing entries that refer to what the stream had before and has no longer."""
    former, _ = validated_fold(unit.new_state(stream), before)
    state = state or unit.load(stream).state
    referrers = []
    standing: dict[str, StandingFacts] = {}
    for target in sorted(_targets(stream, former) - _targets(stream, state)):
        for position in unit.store.referrers(target):
            entry = unit.ledger.entry(position)
            if entry.stream not in standing:
                standing[entry.stream] = StandingFacts(changed.get(entry.stream) or unit.facts(entry.stream))
            if entry.version in standing[entry.stream]:
                referrers.append(f"entry {position} ({entry.event.tag()} in {entry.stream})")
        referrers += [_entry_text(unit, of, fact) for of, fact in unit.pending if target in fact.event.mentions()]
    return referrers


def _targets(stream: str, state: State) -> set[str]:
    return {stream, *(f"{stream}|{part}" for part in state.parts())} if state.exists else set()


def _check_references(
    unit: VoidContext, stream: str, before: list[Fact], after: list[Fact], changed: dict[str, list[Fact]]
) -> None:
    referrers = _referrers(unit, stream, before, changed)
    back = {fact.version for fact in unvoided(after)} - {fact.version for fact in unvoided(before)}
    for fact in after:
        if fact.version in back:
            referrers += [
                f"entry {unit.ledger.position(stream, fact.version)} would refer to {target}, which is not in force"
                for target in fact.event.mentions()
                if target not in _targets(target.partition("|")[0], unit.load(target.partition("|")[0]).state)
            ]
            if isinstance(fact.event, PartyMerged) and leads_back(stream, lambda of: unit.load(of).state):
                position = unit.ledger.position(stream, fact.version)
                referrers.append(f"entry {position} would merge it into a party that is merged into it")
    if referrers:
        raise VoidReferred(dict.fromkeys(referrers))

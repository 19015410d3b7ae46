"""Voiding: cancel an entry without changing it. Voids, and voids of voids, are resolved before folding."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from typing import Annotated

from ledger.domain.errors import LedgerError, listed
from ledger.domain.fields import Text, about
from ledger.domain.kernel import Command, Event, Fact, State


class EntryVoided(Event, tag="entry.voided", frozen=True):
    """An earlier entry of the same stream was voided and no longer counts; voiding the void restores it."""

    corrected_by = "`ledger void` with the position of the void: the voided entry counts again."
    recorded_by = ("void",)
    ahead = True

    version: int
    reason: str


class NotVoidable(LedgerError):
    """Entries of this type cannot be voided."""

    code = "not-voidable"

    def __init__(self, position: int, why: str) -> None:
        """Refuse to void the entry at `position`, because `why`."""
        super().__init__(f"Entry {position} cannot be voided: {why}.", "See docs/events.md for how to correct it.")


class VoidedAlready(LedgerError):
    """The entry is voided already."""

    code = "voided-already"

    def __init__(self, position: int) -> None:
        """Refuse to void the entry at `position` again."""
        super().__init__(f"Entry {position} is voided already.", "To bring it back, void the entry that voided it.")


class VoidBreaks(LedgerError):
    """Other entries of the stream depend on the entry that would be voided."""

    code = "void-breaks"

    def __init__(self, dependents: Iterable[str], why: str) -> None:
        """Refuse a void that would make `dependents` invalid, the first of them because of `why`."""
        entries = list(dependents)
        super().__init__(
            f"{listed(entries, 'and')} would not be valid without it: {why}",
            "Void them together: 'ledger void' takes several positions, and ranges like 17-21.",
        )


class VoidReferred(LedgerError):
    """Entries of other streams refer to what would be voided, or a void would bring back a broken reference."""

    code = "void-referred"

    def __init__(self, referrers: Iterable[str]) -> None:
        """Refuse a void while `referrers` refer to what it takes away."""
        super().__init__(
            f"Entries of other streams refer to it: {listed(referrers, 'and')}.", "Void those first, or together."
        )


class VoidEntries(Command, tag="void", frozen=True):
    """Void entries: they stay in the log but no longer count. Several are checked together."""

    example = "17 --reason 'Recorded under the wrong engagement'"

    positions: Annotated[tuple[int, ...], about("positions of the entries", argument=True, **{"as": "numbers"})]
    reason: Annotated[Text, about("why")]


class StandingFacts:
    """The facts of a stream that count, kept up to date as facts are added: each costs what it changes.

    A fact counts unless a void in force cancels it; a void is in force unless another void in force cancels it.
    """

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        """Start with these facts, in order of version."""
        self._facts: dict[int, Fact] = {}
        self._cancelling: dict[int, int] = {}
        """How many voids in force cancel a version."""
        self._standing: list[int] = []
        """Versions that count, ascending: neither voids nor voided."""
        for fact in facts:
            self.add(fact)

    def add(self, fact: Fact) -> tuple[list[int], list[int]]:
        """Add a fact; return the earlier versions that no longer count, and those that count again."""
        event, version = fact.event, fact.version
        is_new = version not in self._facts
        self._facts[version] = fact
        if self.is_voided(version):
            return [], []
        if type(event) is not EntryVoided:
            if is_new:
                insort(self._standing, version)
            return [], []
        return self._cancel(version, event)

    def _cancel(self, version: int, event: EntryVoided) -> tuple[list[int], list[int]]:
        gone: list[int] = []
        back: list[int] = []
        change, target = 1, event.version
        # A void of a void takes effect on what that one cancels, and so on down to an entry that is no void.
        while True:
            count = self._cancelling[target] = self._cancelling.get(target, 0) + change
            fact = self._facts.get(target)
            if fact is None or target >= version or count != (change > 0):
                return gone, back
            if type(fact.event) is not EntryVoided:
                self._set(target, is_standing=change < 0)
                (gone if change > 0 else back).append(target)
                return gone, back
            change, version, target = -change, target, fact.event.version

    def _set(self, version: int, *, is_standing: bool) -> None:
        at = bisect_left(self._standing, version)
        if is_standing:
            self._standing.insert(at, version)
        elif self._standing[at : at + 1] == [version]:
            del self._standing[at]

    def is_voided(self, version: int) -> bool:
        """Return whether a void in force cancels a version."""
        return self._cancelling.get(version, 0) > 0

    def __contains__(self, version: int) -> bool:
        """Return whether a version counts: it is there, no void, and not voided."""
        fact = self._facts.get(version)
        return fact is not None and type(fact.event) is not EntryVoided and not self.is_voided(version)

    def versions(self) -> list[int]:
        """Return the versions that count, ascending."""
        return self._standing.copy()

    def facts(self) -> list[Fact]:
        """Return the facts that count, in order."""
        return [self._facts[version] for version in self._standing]


def unvoided(facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts in order, without voids and without facts that a void in force cancels."""
    gone = voided(facts)
    if not gone:  # nor is there any void: the last one would count
        return list(facts)
    return [fact for fact in facts if fact.version not in gone and type(fact.event) is not EntryVoided]


def voided(facts: Sequence[Fact]) -> set[int]:
    """Return the versions that a void in force cancels, including versions of voids."""
    gone: set[int] = set()
    for fact in reversed(facts):
        if type(fact.event) is EntryVoided and fact.version not in gone:
            gone.add(fact.event.version)
    return gone


def fold(state: State, facts: Sequence[Fact]) -> State:
    """Return `state` after folding the unvoided facts. They are not validated again."""
    for fact in unvoided(facts):
        fact.event.evolve(state, fact)
    return state


def fold_as_of(state: State, facts: Sequence[Fact], day: str) -> State:
    """Return `state` after folding the unvoided facts that are effective by a day."""
    for fact in unvoided(facts):
        if fact.event.timeless or fact.effective_on <= day:
            fact.event.evolve(state, fact)
    return state


def validated_fold(state: State, facts: Sequence[Fact]) -> tuple[State, list[tuple[Fact, LedgerError]]]:
    """Fold and validate the unvoided facts. Returns the state, and the invalid facts with their errors."""
    return validated(state, unvoided(facts))


def validated(state: State, standing: Iterable[Fact]) -> tuple[State, list[tuple[Fact, LedgerError]]]:
    """Fold and validate facts that count. Returns the state, and the invalid facts with their errors."""
    broken: list[tuple[Fact, LedgerError]] = []
    for fact in standing:
        try:
            fact.event.validate(state, fact)
        except LedgerError as error:
            broken.append((fact, error))
        else:
            fact.event.evolve(state, fact)
    return state, broken

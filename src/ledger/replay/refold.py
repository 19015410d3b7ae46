"""Folding a stream again after voids: a state that it had shortly before is not folded again.

A void, and the void of it, and so on, would otherwise fold the whole stream each time.
"""

from typing import NamedTuple

from ledger.domain.errors import LedgerError
from ledger.domain.kernel import Fact, State
from ledger.domain.voiding import StandingFacts, validated

KEPT = 4
"""Number of states kept."""


class Folded(NamedTuple):
    """A state of a stream: the versions that counted, the state, and the facts that are not possible in it."""

    versions: list[int]
    state: State
    broken: list[tuple[Fact, LedgerError]]


class Refolds:
    """The last states of one stream; they hold until a fact is added that is no void."""

    def __init__(self) -> None:
        """Start with no state."""
        self._kept: list[Folded] = []
        self.folded = 0
        """Number of facts that were folded again: the work done."""

    def clear(self) -> None:
        """Forget the states: the stream has another fact."""
        self._kept.clear()

    def keep(self, standing: StandingFacts, state: State, broken: list[tuple[Fact, LedgerError]]) -> None:
        """Keep a state; it must not be changed while it is kept."""
        self._kept = [Folded(standing.versions(), state, broken), *self._kept[: KEPT - 1]]

    def state(self, standing: StandingFacts, empty: State) -> tuple[State, list[tuple[Fact, LedgerError]]]:
        """Return the state with these facts, and the facts that are not possible in it; `empty` is the first state."""
        versions = standing.versions()
        for kept in self._kept:
            if kept.versions == versions:
                return kept.state, kept.broken
        self.folded += len(versions)
        state, broken = validated(empty, standing.facts())
        self.keep(standing, state, broken)
        return state, broken

"""What each entry changed, from what to what: the difference between the state before and after it. Needs no tables."""

from collections.abc import Container, Iterator
from typing import NamedTuple

from ledger.application.ledger import Ledger
from ledger.domain.kernel import Fact
from ledger.domain.registry import new_state
from ledger.domain.voiding import EntryVoided, fold
from ledger.format.entry import Entry, read


class StateDifference(NamedTuple):
    """One thing that an entry changed; nothing before, or nothing after, is the empty text."""

    what: str
    before: str
    after: str

    def words(self) -> str:
        """Return it as a person says it."""
        if not self.before:
            return f"{self.what}: {self.after}"
        if not self.after:
            return f"{self.what}: no longer {self.before}"
        return f"{self.what}: from {self.before} to {self.after}"


class EntryChange(NamedTuple):
    """An entry with what it changed, and the position that it voids if it is a void."""

    position: int
    entry: Entry
    differences: list[StateDifference]
    voids: int | None


def changes(ledger: Ledger, stream: str, known_at: int | None = None, on: str | None = None) -> Iterator[EntryChange]:
    """Yield what each entry of a stream changed, in order, up to a position; perhaps only what is effective by a day.

    A void counts from when it was recorded, whenever what it takes back was effective.
    """
    facts: list[Fact] = []
    positions: dict[int, int] = {}
    before: dict[str, str] = {}
    state = new_state(stream)
    for position, data in ledger.store.stream(stream, known_at):
        entry = read(data)
        if on is not None and is_later(entry, on, positions):
            continue
        facts.append(entry.fact)
        positions[entry.version] = position
        voids = None
        if isinstance(entry.event, EntryVoided):
            state = fold(new_state(stream), facts)
            voids = positions.get(entry.event.version)
        else:
            entry.event.evolve(state, entry.fact)
        after = state.describe()
        yield EntryChange(position, entry, _differences(before, after), voids)
        before = after


def is_later(entry: Entry, on: str, taken: Container[int]) -> bool:
    """Return whether a day does not show an entry yet; it shows a void of what it has `taken`, by version."""
    if isinstance(entry.event, EntryVoided):
        return entry.event.version not in taken
    return not entry.event.timeless and entry.effective_on > on


def _differences(before: dict[str, str], after: dict[str, str]) -> list[StateDifference]:
    names = [*after, *(name for name in before if name not in after)]
    return [
        StateDifference(name, before.get(name, ""), after.get(name, ""))
        for name in names
        if before.get(name) != after.get(name)
    ]

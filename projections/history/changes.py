"""What each entry changed: the difference between the state before and after it, read from the log alone."""

from collections.abc import Container, Iterator
from typing import NamedTuple

from ledger.application.ledger import Ledger
from ledger.domain.kernel import Line
from ledger.domain.registry import new_state
from ledger.domain.voiding import EntryVoided, StandingFacts
from ledger.format.entry import Entry, read_in
from projections.history.checked import checked


class StateDifference(NamedTuple):
    """A value that an entry changed, with its label; `before` or `after` is empty if there was or is no value."""

    what: str
    before: str
    after: str
    label_has_parties: bool = False
    value_has_parties: bool = False

    def describe(self) -> str:
        """Return the difference as text."""
        if not self.before:
            return f"{self.what}: {self.after}"
        if not self.after:
            return f"{self.what}: no longer {self.before}"
        return f"{self.what}: from {self.before} to {self.after}"


class EntryChange(NamedTuple):
    """An entry with the differences that it made; `voids` is the position that it voids, if it is a void."""

    position: int
    entry: Entry
    differences: list[StateDifference]
    voids: int | None


def changes(
    ledger: Ledger,
    stream: str,
    known_at: int | None = None,
    on: str | None = None,
    *,
    described: bool = True,
) -> Iterator[EntryChange]:
    """Yield the changes of a stream in order, up to the position `known_at` and, if given, effective by the day `on`.

    A void takes effect when it is recorded, whatever the effective date of the entry that it voids. Of an engagement
    that does not exist on the day, what precedes the first step of its life is left out. If they are not to be
    `described`, they have no differences, and nothing is folded.
    """
    steps: list[int] | None = [] if on is not None and stream.startswith("engagement/") else None
    standing = StandingFacts()
    positions: dict[int, int] = {}
    before: dict[str, Line] = {}
    state = new_state(stream)
    for position, data in checked(ledger.store, ledger.store.stream(stream, known_at)):
        entry = read_in(stream, data)
        if on is not None and is_later(entry, on, positions):
            continue
        standing.add(entry.fact)
        if steps is not None and not isinstance(entry.event, EntryVoided):
            steps += [entry.version] if entry.event.life else []
            if not any(version in standing for version in steps):
                continue
        positions[entry.version] = position
        voids = positions.get(entry.event.version) if isinstance(entry.event, EntryVoided) else None
        if not described:
            yield EntryChange(position, entry, [], voids)
            continue
        if isinstance(entry.event, EntryVoided):
            state = new_state(stream)
            for fact in standing.facts():
                fact.event.evolve(state, fact)
        else:
            entry.event.evolve(state, entry.fact)
        after = {line.label: line for line in state.describe()}
        yield EntryChange(position, entry, _differences(before, after), voids)
        before = after


def is_later(entry: Entry, on: str, versions: Container[int]) -> bool:
    """Return whether an entry is effective after a day; a void counts as later unless it voids one of `versions`."""
    if isinstance(entry.event, EntryVoided):
        return entry.event.version not in versions
    return not entry.event.timeless and entry.effective_on > on


def _differences(before: dict[str, Line], after: dict[str, Line]) -> list[StateDifference]:
    lines = after | {label: line for label, line in before.items() if label not in after}
    return [
        StateDifference(
            label, _value(before, label), _value(after, label), line.label_has_parties, line.value_has_parties
        )
        for label, line in lines.items()
        if before.get(label) != after.get(label)
    ]


def _value(lines: dict[str, Line], label: str) -> str:
    return lines[label].value if label in lines else ""

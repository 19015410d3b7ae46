"""What reports ask of the log itself: when an entry was recorded, by whom, and which entries were voided."""

from collections.abc import Iterator
from typing import NamedTuple

from ledger.application.ledger import Ledger
from ledger.domain.voiding import EntryVoided
from ledger.format.entry import Entry, read


class Void(NamedTuple):
    """A void: its position, the entry with which it was recorded, and the position and entry that it takes back."""

    position: int
    entry: Entry
    target: int
    voided: Entry


class Journal:
    """The log up to a position; what was read once is kept."""

    def __init__(self, ledger: Ledger, known_at: int) -> None:
        """Read the log of `ledger`, and nothing after position `known_at`."""
        self.ledger = ledger
        self.known_at = known_at
        self._entries: dict[int, Entry] = {}

    def entry(self, position: int) -> Entry:
        """Return the entry at a position that the log has."""
        if position not in self._entries:
            self._entries[position] = self.ledger.entry(position)
        return self._entries[position]

    def recorded_on(self, position: int) -> str:
        """Return the day (UTC) on which an entry was recorded."""
        return self.entry(position).recorded_at[:10]

    def voids(self) -> Iterator[Void]:
        """Yield the voids, in the order in which they were recorded; also those that were voided later."""
        found = self.ledger.store.select_notifications(1, self.known_at, stop=self.known_at, topics=[EntryVoided.tag()])
        for one in found:
            position, entry = one.id, self._entries.setdefault(one.id, read(one.state))
            assert isinstance(entry.event, EntryVoided)
            target = self.ledger.position(entry.stream, entry.event.version)
            yield Void(position, entry, target, self.entry(target))

"""The entries of the log for reports: when and by whom an entry was recorded, and which entries were voided."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.application.ledger import Ledger
from ledger.domain.voiding import EntryVoided
from ledger.format.entry import Entry, read
from projections.history.checked import checked_bytes


class Void(NamedTuple):
    """A void: its position and entry, and the position (`target`) and entry (`voided`) that it takes back."""

    position: int
    entry: Entry
    target: int
    voided: Entry


class Journal:
    """The log up to a position; entries that were read are cached."""

    def __init__(self, ledger: Ledger, known_at: int) -> None:
        """Read the log of `ledger` up to position `known_at`."""
        self.ledger = ledger
        self.known_at = known_at
        self._entries: dict[int, Entry] = {}
        self._voids: list[tuple[int, int]] | None = None

    def entry(self, position: int) -> Entry:
        """Return the entry at a position. The position must exist."""
        if position not in self._entries:
            data = checked_bytes(self.ledger.store, position)
            if data is None:
                raise LookupError(position)
            self._entries[position] = read(data)
        return self._entries[position]

    def recorded_on(self, position: int) -> str:
        """Return the day (UTC) on which an entry was recorded."""
        return self.entry(position).recorded_at[:10]

    def with_voids(self, positions: Iterable[int]) -> set[int]:
        """Return positions with those of the voids of their entries, and of voids of these."""
        if self._voids is None:
            self._voids = [(void.target, void.position) for void in self.voids()]
        found = set(positions)
        for target, position in self._voids:
            if target in found:
                found.add(position)
        return found

    def voids(self) -> Iterator[Void]:
        """Yield the voids in the order in which they were recorded, including those that were voided later."""
        topics = [EntryVoided.tag()]
        for row in self.ledger.store.select_notifications(1, self.known_at, stop=self.known_at, topics=topics):
            position, entry = row.id, self._entries.setdefault(row.id, read(row.state))
            assert isinstance(entry.event, EntryVoided)
            target = self.ledger.position(entry.stream, entry.event.version)
            yield Void(position, entry, target, self.entry(target))

"""What is recorded about each part of a stream, such as one payment, read once for all rows of a file.

A register may have thousands of rows about one engagement. Each row needs only what is recorded about its own payment
or service order; so a stream is read and divided into its parts once, and then followed.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

from ledger.application.transaction import UnitOfWork
from ledger.domain.kernel import Fact
from ledger.domain.voiding import EntryVoided
from ledger.format.entry import Entry, read
from ledger.importing.changes.provenance import Provenance

MAX_KEPT = 400_000
"""How many facts are kept at most, of all streams together: beyond that, streams are read again."""

PartOf = Callable[[Fact], Hashable]
"""Returns the part of its stream that a fact is about; None if it is about no part."""


class RecordedFact(NamedTuple):
    """A recorded fact, and whether it came from a row of a register or took back an import."""

    fact: Fact
    is_from_row: bool


class StreamHistory:
    """The recorded facts of one stream, by the part that they are about; a void is about the part of its target."""

    def __init__(self, part_of: PartOf) -> None:
        """Start with no facts."""
        self._part_of = part_of
        self._parts: dict[Hashable, list[RecordedFact]] = {}
        self._part_of_version: list[Hashable] = []
        self._provenance = Provenance()

    @property
    def version(self) -> int:
        """The last version that was added."""
        return len(self._part_of_version)

    def add(self, entry: Entry) -> None:
        """Add the entry that follows."""
        event = entry.event
        if isinstance(event, EntryVoided):
            is_earlier = 0 < event.version <= self.version
            part = self._part_of_version[event.version - 1] if is_earlier else None
        else:
            part = self._part_of(entry.fact)
        self._part_of_version.append(part)
        is_from_row = self._provenance.is_from_register(entry)
        if part is not None:
            self._parts.setdefault(part, []).append(RecordedFact(entry.fact, is_from_row))

    def of(self, part: Hashable) -> Sequence[RecordedFact]:
        """Return the facts about a part, in order."""
        return self._parts.get(part, ())


class StreamHistories:
    """The histories of the streams that rows are about, each read once and then followed."""

    def __init__(self, part_of: PartOf) -> None:
        """Divide each stream into the parts that `part_of` returns."""
        self._part_of = part_of
        self._histories: dict[str, StreamHistory] = {}
        self._kept = 0

    def of(self, unit: UnitOfWork, stream: str) -> StreamHistory:
        """Return the history of a stream, up to its last recorded entry."""
        history, version = self._histories.get(stream), unit.recorded_version(stream)
        if history is None:
            history = self._start(unit, stream)
        while history.version < version:
            position = unit.store.place(stream, history.version + 1)
            data = unit.store.entry(position) if position else None
            if data is None:
                break
            history.add(read(data))
            self._kept += 1
        return history

    def _start(self, unit: UnitOfWork, stream: str) -> StreamHistory:
        if self._kept >= MAX_KEPT:
            self._histories.clear()
            self._kept = 0
        history = self._histories[stream] = StreamHistory(self._part_of)
        for _, data in unit.store.stream(stream):
            history.add(read(data))
        self._kept += history.version
        return history

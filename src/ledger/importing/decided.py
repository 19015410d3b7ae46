"""What a rehearsal decided, row by row: kept until it is recorded, so that nothing is decided twice."""

from typing import Self

import msgspec

from ledger.entry import at_moment
from ledger.stores.contract import StoredEntry


class Made(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An entry as it would be stored, but for its place in the log and its moment."""

    stream: str
    version: int
    type: str
    effective_on: str
    actor: str
    names: tuple[str, ...]
    mentions: tuple[str, ...]
    data: bytes

    @classmethod
    def of(cls, stored: StoredEntry) -> Self:
        """Return what is kept of an entry that could be stored."""
        return cls(
            str(stored.originator_id), stored.originator_version, stored.topic, stored.effective_on, stored.actor,
            stored.names, stored.mentions, stored.state,
        )  # fmt: skip

    def stored(self, command: str, moment: str) -> StoredEntry:
        """Return the entry as it is stored when it is recorded at a moment."""
        return StoredEntry(
            self.stream, self.version, self.type, at_moment(self.data, moment), moment, self.effective_on, self.actor,
            command, self.names, self.mentions,
        )  # fmt: skip


class Asked(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A request that was decided: the id of its command, its digest, and the entries that it makes."""

    command: str
    digest: bytes
    made: list[Made]


class Tally(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is counted of one row: what became of it, and of how many parties and acceptances it told."""

    what: str
    parties: int = 0
    reclassified: int = 0
    accepted: int = 0


class Decided(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the row with this number records, and what is counted of it."""

    row: int
    tally: Tally
    asked: list[Asked]

    @property
    def entries(self) -> int:
        """How many entries it makes."""
        return sum(len(one.made) for one in self.asked)

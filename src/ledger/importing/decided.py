"""What a rehearsal decided, row by row: kept until it is recorded, so that nothing is decided twice."""

import msgspec
from msgspec.structs import replace

from ledger.entry import at_moment
from ledger.stores.contract import StoredEntry


class Asked(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A request that was decided: the id of its command, its digest, and the entries that it makes."""

    command: str
    digest: bytes
    made: list[StoredEntry]

    def at(self, moment: str) -> list[StoredEntry]:
        """Return the entries as they are stored when they are recorded at a moment."""
        return [replace(one, state=at_moment(one.state, moment), recorded_at=moment) for one in self.made]


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

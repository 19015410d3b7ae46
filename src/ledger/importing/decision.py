"""What a rehearsal decides about a row: the requests to record, with their entries already encoded."""

import msgspec
from msgspec.structs import replace

from ledger.format.entry import at_moment
from ledger.importing.result import Tally
from ledger.stores.log_writer import StoredEntry


class DecidedRequest(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A decided request: the id of its command, its digest, and its entries."""

    command: str
    digest: bytes
    entries: list[StoredEntry]

    def recorded_at(self, moment: str) -> list[StoredEntry]:
        """Return the entries as they are stored when they are recorded at `moment`."""
        return [replace(entry, state=at_moment(entry.state, moment), recorded_at=moment) for entry in self.entries]


class DecidedRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The requests of one row, by its number, and what the result counts for it."""

    row: int
    tally: Tally
    requests: list[DecidedRequest]

    @property
    def entry_count(self) -> int:
        """The number of entries of all requests."""
        return sum(len(request.entries) for request in self.requests)
